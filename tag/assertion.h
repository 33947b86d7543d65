// SPDX-License-Identifier: Apache-2.0
// How the text means what it mentions: present, negated, hedged, background, ...
//
// The role of the sentence gives a first answer (BACKGROUND: background, OBJECTIVE: objective, else present); cues
// (tag/cues.h) in the same sentence can say otherwise. Of several answers the one that weakens the mention most counts.
// A cue inside a mention ("migraine without aura") is part of a name: it touches only what is inside that mention.
#pragma once

#include <cstddef>

#include "tag/analysis.h"

namespace litmill::tag {

/// Sets `assertion` of each standing candidate from the cues and the roles of the sentences. Returns the number of
/// steps (places visited, and pairs of an open cue and a mention): linear in cues and mentions, which tests check.
std::size_t Assert(const CompiledRules& rules, Analysis& analysis);

}  // namespace litmill::tag
