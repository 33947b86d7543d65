// SPDX-License-Identifier: Apache-2.0
// How long: treatment, follow-up, baseline, washout, infusion.
#pragma once

#include "tag/quantity_reading.h"

namespace litmill::tag {

/// Adds "duration", "follow-up", "baseline-period", "washout" and "infusion-time" (unit: "minute", "hour", "day",
/// "week", "month", "year") and claims the numbers of all times, also of ages and of how long someone was ill.
void ReadDurations(QuantityReading& reading, const SentenceNumbers& sentence);

}  // namespace litmill::tag
