// SPDX-License-Identifier: Apache-2.0
// How much each feature counts. Fitted once, offline, by logistic regression (ridge penalty; a feature that can only
// speak for one answer may not get the other sign) on half of a set of trial reports that people had labelled with the
// direction of an outcome; checked on the other half (tests/tag/gold_direction_test.cc).
#include "tag/direction_weights.h"

namespace litmill::tag {

// clang-format off
/// Above 0 speaks for a difference. Three numbers in a line: in the clause of the outcome, in its sentence, elsewhere.
const std::array<double, kDifferenceFeatureCount> kDifferenceWeights = {{
    -0.56, -0.68, -0.54,  // NoSignificant
    -1.37, -0.13, -0.61,  // NoDifference
    0.00, -0.05, -0.26,  // NoMovement
    -0.77, 0.00, -0.10,  // NoEffect
    -0.14, 0.00, -0.47,  // Same
    -0.17, -0.24, 0.00,  // Insignificant
    0.49, 0.39, 0.22,  // Significant
    -0.33, 0.11, -0.01,  // Difference
    0.41, 0.29, 0.00,  // Comparative
    0.59, 0.37, 0.19,  // Change
    0.37, 0.00, 0.14,  // Verdict
    0.63, 0.42, 0.60,  // PSmall
    -0.29, -0.37, -0.58,  // PLarge
    0.56, 0.00, 0.02,  // IntervalWithout
    -0.12, -0.17, -0.20,  // IntervalWith
    -1.10, -0.33, -0.04,  // Trend
    -0.75,  // NearestSaysNo
    0.04,  // NearestSaysYes
    0.78,  // NextPSmall
    -0.83,  // NextPLarge
    1.35,  // AllPSmall
    -1.80,  // AllPLarge
    0.18,  // Baseline
    -0.98,  // BothGroups
    0.00,  // OutcomeFound
    0.00,  // ValuesClose
    0.32,  // ValuesApart
    0.02,  // OnlyNumbers
    -1.65,  // LastSaysNo
    1.30,  // LastSaysYes
    -0.21,  // Bias
}};

/// Above 0 speaks for more of the outcome. Three numbers in a line: told of the intervention's group, of nobody, of
/// the comparator's.
const std::array<double, kWayFeatureCount> kWayWeights = {{
    1.49, 0.18, 0.00,  // ComparativeHere
    0.00, 0.00, -0.62,  // ComparativeAway
    1.13, 0.94, 0.00,  // ChangeHere
    0.01, 0.53, 0.00,  // ChangeAway
    0.00, 0.00, -0.06,  // VerdictHere
    0.00, 0.00, 0.00,  // VerdictAway
    0.44, 0.00, 0.00,  // VerdictUnknown
    0.00, 0.09, -0.10,  // Compound
    0.61,  // OwnChange
    0.62,  // PairKnown
    0.14,  // PairGuessed
    0.00,  // PairOfDrops
    0.20,  // PairOfRises
    0.06,  // RatioHere
    0.00,  // RatioAway
    0.00,  // EstimateHere
    0.53,  // IntervalSide
    1.01,  // Valence
    0.57,  // NearestCue
    0.57,  // AllCues
    0.11,  // Upward
}};
// clang-format on

}  // namespace litmill::tag
