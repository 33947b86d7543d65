// SPDX-License-Identifier: Apache-2.0
// ClassifyDirection against reports of trials that people labelled ($LITMILL_GOLD; not part of the project). The
// weights were fitted on the odd article numbers; the even ones check them.
#include <array>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tag/direction.h"
#include "tag/normalise.h"
#include "tests/support/real_data.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

struct Scores {
  std::array<std::array<int, 3>, 3> counts{};  ///< By label, by answer.

  [[nodiscard]] int Total() const {
    int sum = 0;
    for (const auto& row : counts)
      for (const int count : row) sum += count;
    return sum;
  }
  [[nodiscard]] double Accuracy() const {
    return static_cast<double>(counts[0][0] + counts[1][1] + counts[2][2]) / Total();
  }
  [[nodiscard]] double F1(std::size_t label) const {
    int labelled = 0;
    int answered = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      labelled += counts[label][i];
      answered += counts[i][label];
    }
    return labelled + answered == 0 ? 0 : 2.0 * counts[label][label] / (labelled + answered);
  }
  [[nodiscard]] double MacroF1() const { return (F1(0) + F1(1) + F1(2)) / 3; }
};

std::vector<std::string> Columns(const std::string& line) {
  std::vector<std::string> columns;
  std::size_t at = 0;
  for (std::size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', at)) {
    columns.push_back(line.substr(at, tab - at));
    at = tab + 1;
  }
  columns.push_back(line.substr(at));
  return columns;
}

std::size_t LabelIndex(const std::string& label) { return label == "increased" ? 0 : label == "decreased" ? 1 : 2; }

TEST(GoldDirection, MovementOfAnOutcomeFromTheSpan) {
  LITMILL_NEEDS(GoldFolder());
  std::ifstream file(GoldFolder() + "/evidence-inference/direction_dev.tsv");
  ASSERT_TRUE(file) << GoldFolder();
  std::array<Scores, 2> halves;
  Scores all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> columns = Columns(line);
    if (columns.size() != 8 || columns[1].empty()) continue;
    const std::string span = Normalise(columns[7]).text;
    const std::string intervention = Normalise(columns[3]).text;
    const std::string comparator = Normalise(columns[4]).text;
    const std::string outcome = Normalise(columns[5]).text;
    const auto answer = static_cast<std::size_t>(ClassifyDirection({span, intervention, comparator, outcome}).movement);
    ASSERT_LT(answer, 3U) << line;
    for (Scores* scores : {&all, &halves[static_cast<std::size_t>(columns[1].back() - '0') % 2]})
      ++scores->counts[LabelIndex(columns[6])][answer];
  }
  const auto print = [](const char* name, const Scores& s) {
    std::cout << fmt::format(
        "{:<12} n {:>4} accuracy {:.3f} macro F1 {:.3f} (increased {:.3f} decreased {:.3f} no difference {:.3f})\n",
        name, s.Total(), s.Accuracy(), s.MacroF1(), s.F1(0), s.F1(1), s.F1(2));
  };
  print("all", all);
  print("tuning half", halves[1]);
  print("check half", halves[0]);
  EXPECT_GT(all.Total(), 4000);
  EXPECT_GE(halves[0].Accuracy(), 0.80);
  EXPECT_GE(halves[0].MacroF1(), 0.78);
}

}  // namespace
}  // namespace litmill::tag::testing
