// SPDX-License-Identifier: Apache-2.0
// How much each feature of direction_features.h counts, in its order.
#pragma once

#include <array>

#include "tag/direction_features.h"

namespace litmill::tag {

extern const std::array<double, kDifferenceFeatureCount> kDifferenceWeights;
extern const std::array<double, kWayFeatureCount> kWayWeights;

}  // namespace litmill::tag
