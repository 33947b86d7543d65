// SPDX-License-Identifier: Apache-2.0
// How much each feature counts. Fitted once, offline, by logistic regression (ridge penalty; a feature that can only
// speak for one answer may not get the other sign) on half of a set of trial reports that people had labelled with the
// direction of an outcome; checked on the other half (tests/tag/gold_direction_test.cc).
#include "tag/direction_weights.h"

namespace litmill::tag {

// clang-format off
/// Above 0 speaks for a difference. Three numbers in a line: in the clause of the outcome, in its sentence, elsewhere.
const std::array<double, kDifferenceFeatureCount> kDifferenceWeights = {{
    -0.57, -0.68, -0.54,  // NoSignificant
    -1.36, -0.13, -0.61,  // NoDifference
    0.00, -0.05, -0.26,  // NoMovement
    -0.76, 0.00, -0.10,  // NoEffect
    -0.13, 0.00, -0.47,  // Same
    -0.17, -0.24, 0.00,  // Insignificant
    0.49, 0.39, 0.21,  // Significant
    -0.33, 0.11, -0.00,  // Difference
    0.40, 0.29, 0.00,  // Comparative
    0.59, 0.37, 0.17,  // Change
    0.37, 0.00, 0.14,  // Verdict
    0.62, 0.42, 0.58,  // PSmall
    -0.30, -0.37, -0.58,  // PLarge
    0.57, 0.00, 0.02,  // IntervalWithout
    -0.11, -0.17, -0.20,  // IntervalWith
    -1.11, -0.33, -0.04,  // Trend
    -0.76,  // NearestSaysNo
    0.04,  // NearestSaysYes
    0.77,  // NextPSmall
    -0.85,  // NextPLarge
    1.35,  // AllPSmall
    -1.79,  // AllPLarge
    0.17,  // Baseline
    -0.97,  // BothGroups
    0.00,  // OutcomeFound
    -0.05,  // ValuesClose
    0.35,  // ValuesApart
    0.02,  // OnlyNumbers
    -1.64,  // LastSaysNo
    1.30,  // LastSaysYes
    -0.21,  // Bias
}};

/// Above 0 speaks for more of the outcome. Four numbers in a line, one for each Standing.
const std::array<double, kWayFeatureCount> kWayWeights = {{
    1.40, 0.00, -0.46, -0.13,  // ComparativeHere
    0.00, 0.00, -0.59, -0.14,  // ComparativeAway
    0.92, 0.85, -0.40, 0.26,  // ChangeHere
    0.00, 0.45, -0.40, 0.13,  // ChangeAway
    0.00, 0.00, -0.40, 0.16,  // VerdictHere
    0.00, 0.00, -0.40, 0.11,  // VerdictAway
    0.40, 0.00, -0.40, -0.26,  // VerdictUnknown
    0.00, 0.07, -0.40, -0.15,  // Compound
    0.73,  // OwnChange
    0.01,  // PairKnown
    0.91,  // PairAlone
    0.04,  // ValenceAlone
    0.14,  // PairGuessed
    0.00,  // PairOfDrops
    0.17,  // PairOfRises
    0.31,  // RatioHere
    0.01,  // RatioAway
    0.05,  // EstimateHere
    0.55,  // IntervalSide
    0.85,  // Valence
    0.71,  // NearestCue
    0.68,  // AllCues
    0.09,  // Upward
}};
// clang-format on

}  // namespace litmill::tag
