// SPDX-License-Identifier: Apache-2.0
// What is wrong or doubtful in a strategy, beyond its syntax: the mistakes that PubMed runs without a word and that
// studies of published strategies find most often (PRESS 2015; Sampson and McGowan 2006; Salvador-Olivan, Marco-Cuenca
// and Arquero-Aviles 2019).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/diagnostic.h"
#include "search/parser.h"

namespace litmill::search {

/// Words that must never stand alone in a text field, with the reason, added to those that every review has (mg, ms,
/// ...).
struct AmbiguousWord {
  std::string word;
  std::string reason;
};

struct LintOptions {
  std::vector<AmbiguousWord> ambiguous;
};

/// Parses `text` and reports everything, in the order of the text: syntax (S0..) and the rest (S1..).
[[nodiscard]] std::vector<Diagnostic> Lint(std::string_view text, const LintOptions& options = {});

/// The same for a tree without text, for instance from concept blocks: positions are those of the nodes.
[[nodiscard]] std::vector<Diagnostic> LintTree(const Strategy& strategy, const LintOptions& options = {});

/// All diagnostics as RenderDiagnostic gives them, one after the other.
[[nodiscard]] std::string RenderDiagnostics(const std::vector<Diagnostic>& diagnostics, std::string_view source,
                                            std::string_view name = "");

}  // namespace litmill::search
