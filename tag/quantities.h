// SPDX-License-Identifier: Apache-2.0
// Numbers with their meaning: doses, durations, sample sizes, effect sizes and p-values.
#pragma once

#include <vector>

#include "tag/analysis.h"

namespace litmill::tag {

/// Appends the quantities of the record in order of their places.
void FindQuantities(const CompiledRules& rules, const Analysis& analysis, std::vector<Quantity>& quantities);

}  // namespace litmill::tag
