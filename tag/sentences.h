// SPDX-License-Identifier: Apache-2.0
// Where sentences start, for gates that must be met "in the same sentence".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// The offsets in normalised `text` at which its sentences start; the first is 0. A sentence ends at ".", "?" or "!"
/// (and closing quotes or brackets) before a space and something that can open a sentence. Decimals with a stray space
/// ("5. 7"), initials ("J. T."), "e.g.", "vs.", "et al." and "Fig." do not end one.
void FindSentenceStarts(std::string_view text, std::vector<std::uint32_t>& starts);

}  // namespace litmill::tag
