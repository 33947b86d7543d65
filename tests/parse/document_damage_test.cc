// SPDX-License-Identifier: Apache-2.0
// Documents that are damaged, too deep or too large: one bad record costs one record, and is told. Synthetic documents.
#include <gtest/gtest.h>

#include "core/unicode.h"
#include "tests/parse/parse_test_support.h"
#include "tests/support/matchers.h"

namespace litmill::parse {
namespace {

using litmill::testing::IsOk;
using testing::ArticleXml;
using testing::Describe;
using testing::HasCode;
using testing::Outcome;
using testing::Read;
using testing::SetXml;

std::string Article(const std::string& pmid, const std::string& title = "T") {
  return ArticleXml("<ArticleTitle>" + title + "</ArticleTitle>", {}, {}, pmid);
}

TEST(Damage, ARecordCutByTheNextOneCostsOneRecord) {
  const Outcome outcome = Read(SetXml(
      Article("90000001") + "<PubmedArticle><MedlineCitation><PMID>90000002</PMID><Article>" + Article("90000003")));
  EXPECT_THAT(outcome.result, IsOk());
  ASSERT_EQ(outcome.records.size(), 2U);
  EXPECT_EQ(outcome.records[1].record.source_id, "90000003");
  ASSERT_EQ(outcome.errors.size(), 1U);
  EXPECT_EQ(outcome.errors[0].code, "cut-record");
  EXPECT_EQ(outcome.errors[0].source_id, "90000002");
  EXPECT_EQ(outcome.errors[0].position.ordinal, 2U);
  EXPECT_EQ(outcome.slices, 3U);
}

TEST(Damage, ARecordCutByTheEndOfTheSetOrDocument) {
  for (const char* const tail : {"</PubmedArticleSet>", ""}) {
    const Outcome outcome = Read("<PubmedArticleSet>" + Article("90000001") +
                                 "<PubmedArticle><MedlineCitation><PMID>90000002</PMID><Ar" + tail);
    EXPECT_THAT(outcome.result, IsOk());
    EXPECT_EQ(outcome.records.size(), 1U);
    ASSERT_EQ(outcome.errors.size(), 1U) << Describe(outcome);
    EXPECT_EQ(outcome.errors[0].source_id, "90000002");
  }
}

TEST(Damage, AMissingStartIsAnError) {
  const Outcome outcome = Read("ticleTitle></Article></MedlineCitation></PubmedArticle>" + Article("90000001"));
  EXPECT_EQ(outcome.records.size(), 1U);
  EXPECT_TRUE(HasCode(outcome.errors, "cut-record"));
}

TEST(Damage, AnUnclosedCommentSwallowsNothing) {
  const Outcome outcome = Read(SetXml(Article("90000001", "x <!-- y") + Article("90000002") + Article("90000003")));
  EXPECT_THAT(outcome.result, IsOk());
  EXPECT_EQ(outcome.records.size(), 2U);
  EXPECT_EQ(outcome.errors.size(), 1U) << Describe(outcome);
}

TEST(Damage, NotWellFormedCostsOneRecordAndNamesIt) {
  for (const char* const title : {"Broken <i>record", "P<0.001", "a</b>", "<i x>y</i>"}) {
    const Outcome outcome = Read(SetXml(Article("90000001") + Article("90000002", title) + Article("90000003")));
    EXPECT_EQ(outcome.records.size(), 2U) << title;
    ASSERT_EQ(outcome.errors.size(), 1U) << title;
    EXPECT_EQ(outcome.errors[0].code, "not-well-formed");
    EXPECT_EQ(outcome.errors[0].source_id, "90000002");
  }
}

TEST(Damage, NoPmidIsAnError) {
  for (const char* const pmid : {"", "POO", "0", "12 34"}) {
    const Outcome outcome = Read(SetXml(Article(pmid)));
    EXPECT_TRUE(outcome.records.empty());
    EXPECT_TRUE(HasCode(outcome.errors, "no-pmid")) << pmid;
  }
  EXPECT_TRUE(HasCode(Read("<PubmedArticle/>").errors, "no-pmid"));
}

TEST(Damage, ADeletionWithoutPmidIsAnErrorAndACutOneDeletesNothing) {
  EXPECT_TRUE(HasCode(Read(SetXml("<DeleteCitation><PMID>x</PMID></DeleteCitation>")).errors, "bad-deletion"));
  const Outcome cut = Read("<PubmedArticleSet><DeleteCitation><PMID>90000001</PMID><PMID>9000");
  EXPECT_TRUE(cut.deletions.empty());
  EXPECT_TRUE(HasCode(cut.errors, "cut-record"));
}

TEST(Damage, MessagesQuoteNamesAsValidUtf8) {
  for (const char* const document : {"<a\xFF>x", "<a\xFF><PubmedArticle></a\xFF>"}) {
    const Outcome outcome = Read(std::string(document) + Article("90000001"));
    for (const Problem& p : outcome.errors) EXPECT_EQ(FindInvalidUtf8(p.message), std::string_view::npos);
    EXPECT_FALSE(outcome.errors.empty());
  }
}

TEST(Damage, JunkBetweenRecordsIsTold) {
  const Outcome outcome = Read(SetXml(Article("90000001") + " what is this? " + Article("90000002")));
  EXPECT_EQ(outcome.records.size(), 2U);
  EXPECT_TRUE(outcome.errors.empty());
  ASSERT_TRUE(HasCode(outcome.warnings, "unexpected-content"));
  EXPECT_NE(outcome.warnings[0].message.find("what is this?"), std::string::npos);
}

TEST(Bytes, IllFormedUtf8IsReplacedAndTold) {
  const Outcome outcome = Read(SetXml(Article("90000001", "a\xFFz")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "a\xEF\xBF\xBDz");
  EXPECT_TRUE(HasCode(outcome.warnings, "invalid-utf8"));
}

TEST(Bytes, NulNeverCutsText) {
  const Outcome outcome = Read(SetXml(Article("90000001", std::string("a\0z", 3))));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "a\xEF\xBF\xBDz");
}

TEST(Bytes, ReferencesToNoCharacterAreReplacedAndTold) {
  for (const char* const reference : {"&#0;", "&#x0;", "&#xD800;", "&#x110000;", "&#99999999999;"}) {
    const Outcome outcome = Read(SetXml(Article("90000001", std::string("a") + reference + "z")));
    ASSERT_EQ(outcome.records.size(), 1U) << reference;
    EXPECT_EQ(outcome.records[0].record.title.text, "a\xEF\xBF\xBDz") << reference;
    EXPECT_TRUE(HasCode(outcome.warnings, "bad-character-reference")) << reference;
  }
}

TEST(Bytes, UnknownEntitiesAndBareAmpersandsStayTextAndAreTold) {
  const Outcome outcome = Read(SetXml(Article("90000001", "&nbsp;a && b &lt; c<!-- & &x; --><![CDATA[ & ]]>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "&nbsp;a && b < c &");
  ASSERT_EQ(outcome.warnings.size(), 2U) << Describe(outcome);
  EXPECT_NE(outcome.warnings[0].message.find("1 entity reference(s)"), std::string::npos);
  EXPECT_NE(outcome.warnings[1].message.find("2 ampersand(s)"), std::string::npos);
}

std::string Nested(const std::string& element, std::size_t depth) {
  std::string out;
  for (std::size_t i = 0; i < depth; ++i) out += "<" + element + ">";
  for (std::size_t i = 0; i < depth; ++i) out += "</" + element + ">";
  return out;
}

TEST(DepthBomb, CostsOneRecordWhereverItIs) {
  constexpr std::size_t kDepth = 200'000;
  const std::string bombs[] = {Article("90000002", Nested("i", kDepth)),
                               ArticleXml(Nested("Novelty", kDepth), {}, {}, "90000002"),
                               ArticleXml({}, {}, Nested("ReferenceList", kDepth), "90000002"),
                               "<PubmedBookArticle><BookDocument><PMID>90000002</PMID><Sections>" +
                                   Nested("Section", kDepth) + "</Sections></BookDocument></PubmedBookArticle>",
                               "<PubmedBookArticle><BookDocument><PMID>90000002</PMID></BookDocument>" +
                                   Nested("PubmedBookData", kDepth) + "</PubmedBookArticle>"};
  for (const std::string& bomb : bombs) {
    const Outcome outcome = Read(SetXml(Article("90000001") + bomb + Article("90000003")));
    EXPECT_THAT(outcome.result, IsOk());
    EXPECT_EQ(outcome.records.size(), 2U);
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].code, "too-deep");
    EXPECT_EQ(outcome.errors[0].source_id, "90000002");
  }
}

TEST(DepthBomb, NestingUpToTheLimitIsRead) {
  EXPECT_EQ(Read(SetXml(Article("90000001", Nested("i", 256)))).records.size(), 1U);
  EXPECT_EQ(Read(SetXml(Article("90000001", Nested("i", 257)))).records.size(), 0U);
}

TEST(HugeRecord, CostsOneRecordInBoundedMemory) {
  Limits limits;
  limits.max_record_bytes = 20'000;
  const std::string document =
      SetXml(Article("90000001") + Article("90000002", std::string(60'000, 'x')) + Article("90000003"));
  for (const std::size_t chunk : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{50'000}}) {
    const Outcome outcome = Read(document, chunk, limits);
    EXPECT_THAT(outcome.result, IsOk());
    EXPECT_EQ(outcome.records.size(), 2U);
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].code, "record-too-large");
    EXPECT_EQ(outcome.errors[0].source_id, "90000002");
  }
}

TEST(HugeRecord, WithoutEndIsToldOnce) {
  Limits limits;
  limits.max_record_bytes = 20'000;
  const Outcome outcome = Read("<PubmedArticleSet><PubmedArticle>" + std::string(100'000, 'x'), 1000, limits);
  EXPECT_EQ(outcome.errors.size(), 1U) << Describe(outcome);
  EXPECT_EQ(outcome.slices, 1U);
}

}  // namespace
}  // namespace litmill::parse
