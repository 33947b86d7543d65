// SPDX-License-Identifier: Apache-2.0
// The shipped rules on labelled sets that are not part of the project ($LITMILL_GOLD), measured as `litmill evaluate`
// measures them (app/gold_score.h says how). The floors are what was measured less a few points; docs/accuracy.md has
// the figures. Conditions have floors of their own in gold_conditions_test.cc, directions in gold_direction_test.cc.
#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/gold_score.h"
#include "tests/support/real_data.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using app::GoldDocument;
using app::GoldMeasure;
using app::GoldTextSet;
using litmill::testing::GoldFolder;

class GoldAccuracy : public ::testing::Test {
 protected:
  void SetUp() override {
    LITMILL_NEEDS(GoldFolder());
    ASSERT_NE(ShippedTagger(), nullptr);
  }

  /// The one set of the folder or file of that name.
  static GoldTextSet SetNamed(const std::string& name) {
    RealFileSystem files;
    auto gold = app::ReadGold(files, GoldFolder() + "/" + name);
    if (!gold || gold->sets.size() != 1) {
      ADD_FAILURE() << name << ": " << (gold ? "not one set" : gold.error().message);
      return {};
    }
    EXPECT_EQ(gold->Problems(), std::vector<std::string>());
    return std::move(gold->sets.front());
  }

  /// Of a measure that was taken without an error.
  static double Figure(const GoldMeasure& measure, const std::string& name) {
    const auto found = std::find_if(measure.figures.begin(), measure.figures.end(),
                                    [&name](const app::GoldFigure& figure) { return figure.name == name; });
    if (found == measure.figures.end()) {
      ADD_FAILURE() << measure.what << " has no figure " << name;
      return -1;
    }
    std::cout << fmt::format("{}, {}: {} {:.3f}\n", measure.set, measure.what, name, found->value);
    return found->value;
  }
};

TEST_F(GoldAccuracy, TrapsAreAvoidedAndWhatIsThereIsFound) {
  const auto measure = app::ScoreTraps(*ShippedTagger(), SetNamed("traps.tsv"));
  ASSERT_TRUE(measure) << measure.error().message;
  EXPECT_GT(measure->items, 100U);
  EXPECT_EQ(Figure(*measure, "forbidden tags"), 0);
  EXPECT_GE(Figure(*measure, "share of the expected found"), 0.97);
}

TEST_F(GoldAccuracy, OutcomesOfTrials) {
  const auto measures = app::ScoreOutcomes(*ShippedTagger(), SetNamed("evidence-outcomes"));
  ASSERT_TRUE(measures) << measures.error().message;
  ASSERT_EQ(measures->size(), 2U);
  EXPECT_GT(Figure(measures->front(), "spans"), 3000);
  EXPECT_GE(Figure(measures->front(), "share of the belonging spans touched"), 0.70);
  EXPECT_GE(Figure(measures->front(), "share of all spans touched"), 0.56);
  EXPECT_GE(Figure(measures->back(), "precision"), 0.82);
}

TEST_F(GoldAccuracy, TotalsOfParticipants) {
  const GoldTextSet set = SetNamed("pico-corpus");
  const auto measure = app::ScoreSampleSize(*ShippedTagger(), set);
  ASSERT_TRUE(measure) << measure.error().message;
  EXPECT_GT(measure->items, 500U);
  EXPECT_GE(Figure(*measure, "precision"), 0.93);
  EXPECT_GE(Figure(*measure, "recall"), 0.88);
  for (const GoldDocument& document : set.documents.documents) {
    const std::vector<Quantity> quantities = TagOrFail(*ShippedTagger(), document.record).quantities;
    EXPECT_LE(std::count_if(quantities.begin(), quantities.end(),
                            [](const Quantity& q) { return q.kind == "sample-size" && q.basis == "total"; }),
              1)
        << document.id;
  }
}

/// The sets are as their makers found them: some of their abstracts are follow-ups, cohorts and case series that no
/// reader would call randomised, so that recall cannot reach 1.
TEST_F(GoldAccuracy, RandomisedTrialsAreKnownFromTheirText) {
  for (const auto& [name, floor] : {std::make_pair("evidence-outcomes", 0.93), std::make_pair("pico-corpus", 0.90)}) {
    const auto measure = app::ScoreTrials(*ShippedTagger(), {SetNamed(name)}, {});
    ASSERT_TRUE(measure) << measure.error().message;
    EXPECT_GE(Figure(*measure, "recall"), floor);
  }
}

bool SpeaksOfChance(const std::string& text) {
  for (std::size_t at = text.find("andom"); at != std::string::npos; at = text.find("andom", at + 1)) {
    const std::string rest = text.substr(at + 5, 14);
    const bool is_sample = rest.rfind(" sample", 0) == 0 || rest.rfind("ly selected", 0) == 0 ||
                           rest.rfind(" distribution", 0) == 0 || rest.rfind("ly distributed", 0) == 0;
    if (!is_sample) return true;
  }
  return false;
}

/// Abstracts about diseases that hold no word beginning with "random" (save "random sample" and the like). A handful
/// are old blinded trials, so that the share tagged is no pure error either.
TEST_F(GoldAccuracy, AbstractsWithoutChanceAreNoTrials) {
  std::size_t trials = 0, documents = 0;
  for (const char* name : {"bc5cdr", "ncbi-disease"}) {
    for (const GoldDocument& document : SetNamed(name).documents.documents) {
      const std::vector<AbstractSection>& sections = document.record.abstract_sections;
      if (SpeaksOfChance(document.record.title.text) ||
          std::any_of(sections.begin(), sections.end(),
                      [](const AbstractSection& section) { return SpeaksOfChance(section.body.text); }))
        continue;
      ++documents;
      trials += TagIds(*ShippedTagger(), document.record).count("design:rct");
    }
  }
  std::cout << fmt::format("abstracts without chance: {} of {} are design:rct\n", trials, documents);
  ASSERT_GT(documents, 1000U);
  EXPECT_LE(static_cast<double>(trials), 0.04 * static_cast<double>(documents));
}

}  // namespace
}  // namespace litmill::tag::testing
