// SPDX-License-Identifier: Apache-2.0
// Cutting: what is unpacked, what is refused, where the cuts are, and that the size of the chunks never matters.
// Synthetic documents.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "core/unicode.h"
#include "tests/parse/parse_test_support.h"
#include "tests/support/matchers.h"

namespace litmill::parse {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using testing::ArticleXml;
using testing::Describe;
using testing::Gzip;
using testing::HasCode;
using testing::Outcome;
using testing::Read;
using testing::SetXml;

std::string Article(const std::string& pmid, const std::string& title = "T") {
  return ArticleXml("<ArticleTitle>" + title + "</ArticleTitle>", {}, {}, pmid);
}

// Everything that makes cutting hard, in one sound document.
std::string HardDocument() {
  return "\xEF\xBB\xBF" +
         SetXml("<!-- <PubmedArticle> in a comment -->\n" + Article("90000001", "A <i>b</i> <b>c</b>") +
                "\n<?pi <PubmedArticle> ?>\n<PubmedArticle PMID='x>y' >\n<MedlineCitation>\n<PMID "
                "Version=\"2\">90000002</PMID><Article><ArticleTitle><!-- "
                "</PubmedArticle> "
                "--><![CDATA[</PubmedArticle>]]></ArticleTitle></Article></MedlineCitation></PubmedArticle  >\r\n" +
                "<PubmedBookArticle><BookDocument><PMID>90000003</PMID><Book><BookTitle>B</BookTitle></Book></"
                "BookDocument></PubmedBookArticle>"
                "<DeleteCitation>\n<PMID Version=\"1\">90000004</PMID><PMID "
                "Version=\"2\">90000005</PMID></DeleteCitation>");
}

TEST(Document, HardDocumentGivesEachThingOnce) {
  const Outcome outcome = Read(HardDocument());
  EXPECT_THAT(outcome.result, IsOk());
  ASSERT_EQ(outcome.records.size(), 3U);
  EXPECT_EQ(outcome.records[0].record.title.text, "A b c");
  EXPECT_EQ(outcome.records[1].record.version, 2);
  EXPECT_EQ(outcome.records[1].record.title.text, "</PubmedArticle>");
  EXPECT_EQ(outcome.records[2].record.type, RecordType::kBook);
  ASSERT_EQ(outcome.deletions.size(), 2U);
  EXPECT_EQ(outcome.deletions[1].source_id, "90000005");
  EXPECT_EQ(outcome.deletions[1].version, 2);
  EXPECT_TRUE(outcome.errors.empty());
  EXPECT_TRUE(outcome.warnings.empty());
  EXPECT_EQ(outcome.slices, 4U);
}

TEST(Document, PositionsAreThoseOfTheStartTags) {
  const std::string document = SetXml(Article("90000001") + "\n  " + Article("90000002"));
  const Outcome outcome = Read(document);
  ASSERT_EQ(outcome.records.size(), 2U);
  EXPECT_EQ(outcome.records[0].position.offset_bytes, document.find("<PubmedArticle>"));
  EXPECT_EQ(outcome.records[0].position.line, 4U);
  EXPECT_EQ(outcome.records[0].position.ordinal, 1U);
  EXPECT_EQ(outcome.records[1].position.offset_bytes,
            document.find("<PubmedArticle>", document.find("</PubmedArticle>")));
  EXPECT_EQ(outcome.records[1].position.line, 5U);
  EXPECT_EQ(outcome.records[1].position.ordinal, 2U);
}

TEST(Chunks, OfAnySizeGiveTheSame) {
  const std::string broken =
      SetXml("junk <Foo>bar</Foo> " + Article("90000001") + "<PubmedArticle><MedlineCitation><PMID>90000002</PMID>" +
             Article("90000003") + "</PubmedArticle> more < junk <!-- open " + Article("90000004") + " &#0; ");
  for (const std::string& document : {HardDocument(), broken, Gzip(HardDocument()), Gzip(broken).substr(0, 200),
                                      "HTTP/1.1 200 OK\r\nX: y\r\n\r\n" + HardDocument(),
                                      std::string("{\"error\": \"x\"}   and more"), std::string()}) {
    const std::string whole = Describe(Read(document));
    for (std::size_t size = 1; size < 70; ++size)
      EXPECT_EQ(Describe(Read(document, size)), whole) << "chunks of " << size;
  }
}

TEST(Truncated, PlainDocumentIsNeverSilentlyShorter) {
  const std::string document = HardDocument();
  const std::size_t end = document.find("</PubmedArticleSet>") + std::string("</PubmedArticleSet>").size();
  for (std::size_t size = 0; size < end; ++size) {
    const Outcome outcome = Read(document.substr(0, size));
    EXPECT_TRUE(!outcome.result || !outcome.errors.empty()) << "cut to " << size << " bytes: " << Describe(outcome);
  }
}

TEST(Truncated, GzipDocumentIsNeverSilentlyShorter) {
  const std::string packed = Gzip(HardDocument());
  for (std::size_t size = 0; size < packed.size(); ++size) {
    const Outcome outcome = Read(std::string_view(packed).substr(0, size));
    EXPECT_FALSE(outcome.result) << "cut to " << size << " bytes";
  }
}

TEST(Gzip, SeveralMembersAndZeroPadding) {
  const std::string document = HardDocument();
  std::string packed = Gzip(document.substr(0, 300)) + Gzip("") + Gzip(document.substr(300));
  packed.append(512, '\0');
  EXPECT_EQ(Describe(Read(packed)), Describe(Read(document)));
}

TEST(Gzip, EveryFlippedBitOfTheChecksumIsSeen) {
  const std::string packed = Gzip(HardDocument());
  for (std::size_t byte = packed.size() - 8; byte < packed.size(); ++byte) {
    std::string damaged = packed;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 1);
    EXPECT_THAT(Read(damaged).result, IsError(ErrorCode::kCorruptInput)) << byte;
  }
}

TEST(Gzip, AFlippedByteAnywhereIsNeverBelieved) {
  const std::string packed = Gzip(HardDocument());
  const std::string sound = Describe(Read(packed));
  for (std::size_t byte = 10; byte < packed.size(); ++byte) {
    std::string damaged = packed;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 0x10);
    const Outcome outcome = Read(damaged);
    EXPECT_FALSE(outcome.result && Describe(outcome) != sound) << byte;
  }
}

TEST(Gzip, GarbageBehindTheDataIsTold) {
  const Outcome outcome = Read(Gzip(HardDocument()) + "garbage");
  EXPECT_THAT(outcome.result, IsOk());
  EXPECT_EQ(outcome.records.size(), 3U);
  EXPECT_TRUE(HasCode(outcome.warnings, "trailing-garbage"));
}

TEST(Http, HeadersAndChunkedCodingAreTakenOff) {
  const std::string document = HardDocument();
  const std::string plain = Describe(Read(document));
  const std::string headers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/xml\r\n\r\n";
  const auto chunked = [&](const std::string& body, const std::string& eol) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += 100) {
      const std::string part = body.substr(at, 100);
      char size[16];
      std::snprintf(size, sizeof size, "%zx", part.size());
      out += size + eol + part + eol;
    }
    return out + "0" + eol + eol;
  };
  EXPECT_EQ(Describe(Read(headers + chunked(document, "\r\n"))), plain);
  EXPECT_EQ(Describe(Read(headers + chunked(document, "\r\n"), 1)), plain);
  EXPECT_EQ(Describe(Read("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + chunked(document, "\n"))), plain);
  EXPECT_EQ(Describe(Read(headers + document)), plain) << "curl -i has undone the coding";
  EXPECT_EQ(Describe(Read(headers + chunked(Gzip(document), "\r\n"))), plain);
  EXPECT_EQ(Describe(Read(Gzip(headers + chunked(document, "\r\n")))), plain);
}

TEST(Http, BrokenChunkedCodingIsAnError) {
  const Outcome outcome = Read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<?xml version='1.0'?>" +
                               SetXml(Article("90000001")));
  EXPECT_TRUE(HasCode(outcome.errors, "broken-http-answer"));
  const Outcome cut =
      Read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n" + SetXml(Article("90000001")));
  EXPECT_TRUE(HasCode(cut.errors, "broken-http-answer"));
  EXPECT_EQ(cut.records.size(), 1U);
}

struct EncodingCase {
  const char* name;
  std::string bytes;
};
class Encoding : public ::testing::TestWithParam<EncodingCase> {};
TEST_P(Encoding, BecomesUtf8) {
  for (const std::size_t chunk : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    const Outcome outcome = Read(GetParam().bytes, chunk);
    ASSERT_THAT(outcome.result, IsOk());
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].record.title.text, "M\xC3\xBCller");
    EXPECT_TRUE(outcome.warnings.empty());
  }
}
std::string WithTitle(const std::string& declaration, const std::string& title) {
  return declaration + "<PubmedArticleSet>" + Article("90000001", title) + "</PubmedArticleSet>";
}
std::string Utf16(const std::string& latin1, bool big_endian) {
  std::string out;
  for (const char c : latin1) {
    if (big_endian) out += '\0';
    out += c;
    if (!big_endian) out += '\0';
  }
  return out;
}
INSTANTIATE_TEST_SUITE_P(
    Cases, Encoding,
    ::testing::Values(
        EncodingCase{"Default", WithTitle("", "M\xC3\xBCller")},
        EncodingCase{"Utf8", WithTitle("<?xml version='1.0' encoding='utf-8'?>", "M\xC3\xBCller")},
        EncodingCase{"Utf8Bom", WithTitle("\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>", "M\xC3\xBCller")},
        EncodingCase{"Latin1", WithTitle("<?xml version='1.0' encoding='ISO-8859-1'?>", "M\xFCller")},
        EncodingCase{"Windows1252", WithTitle("<?xml version=\"1.0\" encoding=\"windows-1252\" ?>", "M\xFCller")},
        EncodingCase{"Utf16LittleBom",
                     "\xFF\xFE" + Utf16(WithTitle("<?xml version='1.0' encoding='UTF-16'?>", "M\xFCller"), false)},
        EncodingCase{"Utf16BigBom",
                     "\xFE\xFF" + Utf16(WithTitle("<?xml version='1.0' encoding='UTF-16'?>", "M\xFCller"), true)},
        EncodingCase{"Utf16LittleNoBom", Utf16(WithTitle("<?xml version='1.0'?>", "M\xFCller"), false)},
        EncodingCase{"SaysUtf16ButIsNot", WithTitle("<?xml version='1.0' encoding='UTF-16'?>", "M\xC3\xBCller")},
        EncodingCase{"LeadingBlankLines", WithTitle("\n\n<?xml version='1.0' encoding='ISO-8859-1'?>", "M\xFCller")}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Encoding, AnUnknownOneIsRefusedByName) {
  const Outcome outcome = Read(WithTitle("<?xml version='1.0' encoding='UTF-7//IGNORE'?>", "x"));
  ASSERT_THAT(outcome.result, IsError(ErrorCode::kInvalidInput));
  EXPECT_NE(outcome.result.error().message.find("UTF-7//IGNORE"), std::string::npos);
}

TEST(Encoding, BytesWithoutMeaningAreReplacedAndTold) {
  const Outcome outcome = Read(WithTitle("<?xml version='1.0' encoding='windows-1252'?>", "a\x81z"));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "a\xEF\xBF\xBDz");
  EXPECT_TRUE(HasCode(outcome.warnings, "invalid-encoding"));
}

TEST(Refused, InternalSubsetAndEntityDeclarations) {
  for (const char* const prolog : {"<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!DOCTYPE PubmedArticleSet SYSTEM \"x.dtd\" [ ]>",
                                   "<!DOCTYPE x PUBLIC '[' \"[\" [", "<!ENTITY a 'b'>"}) {
    const Outcome outcome =
        Read(std::string(prolog) + "<PubmedArticleSet>" + Article("90000001") + "</PubmedArticleSet>");
    EXPECT_THAT(outcome.result, IsError(ErrorCode::kInvalidInput)) << prolog;
    EXPECT_TRUE(outcome.records.empty()) << prolog;
  }
  EXPECT_THAT(Read("<!DOCTYPE PubmedArticleSet PUBLIC '-//[NLM]//' \"http://x/[y].dtd\"><PubmedArticleSet/>").result,
              IsOk());
}

struct OtherContent {
  std::string bytes;
  const char* says;
};
class NoPubMedXml : public ::testing::TestWithParam<OtherContent> {};
TEST_P(NoPubMedXml, IsRefusedSayingWhatItIs) {
  const Outcome outcome = Read(GetParam().bytes);
  ASSERT_THAT(outcome.result, IsError(ErrorCode::kInvalidInput));
  EXPECT_NE(outcome.result.error().message.find("no PubMed XML"), std::string::npos) << outcome.result.error().message;
  EXPECT_NE(outcome.result.error().message.find(GetParam().says), std::string::npos) << outcome.result.error().message;
}
INSTANTIATE_TEST_SUITE_P(
    Cases, NoPubMedXml,
    ::testing::Values(
        OtherContent{"", "an empty file"}, OtherContent{" \n", "an empty file"},
        OtherContent{Gzip(""), "an empty file"}, OtherContent{"{\"error\":\"API key invalid\"}", "JSON"},
        OtherContent{"<!DOCTYPE html><html><body>&lt;PubmedArticle&gt;</body></html>", "an HTML page"},
        OtherContent{"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='z'></html>", "an HTML page"},
        OtherContent{"<html><head><title>502 Bad Gateway</title></head></html>", "an HTML page"},
        OtherContent{"<?xml version='1.0'?><eFetchResult>\n<ERROR>ID list is empty!</ERROR></eFetchResult>",
                     "<eFetchResult>, and it says \"ID list is empty!\""},
        OtherContent{"<eSearchResult><Count>0</Count></eSearchResult>", "<eSearchResult>"},
        OtherContent{"PMID- 123\nTI  - x\n", "MEDLINE/nbib"}, OtherContent{"TY  - JOUR\n", "RIS"},
        OtherContent{Gzip("RDX3\nX\n"), "R data"}, OtherContent{"Unable to route request!", "Unable to route"},
        OtherContent{"HTTP/1.1 502 Bad Gateway\r\n\r\n<html></html>", "an HTML page"},
        OtherContent{"<Pubmed", "<Pubmed"}));

TEST(Document, EmptySetIsSound) {
  for (const char* const set : {"<PubmedArticleSet></PubmedArticleSet>", "<PubmedArticleSet/>",
                                "<?xml version='1.0'?><MedlineCitationSet>\n</MedlineCitationSet>\n"}) {
    const Outcome outcome = Read(set);
    EXPECT_THAT(outcome.result, IsOk()) << set;
    EXPECT_TRUE(outcome.errors.empty()) << set;
  }
}

TEST(Document, AnyRootOrNoneHoldsRecords) {
  for (const std::string& document : {"<RAW_DATA>" + Article("90000001") + "</RAW_DATA>", Article("90000001"),
                                      Article("90000001") + "\r\n<?xml version='1.0'?>\n" + Article("90000002"),
                                      SetXml(Article("90000001")) + SetXml(Article("90000002")),
                                      std::string("<MedlineCitation><PMID>90000001</PMID></MedlineCitation>")}) {
    const Outcome outcome = Read(document);
    EXPECT_THAT(outcome.result, IsOk());
    EXPECT_FALSE(outcome.records.empty());
    EXPECT_TRUE(outcome.errors.empty()) << Describe(outcome);
    EXPECT_TRUE(outcome.warnings.empty()) << Describe(outcome);
  }
}

TEST(Document, OldDeletionsAreRead) {
  const Outcome outcome =
      Read("<MedlineCitationSet><DeleteDocument><PMID>90000009</PMID></DeleteDocument></MedlineCitationSet>");
  ASSERT_EQ(outcome.deletions.size(), 1U);
  EXPECT_EQ(outcome.deletions[0].version, 1);
}

TEST(Sink, ItsErrorStopsTheReader) {
  const std::string document = SetXml(Article("90000001") + Article("90000002"));
  int slices = 0;
  DocumentReader reader(
      {},
      [&](const Slice&) -> Result<void> {
        ++slices;
        return Fail(ErrorCode::kInterrupted, "stop");
      },
      [](const Problem&) {});
  EXPECT_THAT(reader.Feed(document), IsError(ErrorCode::kInterrupted));
  EXPECT_EQ(slices, 1);
}

TEST(ParseDocument, GivesItemsInOrder) {
  const auto items = ParseDocument(HardDocument());
  ASSERT_THAT(items, IsOk());
  ASSERT_EQ(items->size(), 5U);
  EXPECT_TRUE(std::holds_alternative<ParsedRecord>((*items)[0]));
  EXPECT_TRUE(std::holds_alternative<Deletion>((*items)[4]));
}

TEST(RandomBytes, NeverCrashAndChunksDoNotMatter) {
  std::mt19937 random(20260102);
  const std::string seed = HardDocument();
  for (int round = 0; round < 300; ++round) {
    std::string document = seed;
    for (int change = 0; change < 4; ++change) {
      const std::size_t at = random() % document.size();
      switch (random() % 3) {
        case 0:
          document[at] = static_cast<char>(random());
          break;
        case 1:
          document.erase(at, random() % 40);
          break;
        default:
          document.insert(at, seed.substr(random() % seed.size(), random() % 60));
      }
    }
    EXPECT_EQ(Describe(Read(document, 1 + random() % 50)), Describe(Read(document))) << "round " << round;
  }
}

}  // namespace
}  // namespace litmill::parse
