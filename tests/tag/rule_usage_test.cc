// SPDX-License-Identifier: Apache-2.0
#include "tag/rule_usage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

constexpr std::size_t kAll = 1000;

/// The first examples of each shipped concept as one record; with all of them every rule has something to match.
Record Examples(const RuleSet& rules, std::size_t most) {
  std::vector<std::string> sections;
  for (const Concept& c : rules.concepts) {
    std::string section;
    for (std::size_t i = 0; i < std::min(most, c.examples.size()); ++i) section += c.examples[i].text + " ";
    if (!section.empty()) sections.push_back(section);
  }
  return WithAbstract(std::move(sections));
}

class RuleUsageOfShippedRules : public ::testing::Test {
 protected:
  void SetUp() override {
    tagger_ = ShippedTagger();
    ASSERT_NE(tagger_, nullptr);
    record_ = Examples(tagger_->rule_set(), kAll);
    auto made = RuleUsageCounter::Make(tagger_->rule_set());
    ASSERT_TRUE(made.has_value());
    usage_ = std::move(*made);
    ASSERT_TRUE(usage_->CountRecord(record_).has_value());
  }
  const Tagger* tagger_ = nullptr;
  Record record_;
  std::unique_ptr<RuleUsageCounter> usage_;
};

TEST_F(RuleUsageOfShippedRules, CountsTheMatchesThatASearchOfEachPatternAloneFinds) {
  JoinedText text;
  text.Fill(record_);
  std::vector<ByteSpan> spans;
  for (std::size_t r = 0; r < usage_->usage().size(); ++r) {
    const CompiledRule& rule = usage_->rules().rules[r];
    spans.clear();
    usage_->rules().patterns[rule.pattern]->FindAll(text.buffer, spans);
    EXPECT_EQ(usage_->usage()[r].matches, spans.size()) << rule.rule->name;
  }
}

TEST_F(RuleUsageOfShippedRules, StandingMatchesAreTheMentionsAndNoMoreThanTheMatches) {
  std::vector<std::uint64_t> named(usage_->usage().size()), mentions(usage_->mentions().size());
  for (const Mention& m : TagOrFail(*tagger_, record_).mentions) {
    if (m.rule_index == kNoRule) continue;
    ++named[m.rule_index];
    ++mentions[m.concept_index];
  }
  EXPECT_EQ(usage_->mentions(), mentions);
  for (std::size_t r = 0; r < named.size(); ++r) {
    const RuleUsage& usage = usage_->usage()[r];
    // A direction that follows from a raw movement ("lower pain": improved) is a second mention of the movement's rule.
    const Concept& owner = tagger_->rule_set().concepts[usage_->rules().rules[r].concept_index];
    EXPECT_LE(named[r], owner.facet == "direction" ? 2 * usage.standing : usage.standing)
        << usage_->rules().rules[r].rule->name;
    EXPECT_LE(usage.standing, usage.matches);
    EXPECT_EQ(usage.records, usage.standing == 0 ? 0U : 1U);
  }
}

TEST_F(RuleUsageOfShippedRules, EveryCoverMatchesWhereverTheRuleDoes) {
  // In all examples no shipped rule is covered by another; in a few some are.
  const Record few = Examples(tagger_->rule_set(), 1);
  auto usage = RuleUsageCounter::Make(tagger_->rule_set());
  ASSERT_TRUE(usage.has_value());
  ASSERT_TRUE((*usage)->CountRecord(few).has_value());
  const CompiledRules& rules = (*usage)->rules();
  JoinedText text;
  text.Fill(few);
  std::vector<ByteSpan> inner, outer;
  int covers = 0;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    inner.clear();
    rules.patterns[rules.rules[r].pattern]->FindAll(text.buffer, inner);
    for (const std::uint32_t cover : (*usage)->usage()[r].covered_by) {
      ++covers;
      outer.clear();
      rules.patterns[rules.rules[cover].pattern]->FindAll(text.buffer, outer);
      for (const ByteSpan& span : inner) {
        EXPECT_TRUE(std::any_of(outer.begin(), outer.end(), [&span](const ByteSpan& o) {
          return o.start <= span.start && o.end >= span.end;
        })) << rules.rules[r].rule->name;
      }
    }
  }
  EXPECT_GT(covers, 0);
}

TEST(RuleUsage, AddsUpFromTextToText) {
  RuleSetBuilder builder;
  builder.Simple("condition", "gout", "gout");
  auto usage = RuleUsageCounter::Make(builder.Build());
  ASSERT_TRUE(usage.has_value());
  for (int i = 0; i < 50; ++i) ASSERT_TRUE((*usage)->CountRecord(WithAbstract({"Gout and gout."})).has_value());
  EXPECT_EQ((*usage)->usage()[0].matches, 100U);
  EXPECT_EQ((*usage)->usage()[0].records, 50U);
  EXPECT_EQ((*usage)->usage().size(), 1U);
}

}  // namespace
}  // namespace litmill::tag::testing
