// SPDX-License-Identifier: Apache-2.0
// Numbers against labelled data that are not part of the project ($LITMILL_GOLD): totals of participants, and the
// doses, durations and sizes of the list of traps. The figures are printed.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tag/quantities.h"
#include "tag/quantity_numbers.h"
#include "tests/support/real_data.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::GoldFolder;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The whole number that the annotated words state; 0 when they state none.
double StatedNumber(const std::string& words) {
  std::vector<Number> numbers;
  FindNumbers(words, numbers);
  return numbers.empty() ? 0 : numbers.front().value;
}

/// Lines "T7 TAB total-participants 404 410 TAB Twenty".
std::vector<double> GoldTotals(const std::string& path) {
  std::vector<double> totals;
  std::istringstream lines(ReadAll(path));
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || line.compare(tab + 1, 18, "total-participants") != 0) continue;
    totals.push_back(StatedNumber(line.substr(line.find('\t', tab + 1) + 1)));
  }
  return totals;
}

struct Score {
  int documents = 0, answered = 0, right = 0;
  [[nodiscard]] double Precision() const { return answered == 0 ? 0 : static_cast<double>(right) / answered; }
  [[nodiscard]] double Recall() const { return documents == 0 ? 0 : static_cast<double>(right) / documents; }
};

TEST(GoldNumbers, TotalOfParticipants) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  Score score;
  for (const std::string& path : FilesBelow(GoldFolder() + "/pico-corpus")) {
    if (path.size() < 4 || path.substr(path.size() - 4) != ".ann") continue;
    const std::vector<double> gold = GoldTotals(path);
    if (gold.empty()) continue;
    ++score.documents;
    const Record record = WithAbstract({ReadAll(path.substr(0, path.size() - 4) + ".txt")});
    int totals = 0;
    for (const Quantity& quantity : TagOrFail(*ShippedTagger(), record).quantities) {
      if (quantity.kind != "sample-size" || quantity.basis != "total") continue;
      ++totals;
      ++score.answered;
      if (std::find(gold.begin(), gold.end(), quantity.amount) != gold.end()) ++score.right;
    }
    EXPECT_LE(totals, 1) << path;
  }
  std::cout << fmt::format("total participants: {} documents with a total, {} answered, P {:.3f} R {:.3f}\n",
                           score.documents, score.answered, score.Precision(), score.Recall());
  EXPECT_GT(score.documents, 500);
  EXPECT_GE(score.Precision(), 0.93);
  EXPECT_GE(score.Recall(), 0.88);
}

/// The tags by which the list of traps names quantities.
std::set<std::string> TagsOf(const Tagger& tagger, const TaggedRecord& record) {
  std::set<std::string> tags;
  for (const Quantity& quantity : record.quantities) {
    const std::string form = DisplayForm(quantity);
    if (quantity.kind == "dose") {
      tags.insert("dose:" + form);
      if (quantity.agent != kNoConcept &&
          FullId(tagger.rule_set(), quantity.agent).find("magnesium") != std::string::npos)
        tags.insert("dose:" + form + " magnesium");
    } else if (quantity.kind == "duration") {
      tags.insert("duration:" + form);
      tags.insert("duration:treatment " + form);
    } else if (quantity.kind == "follow-up") {
      tags.insert("duration:follow_up " + form);
    } else if (quantity.kind == "sample-size") {
      tags.insert(
          fmt::format("stat:{}={:.0f}", quantity.basis == "studies" ? "studies" : "sample_size", quantity.amount));
    } else if (quantity.kind == "effect") {
      if (quantity.unit == "HR") tags.insert("stat:hazard_ratio");
      if (quantity.ci_low) tags.insert("stat:confidence_interval");
    } else if (quantity.kind == "p-value") {
      tags.insert(fmt::format("stat:p_value={}", quantity.amount));
    }
  }
  return tags;
}

std::vector<std::string> SplitTags(const std::string& column) {
  std::vector<std::string> tags;
  std::istringstream parts(column);
  std::string part;
  while (std::getline(parts, part, ';')) {
    const std::size_t start = part.find_first_not_of(' ');
    if (start == std::string::npos) continue;
    const std::string tag = part.substr(start, part.find_last_not_of(" \r") - start + 1);
    if (tag.rfind("dose:", 0) == 0 || tag.rfind("duration:", 0) == 0 || tag.rfind("stat:", 0) == 0) tags.push_back(tag);
  }
  return tags;
}

TEST(GoldNumbers, QuantitiesOfTheTraps) {
  LITMILL_NEEDS(GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  std::ifstream file(GoldFolder() + "/traps.tsv");
  std::string line;
  std::getline(file, line);
  int expected = 0;
  while (std::getline(file, line)) {
    std::vector<std::string> columns;
    std::istringstream cells(line);
    std::string cell;
    while (std::getline(cells, cell, '\t')) columns.push_back(cell);
    columns.resize(7);
    const std::vector<std::string> wanted = SplitTags(columns[5]);
    const std::vector<std::string> forbidden = SplitTags(columns[6]);
    if (wanted.empty() && forbidden.empty()) continue;
    const auto tags = TagsOf(*tagger, TagOrFail(*tagger, WithAbstract({columns[4]})));
    for (const std::string& tag : wanted) EXPECT_EQ(tags.count(tag), 1U) << columns[0] << " misses " << tag;
    for (const std::string& tag : forbidden) EXPECT_EQ(tags.count(tag), 0U) << columns[0] << " has " << tag;
    expected += static_cast<int>(wanted.size());
  }
  EXPECT_GT(expected, 15);
}

}  // namespace
}  // namespace litmill::tag::testing
