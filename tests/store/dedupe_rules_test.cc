// SPDX-License-Identifier: Apache-2.0
// The verdict on a pair, rule by rule and guard by guard. All records are synthetic.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "store/dedupe.h"

namespace litmill::testing {
namespace {

using store::DedupeRecord;
using store::DedupeRelation;
using store::DedupeVerdict;

/// A journal article with everything.
DedupeRecord Article(const std::string& source, const std::string& id) {
  DedupeRecord record;
  record.source = source;
  record.source_id = id;
  record.title = "Oral magnesium and the quality of sleep in shift workers";
  record.authors = {{"Doe", "Jane", ""}, {"Muster", "Karl", ""}, {"Perez", "Ana", ""}};
  record.year_print = 2015;
  record.journals = {"Journal of Synthetic Medicine"};
  record.volume = "12";
  record.issue = "3";
  record.pages = "101-109";
  return record;
}

struct PairCase {
  std::string name;
  std::function<void(DedupeRecord&, DedupeRecord&)> change;
  std::string expected;  ///< "merged", "review", "refused", a relation, or "" for nothing at all.
};

std::string VerdictOf(const PairCase& one, bool swapped) {
  DedupeRecord a = Article("embase", "A"), b = Article("scopus", "B");
  one.change(a, b);
  const auto result = swapped ? store::Deduplicate({b, a}) : store::Deduplicate({a, b});
  EXPECT_EQ(result.representative[0] == result.representative[1],
            result.decisions.size() == 1 && result.decisions[0].verdict == DedupeVerdict::kMerged)
      << one.name;
  if (result.decisions.empty()) return "";
  EXPECT_EQ(result.decisions.size(), 1U) << one.name;
  EXPECT_FALSE(result.decisions[0].rule.empty()) << one.name;
  if (result.decisions[0].verdict == DedupeVerdict::kRelated)
    return std::string(store::DedupeRelationName(result.decisions[0].relation));
  return std::string(store::DedupeVerdictName(result.decisions[0].verdict));
}

void Check(const std::vector<PairCase>& cases) {
  for (const PairCase& one : cases) {
    EXPECT_EQ(VerdictOf(one, false), one.expected) << one.name;
    EXPECT_EQ(VerdictOf(one, true), one.expected) << one.name << ", swapped";
  }
}

void GiveDoi(DedupeRecord& a, DedupeRecord& b) {
  a.identifiers.emplace_back("doi", "10.9999/x");
  b.identifiers.emplace_back("doi", "10.9999/x");
}

TEST(DedupeRules, BibliographicEvidenceMerges) {
  Check({
      {"the same", [](auto&, auto&) {}, "merged"},
      {"short pages, initials and an abbreviated journal",
       [](auto&, auto& b) {
         b.pages = "101-9";
         b.authors = {{"Doe", "J", ""}, {"Muster", "K", ""}, {"Perez", "A", ""}};
         b.journals = {"J Synth Med"};
       },
       "merged"},
      {"accents and misprints in names", [](auto&, auto& b) { b.authors[2].last_name = "P\xC3\xA9rez"; }, "merged"},
      {"given and last names in one field",
       [](auto&, auto& b) {
         b.authors[0] = {"Doe Jane", "", ""};
       },
       "merged"},
      {"no volume and pages", [](auto&, auto& b) { b.volume = b.issue = b.pages = ""; }, "merged"},
      {"nothing but title, authors and year",
       [](auto&, auto& b) {
         b.volume = b.issue = b.pages = "";
         b.journals.clear();
       },
       "merged"},
      {"a misprint in the title, the same place",
       [](auto&, auto& b) { b.title = "Oral magnesium and the quality of slepe in shift workers"; }, "merged"},
      {"a subtitle is missing, the same place", [](auto&, auto& b) { b.title += ": a randomized trial"; }, "merged"},
      {"years one apart in one volume", [](auto&, auto& b) { b.year_print = 2016; }, "merged"},
      {"a parallel title of the journal, the same pages",
       [](auto&, auto& b) { b.journals = {"Zeitschrift fur Kunstmedizin"}; }, "merged"},
      {"the translated title, the same place",
       [](auto& a, auto& b) {
         a.title = "Magnesium und die Qualit\xC3\xA4t des Schlafes bei Schichtarbeitern";
         b.title = "[Oral magnesium and sleep quality in shift workers]";
       },
       "merged"},
      {"the original title",
       [](auto& a, auto& b) {
         a.title = "Magnesium und Schlaf bei Menschen in Schichtarbeit";
         b.vernacular_title = a.title;
       },
       "merged"},
      {"no authors, everything else",
       [](auto& a, auto& b) {
         a.authors.clear();
         b.authors.clear();
       },
       "merged"},
  });
}

TEST(DedupeRules, WhatDiffersIsNotMerged) {
  Check({
      {"both titles empty", [](auto& a, auto& b) { a.title = b.title = ""; }, ""},
      {"one title empty", [](auto& a, auto&) { a.title = ""; }, ""},
      {"another title on the same page",
       [](auto& a, auto& b) {
         a.pages = b.pages = "S10";
         b.title = "Zinc and the duration of the common cold";
       },
       ""},
      {"part I and part II",
       [](auto& a, auto& b) {
         a.title += " I";
         b.title += " II";
         b.pages = "110-119";
       },
       ""},
      {"another dose",
       [](auto& a, auto& b) {
         a.title += " 100 mg";
         b.title += " 400 mg";
         b.pages = "";
       },
       ""},
      {"another issue of a serial title without pages",
       [](auto& a, auto& b) {
         a.title = b.title = "Remarks from the editor of this journal";
         a.pages = b.pages = "";
         b.issue = "4";
       },
       ""},
      {"a common title in another issue",
       [](auto& a, auto& b) {
         a.title = b.title = "Editorial";
         b.issue = "4";
         b.pages = "201";
       },
       ""},
      {"another volume and other pages",
       [](auto&, auto& b) {
         b.volume = "13";
         b.pages = "7-15";
       },
       "review"},
      {"another journal",
       [](auto&, auto& b) {
         b.journals = {"Annals of Invented Nutrition"};
         b.volume = "4";
         b.pages = "7-15";
       },
       "review"},
      {"other authors, no place",
       [](auto& a, auto& b) {
         b.authors = {{"Other", "X", ""}, {"Person", "Y", ""}};
         a.pages = b.pages = "";
       },
       ""},
      {"a thesis",
       [](auto&, auto& b) {
         b.types = {"Thesis"};
         b.journals.clear();
         b.volume = b.issue = b.pages = "";
       },
       "review"},
      {"another drug on the same page",
       [](auto& a, auto& b) {
         a.pages = b.pages = "S10";
         a.title = "Effects of sitagliptin on the ageing heart in old mice";
         b.title = "Effects of linagliptin on the ageing heart in old mice";
       },
       ""},
      {"an updated review under its number",
       [](auto& a, auto& b) {
         a.pages = b.pages = "CD000001";
         b.issue = "9";
       },
       "version"},
      {"ten years later",
       [](auto&, auto& b) {
         b.year_print = 2025;
         b.volume = "22";
         b.pages = "1-9";
       },
       "review"},
      {"an online version of last year without a place",
       [](auto&, auto& b) {
         b.year_print = 2014;
         b.volume = b.issue = b.pages = "";
       },
       "review"},
      {"DOIs that differ, no place",
       [](auto& a, auto& b) {
         a.identifiers = {{"doi", "10.9999/a"}};
         b.identifiers = {{"doi", "10.9999/b"}};
         b.volume = b.pages = "";
       },
       "review"},
      {"PMIDs that differ",
       [](auto& a, auto& b) {
         a.identifiers = {{"pmid", "1"}};
         b.identifiers = {{"pmid", "2"}};
       },
       ""},
  });
}

TEST(DedupeRules, SharedIdentifiersMergeUnlessTheTitleSpeaksAgainstIt) {
  Check({
      {"DOI, everything else missing",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         const auto ids = b.identifiers;
         b = DedupeRecord{};
         b.source = "scopus";
         b.source_id = "B";
         b.identifiers = ids;
       },
       "merged"},
      {"DOI and another place",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         b.year_print = 2014;
         b.volume = "";
         b.pages = "1-9";
       },
       "merged"},
      {"DOI of a supplement: another abstract",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         b.title = "Zinc and the duration of the common cold";
         b.authors = {{"Other", "X", ""}};
         b.pages = "S12";
       },
       "refused"},
      {"DOI of a book: another chapter by the same authors",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         b.title = "Calcium in the diet of children";
         b.pages = "201-220";
       },
       "refused"},
      {"PMCID and another title",
       [](auto& a, auto& b) {
         a.identifiers = b.identifiers = {{"pmcid", "PMC1"}};
         b.title = "Zinc and the duration of the common cold";
       },
       "refused"},
      {"DOI, PMIDs that differ",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         a.identifiers.emplace_back("pmid", "1");
         b.identifiers.emplace_back("pmid", "2");
       },
       "refused"},
      {"PMID and another title",
       [](auto& a, auto& b) {
         a.identifiers = b.identifiers = {{"pmid", "1"}};
         b.title = "Magnesium und Schlaf";
         b.pages = "";
       },
       "merged"},
      {"PMID, everything else different",
       [](auto& a, auto& b) {
         a.identifiers = b.identifiers = {{"pmid", "1"}};
         b.title = "Deep learning for retinal images";
         b.authors = {{"Other", "X", ""}};
         b.volume = "3";
         b.pages = "1";
       },
       "review"},
      {"DOI and a title with another number",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         a.title += " 2019";
         b.title += " 2020";
         b.pages = "";
       },
       "review"},
      {"a trial number in both is no identifier",
       [](auto& a, auto& b) {
         a.identifiers = b.identifiers = {{"nct", "NCT00000001"}};
         b.title = "Adherence in a trial of sleep";
         b.pages = "1";
       },
       ""},
      {"an identifier of another database",
       [](auto& a, auto& b) {
         a.identifiers = {{"scopus", "B"}};
         b.title = "";
       },
       "merged"},
  });
}

TEST(DedupeRules, RelatedPublicationsAreLinkedNotMerged) {
  Check({
      {"preprint and version of record",
       [](auto& a, auto& b) {
         b.journals = {"medRxiv"};
         b.volume = b.issue = b.pages = "";
         a.identifiers = {{"doi", "10.9999/a"}};
         b.identifiers = {{"doi", "10.1101/b"}};
       },
       "preprint"},
      {"two versions of a preprint",
       [](auto& a, auto& b) {
         for (auto* record : {&a, &b}) {
           record->journals = {"Research Square"};
           record->volume = record->issue = record->pages = "";
         }
         a.identifiers = {{"doi", "10.21203/rs.3.rs-1/v1"}};
         b.identifiers = {{"doi", "10.21203/rs.3.rs-1/v2"}};
       },
       "version"},
      {"erratum by title",
       [](auto&, auto& b) {
         b.title = "Erratum to: " + b.title;
         b.pages = "400";
       },
       "notice"},
      {"retraction notice under the article's DOI",
       [](auto& a, auto& b) {
         GiveDoi(a, b);
         b.is_notice = true;
       },
       "notice"},
      {"reply",
       [](auto&, auto& b) {
         b.title = "Reply to: " + b.title;
         b.pages = "400";
       },
       "notice"},
      {"protocol by publication type",
       [](auto&, auto& b) {
         b.types = {"Clinical Trial Protocol"};
         b.journals = {"Trials"};
         b.volume = "9";
         b.pages = "77";
       },
       "protocol"},
      {"meeting abstract and article",
       [](auto&, auto& b) {
         b.journals = {"Annals of Invented Nutrition. Conference: Meeting of the Synthetic Society"};
         b.volume = "7";
         b.issue = "Suppl 1";
         b.pages = "S12";
       },
       "conference-abstract"},
  });
}

TEST(DedupeRules, TheScoresAndTheRuleAreGiven) {
  const auto result = store::Deduplicate({Article("embase", "A"), Article("scopus", "B")});
  ASSERT_EQ(result.decisions.size(), 1U);
  EXPECT_EQ(result.decisions[0].rule, "title+authors+pages");
  EXPECT_DOUBLE_EQ(result.decisions[0].scores.title, 1);
  EXPECT_DOUBLE_EQ(result.decisions[0].scores.authors, 1);
  EXPECT_DOUBLE_EQ(result.decisions[0].scores.locators, 1);
  EXPECT_LT(result.decisions[0].scores.abstract_text, 0) << "no abstract, no score";
}

}  // namespace
}  // namespace litmill::testing
