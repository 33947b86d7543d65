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

/// A later count must be so much heavier than the first one that will do: studies tell early how many took part.
constexpr int kLead = 3;
/// How far the sum of arms is trusted.
constexpr int kWeightOfSum = 6;

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
  if (count.is_said_total) weight += 3;
  if (count.is_labelled) weight += 3;
  if (count.opens_sentence) weight += 1;
  if (count.is_denominator) weight -= 4;
  if (count.is_held) weight += 2;
  if (count.in_title) weight += 3;
  if (count.follows_people_verb) weight += 2;
  if (count.is_divided) weight += 3;
  if (count.value < 4) weight -= 6;
  return weight;
}

/// "Of 120 screened, 80 were randomised": the latter took part.
bool IsFinal(const Count& before, const Count& count) {
  return (before.verb == CountVerb::kScreened || before.verb == CountVerb::kPlanned) &&
         (count.verb == CountVerb::kRandomised || count.verb == CountVerb::kEnrolled);
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
  int heaviest = 0;
  for (const Count& count : counts) {
    const int weight = Weight(count);
    const int needed = total == nullptr ? kLeastWeight : heaviest + (IsFinal(*total, count) ? 0 : kLead);
    if (weight < needed) continue;
    heaviest = weight;
    total = &count;
  }
  const auto sum = heaviest < kWeightOfSum ? SumOfArms(counts) : std::nullopt;
  if (sum) total = nullptr;
  for (const Count& count : counts) {
    std::string basis = &count == total ? "total" : BasisOf(count);
    if (!basis.empty()) Emit(reading, count, std::move(basis));
  }
  if (sum) Emit(reading, *sum, "total");
}

}  // namespace litmill::tag
