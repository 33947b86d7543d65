// SPDX-License-Identifier: Apache-2.0
// Every count of people is weighed by the words around it; the heaviest is the record's total, the first of equals.
#include "tag/quantity_sample.h"

#include <algorithm>
#include <optional>

#include "tag/quantity_count.h"

namespace litmill::tag {
namespace {

/// A count lighter than this is not offered as the total: better none than a wrong one.
constexpr int kLeastWeight = 3;

constexpr int kImpossible = -100;

int WeightOfVerb(CountVerb verb) {
  switch (verb) {
    case CountVerb::kRandomised:
      return 8;
    case CountVerb::kEnrolled:
      return 7;
    case CountVerb::kStudied:
      return 4;
    case CountVerb::kPlanned:
      return 1;
    case CountVerb::kAnalysed:
      return 2;
    case CountVerb::kScreened:
      return 2;
    case CountVerb::kHappened:
      return -4;
    case CountVerb::kLeft:
      return -10;
    case CountVerb::kNone:
      return 0;
  }
  return 0;
}

int WeightOfRole(SectionRole role) {
  switch (role) {
    case SectionRole::kBackground:
      return -4;
    case SectionRole::kConclusions:
      return -2;
    default:
      return 0;
  }
}

int Weight(const Count& count) {
  if (count.noun == CountNoun::kStudies || count.is_arm || count.is_part) return kImpossible;
  int weight = WeightOfVerb(count.verb) + WeightOfRole(count.role);
  if (count.noun == CountNoun::kPeople) weight += 2;
  if (count.is_said_total) weight += 4;
  if (count.is_labelled) weight += 3;
  if (count.opens_sentence) weight += 2;
  if (count.in_title) weight += 3;
  if (count.follows_people_verb) weight += 2;
  if (count.is_divided) weight += 3;
  if (count.value < 4) weight -= 6;
  return weight;
}

std::string BasisOf(const Count& count) {
  if (count.noun == CountNoun::kStudies) return "studies";
  if (count.is_arm) return "arm";
  if (count.is_part) return "";
  if (count.verb == CountVerb::kAnalysed) return "analysed";
  if (count.verb == CountVerb::kScreened) return "screened";
  return "";
}

void Emit(QuantityReading& reading, const Count& count, std::string basis) {
  PlacedQuantity& placed = reading.Add("sample-size", count.start, count.end, count.role);
  placed.quantity.amount = count.value;
  placed.quantity.unit = count.noun == CountNoun::kStudies ? "studies" : "participants";
  placed.quantity.basis = std::move(basis);
}

/// "Group A (n = 20) and group B (n = 22)": the arms of the first sentence that has two or more.
std::optional<Count> SumOfArms(const std::vector<Count>& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!counts[i].is_arm || counts[i].role == SectionRole::kBackground) continue;
    Count sum = counts[i];
    std::size_t arms = 1;
    for (std::size_t k = i + 1; k < counts.size() && counts[k].sentence == counts[i].sentence; ++k) {
      if (!counts[k].is_arm) continue;
      sum.value += counts[k].value;
      sum.end = counts[k].end;
      ++arms;
    }
    if (arms >= 2) return sum;
  }
  return std::nullopt;
}

}  // namespace

void ReadSampleSizes(QuantityReading& reading) {
  thread_local std::vector<Count> counts;
  FindCounts(reading, counts);
  const Count* total = nullptr;
  int heaviest = kLeastWeight - 1;
  for (const Count& count : counts) {
    const int weight = Weight(count);
    if (weight <= heaviest) continue;
    heaviest = weight;
    total = &count;
  }
  for (const Count& count : counts) {
    if (&count == total) {
      Emit(reading, count, "total");
      continue;
    }
    std::string basis = BasisOf(count);
    if (!basis.empty()) Emit(reading, count, std::move(basis));
  }
  if (total != nullptr) return;
  if (const auto sum = SumOfArms(counts)) Emit(reading, *sum, "total");
}

}  // namespace litmill::tag
