// SPDX-License-Identifier: Apache-2.0
// How much each feature counts. Fitted once, offline, by logistic regression (ridge penalty; a feature that can only
// speak for one answer may not get the other sign) on half of a set of trial reports that people had labelled with the
// direction of an outcome; checked on the other half (tests/tag/gold_direction_test.cc).
#include "tag/direction_weights.h"

namespace litmill::tag {

// clang-format off
/// Above 0 speaks for a difference. Three numbers in a line: in the clause of the outcome, in its sentence, elsewhere.
const std::array<double, kDifferenceFeatureCount> kDifferenceWeights = {{
    -0.58, -0.60, -0.54,  // NoSignificant
    -1.38, -0.15, -0.61,  // NoDifference
    0.00, -0.05, -0.26,  // NoMovement
    -0.70, 0.00, -0.09,  // NoEffect
    -0.15, 0.00, -0.47,  // Same
    -0.18, -0.24, 0.00,  // Insignificant
    0.48, 0.34, 0.21,  // Significant
    -0.33, 0.08, -0.01,  // Difference
    0.40, 0.28, 0.00,  // Comparative
    0.59, 0.45, 0.19,  // Change
    0.37, 0.00, 0.14,  // Verdict
    0.61, 0.47, 0.59,  // PSmall
    -0.29, -0.36, -0.57,  // PLarge
    0.56, 0.00, 0.02,  // IntervalWithout
    -0.11, -0.18, -0.20,  // IntervalWith
    -1.10, -0.33, -0.04,  // Trend
    -0.73,  // NearestSaysNo
    0.02,  // NearestSaysYes
    0.81,  // NextPSmall
    -0.84,  // NextPLarge
    1.36,  // AllPSmall
    -1.80,  // AllPLarge
    0.18,  // Baseline
    -0.95,  // BothGroups
    0.00,  // OutcomeFound
    0.00,  // ValuesClose
    0.28,  // ValuesApart
    0.03,  // OnlyNumbers
    -1.66,  // LastSaysNo
    1.33,  // LastSaysYes
    -0.20,  // Bias
}};

/// Above 0 speaks for more of the outcome. Three numbers in a line: told of the intervention's group, of nobody, of
/// the comparator's.
const std::array<double, kWayFeatureCount> kWayWeights = {{
    1.57, 0.24, 0.00,  // ComparativeHere
    0.00, 0.00, -0.61,  // ComparativeAway
    1.18, 1.02, 0.00,  // ChangeHere
    0.00, 0.50, 0.00,  // ChangeAway
    0.00, 0.00, -0.03,  // VerdictHere
    0.00, 0.00, 0.00,  // VerdictAway
    0.49, 0.00, 0.00,  // VerdictUnknown
    0.00, 0.13, -0.11,  // Compound
    0.50,  // OwnChange
    0.35,  // PairKnown
    0.16,  // PairGuessed
    0.07,  // PairOfDrops
    0.34,  // PairOfRises
    0.00,  // RatioHere
    0.00,  // RatioAway
    0.13,  // EstimateHere
    0.50,  // IntervalSide
    0.85,  // Valence
    0.54,  // NearestCue
    0.45,  // AllCues
    0.14,  // Upward
}};
// clang-format on

}  // namespace litmill::tag
