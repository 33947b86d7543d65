// SPDX-License-Identifier: Apache-2.0
// How many took part: one total for the record, and what else is counted with a known role.
#pragma once

#include "tag/quantity_reading.h"

namespace litmill::tag {

/// Adds sample sizes: at most one with the basis "total" (the people randomised or enrolled; the sum of the arms where
/// only arms are given), and any with "arm", "analysed", "screened" or "studies". Comes after the other readings, which
/// claim what is no count.
void ReadSampleSizes(QuantityReading& reading);

}  // namespace litmill::tag
