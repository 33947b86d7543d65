// SPDX-License-Identifier: Apache-2.0
// Numbers with their meaning: doses, durations, sample sizes, effect sizes and p-values.
//
// One pass finds the numbers (tag/quantity_numbers.h). Statistics are read first (tag/quantity_effect.h), then doses
// (tag/quantity_dose.h) and times (tag/quantity_duration.h): each claims the numbers it understands, also those that it
// only recognises as something else (a concentration, an age). What is left can count people (tag/quantity_sample.h).
// Nothing is said of a number whose meaning is not written beside it.
#pragma once

#include <string>
#include <vector>

#include "tag/analysis.h"

namespace litmill::tag {

/// Appends the quantities of the record in order of their places.
void FindQuantities(const CompiledRules& rules, const Analysis& analysis, std::vector<Quantity>& quantities);

/// For people and for comparing: "500 mg/day", "144 mg/day@elemental", "300-400 mg", "8 weeks", "OR 1.3 (1.02-1.67)",
/// "p<0.05", "40 participants".
[[nodiscard]] std::string DisplayForm(const Quantity& quantity);

}  // namespace litmill::tag
