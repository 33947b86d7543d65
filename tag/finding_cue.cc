// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_cue.h"

#include <algorithm>
#include <iterator>

namespace litmill::tag {
namespace {

struct NamedMeaning {
  std::string_view id;
  CueMeaning meaning;
};

constexpr NamedMeaning kMeanings[] = {
    {"no_significant_difference", {CueStrength::kNoDifference, Movement::kNoDifference, Benefit::kNone}},
    {"no_association", {CueStrength::kNoDifference, Movement::kNoDifference, Benefit::kNone}},
    {"non_inferior", {CueStrength::kNoDifference, Movement::kNoDifference, Benefit::kNone}},
    {"trend", {CueStrength::kTrend, Movement::kUnclear, Benefit::kUnknown}},
    {"mixed", {CueStrength::kTrend, Movement::kUnclear, Benefit::kUnknown}},
    {"u_shaped", {CueStrength::kAssociation, Movement::kUnclear, Benefit::kUnknown}},
    {"inverse_association", {CueStrength::kAssociation, Movement::kDecreased, Benefit::kUnknown}},
    {"positive_association", {CueStrength::kAssociation, Movement::kIncreased, Benefit::kUnknown}},
    {"improved", {CueStrength::kVerdict, Movement::kUnclear, Benefit::kBetter}},
    {"worsened", {CueStrength::kVerdict, Movement::kUnclear, Benefit::kWorse}},
    {"reduced", {CueStrength::kMovement, Movement::kDecreased, Benefit::kUnknown}},
    {"increased", {CueStrength::kMovement, Movement::kIncreased, Benefit::kUnknown}},
    {"within_group_change", {CueStrength::kWithinGroup, Movement::kUnclear, Benefit::kUnknown}},
};

}  // namespace

CueMeaning MeaningOf(std::string_view direction_id) {
  const auto* const found =
      std::find_if(std::begin(kMeanings), std::end(kMeanings),
                   [direction_id](const NamedMeaning& named) { return named.id == direction_id; });
  return found == std::end(kMeanings) ? CueMeaning() : found->meaning;
}

Benefit BenefitOf(Movement movement, Valence valence) {
  if (movement == Movement::kNoDifference) return Benefit::kNone;
  if (movement == Movement::kUnclear || valence == Valence::kUnknown) return Benefit::kUnknown;
  return (movement == Movement::kIncreased) == (valence == Valence::kHigherIsBetter) ? Benefit::kBetter
                                                                                     : Benefit::kWorse;
}

Movement MovementFor(Benefit benefit, Valence valence) {
  if (benefit == Benefit::kNone) return Movement::kNoDifference;
  if (benefit == Benefit::kUnknown || valence == Valence::kUnknown) return Movement::kUnclear;
  return (benefit == Benefit::kBetter) == (valence == Valence::kHigherIsBetter) ? Movement::kIncreased
                                                                                : Movement::kDecreased;
}

}  // namespace litmill::tag
