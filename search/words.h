// SPDX-License-Identifier: Apache-2.0
// The few questions about the letters of a strategy's text that several files ask.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::search {

/// ASCII white space.
[[nodiscard]] constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// `text` with each run of ASCII white space as one space and none at the ends.
[[nodiscard]] std::string FoldWhitespace(std::string_view text);

/// The parts of `text` between spaces, views into it.
[[nodiscard]] std::vector<std::string_view> SplitWords(std::string_view text);

/// Every `from` replaced by `to`. `from` is not empty.
[[nodiscard]] std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to);

/// How many characters (code points; an ill-formed byte counts as one) `text` has.
[[nodiscard]] std::size_t CountCharacters(std::string_view text);

/// The value of a text of digits only, or -1 when it is empty, has something else or is above 999,999,999.
[[nodiscard]] int ReadNumber(std::string_view digits);

}  // namespace litmill::search
