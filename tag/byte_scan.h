// SPDX-License-Identifier: Apache-2.0
// The next byte of a text that is worth a look. (std::string_view::find_first_of makes a call for every byte.)
#pragma once

#include <cstddef>
#include <string_view>

namespace litmill::tag {

/// The first place at or after `from` for whose byte `stops(char)` holds; the text's size when there is
/// none. Goes block by block, without a branch for each byte, so that the compiler can use vectors.
template <typename Stops>
[[nodiscard]] std::size_t FindByte(std::string_view text, std::size_t from, Stops stops) {
  constexpr std::size_t kBlock = 16;
  const char* const bytes = text.data();
  std::size_t at = from;
  for (; at + kBlock <= text.size(); at += kBlock) {
    unsigned char any = 0;
    for (std::size_t k = 0; k < kBlock; ++k) any |= static_cast<unsigned char>(stops(bytes[at + k]));
    if (any != 0) break;
  }
  while (at < text.size() && !stops(bytes[at])) ++at;
  return at;
}

}  // namespace litmill::tag
