// SPDX-License-Identifier: Apache-2.0
// The groups of lint rules; search/lint.h is what others call.
#pragma once

#include <vector>

#include "search/lint.h"
#include "search/source_map.h"
#include "search/tree.h"

namespace litmill::search {

/// Characters from a word processor: S101 to S103.
void LintCharacters(const SourceMap& source, std::vector<Diagnostic>& out);
/// One term on its own: S104, S106 to S113, S116, S119, S123, S124, S127, S128.
void LintTerm(const Node& leaf, const LintOptions& options, std::vector<Diagnostic>& out);
/// How terms are put together: S105, S114, S117, S118, S120 to S122, S125, S126, S129.
void LintLogic(const Strategy& strategy, std::vector<Diagnostic>& out);
/// Lines: S115.
void LintLines(const Strategy& strategy, std::vector<Diagnostic>& out);

}  // namespace litmill::search
