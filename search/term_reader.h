// SPDX-License-Identifier: Apache-2.0
// One term's tokens (words or a quotation, and a field tag) to a leaf of the tree.
#pragma once

#include <vector>

#include "search/diagnostic.h"
#include "search/lexer.h"
#include "search/source_map.h"
#include "search/tree.h"

namespace litmill::search {

/// The most words that may stand between the words of a proximity search.
inline constexpr int kMaxProximity = 1000;

/// The leaf of `words` (kWords or kQuote) with the tag after it; `tag` null = none. A date's text makes a DateRange.
[[nodiscard]] Node ReadTerm(const SourceMap& source, const Token& words, const Token* tag,
                            std::vector<Diagnostic>& diagnostics);

/// The leaf of `first` : `second`, each with its tag or with one tag after the second.
[[nodiscard]] Node ReadRange(const SourceMap& source, const Token& first, const Token* first_tag, const Token& second,
                             const Token* second_tag, std::vector<Diagnostic>& diagnostics);

}  // namespace litmill::search
