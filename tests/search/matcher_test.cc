// SPDX-License-Identifier: Apache-2.0
// PubMed's semantics, one by one, on small synthetic records.
#include "search/matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "search/parser.h"
#include "search/to_pubmed.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsOk;

Record SampleRecord() {
  Record record;
  record.source_id = "123456";
  record.title.text = "Oral magnesium in Ménière's disease: a beta-blocker-controlled trial";
  record.abstract_sections = {
      {"METHODS", "METHODS", {"We gave 17β-estradiol and Mg2+ to adults with low mood and poor sleep.", ""}},
      {"RESULTS", "RESULTS", {"Mood rose.", ""}}};
  record.keywords = {
      {"NOTNLM", false, {"hypomagnesaemia", ""}}, {"NOTNLM", false, {"brain", ""}}, {"NOTNLM", false, {"fog", ""}}};
  record.vernacular_title.text = "Magnésium par voie orale";
  MeshHeading heading;
  heading.name = "Migraine Disorders";
  heading.qualifiers = {{"", "drug therapy", true}, {"", "blood", false}};
  MeshHeading minor;
  minor.name = "Stress, Psychological";
  record.mesh_headings = {heading, minor};
  record.publication_types = {{"", "Randomized Controlled Trial"}};
  Author author;
  author.last_name = "van der Berg";
  author.initials = "JA";
  author.fore_name = "Jane Ann";
  author.affiliations = {{"Department of Neurology, Example University", {}}};
  Author last;
  last.last_name = "O'Neil";
  last.initials = "K";
  last.fore_name = "Kim";
  record.authors = {author, last};
  record.languages = {"eng"};
  record.journal.title = "Journal of Synthetic Trials";
  record.journal.medline_ta = "J Synth Trials";
  record.journal.issn_print = "1234-5678";
  record.journal.country = "Switzerland";
  record.chemicals = {{"I38ZP9992A", "D008274", "Magnesium"}};
  record.identifiers = {{"doi", "10.1234/abc-5", "10.1234/abc-5", "ELocationID", true}};
  record.accessions = {{"ClinicalTrials.gov", "NCT01234567"}};
  record.related = {{"RetractionIn", "J Synth Trials. 2020", "999", "note"}};
  record.status = "MEDLINE";
  record.pages = "12-19";
  RecordDate print;
  print.kind = "print";
  print.date = *DateFromIso("2026-01");
  RecordDate electronic;
  electronic.kind = "electronic";
  electronic.date = *DateFromIso("2025-12-30");
  record.dates = {print, electronic};
  return record;
}

bool Matches(std::string_view query, const Record& record = SampleRecord(), const MeshTree* tree = nullptr) {
  const Result<Node> node = ParseQuery(query);
  EXPECT_THAT(node, IsOk()) << query;
  return node && Matcher(*node).Matches(SearchableRecord(record, tree));
}

struct MatchCase {
  std::string_view query;
  bool matches;
};

TEST(Matcher, DecidesAsPubMedDoes) {
  const std::vector<MatchCase> cases{
      // Words: case, accents, hyphens, apostrophes, Greek letters.
      {"MAGNESIUM[ti]", true},
      {"meniere[ti]", true},
      {"\"Ménière's disease\"[ti]", true},
      {"\"meniere s disease\"[ti]", true},
      {"\"beta blocker\"[ti]", true},
      {"beta-blocker[ti]", true},
      {"betablocker[ti]", false},
      {"17beta-estradiol[tiab]", true},
      {"\"Mg2\"[tiab]", true},
      {"mg[tiab]", false},
      {"magnes[tiab]", false},
      // Truncation.
      {"magnes*[tiab]", true},
      {"\"low moo*\"[tiab]", true},
      {"hypomagnes*[tiab]", true},
      // Fields.
      {"hypomagnesaemia[ti]", false},
      {"hypomagnesaemia[ot]", true},
      {"estradiol[ti]", false},
      {"estradiol[ab]", true},
      {"methods[tiab]", true},
      {"migraine[tiab]", false},
      {"migraine[tw]", true},
      {"\"drug therapy\"[tw]", true},
      {"orale[tiab]", false},
      {"orale[tt]", true},
      {"neurology[tiab]", false},
      {"neurology[ad]", true},
      {"neurology[all]", true},
      {"neurology", true},
      {"switzerland[all]", false},
      {"switzerland[pl]", true},
      // Phrases do not cross from one text to another.
      {"\"brain fog\"[ot]", false},
      {"\"poor sleep\"[tiab]", true},
      {"\"sleep poor\"[tiab]", false},
      // Proximity: any order, words between counted, within one text.
      {"\"sleep mood\"[tiab:~2]", true},
      {"\"sleep mood\"[tiab:~0]", false},
      {"\"sleep mood\"[tiab:~1]", true},  // Over the label of the next section: one abstract is one text.
      {"\"mood low\"[tiab:~0]", true},
      {"\"mood mood\"[tiab:~5]", true},
      {"\"mood mood\"[tiab:~1]", false},
      {"\"brain fog\"[tiab:~9]", false},
      {"\"poor sleep*\"[tiab:~5]", true},
      {"\"mood sleep*\"[tiab:~5]", false},
      // Headings.
      {"\"Migraine Disorders\"[mh]", true},
      {"\"migraine disorders\"[majr]", true},
      {"\"Stress Psychological\"[mh]", true},
      {"\"Stress, Psychological\"[majr]", false},
      {"\"Migraine Disorders/dt\"[mh]", true},
      {"\"Migraine Disorders/drug therapy\"[majr]", true},
      {"\"Migraine Disorders/blood\"[majr]", false},
      {"\"Migraine Disorders/surgery\"[mh]", false},
      {"\"Headache Disorders\"[mh]", false},
      {"migraine*[mh]", true},
      {"\"drug therapy\"[sh]", true},
      {"DT[sh]", true},
      // The rest.
      {"\"Randomized Controlled Trial\"[pt]", true},
      {"\"Clinical Trial\"[pt]", false},
      {"english[la]", true},
      {"ENG[la]", true},
      {"french[la]", false},
      {"\"J Synth Trials\"[ta]", true},
      {"1234-5678[ta]", true},
      {"\"J Synth\"[ta]", false},
      {"van der berg j[au]", true},
      {"\"van der berg j\"[au]", false},
      {"\"van der berg ja\"[au]", true},
      {"van der berg b[au]", false},
      {"o'neil[au]", true},
      {"o'ne[au]", false},
      {"oneil k[au]", true},
      {"van der berg[1au]", true},
      {"o'neil k[1au]", false},
      {"o'neil k[lastau]", true},
      {"van der berg, jane ann[fau]", true},
      {"jane ann van der berg[fau]", true},
      {"magnesium[nm]", true},
      {"I38ZP9992A[rn]", true},
      {"10.1234/ABC-5[doi]", true},
      {"10.1234/abc[aid]", false},
      {"123456[pmid]", true},
      {"clinicaltrials.gov/NCT01234567[si]", true},
      {"NCT01234567[si]", true},
      {"12[pg]", true},
      {"hasabstract", true},
      {"hasretractionin", true},
      {"haserratumin", false},
      {"medline[sb]", true},
      {"inprocess[sb]", false},
      // Dates: print 2026-01, electronic 2025-12-30.
      {"2000:2025[dp]", true},
      {"2026:2026[dp]", true},
      {"2000:2025[ppdat]", false},
      {"2025/12/30[dp]", true},
      {"2025/12/31:2026[epdat]", false},
      {"\"2026/01/01\"[dp] : \"3000\"[dp]", true},
      {"2000:2024[dp]", false},
      {"2020:3000[edat]", false},
      // Operators, from left to right.
      {"magnesium[ti] OR x[ti] AND y[ti]", false},
      {"magnesium[ti] OR (x[ti] AND y[ti])", true},
      {"magnesium[ti] NOT trial[ti]", false},
      {"magnesium[ti] NOT x[ti] NOT trial[ti]", false},
      {"magnesium[ti] NOT x[ti] NOT y[ti]", true},
  };
  for (const MatchCase& c : cases) EXPECT_EQ(Matches(c.query), c.matches) << c.query;
}

TEST(Matcher, ExplodesHeadingsAndPublicationTypesWithATree) {
  const Result<MeshTree> tree = MeshTree::Parse(
      "Headache Disorders;C10.1\nMigraine Disorders;C10.1.2\nClinical Trial;V03.1\nRandomized Controlled "
      "Trial;V03.1.2\n");
  ASSERT_THAT(tree, IsOk());
  const Record record = SampleRecord();
  EXPECT_TRUE(Matches("\"Headache Disorders\"[mh]", record, &*tree));
  EXPECT_TRUE(Matches("\"Headache Disorders/drug therapy\"[majr]", record, &*tree));
  EXPECT_FALSE(Matches("\"Headache Disorders\"[mh:noexp]", record, &*tree));
  EXPECT_TRUE(Matches("\"Clinical Trial\"[pt]", record, &*tree));
  EXPECT_FALSE(Matches("\"Clinical Trial\"[pt:noexp]", record, &*tree));
}

TEST(Matcher, ARecordWithoutPrintAndElectronicDateGoesByItsPublicationDate) {
  Record record = SampleRecord();
  record.dates.resize(1);
  record.dates[0].kind = "pubmed";
  record.dates[0].date = *DateFromIso("2010-05-06");
  EXPECT_TRUE(Matches("2010:2010[dp]", record));
  EXPECT_FALSE(Matches("2010:2010[ppdat]", record));
  EXPECT_TRUE(Matches("2010/05/06[edat]", record));
  EXPECT_FALSE(Matches("1000:3000[dp]", Record{}));
}

TEST(Matcher, PeriodsCountBackFromTheDayOfTheSearch) {
  const Result<Node> node = ParseQuery("\"last 1 month\"[dp]");
  ASSERT_THAT(node, IsOk());
  const SearchableRecord record(SampleRecord());
  EXPECT_TRUE(Matcher(*node, {{2026, 1, 31}}).Matches(record));
  EXPECT_FALSE(Matcher(*node, {{2026, 3, 31}}).Matches(record));
  const Matcher no_day(*node);
  EXPECT_FALSE(no_day.Matches(record));
  ASSERT_EQ(no_day.notes().size(), 1U);
}

TEST(Matcher, SaysWhatItDecidesOtherwiseThanPubMed) {
  const std::vector<std::string_view> noted{
      "magnesium",      "\"x\"[pa]", "humans[filter]",         "#1",
      "mag*nesium[ti]", "+[ti]",     "\"low mood*\"[tiab:~3]", "\"low mood\"[tw:~3]"};
  for (const std::string_view query : noted) {
    const ParsedStrategy parsed = ParseLeniently(query);
    ASSERT_EQ(parsed.strategy.lines.size(), 1U) << query;
    const Matcher matcher(parsed.strategy.lines[0].query);
    ASSERT_EQ(matcher.notes().size(), 1U) << query;
    EXPECT_EQ(matcher.notes()[0].clause, ToPubMed(parsed.strategy.lines[0].query));
  }
  const Result<Node> plain = ParseQuery("(\"Magnesium\"[mh] OR magnes*[tiab]) AND 2000:2025[dp]");
  ASSERT_THAT(plain, IsOk());
  EXPECT_TRUE(Matcher(*plain).notes().empty());
}

std::vector<std::string> Clauses(const std::vector<const Explanation*>& explanations) {
  std::vector<std::string> clauses;
  for (const Explanation* explanation : explanations) clauses.push_back(explanation->clause);
  return clauses;
}

Explanation Explained(std::string_view query) {
  const Result<Node> node = ParseQuery(query);
  EXPECT_THAT(node, IsOk());
  return Matcher(*node).Explain(SearchableRecord(SampleRecord()));
}

TEST(Explain, NamesTheClausesThatMatchedAndWhere) {
  const Explanation found =
      Explained("(\"Magnesium\"[mh] OR magnes*[tiab]) AND (\"Migraine Disorders\"[mh] OR x[ti]) AND 2000:2025[dp]");
  EXPECT_TRUE(found.matched);
  const std::vector<const Explanation*> matched = MatchedClauses(found);
  EXPECT_EQ(Clauses(matched),
            (std::vector<std::string>{"magnes*[tiab]", "\"Migraine Disorders\"[mh]", "2000:2025[dp]"}));
  EXPECT_EQ(matched[0]->evidence, "title: magnesium");
  EXPECT_EQ(matched[1]->evidence, "heading: migraine disorders");
  EXPECT_EQ(matched[2]->evidence, "electronic date: 2025-12-30");
  EXPECT_TRUE(FailedParts(found).empty());
}

TEST(Explain, NamesThePartThatKeptARecordOut) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(Clauses(FailedParts(Explained("magnesium[ti] AND (dementia*[tiab] OR \"Dementia\"[mh])"))),
            (Strings{"dementia*[tiab] OR \"Dementia\"[mh]"}));
  EXPECT_EQ(Clauses(FailedParts(Explained("(magnesium[ti] AND x[ti] AND y[ti]) NOT trial[ti]"))),
            (Strings{"x[ti]", "y[ti]"}));
  EXPECT_EQ(Clauses(FailedParts(Explained("magnesium[ti] NOT x[ti] NOT trial[ti]"))), (Strings{"trial[ti]"}));
}

}  // namespace
}  // namespace litmill::search
