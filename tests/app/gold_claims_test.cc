// SPDX-License-Identifier: Apache-2.0
// What a tagged record claims, in the words of labelled sets.
#include "app/gold_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

namespace litmill::app {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

RuleSet Rules() {
  tag::testing::RuleSetBuilder builder;
  builder.Simple("form", "zinc_oxide", "zinc").Simple("condition", "gout", "gout");
  RuleSet rules = builder.Build();
  rules.concepts[0].label = "Zinc oxide";
  return rules;
}

Quantity Number(const std::string& kind, double amount, const std::string& unit) {
  Quantity q;
  q.kind = kind;
  q.amount = amount;
  q.unit = unit;
  return q;
}

std::set<std::string> ClaimsOfQuantity(const Quantity& quantity) {
  TaggedRecord tagged;
  tagged.quantities.push_back(quantity);
  return ClaimsOf(tagged, Rules());
}

TEST(GoldClaims, TagsComeWithTheAssertionsOfTheirMentions) {
  TaggedRecord tagged;
  Tag tag;
  tag.concept_index = 1;
  tag.assertion = Assertion::kPresent;
  tagged.tags.push_back(tag);
  Mention mention;
  mention.concept_index = 1;
  mention.assertion = Assertion::kNegated;
  tagged.mentions.push_back(mention);
  EXPECT_EQ(ClaimsOf(tagged, Rules()),
            (std::set<std::string>{"condition:gout", "condition:gout@present", "condition:gout@negated"}));
}

TEST(GoldClaims, ADoseIsClaimedAtEveryGrain) {
  Quantity dose = Number("dose", 500, "mg");
  dose.per = "day";
  dose.basis = "elemental";
  dose.agent = 0;
  const auto claims = ClaimsOfQuantity(dose);
  EXPECT_THAT(claims, IsSupersetOf({"dose:500", "dose:500 mg", "dose:500 mg/day", "dose:500 mg/day@elemental",
                                    "dose:500 mg zinc", "dose:500 mg/day oxide"}));
  EXPECT_THAT(claims, Not(Contains("dose:50 mg")));
  dose.upper = 750;
  EXPECT_THAT(ClaimsOfQuantity(dose), Contains("dose:500-750 mg/day"));
}

TEST(GoldClaims, DurationsSayTheirKind) {
  EXPECT_THAT(ClaimsOfQuantity(Number("duration", 8, "week")),
              IsSupersetOf({"duration:8 weeks", "duration:treatment 8 weeks"}));
  const auto follow_up = ClaimsOfQuantity(Number("follow-up", 7.8, "year"));
  EXPECT_THAT(follow_up, Contains("duration:follow_up 7.8 years"));
  EXPECT_THAT(follow_up, Not(Contains("duration:treatment 7.8 years")));
}

TEST(GoldClaims, SamplesStudiesAndStatistics) {
  Quantity sample = Number("sample-size", 325, "participants");
  sample.basis = "total";
  EXPECT_THAT(ClaimsOfQuantity(sample), Contains("stat:sample_size=325"));
  sample.basis = "arm";
  EXPECT_THAT(ClaimsOfQuantity(sample), Not(Contains("stat:sample_size=325")));
  sample.basis = "studies";
  EXPECT_THAT(ClaimsOfQuantity(sample), Contains("stat:studies=325"));
  Quantity effect = Number("effect", 0.8, "HR");
  effect.ci_low = 0.7;
  EXPECT_THAT(ClaimsOfQuantity(effect),
              IsSupersetOf({"stat:hazard_ratio", "stat:confidence_interval", "stat:value=0.8"}));
  EXPECT_THAT(ClaimsOfQuantity(Number("p-value", 0.03, "=")), Contains("stat:p_value=0.03"));
}

TEST(GoldClaims, TheTotalOfParticipantsIsTheFirstTotalElseTheOnlyAnalysed) {
  TaggedRecord tagged;
  EXPECT_EQ(TotalParticipants(tagged), std::nullopt);
  const auto add = [&tagged](double amount, const std::string& basis) {
    tagged.quantities.push_back(Number("sample-size", amount, "participants"));
    tagged.quantities.back().basis = basis;
  };
  add(20, "arm");
  EXPECT_EQ(TotalParticipants(tagged), std::nullopt);
  add(38, "analysed");
  EXPECT_EQ(TotalParticipants(tagged), 38);
  add(39, "analysed");
  EXPECT_EQ(TotalParticipants(tagged), std::nullopt);
  add(40, "total");
  add(41, "total");
  EXPECT_EQ(TotalParticipants(tagged), 40);
}

TEST(GoldClaims, NumbersAreReadInDigitsAndWords) {
  const std::pair<const char*, double> kNumbers[] = {{"41", 41},
                                                     {"1,234", 1234},
                                                     {"12 345", 12345},
                                                     {"12\xE2\x80\xAF"
                                                      "345",
                                                      12345},
                                                     {"1234567", 1234567},
                                                     {"707)", 707},
                                                     {"Fifty patients", 50},
                                                     {"Twenty-one", 21},
                                                     {"Three hundred and two", 302},
                                                     {"Three-hundred two", 302},
                                                     {"Hundred and six", 106},
                                                     {"A hundred", 100},
                                                     {"Five thousand six hundred and seventy-one", 5671},
                                                     {"a total of 60 women", 60},
                                                     {"60 women and 40 men", 60},
                                                     {"forty women and sixty men", 40}};
  for (const auto& [text, number] : kNumbers) EXPECT_EQ(NumberInWords(text), number) << text;
  for (const char* text : {"", "women", "and"}) EXPECT_EQ(NumberInWords(text), std::nullopt) << text;
}

}  // namespace
}  // namespace litmill::app
