// SPDX-License-Identifier: Apache-2.0
// Where a match can begin: the characters that a pattern's matches start with, read off the pattern.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// A table of the first characters of all matches of the patterns that were added.
class MatchStarts {
 public:
  /// How many bytes MayBegin looks at.
  static constexpr std::size_t kLook = 8;

  /// False (and nothing is added) when matches of the pattern begin with so many characters that the table would be of
  /// no use.
  [[nodiscard]] bool Add(std::string_view pattern);
  /// Whether a match may begin with the bytes at `text`. Never false where one does.
  [[nodiscard]] bool MayBegin(const char* text) const;

 private:
  /// A beginning is looked up after so many characters; most texts fail at the first step.
  static constexpr std::array<std::size_t, 3> kSteps = {3, 5, kLook};
  using Table = std::bitset<std::size_t{1} << 18U>;
  std::array<Table, kSteps.size()> more_;    ///< Matches begin so, but the next step must agree.
  std::array<Table, kSteps.size()> enough_;  ///< Matches begin so, and what follows is not known.
};

}  // namespace litmill::tag
