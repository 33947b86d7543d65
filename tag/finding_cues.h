// SPDX-License-Identifier: Apache-2.0
// The words that tell how a result came out, as a table.
#pragma once

#include <cstdint>
#include <string_view>

#include "tag/finding_words.h"

namespace litmill::tag {

struct CueEntry {
  std::string_view word;  ///< Lower case; a "*" at the end stands for any ending.
  WordCue cue = WordCue::kNone;
  std::int8_t sign = 0;
};

/// The entry of the whole word, else of its longest beginning; null when it is no cue.
[[nodiscard]] const CueEntry* FindCue(std::string_view word);

/// Which movement of an outcome is good, from the words of its name: -1 = lower ("pain"), +1 = higher ("survival").
[[nodiscard]] int ValenceOfWord(std::string_view word);

/// "relief", "absence": an outcome named so is good to have more of, whatever it is of.
[[nodiscard]] bool TurnsValence(std::string_view word);

/// "the", "of", "mean": words that do not tell outcomes or groups apart.
[[nodiscard]] bool IsFunctionWord(std::string_view word);

}  // namespace litmill::tag
