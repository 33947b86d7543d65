// SPDX-License-Identifier: Apache-2.0
#include "tag/quantities.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Agents with names that nothing in the program knows.
const Tagger& AgentTagger() {
  static const std::unique_ptr<Tagger> tagger = [] {
    RuleSetBuilder rules;
    Concept& zinc = rules.Add("form", "zinc");
    zinc.label = "Zinc";
    RuleSetBuilder::AddRule(zinc, "zinc(?: supplementation)?");
    Concept& gluconate = rules.Add("form", "zinc_gluconate");
    gluconate.label = "Zinc gluconate";
    RuleSetBuilder::AddRule(gluconate, "zinc gluconate|gluconate of zinc|(?-i:ZG)");
    rules.Simple("comparator", "aspirin", "aspirin");
    rules.Simple("condition", "cold", "colds?");
    return rules.Compile();
  }();
  return *tagger;
}

std::vector<Quantity> Find(const std::string& text) {
  return TagOrFail(AgentTagger(), WithAbstract({text})).quantities;
}

std::string AgentName(const Quantity& quantity) {
  return quantity.agent == kNoConcept ? "-" : AgentTagger().rule_set().concepts[quantity.agent].id;
}

/// "15 mg/day zinc" for each dose.
std::vector<std::string> Doses(const std::string& text) {
  std::vector<std::string> lines;
  for (const Quantity& quantity : Find(text))
    if (quantity.kind == "dose") lines.push_back(DisplayForm(quantity) + " " + AgentName(quantity));
  return lines;
}

/// "follow-up 3 years" for each time.
std::vector<std::string> Times(const std::string& text) {
  std::vector<std::string> lines;
  for (const Quantity& quantity : Find(text))
    if (quantity.kind != "dose" && quantity.kind != "sample-size" && quantity.kind != "effect" &&
        quantity.kind != "p-value")
      lines.push_back(quantity.kind + " " + DisplayForm(quantity));
  return lines;
}

/// "total 40" for each sample size.
std::vector<std::string> Counts(const std::string& text) {
  std::vector<std::string> lines;
  for (const Quantity& quantity : Find(text))
    if (quantity.kind == "sample-size")
      lines.push_back(quantity.basis + " " + std::to_string(static_cast<std::int64_t>(quantity.amount)));
  return lines;
}

std::vector<std::string> Statistics(const std::string& text) {
  std::vector<std::string> lines;
  for (const Quantity& quantity : Find(text))
    if (quantity.kind == "effect" || quantity.kind == "p-value") lines.push_back(DisplayForm(quantity));
  return lines;
}

struct Case {
  const char* text;
  std::vector<std::string> expected;
};

TEST(Dose, IsReadWithUnitRateRangeAndAgent) {
  const std::vector<Case> cases = {
      {"Zinc 15 mg/day eased colds.", {"15 mg/day zinc"}},
      {"Zinc gluconate (ZG) 1.5 g IV was tried.", {"1.5 g zinc_gluconate"}},
      {"They took 20 to 40 mg of zinc per day.", {"20-40 mg/day zinc"}},
      {"They took 20-40 mg zinc.", {"20-40 mg zinc"}},
      {"A single dose of 2 g zinc gluconate was infused.", {"2 g zinc_gluconate"}},
      {"Zinc supplementation (30 mg daily) was tried.", {"30 mg/day zinc"}},
      {"Zinc gluconate 70 mg was swallowed each night.", {"70 mg/day zinc_gluconate"}},
      {"Zinc was taken at a dose of 25 mg twice daily.", {"25 mg/2/day zinc"}},
      {"The infusion held 3 mg/kg zinc gluconate.", {"3 mg/kg zinc_gluconate"}},
      {"Zinc 2 mg/kg/day was given.", {"2 mg/kg/day zinc"}},
      {"Zinc 2 x 50 mg/day was given.", {"50 mg/2/day zinc"}},
      {"Zinc 50 mg every 8 hours was given.", {"50 mg/3/day zinc"}},
      {"Zinc at 10, 20 and 40 mg/day was compared.", {"10 mg/day zinc", "20 mg/day zinc", "40 mg/day zinc"}},
      {"The dose was 2,500 mg (38 mmol) each day.", {"2500 mg/day -", "38 mmol -"}},
      {"Zinc 1.500 mg/day was given.", {"1500 mg/day zinc"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Doses(c.text), c.expected) << c.text;
}

TEST(Dose, BelongsToTheAgentBesideItAndNotToOneBeyondAnotherDrug) {
  EXPECT_THAT(Doses("The tablet held niacin 20 mg, zinc 15 mg and copper 2 mg."),
              ElementsAre("20 mg -", "15 mg zinc", "2 mg -"));
  EXPECT_THAT(Doses("Prednisone 5 mg or zinc 2 g was given."), ElementsAre("5 mg -", "2 g zinc"));
  EXPECT_THAT(Doses("Aspirin 100 mg was compared with 30 mg of zinc."), ElementsAre("100 mg aspirin", "30 mg zinc"));
}

TEST(Dose, TellsElementalFromSalt) {
  const auto found = Find("3 g of ZG (about 430 mg elemental zinc) was taken daily.");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(DisplayForm(found[0]), "3 g/day");
  EXPECT_EQ(found[0].basis, "salt");
  EXPECT_EQ(DisplayForm(found[1]), "430 mg/day@elemental");
  EXPECT_EQ(AgentName(found[1]), "zinc");
}

TEST(Dose, IsNoConcentrationWeightChangeOrPlainNumber) {
  for (const char* text :
       {"Serum zinc was 13 mmol/L.", "Zinc was 1.1 mg/dL.", "Water with 80 mg/L zinc.", "BMI was 27 kg/m2.",
        "The mix held 2 mM zinc.", "Risk fell per 10 mg/day increase of zinc.", "Birth weight was 3100 g.",
        "A 20-mg/day increment of zinc mattered.", "Intake rose by 40 mg.", "Pain fell by 25 mm on the scale.",
        "In 3 groups zinc was given.", "Pressure fell by 5 mmHg with zinc."})
    EXPECT_THAT(Doses(text), IsEmpty()) << text;
}

TEST(Duration, IsReadByWhatItMeasures) {
  const std::vector<Case> cases = {
      {"Zinc was taken for 10 weeks.", {"duration 10 weeks"}},
      {"A twelve-week trial of zinc.", {"duration 12 weeks"}},
      {"After 3 to 6 months of treatment colds were fewer.", {"duration 3-6 months"}},
      {"The median follow-up was 6.5 years.", {"follow-up 6.5 years"}},
      {"Nurses were followed for 18 years.", {"follow-up 18 years"}},
      {"After a 2-week washout they crossed over.", {"washout 2 weeks"}},
      {"A 4-week run-in preceded it.", {"baseline-period 4 weeks"}},
      {"Zinc 2 g was infused over 15 min.", {"infusion-time 15 minutes"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Times(c.text), c.expected) << c.text;
}

TEST(Duration, IsNoAgePastIllnessOrRate) {
  for (const char* text :
       {"Six-week-old rats were fed zinc.", "Adults aged 20-70 years took zinc.", "The mean age was 44 years.",
        "Disease duration was 12 years.", "They had 3 colds in the past 2 months.", "Doses were given every 3 weeks.",
        "Infants 6 months of age took zinc.", "Colds within 24 hours counted.", "Five-year survival was high."})
    EXPECT_THAT(Times(text), IsEmpty()) << text;
}

TEST(SampleSize, TakesThoseRandomisedForTheTotal) {
  const std::vector<Case> cases = {
      {"Thirty-two women with colds took zinc.", {"total 32"}},
      {"Of 210 screened adults, 96 were randomised.", {"screened 210", "total 96"}},
      {"We studied 24 817 people.", {"total 24817"}},
      {"Women with frequent colds (n = 90) were randomly assigned to zinc (n = 44) or placebo (n = 46).",
       {"total 90", "arm 44", "arm 46"}},
      {"A total of 61 patients were enrolled and 55 completed the study.", {"total 61", "analysed 55"}},
      {"Nine trials with 840 participants were pooled.", {"studies 9", "total 840"}},
      {"We randomised 48 pre- and postmenopausal women.", {"total 48"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Counts(c.text), c.expected) << c.text;
}

TEST(SampleSize, IsTheSumWhereOnlyArmsAreTold) {
  EXPECT_THAT(Counts("They received zinc (n = 21) or placebo (n = 23)."), ElementsAre("arm 21", "total 44", "arm 23"));
}

TEST(SampleSize, IsGivenOncePerRecordAtMost) {
  const auto counts = Counts(
      "In total, 80 patients were randomised. Eighty patients were enrolled. Of 80 patients, 12 (15%) had colds.");
  EXPECT_EQ(std::count_if(counts.begin(), counts.end(), [](const std::string& c) { return c.rfind("total", 0) == 0; }),
            1);
}

TEST(SampleSize, CountsNoAgesCentresPartsOrYears) {
  for (const char* text : {"Seven centres took part.", "Colds occurred in 12 (30%).", "Adults aged 18 to 65 joined.",
                           "From 1998 to 2004 colds were counted.", "Each took 3 tablets.", "One of us wrote it."})
    EXPECT_THAT(Counts(text), IsEmpty()) << text;
}

TEST(Effect, KeepsEstimateAndInterval) {
  const std::vector<Case> cases = {
      {"The HR was 1.42 (95% CI 1.10-1.83).", {"HR 1.42 (1.1 to 1.83)"}},
      {"Risk was higher (odds ratio [OR] 2.5; 95% confidence interval [CI], 1.2 to 5.1).", {"OR 2.5 (1.2 to 5.1)"}},
      {"Severity fell (SMD -0.62, 95% CI -1.01 to -0.23).", {"SMD -0.62 (-1.01 to -0.23)"}},
      {"Days fell (MD −1.4 days; 95% CI −2.2, −0.6).", {"MD -1.4 (-2.2 to -0.6)"}},
      {"Zinc status mattered, RR 0·71 (0·55–0·92).", {"RR 0.71 (0.55 to 0.92)"}},
      {"The hazard ratio for a first cold with zinc was 0,8 (95% CI 0,6-0,9).", {"HR 0.8 (0.6 to 0.9)"}},
      {"It correlated with age (r = -0.33).", {"r -0.33"}},
      {"OR (95% CI): 1.9 (1.1-3.3).", {"OR 1.9 (1.1 to 3.3)"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Statistics(c.text), c.expected) << c.text;
}

TEST(Effect, IsNoHeartRateOrNorChemistry) {
  for (const char* text : {"The HR was 72 bpm.", "Zinc or 15 others.", "John Smith MD 4 Main Street.",
                           "The 95% CI was wide.", "In P(OR)(2) ligands zinc binds."})
    EXPECT_THAT(Statistics(text), IsEmpty()) << text;
}

TEST(PValue, IsReadInEverySpelling) {
  const std::vector<Case> cases = {
      {"Colds fell (P < .05).", {"p<0.05"}},
      {"Colds fell (p=0,003).", {"p=0.003"}},
      {"Colds fell, P less than 0.01.", {"p<0.01"}},
      {"Colds fell (p-value = 0·04).", {"p=0.04"}},
      {"Colds fell (P for trend ≤ 0.02).", {"p≤0.02"}},
      {"Colds fell (P < or = 0.001).", {"p≤0.001"}},
      {"Colds fell (p = 3 x 10-4).", {"p=0.0003"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Statistics(c.text), c.expected) << c.text;
}

TEST(PValue, IsNoThresholdNorPh) {
  for (const char* text : {"P < 0.05 was considered significant.", "The level of significance was set at p < 0.01.",
                           "The pH = 7.4 solution.", "Scores fell ( = 0.03) with zinc."})
    EXPECT_THAT(Statistics(text), IsEmpty()) << text;
}

TEST(Quantities, NeverReachBeyondTheirFieldOrIntoACharacter) {
  const std::vector<std::string> pieces = {
      "n = ",    "12",  "1,000", " mg",  "/day", "μg",        "±",      "(",     ")",      "-",    "−",
      "95% CI ", "OR ", "P < ",  "0.05", "·",    " patients", " weeks", "forty", "-two ",  " of ", "zinc ",
      "\xFF",    "ﬁ",   "é",     ". ",   "; ",   "x",         "%",      "\n",    "10(-5)", "e-9",  " to "};
  std::mt19937 random(5);
  std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) text += pieces[pick(random)];
    for (const Quantity& quantity : Find(text)) {
      ASSERT_LT(quantity.start, quantity.end) << text;
      ASSERT_LE(quantity.end, text.size()) << text;
      ASSERT_EQ(quantity.text, text.substr(quantity.start, quantity.end - quantity.start));
      ASSERT_NE(static_cast<unsigned char>(text[quantity.start]) & 0xC0U, 0x80U) << text;
      if (quantity.end < text.size()) {
        ASSERT_NE(static_cast<unsigned char>(text[quantity.end]) & 0xC0U, 0x80U) << text;
      }
    }
  }
}

/// Twice the text may take a little more than twice the time; quadratic work would take four times.
TEST(Quantities, TakeLinearTimeOnHostileText) {
  for (const std::string piece : {"7", "7 ", "n = ", "1 mg/", "P < 0.05 ", "forty ", "-", "( ", "12 of ", "OR 1.2 (",
                                  "1,", "40 patients ", "for 8 weeks "}) {
    const auto seconds = [&piece](std::size_t size) {
      std::string text;
      while (text.size() < size) text += piece;
      const Record record = WithAbstract({text});
      const auto start = std::chrono::steady_clock::now();
      TagOrFail(AgentTagger(), record);
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const double small = seconds(1 << 17);
    const double large = seconds(1 << 20);
    EXPECT_LT(large, 8 * 4 * small + 0.5) << piece;
  }
}

}  // namespace
}  // namespace litmill::tag::testing
