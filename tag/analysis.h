// SPDX-License-Identifier: Apache-2.0
// A record's text with everything that was recognised in it: what assertion, quantities and findings work on.
#pragma once

#include <vector>

#include "core/record.h"
#include "tag/compiled_rules.h"
#include "tag/joined_text.h"
#include "tag/passages.h"
#include "tag/resolve.h"

namespace litmill::tag {

/// Reused from record to record, one per thread. All places are in `text.buffer`.
struct Analysis {
  JoinedText text;
  Passages passages;
  std::vector<Candidate> standing;  ///< Mentions, by start, end, concept; never cues.
  std::vector<Candidate> cues;      ///< Matches of the facet "cue", by start, end, concept.
};

}  // namespace litmill::tag
