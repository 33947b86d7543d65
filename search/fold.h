// SPDX-License-Identifier: Apache-2.0
// Text as PubMed's index sees it: words without letter case, accents and punctuation, Greek letters by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill::search {

/// The words of UTF-8 `text`, folded: "17β-Estradiol in Ménière's" gives 17beta, estradiol, in, meniere, s. Every
/// hyphen, apostrophe and other sign that is neither letter nor figure separates words; raised and lowered figures are
/// figures
/// ("Mg²⁺" is mg2); soft hyphens and zero-width characters are as if they were not there.
[[nodiscard]] std::vector<std::string> FoldWords(std::string_view text);

/// The same words with one space between: how headings, journals, names and identifiers are compared.
[[nodiscard]] std::string FoldKey(std::string_view text);

/// A person's name: as FoldKey, but an apostrophe separates nothing ("O'Neil K" is "oneil k").
[[nodiscard]] std::string FoldName(std::string_view name);

}  // namespace litmill::search
