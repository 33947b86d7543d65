// SPDX-License-Identifier: Apache-2.0
// Text as lower-case ASCII, for keys and names that must work everywhere.
#pragma once

#include <string>
#include <string_view>

namespace litmill {

/// `text` in lower case without accents ("Müller" is "muller", "Ørsted" is "orsted"); what has no ASCII form
/// becomes a space.
[[nodiscard]] std::string FoldToAscii(std::string_view text);

/// A lower-case letter or a digit.
[[nodiscard]] constexpr bool IsAsciiWord(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace litmill
