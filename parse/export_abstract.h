// SPDX-License-Identifier: Apache-2.0
// Abstracts as export files have them: one text, its headings and the publisher's copyright inside.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Blank, or words that say that there is none ("[No abstract available]").
[[nodiscard]] bool IsNoAbstract(std::string_view text);

/// The abstract and the copyright statement behind or before it ("(c) 2025 Elsevier Ltd. All rights reserved."); empty
/// where there is none. Both are parts of `text`.
[[nodiscard]] std::pair<std::string_view, std::string_view> SplitOffCopyright(std::string_view text);

/// Sections by headings at the beginning of sentences, when the text begins with one: words in capitals ("WHAT WE DID:
/// ...") or the usual ones ("Methods: ..."); else by the headings that markup shows (parse/markup_fragment.h).
[[nodiscard]] std::vector<AbstractSection> SectionsOfPlainAbstract(RecordContext& context, std::string_view text);

}  // namespace litmill::parse
