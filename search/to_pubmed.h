// SPDX-License-Identifier: Apache-2.0
// A tree as PubMed's own syntax: fully bracketed, so that the order of operators cannot be misread.
#pragma once

#include <string>

#include "search/tree.h"

namespace litmill::search {

/// The text of `node`. It parses back to an equal tree whenever the tree can be written in PubMed syntax at all (a
/// quote within a term cannot: see TranslateToPubMed's warnings in search/translate.h).
[[nodiscard]] std::string ToPubMed(const Node& node);

/// A whole strategy: one line, or "#1 ..." lines when it is numbered. No line feed at the end.
[[nodiscard]] std::string ToPubMed(const Strategy& strategy);

/// True when `text` can stand outside quotation marks as one term and be read back as it is.
[[nodiscard]] bool IsPlainText(std::string_view text);

}  // namespace litmill::search
