// SPDX-License-Identifier: Apache-2.0
// What a span shows about an outcome's direction, as named numbers that a person can check.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "tag/direction.h"

namespace litmill::tag {

/// Where a sign of the result stands, seen from the clause that names the outcome.
enum class Nearness : std::size_t { kHere, kSameSentence, kElsewhere };

/// Features of "is there a difference?": 0 to 1. The first ones are there once for each Nearness.
#define LITMILL_PLACED_FEATURES(F)                                                                        \
  F(NoSignificant)                                                                                        \
  F(NoDifference)                                                                                         \
  F(NoMovement)                                                                                           \
  F(NoEffect)                                                                                             \
  F(Same)                                                                                                 \
  F(Insignificant)                                                                                        \
  F(Significant) F(Difference) F(Comparative) F(Change) F(Verdict) F(PSmall) F(PLarge) F(IntervalWithout) \
      F(IntervalWith) F(Trend)
#define LITMILL_WHOLE_FEATURES(F)                                                                                     \
  F(NearestSaysNo)                                                                                                    \
  F(NearestSaysYes)                                                                                                   \
  F(NextPSmall)                                                                                                       \
  F(NextPLarge)                                                                                                       \
  F(AllPSmall)                                                                                                        \
  F(AllPLarge)                                                                                                        \
  F(Baseline) F(BothGroups) F(OutcomeFound) F(ValuesClose) F(ValuesApart) F(OnlyNumbers) F(LastSaysNo) F(LastSaysYes) \
      F(OnlyIntervalWith) F(OnlyIntervalWithout) F(Bias)
/// Features of "which way?": above 0 speaks for more of the outcome. The first ones are there once for each Standing.
#define LITMILL_SIGNED_FEATURES(F) \
  F(ComparativeHere)               \
  F(ComparativeAway) F(ChangeHere) F(ChangeAway) F(VerdictHere) F(VerdictAway) F(VerdictUnknown) F(Compound)
#define LITMILL_LONE_SIGNED_FEATURES(F)                                                                             \
  F(OwnChange)                                                                                                      \
  F(PairKnown)                                                                                                      \
  F(PairAlone)                                                                                                      \
  F(ValenceAlone)                                                                                                   \
  F(PairGuessed) F(PairOfDrops) F(PairOfRises) F(RatioHere) F(RatioAway) F(EstimateHere) F(IntervalSide) F(Valence) \
      F(NearestCue) F(AllCues) F(Upward)

/// Whose movement a cue tells, as far as the words near it show.
enum class Standing : std::size_t {
  kIntervention,
  kUnknown,
  kComparator,        ///< "higher with placebo than with zinc".
  kBesideComparator,  ///< The comparator is named near it, and nothing else tells.
};
inline constexpr std::size_t kStandings = 4;

#define LITMILL_AS_ENUM(name) k##name,
enum class Placed : std::size_t { LITMILL_PLACED_FEATURES(LITMILL_AS_ENUM) kCount };
enum class Whole : std::size_t { LITMILL_WHOLE_FEATURES(LITMILL_AS_ENUM) kCount };
enum class Signed : std::size_t { LITMILL_SIGNED_FEATURES(LITMILL_AS_ENUM) kCount };
enum class LoneSigned : std::size_t { LITMILL_LONE_SIGNED_FEATURES(LITMILL_AS_ENUM) kCount };
#undef LITMILL_AS_ENUM

inline constexpr std::size_t kPlacedCount = static_cast<std::size_t>(Placed::kCount) * 3;
inline constexpr std::size_t kDifferenceFeatureCount = kPlacedCount + static_cast<std::size_t>(Whole::kCount);
inline constexpr std::size_t kStandingCount = static_cast<std::size_t>(Signed::kCount) * kStandings;
inline constexpr std::size_t kWayFeatureCount = kStandingCount + static_cast<std::size_t>(LoneSigned::kCount);

struct DirectionFeatures {
  std::array<double, kDifferenceFeatureCount> difference{};
  std::array<double, kWayFeatureCount> way{};
};

[[nodiscard]] DirectionFeatures FeaturesOf(const DirectionQuestion& question);

}  // namespace litmill::tag
