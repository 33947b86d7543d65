// SPDX-License-Identifier: Apache-2.0
// Web of Science text, Ovid tagged, Cochrane text, Refer; and what holds for every format of tagged lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/parse/tagged_samples.h"
#include "tests/parse/tagged_test_support.h"

namespace litmill::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WosText, ReadsARecord) {
  const ReadBack back = ReadText(kWosSample);
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "wos");
  EXPECT_EQ(r.source_id, "WOS:000000000000001");
  EXPECT_EQ(r.title.text, "Magnesium in the invented garden: a synthetic trial of tomatoes");
  EXPECT_EQ(People(r), "Roe|Jane B.|JB; van der Doe|Kim|K");
  EXPECT_EQ(r.authors[0].affiliations.size(), 1U);
  ASSERT_EQ(r.authors[1].affiliations.size(), 2U);
  EXPECT_EQ(r.authors[1].affiliations[1].text, "Sch Soil, Utopia.");
  EXPECT_EQ(r.authors[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(Keywords(r), "NOTNLM:garden; NOTNLM:soil; NOTNLM:tomato; KEYWORDS-PLUS:GROWTH; KEYWORDS-PLUS:SOIL");
  EXPECT_EQ(r.abstract_sections.at(0).body.text, "Nothing is known. ER was high, and more.");
  ASSERT_EQ(r.references.size(), 2U);
  EXPECT_EQ(r.references[0].identifiers.at(0).value, "10.5555/syn.2");
  EXPECT_THAT(r.references[1].identifiers, IsEmpty());
  EXPECT_EQ(r.grants.size(), 3U);
  EXPECT_EQ(Iso(r, "print"), "2019-10-01");
  EXPECT_EQ(Iso(r, "electronic"), "2019-09");
  EXPECT_EQ(Value(r, "doi"), "10.5555/syn.1");
  EXPECT_EQ(Value(r, "pmid"), "90000001");
  EXPECT_EQ(r.journal.issn_electronic, "1234-5679");
  EXPECT_EQ(r.journal.iso_abbreviation, "J. Synth. Gard.");
  EXPECT_EQ(r.pages, "123-134");
  EXPECT_EQ(r.publication_types.size(), 2U);
  EXPECT_EQ(Iso(back.At(1), "print"), "1998-04");
  EXPECT_EQ(back.At(2).pages, "e7");
}

TEST(WosText, MissingEndsAndLooseTags) {
  const ReadBack back = ReadText(
      "FN Clarivate\nVR 1.0\nPT J\nTI A\nXX odd\nUT WOS:000000000000001\n\nPT J\nTI B\nER\nstray\n\nPT J\nTI C\n");
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_TRUE(back.Warns(0, "no-end"));
  EXPECT_FALSE(back.Warns(1, "no-end"));
  EXPECT_TRUE(back.Warns(2, "no-end"));
  EXPECT_THAT(Others(back.At(0), "unmapped"), ElementsAre("odd"));
  EXPECT_EQ(back.Count("unexpected-content"), 1U);
}

TEST(WosText, PairsNamesOnlyWhenBothListsAreComplete) {
  const ReadBack back = ReadText("PT J\nAU Roe, JB\n   Doe, K\nAF Roe, Jane B.\nTI A\nER\n");
  EXPECT_EQ(People(back.At(0)), "Roe||JB; Doe||K");
}

TEST(WosText, NumbersOfOtherDatabasesOnThePlatform) {
  const ReadBack back = ReadText(
      "PT J\nTI A\nUT SCIELO:S0000-00002019000100001\nPY 2019\nPD 04\nER\n\nPT J\nTI B\nUT MEDLINE:90000001\nER\n");
  EXPECT_EQ(back.At(0).source_id, "SCIELO:S0000-00002019000100001");
  EXPECT_EQ(Iso(back.At(0), "print"), "2019-04");
  EXPECT_EQ(Value(back.At(1), "pmid"), "90000001");
}

TEST(OvidTagged, ReadsARecord) {
  const ReadBack back = ReadText(kOvidSample);
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "medline");
  EXPECT_EQ(r.source_id, "90000001");
  EXPECT_EQ(Value(r, "pmid"), "90000001");
  EXPECT_EQ(r.title.text, "Magnesium in the invented garden.");
  EXPECT_EQ(People(r), "Roe|Jane B|JB; van der Doe|Kim|K");
  EXPECT_EQ(r.journal.title, "Journal of Synthetic Gardening");
  EXPECT_EQ(r.journal.volume, "7");
  EXPECT_EQ(r.journal.issue, "3");
  EXPECT_EQ(r.start_page, "123");
  EXPECT_EQ(r.end_page, "134");
  EXPECT_EQ(Headings(r), "Humans; Magnesium*/Therapeutic Use");
  EXPECT_EQ(Iso(r, "print"), "2019-10-01");
  EXPECT_EQ(Value(r, "doi"), "10.5555/syn.1");
  EXPECT_THAT(r.languages, ElementsAre("eng"));
}

TEST(OvidTagged, EmbaseNumbersAreNoPmids) {
  const ReadBack back = ReadText(
      "<1>\nVN  - Ovid Technologies\nDB  - Embase <1974 to 2025>\nAN  - 2015467890\nPM  - 90000001 "
      "[https://www.ncbi.nlm.nih.gov/pubmed/?term=90000001]\nTI  - A\nDE  - *gardening\nAU  - Roe J.B. [Author]\n");
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "embase");
  EXPECT_EQ(r.source_id, "L2015467890");
  EXPECT_EQ(Value(r, "pmid"), "90000001");
  EXPECT_EQ(Keywords(r), "EMTREE:*gardening");
  EXPECT_EQ(People(r), "Roe||JB");
}

TEST(CochraneText, ReadsARecordWithCarriageReturnsAlone) {
  const ReadBack back = ReadText(kCochraneSample);
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "cochrane");
  EXPECT_EQ(r.source_id, "CN-90000001");
  EXPECT_EQ(People(r), "Roe||JB; Van der Doe|Kim|");
  EXPECT_EQ(Value(r, "pmid"), "90000001");
  EXPECT_EQ(Value(r, "embase"), "2000001");
  EXPECT_EQ(Headings(r), "Humans; Magnesium*/therapeutic use");
  EXPECT_EQ(Keywords(r), "COCHRANE:garden");
  EXPECT_EQ(r.end_page, "134");
  EXPECT_EQ(back.records[1].position.line, 19U);
}

TEST(Refer, ReadsARecord) {
  const ReadBack back = ReadText(kReferSample);
  ASSERT_EQ(back.records.size(), 3U);
  EXPECT_THAT(back.problems, IsEmpty());
  const Record& r = back.At(0);
  EXPECT_EQ(r.source, "pubmed");
  EXPECT_EQ(r.source_id, "90000001");
  EXPECT_EQ(People(r), "Roe|Jane B.|; =Tomato Study Group");
  EXPECT_EQ(r.abstract_sections.at(0).body.text, "Nothing is known. It goes on. And on.");
  EXPECT_EQ(Keywords(r), "NOTNLM:garden; NOTNLM:soil");
  EXPECT_EQ(Iso(r, "print"), "2019-10-01");
  EXPECT_EQ(r.journal.issn_print, "0123-4560");
  ASSERT_TRUE(back.At(1).book.has_value());
  EXPECT_EQ(back.At(1).book->title, "A Book of Inventions");
  EXPECT_EQ(back.At(2).source, "file");
}

TEST(Refer, ANumberWithoutADatabaseIsNoPmid) {
  const ReadBack back = ReadText("%0 Journal Article\n%T A\n%M 90000001\n");
  EXPECT_EQ(Value(back.At(0), "pmid"), "");
  EXPECT_THAT(Others(back.At(0), "accession"), ElementsAre("90000001"));
}

class TaggedFormatTest : public ::testing::TestWithParam<TaggedSample> {};

TEST_P(TaggedFormatTest, IsRecognised) {
  const auto found = parse::DetectExport(GetParam().text);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, GetParam().format);
}

std::string WithLineEnds(std::string_view text, std::string_view end) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r')
      out += end;
    else
      out += c;
  }
  return out;
}

TEST_P(TaggedFormatTest, LineEndsDoNotMatter) {
  const ReadBack whole = ReadText(GetParam().text);
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const ReadBack back = ReadText(WithLineEnds(GetParam().text, end));
    ASSERT_EQ(back.records.size(), whole.records.size());
    for (std::size_t i = 0; i < whole.records.size(); ++i) {
      EXPECT_EQ(back.At(i).title.text, whole.At(i).title.text);
      EXPECT_EQ(back.At(i).source_id, whole.At(i).source_id);
      EXPECT_EQ(back.records[i].position.line, whole.records[i].position.line);
    }
  }
}

// A byte less is never a record more, and what was complete before the cut is there unchanged.
TEST_P(TaggedFormatTest, TruncationAtEveryByte) {
  const std::string_view text = GetParam().text;
  const ReadBack whole = ReadText(text);
  ASSERT_EQ(whole.records.size(), 3U);
  // With its first line cut inside the tag, a record has not begun.
  constexpr std::size_t kTag = 6;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const ReadBack cut = ReadText(text.substr(0, size));
    ASSERT_LE(cut.records.size(), whole.records.size()) << size;
    if (!cut.failure.empty()) {
      ASSERT_LT(size, 60U) << cut.failure;
      continue;
    }
    std::size_t begun = 0;
    for (const parse::ParsedRecord& record : whole.records)
      if (record.position.offset_bytes < size) ++begun;
    // Every record that has begun is a record or an error, but for the last, whose first line may be incomplete.
    ASSERT_GE(cut.report.records + cut.report.errors + 1, begun) << size;
    for (std::size_t i = 0; i + 1 < whole.records.size() && whole.records[i + 1].position.offset_bytes + kTag < size;
         ++i) {
      ASSERT_EQ(cut.At(i).source_id, whole.At(i).source_id) << size;
      ASSERT_EQ(cut.At(i).title.text, whole.At(i).title.text) << size;
    }
  }
}

// Whatever happens to one byte, the other records stay.
TEST_P(TaggedFormatTest, DamageOfOneByteCostsAtMostItsNeighbours) {
  const std::string_view text = GetParam().text;
  const ReadBack whole = ReadText(text);
  for (std::size_t at = 60; at < text.size(); ++at) {
    for (const char damage : {'\n', 'X', ' ', '\0'}) {
      std::string damaged(text);
      damaged[at] = damage;
      const ReadBack back = ReadText(damaged);
      ASSERT_EQ(back.failure, "") << at;
      std::set<std::string> titles;
      for (const parse::ParsedRecord& record : back.records) titles.insert(record.record.title.text);
      std::size_t missing = 0;
      for (const parse::ParsedRecord& record : whole.records) missing += titles.count(record.record.title.text) == 0;
      ASSERT_LE(missing, 2U) << at << " " << damage;
      ASSERT_LE(back.records.size(), whole.records.size() + 1) << at << " " << damage;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, TaggedFormatTest, ::testing::ValuesIn(kTaggedSamples),
                         [](const ::testing::TestParamInfo<TaggedSample>& sample) {
                           std::string name(sample.param.format);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// Hostile records: what grows with the input must grow evenly.
TEST(TaggedLines, ManyFieldsAreReadInTimeOrRefused) {
  for (const char* const field : {"DO  - 10.5555/syn.", "KW  - k", "M3  - Type ", "SN  - 97800000", "LA  - lang",
                                  "AU  - Roe, ", "UR  - http://", "N1  - PMID: ", "Q9  - ", "C5  - 9", "AB  - text "}) {
    std::string text = "TY  - JOUR\nTI  - A\nDB  - Embase\n";
    for (int i = 0; i < 60'000; ++i) text += field + std::to_string(i) + "\n";
    text += "ER  - \nTY  - JOUR\nTI  - B\nER  - \n";
    const ReadBack back = ReadText(text);
    EXPECT_EQ(back.report.records + back.report.errors, 2U) << field;
    EXPECT_EQ(back.records.back().record.title.text, "B") << field;
  }
}

TEST(TaggedLines, MoreFieldsThanAnyRecordHasAreRefused) {
  std::string text = "PMID- 1\nTI  - A\n";
  for (int i = 0; i < 250'000; ++i) text += "OT  - k\n";
  text += "\nPMID- 2\nTI  - B\n";
  const ReadBack back = ReadText(text);
  ASSERT_EQ(back.records.size(), 1U);
  EXPECT_EQ(back.At(0).source_id, "2");
  EXPECT_EQ(back.Count("record-too-large"), 1U);
}

}  // namespace
}  // namespace litmill::testing
