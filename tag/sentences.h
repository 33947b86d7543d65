// SPDX-License-Identifier: Apache-2.0
// Where sentences start: borders of gates, cues and findings.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/joined_text.h"

namespace litmill::tag {

/// The offsets in normalised `text` at which its sentences start; the first is 0. A sentence ends at ".", "?" or "!"
/// (and closing quotes or brackets) before a space and something that can open a sentence, and where the space was lost
/// ("improved.Methods"). Decimals with a stray space ("5. 7"), initials ("J. T."), "e.g.", "vs.", "et al." and "Fig."
/// do not end one; nor does anything inside short brackets.
void FindSentenceStarts(std::string_view text, std::vector<std::uint32_t>& starts);

/// The same for a field of a record, as offsets in the joined buffer. Blank lines and bullets of the stored text end
/// sentences too, unless they cut one in two ("from 5.\n\n7 to 5.1").
void FindSentenceStarts(const JoinedText& text, const Field& field, std::vector<std::uint32_t>& starts);

}  // namespace litmill::tag
