// SPDX-License-Identifier: Apache-2.0
#include "tag/direction.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "tag/direction_features.h"
#include "tag/direction_weights.h"

namespace litmill::tag {
namespace {

template <std::size_t kSize>
double Probability(const std::array<double, kSize>& features, const std::array<double, kSize>& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < kSize; ++i) sum += features[i] * weights[i];
  return 1 / (1 + std::exp(-sum));
}

}  // namespace

DirectionAnswer ClassifyDirection(const DirectionQuestion& question) {
  const DirectionFeatures features = FeaturesOf(question);
  const double moved = Probability(features.difference, kDifferenceWeights);
  if (moved < 0.5) return {Movement::kNoDifference, 1 - moved, moved};
  const double up = Probability(features.way, kWayWeights);
  return {up >= 0.5 ? Movement::kIncreased : Movement::kDecreased, moved * std::max(up, 1 - up), moved};
}

}  // namespace litmill::tag
