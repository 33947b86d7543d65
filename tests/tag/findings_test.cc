// SPDX-License-Identifier: Apache-2.0
// Findings with a small rule set of their own: what is paired, who governs whom, what is no result.
#include "tag/findings.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

std::unique_ptr<Tagger> SmallTagger() {
  RuleSetBuilder builder;
  builder.Simple("form", "magnesium", "magnesium|Mg");
  builder.Simple("form", "zinc", "zinc");
  builder.Simple("exposure", "intake", "(?:higher |lower |low )?(?:intake|diet)");
  builder.Simple("condition", "migraine", "migraine");
  const auto outcome = [&builder](const char* id, const char* pattern, Valence valence) {
    Concept& c = builder.Add("outcome", id);
    c.valence = valence;
    RuleSetBuilder::AddRule(c, pattern);
  };
  outcome("pain", "pain", Valence::kLowerIsBetter);
  outcome("sleep", "sleep(?: quality)?", Valence::kHigherIsBetter);
  outcome("days", "headache days", Valence::kLowerIsBetter);
  outcome("level", "serum level", Valence::kUnknown);
  builder.Simple("direction", "improved", "improv(?:e|ed|es|ing|ement)|better|superior to");
  builder.Simple("direction", "worsened", "worsened|worse");
  builder.Simple("direction", "reduced", "reduc(?:e|ed|es|ing|tion)|fell|lower|fewer|decreased");
  builder.Simple("direction", "increased", "increas(?:e|ed|es)|rose|higher|longer");
  builder.Simple("direction", "no_significant_difference",
                 "no significant (?:difference|change)|not significant|did not (?:improve|differ|change|reduce)|failed "
                 "to reduce|p = 0\\.[2-9]\\d*");
  builder.Simple("direction", "trend", "tended to|trend towards?");
  builder.Simple("direction", "inverse_association", "inversely associated");
  builder.Simple("direction", "within_group_change", "in both groups|from baseline");
  return builder.Compile();
}

const Tagger& Small() {
  static const std::unique_ptr<Tagger> tagger = SmallTagger();
  return *tagger;
}

Record OfSection(const std::string& category, const std::string& text) {
  Record record = WithAbstract({text});
  record.abstract_sections[0].nlm_category = category;
  return record;
}

/// "magnesium pain reduced decreased better"
std::vector<std::string> Lines(const TaggedRecord& tagged) {
  const RuleSet& rules = Small().rule_set();
  std::vector<std::string> lines;
  for (const Finding& f : tagged.findings)
    lines.push_back(fmt::format("{} {} {} {} {}{}", rules.concepts[f.intervention].id, rules.concepts[f.outcome].id,
                                rules.concepts[f.direction].id, MovementName(f.movement), BenefitName(f.benefit),
                                f.subgroup.empty() ? "" : " | " + f.subgroup));
  return lines;
}

std::vector<std::string> LinesOf(const std::string& text, const std::string& category = "RESULTS") {
  return Lines(TagOrFail(Small(), OfSection(category, text)));
}

std::set<std::string> DirectionsOf(const Record& record) {
  std::set<std::string> directions;
  for (const std::string& id : TagIds(Small(), record))
    if (id.rfind("direction:", 0) == 0) directions.insert(id.substr(10));
  return directions;
}

using Strings = std::vector<std::string>;

TEST(Findings, OneRowForEachInterventionOutcomeAndDirection) {
  EXPECT_EQ(LinesOf("Pain fell significantly with magnesium versus placebo (p = 0.01)."),
            (Strings{"magnesium pain reduced decreased better"}));
  EXPECT_EQ(LinesOf("Magnesium improved sleep quality (p < 0.01)."),
            (Strings{"magnesium sleep improved increased better"}));
  EXPECT_EQ(LinesOf("Magnesium significantly reduced pain and headache days (p < 0.01)."),
            (Strings{"magnesium pain reduced decreased better", "magnesium days reduced decreased better"}));
  EXPECT_EQ(LinesOf("The serum level rose with magnesium (p < 0.01)."),
            (Strings{"magnesium level increased increased unknown"}));
}

TEST(Findings, ForEachOutcomeItsOwnCue) {
  EXPECT_EQ(LinesOf("Magnesium significantly reduced pain (p = 0.01), but sleep did not change."),
            (Strings{"magnesium pain reduced decreased better",
                     "magnesium sleep no_significant_difference no-difference none"}));
  EXPECT_EQ(LinesOf("With magnesium pain and sleep did not improve."),
            (Strings{"magnesium pain no_significant_difference no-difference none",
                     "magnesium sleep no_significant_difference no-difference none"}));
}

TEST(Findings, NoDifferenceOverrulesTheMovementThatItSpeaksOf) {
  const Record record = OfSection("RESULTS", "Magnesium improved pain, but the difference was not significant.");
  EXPECT_EQ(Lines(TagOrFail(Small(), record)),
            (Strings{"magnesium pain no_significant_difference no-difference none"}));
  EXPECT_EQ(DirectionsOf(record), (std::set<std::string>{"no_significant_difference"}));
}

TEST(Findings, ATrendIsNoImprovement) {
  const Record record = OfSection("RESULTS", "Pain tended to improve with magnesium.");
  EXPECT_EQ(Lines(TagOrFail(Small(), record)), (Strings{"magnesium pain trend unclear unknown"}));
  EXPECT_EQ(DirectionsOf(record).count("improved"), 0U);
}

TEST(Findings, AChangeInBothGroupsIsNoEffect) {
  EXPECT_EQ(LinesOf("With magnesium pain fell in both groups.").at(0).substr(0, 34),
            "magnesium pain within_group_change");
}

TEST(Findings, AGoodMovementIsTaggedAsImprovedToo) {
  EXPECT_EQ(DirectionsOf(OfSection("RESULTS", "Pain fell significantly (p = 0.01).")),
            (std::set<std::string>{"reduced", "improved"}));
  EXPECT_EQ(DirectionsOf(OfSection("RESULTS", "The serum level fell significantly (p = 0.01).")),
            (std::set<std::string>{"reduced"}));
  EXPECT_EQ(DirectionsOf(OfSection("RESULTS", "Sleep fell significantly with magnesium (p = 0.01).")),
            (std::set<std::string>{"reduced", "worsened"}));
}

TEST(Findings, PlansQuestionsAdviceAndGuessesAreNoResults) {
  for (const char* text : {"We aimed to reduce pain with magnesium.", "Magnesium was given to improve sleep.",
                           "Magnesium may improve sleep.", "It is unclear whether magnesium reduces pain.",
                           "Magnesium is recommended, as it improves sleep.", "Does magnesium improve sleep?",
                           "Magnesium was given for reducing pain.", "To assess if pain is reduced by magnesium."}) {
    EXPECT_EQ(LinesOf(text, ""), Strings{}) << text;
    EXPECT_TRUE(DirectionsOf(OfSection("", text)).empty()) << text;
  }
  EXPECT_EQ(LinesOf("Magnesium was found to improve sleep.", "").size(), 1U);
  EXPECT_EQ(LinesOf("Magnesium was effective and improved sleep.", "").size(), 1U);
}

TEST(Findings, WhatWasMeasuredIsNoResult) {
  for (const char* text :
       {"The primary endpoint was the reduction in pain with magnesium.",
        "Outcome measures included reduction of pain.", "Reduced pain and improved sleep were assessed.",
        "We evaluated how magnesium improved sleep.", "Response was defined as pain reduced by half.",
        "The change of pain from baseline."}) {
    EXPECT_EQ(LinesOf(text, ""), Strings{}) << text;
    EXPECT_TRUE(DirectionsOf(OfSection("", text)).empty()) << text;
  }
  EXPECT_EQ(LinesOf("With magnesium the primary endpoint was significantly better: pain fell.").size(), 1U);
}

TEST(Findings, ADegreeIsNoMovementOfItsOwn) {
  EXPECT_EQ(LinesOf("Magnesium gave higher reduction of pain than placebo (p = 0.01)."),
            (Strings{"magnesium pain reduced decreased better"}));
}

TEST(Findings, EachOutcomeOfAListKeepsItsOwnCue) {
  EXPECT_EQ(LinesOf("With magnesium pain did not change and improved sleep was seen."),
            (Strings{"magnesium pain no_significant_difference no-difference none",
                     "magnesium sleep improved increased better"}));
}

TEST(Findings, AClauseOfAnotherMatterSaysNothingOfTheOneBefore) {
  EXPECT_EQ(LinesOf("Magnesium improved sleep but failed to reduce the number of falls."),
            (Strings{"magnesium sleep improved increased better"}));
}

TEST(Findings, WhatIsBetterInTheComparatorIsWorseInTheIntervention) {
  EXPECT_EQ(
      LinesOf("Sleep was significantly longer in the placebo group than in the magnesium group (p = 0.01).").at(0),
      "magnesium sleep increased decreased worse");
}

TEST(Findings, OnlyResultsConclusionsAndTitleState) {
  for (const char* category : {"BACKGROUND", "OBJECTIVE", "METHODS"}) {
    EXPECT_EQ(LinesOf("Magnesium reduced pain.", category), Strings{}) << category;
    EXPECT_TRUE(DirectionsOf(OfSection(category, "Magnesium reduced pain.")).empty()) << category;
  }
  Record record;
  record.title.text = "Magnesium reduces pain";
  const TaggedRecord tagged = TagOrFail(Small(), record);
  ASSERT_EQ(tagged.findings.size(), 1U);
  EXPECT_EQ(tagged.findings[0].field, "title");
  EXPECT_LE(tagged.findings[0].confidence, 0.5);
}

TEST(Findings, TheRecordsInterventionStandsInAtLowerConfidence) {
  Record record = OfSection("RESULTS", "Pain fell significantly (p = 0.01).");
  EXPECT_TRUE(TagOrFail(Small(), record).findings.empty());
  record.title.text = "Magnesium for migraine";
  const TaggedRecord inferred = TagOrFail(Small(), record);
  EXPECT_EQ(Lines(inferred), (Strings{"magnesium pain reduced decreased better"}));
  record.abstract_sections[0].body.text = "Pain fell significantly with magnesium (p = 0.01).";
  EXPECT_LT(inferred.findings[0].confidence, TagOrFail(Small(), record).findings[0].confidence);
}

TEST(Findings, AConditionIsTheOutcomeWhereThereIsNoOther) {
  EXPECT_EQ(LinesOf("Intake was inversely associated with migraine."),
            (Strings{"intake migraine inverse_association decreased better"}));
}

TEST(Findings, HowMuchWasTakenIsNoMovement) {
  EXPECT_EQ(LinesOf("Higher intake was inversely associated with pain."),
            (Strings{"intake pain inverse_association decreased better"}));
  EXPECT_EQ(DirectionsOf(OfSection("RESULTS", "Higher intake was inversely associated with pain.")).count("increased"),
            0U);
}

TEST(Findings, ASubgroupThatDiffersKeepsBothRows) {
  const TaggedRecord tagged = TagOrFail(Small(), OfSection("RESULTS",
                                                           "Magnesium did not reduce pain. Pain fell significantly "
                                                           "with magnesium in those with severe migraine (p = 0.01)."));
  EXPECT_EQ(Lines(tagged), (Strings{"magnesium pain no_significant_difference no-difference none",
                                    "magnesium pain reduced decreased better | those with severe migraine"}));
  ASSERT_EQ(tagged.conclusions.size(), 1U);
  EXPECT_TRUE(tagged.conclusions[0].is_mixed);
  EXPECT_EQ(tagged.conclusions[0].finding_count, 2U);
}

TEST(Findings, FindingsThatAgreeMakeAPlainConclusion) {
  const TaggedRecord tagged = TagOrFail(Small(), OfSection("RESULTS",
                                                           "Magnesium significantly reduced pain (p = 0.01). With "
                                                           "magnesium pain was lower than with placebo (p = 0.02)."));
  ASSERT_EQ(tagged.conclusions.size(), 1U);
  EXPECT_FALSE(tagged.conclusions[0].is_mixed);
  EXPECT_EQ(tagged.conclusions[0].movement, Movement::kDecreased);
  EXPECT_EQ(tagged.conclusions[0].benefit, Benefit::kBetter);
}

TEST(Findings, TheSentenceIsTheEvidence) {
  const std::string text = "Forty took part. Magnesium reduced pain. They were glad.";
  const TaggedRecord tagged = TagOrFail(Small(), OfSection("RESULTS", text));
  ASSERT_EQ(tagged.findings.size(), 1U);
  const Finding& f = tagged.findings[0];
  EXPECT_EQ(text.substr(f.start, f.end - f.start), "Magnesium reduced pain.");
}

TEST(Findings, ConfidencesAreSharesAndEveryRowIsWhole) {
  for (const char* text :
       {"Magnesium and zinc reduced pain and improved sleep and headache days rose in both groups, p = 0.3.",
        "pain pain pain improved zinc zinc", "improved reduced increased worse", "Higher lower intake pain"}) {
    for (const Finding& f : TagOrFail(Small(), OfSection("", text)).findings) {
      EXPECT_GE(f.confidence, 0);
      EXPECT_LE(f.confidence, 1);
      EXPECT_NE(f.intervention, kNoConcept);
      EXPECT_NE(f.outcome, kNoConcept);
      EXPECT_NE(f.direction, kNoConcept);
      EXPECT_LT(f.start, f.end);
    }
  }
}

TEST(Findings, ASentenceOfAMegabyteIsReadInLinearTimeWithCappedPairs) {
  std::string text;
  while (text.size() < 1'000'000)
    text += "magnesium reduced pain and improved sleep, but zinc did not reduce headache days in women, ";
  const auto start = std::chrono::steady_clock::now();
  const TaggedRecord tagged = TagOrFail(Small(), OfSection("RESULTS", text));
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LE(tagged.findings.size(), kMostOutcomes * kMostInterventions);
  EXPECT_FALSE(tagged.findings.empty());
  EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), 20'000);
}

}  // namespace
}  // namespace litmill::tag::testing
