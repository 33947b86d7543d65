// SPDX-License-Identifier: Apache-2.0
// PubMed syntax to a tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "search/diagnostic.h"
#include "search/tree.h"

namespace litmill::search {

/// Bracket levels, and operators of changing kind in a row, that a strategy may nest.
inline constexpr std::size_t kMaxNesting = 200;

/// The tree and all that is wrong with the syntax. With errors the tree holds what could be read, for the linter.
struct ParsedStrategy {
  Strategy strategy;
  std::vector<Diagnostic> diagnostics;  ///< In the order of the text. Only syntax; the rest is Lint's (search/lint.h).
};

/// Reads `text` (UTF-8; one strategy, or numbered lines) as PubMed does: operators in capitals, from left to right with
/// no precedence, words beside one another joined by AND, tags in any case, short or long. Never fails and never
/// crashes: errors are diagnostics. Takes time linear in the text.
[[nodiscard]] ParsedStrategy ParseLeniently(std::string_view text);

/// The same for those who need the tree to be right: kInvalidInput with every error, each with line, column and carets,
/// when there is one. `name` is the file or key that `text` came from, for the message.
[[nodiscard]] Result<Strategy> ParseStrategy(std::string_view text, std::string_view name = "");

/// A strategy without numbered lines and line references: one query.
[[nodiscard]] Result<Node> ParseQuery(std::string_view text, std::string_view name = "");

}  // namespace litmill::search
