// SPDX-License-Identifier: Apache-2.0
// Effect sizes with their confidence intervals, and p-values.
#pragma once

#include "tag/quantity_reading.h"

namespace litmill::tag {

/// Adds "effect" (unit: OR, RR, HR, IRR, SMD, MD, WMD, RD, beta, r, d, g) and "p-value" (unit: the sign of the
/// comparison) and claims their numbers, those of other confidence intervals, of percentages, of standard deviations
/// and of thresholds such as "P < 0.05 was considered significant".
void ReadEffects(QuantityReading& reading, const SentenceNumbers& sentence);

}  // namespace litmill::tag
