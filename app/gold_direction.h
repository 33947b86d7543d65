// SPDX-License-Identifier: Apache-2.0
// The tagger's reading of a labelled passage.
#pragma once

#include "app/gold_score.h"

namespace litmill::app {

/// Which way the passage says that the outcome moved; kUnclear where it does not say.
[[nodiscard]] Movement DirectionByTagger(const DirectionRow& row);

}  // namespace litmill::app
