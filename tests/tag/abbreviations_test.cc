// SPDX-License-Identifier: Apache-2.0
#include "tag/abbreviations.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

std::vector<std::string> Definitions(const std::string& text) {
  const Record record = WithAbstract({text});
  JoinedText joined;
  joined.Fill(record);
  std::vector<AbbreviationDefinition> found;
  FindAbbreviationDefinitions(joined, found);
  std::vector<std::string> lines;
  const auto words = [&](ByteSpan s) { return joined.buffer.substr(s.start, s.end - s.start); };
  for (const AbbreviationDefinition& d : found) lines.push_back(words(d.short_form) + " = " + words(d.long_form));
  return lines;
}

using Strings = std::vector<std::string>;

TEST(Abbreviations, LongFormsBeforeTheBracket) {
  EXPECT_EQ(Definitions("People with Alzheimer's disease (AD) slept."), (Strings{"AD = Alzheimer's disease"}));
  EXPECT_EQ(Definitions("We saw major depressive disorder (MDD; n = 5) and pain."),
            (Strings{"MDD = major depressive disorder"}));
  EXPECT_EQ(Definitions("anti-epileptic drugs (AEDs)"), (Strings{"AEDs = anti-epileptic drugs"}));
  EXPECT_EQ(Definitions("the Beck Depression Inventory [BDI]"), (Strings{"BDI = Beck Depression Inventory"}));
  EXPECT_EQ(Definitions("C-reactive protein (CRP), tumor necrosis factor (TNF)"),
            (Strings{"CRP = C-reactive protein", "TNF = tumor necrosis factor"}));
}
TEST(Abbreviations, LongFormsInTheBracket) {
  EXPECT_EQ(Definitions("Scores of MDD (major depressive disorder) fell."),
            (Strings{"MDD = major depressive disorder"}));
}
TEST(Abbreviations, WhatIsNone) {
  for (const char* text :
       {"Pain fell (P < 0.05).", "adults (n = 12)", "We asked them (see Table)", "magnesium (Placebo)", "(AD)",
        "x (AD)", "sleep (SLEEP DIARY OF US)", "Tea helped (RR 0.8)", "()", "(((", "a (b"})
    EXPECT_EQ(Definitions(text), Strings{}) << text;
}
TEST(Abbreviations, EveryDefinitionIsInsideTheTextAndSpellsTheShortForm) {
  const std::vector<std::string> pieces = {"Alzheimer ", "disease ", "(AD)", "(", ")", "[", "]", "MDD ", "major ",
                                           "é",          "-",        ", ",   ";", " ", "s", "A", "B",    "(B)"};
  std::mt19937 random(5);
  std::size_t found = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t i = 0, n = random() % 14; i < n; ++i) text += pieces[random() % pieces.size()];
    for (const std::string& line : Definitions(text)) {
      const std::size_t middle = line.find(" = ");
      ASSERT_NE(middle, std::string::npos);
      ASSERT_NE(text.find(line.substr(0, middle)), std::string::npos) << text;
      ASSERT_GT(line.size() - middle - 3, middle) << line;
      ++found;
    }
  }
  EXPECT_GT(found, 100U);
}

Rule& AddShort(Concept& c, const std::string& short_form, AbbreviationPolicy policy) {
  Rule& rule = RuleSetBuilder::AddRule(c, short_form, true);
  rule.abbreviation = policy;
  return rule;
}

class AbbreviationPolicies : public ::testing::Test {
 protected:
  AbbreviationPolicies() {
    RuleSetBuilder rules;
    Concept& alzheimer = rules.Add("condition", "alzheimer");
    alzheimer.mesh = {"D000544"};
    RuleSetBuilder::AddRule(alzheimer, "Alzheimer's disease");
    AddShort(alzheimer, "AD", AbbreviationPolicy::kDefined);
    RuleSetBuilder::AddRule(rules.Add("condition", "early", {"alzheimer"}), "presenile aphasic decline");
    Concept& tension = rules.Add("condition", "tension");
    RuleSetBuilder::AddRule(tension, "tension-type headache");
    AddShort(tension, "TTH", AbbreviationPolicy::kSafe);
    Concept& mdd = rules.Add("condition", "mdd");
    RuleSetBuilder::AddRule(mdd, "major depressive disorder");
    Rule& gated = AddShort(mdd, "MDD", AbbreviationPolicy::kGated);
    gated.gate = "depress\\w*";
    gated.gate_scope = GateScope::kRecord;
    tagger_ = rules.Compile();
  }
  std::set<std::string> Ids(const Record& record) const { return TagIds(*tagger_, record); }
  std::set<std::string> Ids(const std::string& text) const { return Ids(WithAbstract({text})); }
  std::string Refusal(const std::string& text) const {
    const TaggedRecord tagged = TagOrFail(*tagger_, WithAbstract({text}), true);
    return tagged.rejections.empty() ? "" : tagged.rejections[0].reason;
  }
  std::unique_ptr<Tagger> tagger_;
};

using Ids = std::set<std::string>;

TEST_F(AbbreviationPolicies, SafeOnesStandAloneUnlessDefinedAsSomethingElse) {
  EXPECT_EQ(Ids("TTH was common."), (tag::testing::Ids{"condition:tension"}));
  EXPECT_EQ(Ids("Total thyroid hormone (TTH) was high. TTH fell."), (tag::testing::Ids{}));
  EXPECT_EQ(Refusal("TTH fell; total thyroid hormone (TTH)."), "TTH is total thyroid hormone here");
}
TEST_F(AbbreviationPolicies, GatedOnesNeedTheirGateAndNoOtherDefinition) {
  EXPECT_EQ(Ids("MDD was common in depressed adults."), (tag::testing::Ids{"condition:mdd"}));
  EXPECT_EQ(Ids("MDD was small."), (tag::testing::Ids{}));
  EXPECT_EQ(Ids("The minimum detectable difference (MDD) in depression was small; the MDD held."),
            (tag::testing::Ids{}));
}
TEST_F(AbbreviationPolicies, DefinedOnesNeedADefinitionOrTheMeshHeading) {
  EXPECT_EQ(Ids("AD patients slept."), (tag::testing::Ids{}));
  EXPECT_EQ(Refusal("AD patients slept."), "the record does not define AD");
  Record record = WithAbstract({"Alzheimer's disease (AD) is common. AD patients slept."});
  record.title.text = "Sleep in AD";
  EXPECT_EQ(MentionLines(*tagger_, record),
            (std::vector<std::string>{
                "condition:alzheimer title/0 [9,11) AD", "condition:alzheimer abstract/0 [0,19) Alzheimer's disease",
                "condition:alzheimer abstract/0 [21,23) AD", "condition:alzheimer abstract/0 [36,38) AD"}));
  Record indexed = WithAbstract({"AD patients slept."});
  indexed.mesh_headings.push_back({"D000544", "Alzheimer Disease", "", false, false, {}});
  EXPECT_EQ(MentionLines(*tagger_, indexed)[0], "condition:alzheimer abstract/0 [0,2) AD");
  indexed.abstract_sections[0].body.text = "Atopic dermatitis (AD) itches.";
  EXPECT_EQ(TagOrFail(*tagger_, indexed).mentions.size(), 1U);  // the heading alone
}
TEST_F(AbbreviationPolicies, ANarrowerConceptsWordsDefineToo) {
  EXPECT_EQ(Ids("Early presenile aphasic decline (AD) is rare; AD."),
            (tag::testing::Ids{"condition:alzheimer", "condition:early"}));
}

}  // namespace
}  // namespace litmill::tag::testing
