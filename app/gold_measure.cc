// SPDX-License-Identifier: Apache-2.0
#include "app/gold_measure.h"

#include <algorithm>

namespace litmill::app {
namespace {

double Share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void GoldCounts::Count(bool gold, bool found) {
  if (gold && found) ++true_positives;
  if (!gold && found) ++false_positives;
  if (gold && !found) ++false_negatives;
}

void GoldCounts::Add(const GoldCounts& other) {
  true_positives += other.true_positives;
  false_positives += other.false_positives;
  false_negatives += other.false_negatives;
}

double GoldCounts::Precision() const { return Share(true_positives, true_positives + false_positives); }
double GoldCounts::Recall() const { return Share(true_positives, true_positives + false_negatives); }
double GoldCounts::F1() const {
  return Share(2 * true_positives, 2 * true_positives + false_positives + false_negatives);
}

GoldCounts GoldMeasure::Total() const {
  GoldCounts total;
  for (const auto& [name, counts] : rows) total.Add(counts);
  return total;
}

double GoldMeasure::MacroF1() const {
  double sum = 0;
  std::size_t with_gold = 0;
  for (const auto& [name, counts] : rows) {
    if (!counts.HasGold()) continue;
    sum += counts.F1();
    ++with_gold;
  }
  return with_gold == 0 ? 0 : sum / static_cast<double>(with_gold);
}

void GoldMeasure::SortErrors() {
  std::map<std::string, std::size_t> count;
  for (const GoldError& error : errors) ++count[error.name];
  std::stable_sort(errors.begin(), errors.end(), [&count](const GoldError& a, const GoldError& b) {
    if (a.name == b.name) return false;
    const std::size_t of_a = count[a.name];
    const std::size_t of_b = count[b.name];
    return of_a != of_b ? of_a > of_b : a.name < b.name;
  });
}

}  // namespace litmill::app
