// SPDX-License-Identifier: Apache-2.0
// "Did you mean ...?" for mistyped keys and names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill::app {

/// The candidate that `word` was most likely meant to be (fewest insertions, deletions, replacements and swaps of
/// neighbours, letter case aside); empty when none is near: at most a third of the word's length, and at least one, may
/// differ.
[[nodiscard]] std::string Suggest(std::string_view word, const std::vector<std::string>& candidates);

/// `; did you mean "x"?` or nothing.
[[nodiscard]] std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace litmill::app
