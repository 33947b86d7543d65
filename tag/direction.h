// SPDX-License-Identifier: Apache-2.0
// Whether an outcome increased, decreased or did not differ with an intervention against a comparator, from the words
// of a sentence or a few.
//
// How: the clause that names the outcome is found by its words. Negated and plain words of significance, difference and
// change, p-values and confidence intervals decide whether there is a difference; comparatives, changes, verdicts
// ("improved", read through the outcome's valence), ratios and pairs of values with the group that they belong to
// decide which way. Each such sign is a named feature (direction_features.h); two logistic sums with one weight a
// feature (direction_weights.cc) put them together.
//
// Time is linear in the length of the span, of which only the first SpanWords::kLongestSpan bytes are read.
#pragma once

#include <string_view>

#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::tag {

struct DirectionQuestion {
  std::string_view span;  ///< Normalised text (tag/normalise.h), a sentence or a few.
  std::string_view intervention;
  std::string_view comparator;  ///< May be empty.
  std::string_view outcome;
  Valence valence = Valence::kUnknown;  ///< Of the outcome; when unknown it is guessed from its words.
};

struct DirectionAnswer {
  Movement movement = Movement::kUnclear;
  double confidence = 0;  ///< 0 to 1.
  double difference = 0;  ///< 0 to 1: how surely there is a difference, whichever way.
};

/// "Increased" is a movement, not a benefit. The answer is never kUnclear.
[[nodiscard]] DirectionAnswer ClassifyDirection(const DirectionQuestion& question);

}  // namespace litmill::tag
