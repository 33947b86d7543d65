// SPDX-License-Identifier: Apache-2.0
// How the text means what it mentions: present, negated, hedged, background, ...
#pragma once

#include "tag/analysis.h"

namespace litmill::tag {

/// Sets `assertion` of each standing candidate from the cues and the roles of the sentences.
void Assert(const CompiledRules& rules, Analysis& analysis);

}  // namespace litmill::tag
