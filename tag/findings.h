// SPDX-License-Identifier: Apache-2.0
// What a record says that an intervention or exposure did to an outcome, sentence by sentence, and together.
//
// Mentions of facet `direction` are cues. One that states no result (finding_context.h) is dropped. In a sentence of
// title, results, conclusions or without a known role each outcome (where there is none, each condition) gets the cue
// that governs it: of the cues that no other outcome stands before, the strongest, in the order no difference, trend,
// association, verdict, raw movement, change within a group. A clause that only says "but the difference was not
// significant" speaks of the outcomes of the clause before it. ClassifyDirection (direction.h) reads the clause for
// movement and confidence; benefit is movement times the outcome's valence, and for verdicts the other way round.
#pragma once

#include <cstddef>

#include "tag/analysis.h"

namespace litmill::tag {

/// Of one sentence at most this many outcomes are paired with at most kMostInterventions interventions; more is a table
/// that lost its form. This bounds the time for a sentence without an end.
inline constexpr std::size_t kMostOutcomes = 24;
inline constexpr std::size_t kMostInterventions = 4;

/// Fills result.findings and result.conclusions. Of the mentions of facet direction in `analysis.standing`, those that
/// state no result and verdicts that a stronger cue overrules are taken out; a raw movement that is good or bad for its
/// outcome is joined by a mention of "improved" or "worsened" at the same place.
void FindFindings(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result);

}  // namespace litmill::tag
