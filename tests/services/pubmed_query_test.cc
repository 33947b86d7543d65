// SPDX-License-Identifier: Apache-2.0
#include "tests/services/pubmed_query.h"

#include <gmock/gmock.h>

#include <fmt/format.h>

namespace litmill::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string Article(int pmid, const std::string& title, const std::string& year, const std::string& more = "") {
  return fmt::format(
      "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID "
      "Version=\"1\">{}</PMID><Article><Journal><JournalIssue><PubDate><Year>{}</Year>"
      "</PubDate></JournalIssue></Journal><ArticleTitle>{}</ArticleTitle></Article>{}</MedlineCitation></"
      "PubmedArticle>",
      pmid, year, title, more);
}

class PubmedQuery : public ::testing::Test {
 protected:
  PubmedQuery() {
    const std::string mesh =
        "<MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN=\"N\">Depressive Disorder, Major</DescriptorName>"
        "<QualifierName MajorTopicYN=\"Y\">drug therapy</QualifierName></MeshHeading></MeshHeadingList>";
    records_.Load(
        Article(1, "Magnesium for low mood", "1999") + Article(2, "Mg<sup>2+</sup> and migraines", "2000", mesh) +
        Article(3, "Low dose; mood unchanged, magnesium", "2025") + Article(4, "Headache in caf&#xe9; owners", "2026"));
  }
  SearchOutcome Ask(std::string_view term) { return EvaluateQuery(records_, term); }
  PubmedRecords records_;
};

TEST_F(PubmedQuery, OperatorsRunFromLeftToRight) {
  EXPECT_THAT(Ask("headache[ti] OR magnesium[ti] AND mood[ti]").pmids, ElementsAre(3, 1));
  EXPECT_THAT(Ask("headache[ti] OR (magnesium[ti] AND mood[ti])").pmids, ElementsAre(4, 3, 1));
}
TEST_F(PubmedQuery, NotSubtractsAndAdjacentTermsAreAnded) {
  EXPECT_THAT(Ask("magnesium[ti] NOT \"low mood\"[ti]").pmids, ElementsAre(3));
  EXPECT_THAT(Ask("magnesium[ti] \"low mood\"[ti]").pmids, ElementsAre(1));
}
TEST_F(PubmedQuery, AndNotLosesTheNotAsPubmedDoes) {
  const SearchOutcome out = Ask("magnesium[ti] AND NOT mood[ti]");
  EXPECT_THAT(out.pmids, ElementsAre(3, 1));
  EXPECT_THAT(out.phrases_ignored, ElementsAre("NOT"));
}
TEST_F(PubmedQuery, InlineMarkupLeavesNoGapAndAccentsFold) {
  EXPECT_THAT(Ask("mg2[tiab]").pmids, ElementsAre(2));
  EXPECT_THAT(Ask("cafe[tiab]").pmids, ElementsAre(4));
}
TEST_F(PubmedQuery, TruncationNeedsFourLetters) {
  EXPECT_THAT(Ask("migr*[tiab]").pmids, ElementsAre(2));
  EXPECT_THAT(Ask("mig*[tiab]").pmids, IsEmpty());
  EXPECT_THAT(Ask("mig*[tiab]").phrases_ignored, ElementsAre("mig*"));
}
TEST_F(PubmedQuery, QuotedPhraseThatNobodyHasIsReportedAndItsWordsAnded) {
  const SearchOutcome out = Ask("\"mood magnesium low\"[tiab]");
  EXPECT_THAT(out.quoted_phrases_not_found, ElementsAre("\"mood magnesium low\"[Title/Abstract]"));
  EXPECT_THAT(out.pmids, ElementsAre(3, 1));
}
TEST_F(PubmedQuery, WordThatNobodyHasIsReportedUnderOr) {
  const SearchOutcome out = Ask("migraines[tiab] OR unicornitis[tiab]");
  EXPECT_THAT(out.pmids, ElementsAre(2));
  EXPECT_THAT(out.phrases_not_found, ElementsAre("unicornitis"));
}
TEST_F(PubmedQuery, UnknownTagMatchesNothingAndIsReported) {
  const SearchOutcome out = Ask("magnesium[tittle]");
  EXPECT_THAT(out.pmids, IsEmpty());
  EXPECT_THAT(out.fields_not_found, ElementsAre("tittle"));
}
TEST_F(PubmedQuery, HeadingsExplodeUnlessToldNotTo) {
  EXPECT_THAT(Ask("\"Depressive Disorder\"[Mesh]").pmids, ElementsAre(2));
  EXPECT_THAT(Ask("\"Depressive Disorder\"[mh:noexp]").pmids, IsEmpty());
  EXPECT_THAT(Ask("\"Depressive Disorder, Major/drug therapy\"[mh]").pmids, ElementsAre(2));
  EXPECT_THAT(Ask("\"Depressive Disorder, Major\"[majr]").pmids, ElementsAre(2));
}
TEST_F(PubmedQuery, RangesOfDatesAndPmidsIncludeBothEnds) {
  EXPECT_THAT(Ask("2000:2025[dp]").pmids, ElementsAre(3, 2));
  EXPECT_THAT(Ask("(\"2000/01/01\"[dp] : \"2025/12/31\"[dp])").pmids, ElementsAre(3, 2));
  EXPECT_THAT(Ask("2:3[UID]").pmids, ElementsAre(3, 2));
  EXPECT_THAT(Ask("4[uid]").pmids, ElementsAre(4));
  EXPECT_THAT(Ask("all[sb]").pmids, UnorderedElementsAre(1, 2, 3, 4));
}
TEST_F(PubmedQuery, ProximityCountsTheWordsBetween) {
  EXPECT_THAT(Ask("\"magnesium mood\"[ti:~1]").pmids, ElementsAre(3));
  EXPECT_THAT(Ask("\"magnesium mood\"[ti:~2]").pmids, ElementsAre(3, 1));
}
TEST_F(PubmedQuery, UntaggedWordsAreSearchedEverywhereWithoutStopwords) {
  EXPECT_THAT(Ask("magnesium for mood").pmids, ElementsAre(3, 1));
  EXPECT_THAT(Ask("magnesium for mood").phrases_ignored, ElementsAre("for"));
}
TEST_F(PubmedQuery, BrokenTermsAreRefusedNotGuessed) {
  for (const char* term : {"((", "(magnesium[ti]", "magnesium[ti])", ")", "()"})
    EXPECT_THAT(Ask(term).error, ::testing::StartsWith("Search Backend failed")) << term;
  EXPECT_FALSE(Ask("").error.empty());
  EXPECT_FALSE(Ask(std::string(300, '(')).error.empty());
}
TEST_F(PubmedQuery, AnyPrefixOfAQueryIsAnsweredOrRefused) {
  const std::string term =
      "(\"low mood\"[tiab:~2] OR migr*[ti]) AND (\"2000/01/01\"[dp] : \"2025/12/31\"[dp]) NOT #1 1:9[UID]";
  for (std::size_t length = 0; length <= term.size(); ++length) Ask(term.substr(0, length));
  SUCCEED();
}

}  // namespace
}  // namespace litmill::services
