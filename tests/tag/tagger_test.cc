// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Ids = std::set<std::string>;

TEST(Tagger, SpansReReadToTheStoredText) {
  const auto tagger = RuleSetBuilder().Simple("condition", "migraine", "migraines?").Compile();
  Record record = WithAbstract({"Ünlü migraine\u00ADs.", "None. Migraine"});
  record.title.text = "Migraine";
  record.keywords.push_back({"NOTNLM", false, {"migraine", ""}});
  EXPECT_THAT(
      MentionLines(*tagger, record),
      ElementsAre("condition:migraine title/0 [0,8) Migraine", "condition:migraine abstract/0 [7,18) migraine\u00ADs",
                  "condition:migraine abstract/1 [6,14) Migraine", "condition:migraine keyword/0 [0,8) migraine"));
}

TEST(Tagger, TheLongestSpanOfAFacetStaysAndImpliesItsAncestors) {
  RuleSetBuilder rules;
  rules.Simple("condition", "headache", "headache").Simple("condition", "migraine", "migraine", {"headache"});
  rules.Simple("condition", "chronic", "chronic migraine", {"migraine"}).Simple("outcome", "days", "migraine days");
  const auto tagger = rules.Compile();
  const Record record = WithAbstract({"chronic migraine days"});
  EXPECT_THAT(MentionLines(*tagger, record), ElementsAre("condition:chronic abstract/0 [0,16) chronic migraine",
                                                         "outcome:days abstract/0 [8,21) migraine days"));
  const TaggedRecord tagged = TagOrFail(*tagger, record);
  ASSERT_EQ(tagged.tags.size(), 4U);
  EXPECT_TRUE(tagged.tags[0].implied);
  EXPECT_TRUE(tagged.tags[1].implied);
  EXPECT_EQ(tagged.tags[1].mention_count, 0U);
  EXPECT_TRUE(tagged.tags[1].from_text);
  EXPECT_FALSE(tagged.tags[2].implied);
  EXPECT_EQ(tagged.tags[2].mention_count, 1U);
}

TEST(Tagger, EqualSpansOfTwoConceptsBothStay) {
  const auto tagger = RuleSetBuilder()
                          .Simple("form", "oxide", "magnesium oxide and citrate")
                          .Simple("form", "citrate", "magnesium oxide and citrate")
                          .Compile();
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"magnesium oxide and citrate"})), (Ids{"form:oxide", "form:citrate"}));
}

TEST(Tagger, TwoRulesOfOneConceptOnTheSameWordsAreOneMention) {
  RuleSetBuilder rules;
  Concept& c = rules.Add("condition", "x");
  RuleSetBuilder::AddRule(c, "low mood");
  RuleSetBuilder::AddRule(c, "low mo+d");
  EXPECT_EQ(MentionLines(*rules.Compile(), WithAbstract({"low mood"})).size(), 1U);
}

TEST(Tagger, MasksOfTheConceptAndOfTheWholeFacetDropWhatTheyOverlap) {
  RuleSetBuilder rules;
  Concept& depression = rules.Add("condition", "depression");
  RuleSetBuilder::AddRule(depression, "depression");
  RuleSetBuilder::AddRule(depression, "ST depression", false, RuleKind::kMask);
  rules.Simple("form", "magnesium", "magnesium");
  RuleSetBuilder::AddRule(rules.Add("form", "*"), "magnesium alloy", false, RuleKind::kMask);
  const auto tagger = rules.Compile();
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"ST depression near a magnesium alloy"})), Ids{});
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"ST depression, depression, magnesium alloy and magnesium"})),
            (Ids{"condition:depression", "form:magnesium"}));
}

TEST(Tagger, AMaskOfOneConceptLeavesAnotherAlone) {
  RuleSetBuilder rules;
  rules.Simple("condition", "depression", "depression").Simple("condition", "mood", "depression");
  RuleSetBuilder::AddRule(rules.Add("condition", "other"), "ST depression", false, RuleKind::kMask);
  EXPECT_EQ(TagIds(*rules.Compile(), WithAbstract({"ST depression"})), (Ids{"condition:depression", "condition:mood"}));
}

RuleSetBuilder Gated(GateScope scope) {
  RuleSetBuilder rules;
  Rule& rule = RuleSetBuilder::AddRule(rules.Add("condition", "mci"), "MCI", true);
  rule.gate = "cogniti\\w+";
  rule.gate_scope = scope;
  return rules;
}

TEST(Tagger, ASentenceGateIsMetOnlyInTheSameSentence) {
  const auto tagger = Gated(GateScope::kSentence).Compile();
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"MCI harms cognition."})), (Ids{"condition:mci"}));
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"MCI was seen. Cognition fell."})), Ids{});
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"MCI was seen", "cognition"})), Ids{});
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"Cognition fell. MCI. Cognition rose. MCI in cognition."})).size(), 1U);
}

TEST(Tagger, ARecordGateIsMetAnywhereInTheRecord) {
  const auto tagger = Gated(GateScope::kRecord).Compile();
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"MCI was seen.", "Cognition fell."})), (Ids{"condition:mci"}));
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"MCI was seen."})), Ids{});
  EXPECT_EQ(TagIds(*tagger, WithAbstract({"mci and cognition"})), Ids{});
}

TEST(Tagger, NoMatchRunsFromOneFieldIntoTheNext) {
  const auto tagger =
      RuleSetBuilder().Simple("condition", "x", "low\\W*mood|low[^.]{0,30}mood|low .{1,9} mood").Compile();
  Record record = WithAbstract({"mood", "low", "mood"});
  record.title.text = "low";
  EXPECT_TRUE(MentionLines(*tagger, record).empty());
}

TEST(Tagger, IndexTermsAreMatchedByUiWithTheirNameAsText) {
  RuleSetBuilder rules;
  rules.Add("form", "magnesium").mesh = {"D008274", "C000001"};
  rules.Add("design", "rct").publication_types = {"D016449"};
  const auto tagger = rules.Compile();
  Record record;
  record.mesh_headings.push_back({"D000001", "Calcimycin", "", true, false, {}});
  record.mesh_headings.push_back({"D008274", "Magnesium", "", false, false, {{"Q000627", "therapeutic use", true}}});
  record.chemicals.push_back({"I38ZP9992A", "D008274", "Magnesium"});
  record.supplementary_concepts.push_back({"C000001", "Magnesium something", "Disease"});
  record.publication_types.push_back({"D016449", "Randomized Controlled Trial"});
  const TaggedRecord tagged = TagOrFail(*tagger, record);
  ASSERT_EQ(tagged.mentions.size(), 4U);
  EXPECT_EQ(tagged.mentions[0].field, "mesh");
  EXPECT_EQ(tagged.mentions[0].position, 1);
  EXPECT_EQ(tagged.mentions[0].rule_index, kNoRule);
  EXPECT_EQ(tagged.mentions[0].text, "Magnesium");
  EXPECT_EQ(tagged.mentions[0].end, 9U);
  EXPECT_TRUE(tagged.mentions[0].major);
  EXPECT_EQ(tagged.mentions[1].evidence, Evidence::kChemical);
  EXPECT_EQ(tagged.mentions[2].field, "supplementary-concept");
  EXPECT_EQ(tagged.mentions[3].evidence, Evidence::kPublicationType);
  ASSERT_EQ(tagged.tags.size(), 2U);
  EXPECT_TRUE(tagged.tags[0].major);
  EXPECT_TRUE(tagged.tags[0].from_index);
  EXPECT_FALSE(tagged.tags[0].from_text);
  EXPECT_EQ(tagged.tags[0].mention_count, 3U);
}

TEST(Tagger, TagsKnowTheTitle) {
  const auto tagger = RuleSetBuilder().Simple("condition", "migraine", "migraine").Compile();
  Record record = WithAbstract({"migraine"});
  EXPECT_FALSE(TagOrFail(*tagger, record).tags[0].in_title);
  record.title.text = "Migraine";
  EXPECT_TRUE(TagOrFail(*tagger, record).tags[0].in_title);
}

TEST(Tagger, ExplainsEachRefusal) {
  RuleSetBuilder rules = Gated(GateScope::kRecord);
  rules.Simple("condition", "migraine", "migraine").Simple("condition", "chronic", "chronic migraine");
  Concept& depression = rules.Add("condition", "depression");
  RuleSetBuilder::AddRule(depression, "depression");
  RuleSetBuilder::AddRule(depression, "ST[- ]depression", false, RuleKind::kMask);
  const auto tagger = rules.Compile();
  const Record record = WithAbstract({"chronic migraine, ST\u2011depression, MCI"});
  EXPECT_TRUE(TagOrFail(*tagger, record).rejections.empty());
  const TaggedRecord tagged = TagOrFail(*tagger, record, true);
  ASSERT_EQ(tagged.rejections.size(), 3U);
  EXPECT_THAT(tagged.rejections[0].reason,
              HasSubstr("inside a longer mention of condition:chronic (\"chronic migraine\")"));
  EXPECT_THAT(tagged.rejections[1].reason, HasSubstr("masked by condition/depression/mask/2 (\"ST\u2011depression\")"));
  EXPECT_EQ(tagged.rejections[1].text, "depression");
  EXPECT_THAT(tagged.rejections[2].reason, HasSubstr("gate not met: nothing in the record matches \"cogniti\\w+\""));
}

TEST(Tagger, ARecordWithoutTextHasNoTags) {
  EXPECT_EQ(TagIds(*RuleSetBuilder().Simple("a", "b", "c").Compile(), Record{}), Ids{});
}

TEST(Tagger, CompileErrorsNameTheRuleAndItsPlace) {
  RuleSetBuilder rules;
  RuleSetBuilder::AddRule(rules.Add("condition", "x"), "a(b");
  const auto error = Tagger::Compile(rules.Build()).error();
  EXPECT_EQ(error.code, ErrorCode::kConfig);
  EXPECT_THAT(error.message, HasSubstr("rules.yaml:7:3: rule condition/x/include/1: pattern \"a(b\": missing )"));
}

TEST(Tagger, RefusesRuleSetsThatContradictThemselves) {
  const auto error_of = [](const RuleSetBuilder& rules) {
    auto tagger = Tagger::Compile(rules.Build());
    EXPECT_THAT(tagger, IsError(ErrorCode::kConfig));
    return tagger ? std::string() : tagger.error().message;
  };
  EXPECT_THAT(error_of(RuleSetBuilder().Simple("a", "x", "x").Simple("a", "x", "y")),
              HasSubstr("a:x is defined twice"));
  EXPECT_THAT(error_of(RuleSetBuilder().Simple("a", "x", "x", {"nobody"})), HasSubstr("unknown parent \"nobody\""));
  EXPECT_THAT(error_of(RuleSetBuilder().Simple("a", "x", "x").Simple("b", "y", "y", {"x"})),
              HasSubstr("unknown parent \"x\""));
  EXPECT_THAT(error_of(RuleSetBuilder().Simple("a", "x", "x", {"y"}).Simple("a", "y", "y", {"x"})),
              HasSubstr("its own ancestor"));
  RuleSetBuilder bad_ui;
  bad_ui.Add("a", "x").mesh = {"8274"};
  EXPECT_THAT(error_of(bad_ui), HasSubstr("\"8274\" is no MeSH identifier"));
  RuleSetBuilder gate;
  RuleSetBuilder::AddRule(gate.Add("a", "x"), "x").gate = "y";
  EXPECT_THAT(error_of(gate), HasSubstr("gate without a scope"));
  RuleSetBuilder star;
  EXPECT_THAT(error_of(star.Simple("a", "*", "x")), HasSubstr("can hold only masks"));
}

TEST(Tagger, ManyThreadsGetTheSameTags) {
  const auto tagger = Gated(GateScope::kSentence).Simple("condition", "migraine", "migraine").Compile();
  std::vector<Record> records;
  for (int i = 0; i < 200; ++i)
    records.push_back(
        WithAbstract({"MCI and cognition " + std::string(static_cast<std::size_t>(i), 'x') + ". migraine MCI é"}));
  std::vector<std::vector<std::string>> expected;
  for (const Record& record : records) expected.push_back(MentionLines(*tagger, record));
  std::vector<int> differences(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < differences.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < records.size(); ++i)
        differences[t] += MentionLines(*tagger, records[i]) == expected[i] ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(differences, ElementsAre(0, 0, 0, 0));
}

TEST(RunExamples, ReportsEachFailureWithItsPlaceAndReason) {
  RuleSetBuilder rules;
  Concept& c = rules.Add("condition", "migraine");
  RuleSetBuilder::AddRule(c, "migraine");
  c.examples = {{"Migraine.", true, {"r.yaml", 3, 5}},
                {"Headache.", true, {"r.yaml", 4, 5}},
                {"No migraine.", false, {"r.yaml", 5, 5}},
                {"None.", false, {"r.yaml", 6, 5}}};
  const auto failures = RunExamples(*rules.Compile());
  ASSERT_THAT(failures, IsOk());
  EXPECT_THAT(*failures,
              ElementsAre("r.yaml:4:5: condition:migraine should match: Headache.; no pattern matches",
                          "r.yaml:5:5: condition:migraine should not match: No migraine.; \"migraine\" matches"));
}

}  // namespace
}  // namespace litmill::tag::testing
