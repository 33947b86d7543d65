// SPDX-License-Identifier: Apache-2.0
// What a record says that an intervention or exposure did to an outcome, sentence by sentence, and together.
#pragma once

#include "tag/analysis.h"

namespace litmill::tag {

/// Fills result.findings and result.conclusions. Mentions of facet direction that state no result ("to improve", in
/// METHODS, hedged) are taken out of `analysis.standing`.
void FindFindings(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result);

}  // namespace litmill::tag
