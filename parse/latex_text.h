// SPDX-License-Identifier: Apache-2.0
// TeX as bibliographies hold it, to text: accents, symbols, quotation marks, dashes and braces.
#pragma once

#include <string>
#include <string_view>

namespace litmill::parse {

/// Text of `tex`; superscripts, subscripts, italics and bold become HTML tags. A command that is not known stays as it
/// is.
[[nodiscard]] std::string TextOfLatex(std::string_view tex);

/// The same for names: without tags.
[[nodiscard]] std::string NameOfLatex(std::string_view tex);

/// Without tags, and hyphens and quotation marks as they stand: for text that a program escaped.
[[nodiscard]] std::string LiteralOfLatex(std::string_view tex);

/// For DOIs, addresses and numbers: escapes ("\_") and braces go, nothing else is read.
[[nodiscard]] std::string CodeOfLatex(std::string_view tex);

}  // namespace litmill::parse
