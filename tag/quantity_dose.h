// SPDX-License-Identifier: Apache-2.0
// Amounts of what was given, and to which agent they belong.
#pragma once

#include "tag/compiled_rules.h"
#include "tag/quantity_reading.h"

namespace litmill::tag {

/// Adds "dose" quantities and claims their numbers; claims those of concentrations, weights and increments without
/// saying anything of them. A dose belongs to the mention of an agent that stands before or after it with nothing but
/// words of dosing between; a word that is none of those (the name of another drug) keeps it from reaching farther.
void ReadDoses(const CompiledRules& rules, QuantityReading& reading, const SentenceNumbers& sentence);

}  // namespace litmill::tag
