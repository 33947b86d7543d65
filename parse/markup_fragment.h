// SPDX-License-Identifier: Apache-2.0
// Fragments of JATS, HTML and MathML inside JSON strings: titles and abstracts. Publishers write them by hand, so
// nothing about them is sound: tags without ends, "<" as less-than, references escaped twice. Text is never dropped.
#pragma once

#include <string_view>
#include <vector>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Text of `fragment` with a space between its blocks; `markup` keeps i, b, sup, sub, u and MathML.
[[nodiscard]] MarkedText TextOfFragment(RecordContext& context, std::string_view fragment);

/// "Background", "Materials and methods:", ...: a usual heading of structured abstracts, in any letter case.
[[nodiscard]] bool IsKnownHeading(std::string_view text);

/// An abstract's sections: headings (title, h1 to h6, a known heading in bold or glued to the text) become labels; a
/// leading "Abstract" is no label.
[[nodiscard]] std::vector<AbstractSection> SectionsOfFragment(RecordContext& context, std::string_view fragment);

}  // namespace litmill::parse
