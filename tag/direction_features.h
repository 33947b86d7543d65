// SPDX-License-Identifier: Apache-2.0
// What a span shows about an outcome's direction, as named numbers that a person can check.
#pragma once

#include <array>
#include <cstddef>

#include "tag/direction.h"

namespace litmill::tag {

/// Where a sign of the result stands, seen from the clause that names the outcome.
enum class Nearness : std::size_t { kHere, kSameSentence, kElsewhere };

/// Whose movement a cue tells, as far as the words near it show.
enum class Standing : std::size_t {
  kIntervention,
  kUnknown,
  kComparator,        ///< "higher with placebo than with zinc".
  kBesideComparator,  ///< The comparator is named near it, and nothing else tells.
};
inline constexpr std::size_t kStandings = 4;

/// Features of "is there a difference?", 0 to 1, of which there is one for each Nearness.
enum class Placed : std::size_t {
  kNoSignificant,
  kNoDifference,
  kNoMovement,
  kNoEffect,
  kSame,
  kInsignificant,
  kSignificant,
  kDifference,
  kComparative,
  kChange,
  kVerdict,
  kPSmall,
  kPLarge,
  kIntervalWithout,
  kIntervalWith,
  kTrend,
  kCount,
};
/// Those of the whole span.
enum class Whole : std::size_t {
  kNearestSaysNo,
  kNearestSaysYes,
  kNextPSmall,
  kNextPLarge,
  kAllPSmall,
  kAllPLarge,
  kBaseline,
  kBothGroups,
  kOutcomeFound,
  kValuesClose,
  kValuesApart,
  kOnlyNumbers,
  kLastSaysNo,
  kLastSaysYes,
  kOnlyIntervalWith,
  kOnlyIntervalWithout,
  kBias,
  kCount,
};
/// Features of "which way?": above 0 speaks for more of the outcome. There is one of these for each Standing.
enum class Signed : std::size_t {
  kComparativeHere,
  kComparativeAway,
  kChangeHere,
  kChangeAway,
  kVerdictHere,
  kVerdictAway,
  kVerdictUnknown,
  kCompound,
  kCount,
};
/// Those of the whole span.
enum class LoneSigned : std::size_t {
  kOwnChange,
  kPairKnown,
  kPairAlone,
  kValenceAlone,
  kPairGuessed,
  kPairOfDrops,
  kPairOfRises,
  kRatioHere,
  kRatioAway,
  kEstimateHere,
  kIntervalSide,
  kValence,
  kNearestCue,
  kAllCues,
  kUpward,
  kCount,
};

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
