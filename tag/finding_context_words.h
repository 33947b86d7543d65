// SPDX-License-Identifier: Apache-2.0
// What single words tell FindingContext: each word of a sentence is looked up once.
#pragma once

#include <cstdint>
#include <string_view>

namespace litmill::tag {

enum ContextTrait : std::uint16_t {
  kPlans = 1 << 0,          ///< "whether", "aimed": what follows is what somebody set out to do, asks, or advises.
  kMayPlan = 1 << 1,        ///< "to", "we", "outcome": so may what follows this word, by the words behind it.
  kPlanVerb = 1 << 2,       ///< "evaluate", behind "to".
  kNamesMeasured = 1 << 3,  ///< "the", "change": "the primary outcome was ..." names what was measured.
  kMeasured = 1 << 4,       ///< "were also assessed", "we evaluated": says what was looked at, not what was seen.
  kGuesses = 1 << 5,        ///< "may": said of what may be, a few words before the cue.
  kFound = 1 << 6,          ///< "was found to improve": not a purpose.
  kCompares = 1 << 7,       ///< "than", "versus".
  kLimits = 1 << 8,         ///< "severe": of the people, a part.
  kTurns = 1 << 9,          ///< "but", "whereas": starts a clause.
  kConcedes = 1 << 10,      ///< "although": the clause ends at its comma.
  kMayStart = 1 << 11,      ///< "and", "with": starts a clause before some words.
  kWas = 1 << 12,           ///< "was", "were".
  kCompared = 1 << 13,      ///< "compared".
};

/// The ContextTraits of the word text[start, end), in whatever case; 0 for nearly all words.
[[nodiscard]] std::uint16_t ContextTraitsOf(std::string_view text, std::size_t start, std::size_t end);

}  // namespace litmill::tag
