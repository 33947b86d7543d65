// SPDX-License-Identifier: Apache-2.0
#include "tag/direction.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tag/direction_numbers.h"
#include "tag/finding_words.h"

namespace litmill::tag {
namespace {

struct Case {
  const char* span;
  const char* intervention;
  const char* comparator;
  const char* outcome;
  Movement movement;
};

TEST(Direction, TheWordsOfTheOutcomesClauseDecide) {
  const std::vector<Case> cases = {
      {"Pain scores were significantly lower in the magnesium group than in the placebo group (p = 0.01).", "magnesium",
       "placebo", "pain scores", Movement::kDecreased},
      {"Sleep time was significantly longer with melatonin than with placebo (p < 0.001).", "melatonin", "placebo",
       "sleep time", Movement::kIncreased},
      {"There was no significant difference in sleep time between zinc and placebo (p = 0.44).", "zinc", "placebo",
       "sleep time", Movement::kNoDifference},
      {"Although pain fell in both groups, the difference was not statistically significant.", "zinc", "placebo",
       "pain", Movement::kNoDifference},
      {"Ginger significantly reduced nausea compared with sugar pills.", "ginger", "sugar pills", "nausea",
       Movement::kDecreased},
      {"Nausea was similar in both groups.", "ginger", "sugar pills", "nausea", Movement::kNoDifference},
      {"Quality of life improved significantly in the yoga group compared with controls (p = 0.002).", "yoga",
       "controls", "quality of life", Movement::kIncreased},
      {"Depressive symptoms improved significantly in the yoga group compared with controls (p = 0.002).", "yoga",
       "controls", "depressive symptoms", Movement::kDecreased},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ClassifyDirection({c.span, c.intervention, c.comparator, c.outcome}).movement, c.movement) << c.span;
}

TEST(Direction, WhatIsSaidOfTheComparatorIsTurnedRound) {
  EXPECT_EQ(
      ClassifyDirection({"Blood loss was significantly higher in the saline group than in the iron group (p = 0.01).",
                         "iron", "saline", "blood loss"})
          .movement,
      Movement::kDecreased);
  EXPECT_EQ(
      ClassifyDirection({"Blood loss was significantly higher in the saline group than in the iron group (p = 0.01).",
                         "saline", "iron", "blood loss"})
          .movement,
      Movement::kIncreased);
}

TEST(Direction, NumbersTellWhereWordsDoNot) {
  EXPECT_EQ(
      ClassifyDirection({"Mean walking distance was 410 (52) m in the exercise group and 350 (47) m in the control "
                         "group (P = 0.003).",
                         "exercise", "control", "walking distance"})
          .movement,
      Movement::kIncreased);
  EXPECT_EQ(
      ClassifyDirection({"Mean walking distance was 350 (47) m in the control group and 290 (52) m in the exercise "
                         "group (P = 0.003).",
                         "exercise", "control", "walking distance"})
          .movement,
      Movement::kDecreased);
  EXPECT_EQ(ClassifyDirection(
                {"Walking distance: 350 (47) vs 349 (52) m, P = 0.83.", "exercise", "control", "walking distance"})
                .movement,
            Movement::kNoDifference);
}

TEST(Direction, AValueInFrontOfItsGroupAndTheOnlyNamedOneArePlaced) {
  EXPECT_EQ(ClassifyDirection({"Ferritin was 12.9 in the experimental and 10.8 in the placebo group (P = 0.03).",
                               "iron", "placebo", "ferritin"})
                .movement,
            Movement::kIncreased);
  EXPECT_EQ(ClassifyDirection({"The operative time in group B was 15 minutes and in group A 32 minutes (P = 0.02).",
                               "group A: open repair", "group B: keyhole repair", "operative time"})
                .movement,
            Movement::kIncreased);
}

TEST(Direction, ReliefOfWhatIsBadIsGood) {
  EXPECT_EQ(ClassifyDirection({"Pain relief was significantly better with zinc than with placebo (p = 0.01).", "zinc",
                               "placebo", "pain relief"})
                .movement,
            Movement::kIncreased);
}

TEST(Direction, AKnownValenceGoesBeforeTheWords) {
  for (const bool higher : {true, false})
    EXPECT_EQ(ClassifyDirection({"The Q index improved significantly with zinc (p = 0.01).", "zinc", "placebo",
                                 "Q index", higher ? Valence::kHigherIsBetter : Valence::kLowerIsBetter})
                  .movement,
              higher ? Movement::kIncreased : Movement::kDecreased);
}

TEST(Direction, AFailingHeartNegatesNothing) {
  EXPECT_EQ(
      ClassifyDirection({"Deaths from heart failure were significantly lower with zinc than with placebo (p = 0.01).",
                         "zinc", "placebo", "deaths"})
          .movement,
      Movement::kDecreased);
}

TEST(Direction, ConfidenceIsAShareAndNeverUnclear) {
  for (const char* span : {"", " ", "...", "Pain.", "p", "no no no not", "\xCE\xBC", "5 (", "95% CI", "-", "p <"}) {
    const DirectionAnswer answer = ClassifyDirection({span, "", "", ""});
    EXPECT_NE(answer.movement, Movement::kUnclear) << span;
    EXPECT_GE(answer.confidence, 0) << span;
    EXPECT_LE(answer.confidence, 1) << span;
  }
}

std::vector<NumberRole> RolesOf(const std::string& text) {
  static SpanWords words;
  words.Fill(text);
  std::vector<NumberRole> roles;
  ReadNumbers(words.words(), roles);
  return roles;
}

TEST(DirectionNumbers, PValuesAreReadInAllTheirDress) {
  struct PCase {
    const char* text;
    int flag;
  };
  for (const PCase& c : std::vector<PCase>{{"p < 0.05", 1},
                                           {"P = .03", 1},
                                           {"(p<0,001)", 1},
                                           {"P=0\xC2\xB7"
                                            "04",
                                            1},
                                           {"a p-value of 0.02", 1},
                                           {"p less than 0.01", 1},
                                           {"P = .82", -1},
                                           {"P > 0.05", -1},
                                           {"p \xE2\x89\xA5 0.1", -1},
                                           {"p = 0.051", -1}}) {
    const auto roles = RolesOf(c.text);
    ASSERT_EQ(roles.size(), 1U) << c.text;
    EXPECT_EQ(roles[0].use, NumberUse::kPValue) << c.text;
    EXPECT_EQ(roles[0].flag, c.flag) << c.text;
  }
}

TEST(DirectionNumbers, IntervalsAreMeasuredAgainstTheirNull) {
  const auto flag = [](const char* text) {
    for (const NumberRole& role : RolesOf(text))
      if (role.use == NumberUse::kInterval) return role.flag;
    return 0;
  };
  EXPECT_EQ(flag("odds ratio 0.84 (95% CI 0.70 to 1.02)"), -1);
  EXPECT_EQ(flag("hazard ratio 0.84, 95% CI 0.70-0.95"), 1);
  EXPECT_EQ(flag("mean difference -3.1 (95% CI -5.2 to -1.0)"), 1);
  EXPECT_EQ(flag("mean difference -3.1 (95% CI -7.2, 1.0)"), -1);
  EXPECT_EQ(flag("they were 18-65 years old"), 0);
}

TEST(DirectionNumbers, DosesYearsAndSampleSizesAreNoValues) {
  for (const char* text : {"in 2014", "300 mg", "n = 40", "after 8 weeks", "95% CI", "group 2"})
    for (const NumberRole& role : RolesOf(text)) EXPECT_NE(role.use, NumberUse::kOther) << text;
  const auto roles = RolesOf("5.2 (1.1) versus 3.4 \xC2\xB1 0.9");
  ASSERT_EQ(roles.size(), 4U);
  EXPECT_EQ(roles[0].use, NumberUse::kOther);
  EXPECT_EQ(roles[1].use, NumberUse::kSpread);
  EXPECT_EQ(roles[2].use, NumberUse::kOther);
  EXPECT_EQ(roles[3].use, NumberUse::kSpread);
}

TEST(FindingWords, NegationReachesToTheClausesEndOnly) {
  SpanWords words;
  words.Fill("Zinc did not improve sleep; memory improved.");
  std::vector<bool> negated;
  for (const Word& word : words.words())
    if (word.cue == WordCue::kVerdict) negated.push_back(word.negated);
  EXPECT_EQ(negated, (std::vector<bool>{true, false}));
}

TEST(FindingWords, NumbersKeepTheirSignAndDecimals) {
  SpanWords words;
  words.Fill("-3.5, 1,234 and 0,05 of 18-65");
  std::vector<double> values;
  for (const Word& word : words.words())
    if (word.kind == WordKind::kNumber) values.push_back(word.value);
  EXPECT_EQ(values, (std::vector<double>{-3.5, 1234, 0.05, 18, 65}));
}

/// Texts that repeat what could make it look around: the time for 8 times the text must stay far below 64 times.
TEST(Direction, ALongSpanCostsNoMoreThanItsReadPart) {
  std::string span;
  while (span.size() < 1'000'000) span += "pain was higher than 5.2 (1.1) vs 3.4, p = 0.2, no significant difference ";
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) (void)ClassifyDirection({span, "magnesium", "placebo", "pain"});
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), 2000);
}

}  // namespace
}  // namespace litmill::tag
