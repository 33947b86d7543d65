// SPDX-License-Identifier: Apache-2.0
// A strategy in PubMed syntax cut into tokens, in one pass over its bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/diagnostic.h"
#include "search/source_map.h"

namespace litmill::search {

enum class TokenKind {
  kWords,      ///< A run of words outside quotation marks: "magnesium sulfate" of magnesium sulfate[tiab].
  kQuote,      ///< "..."; `text` is what is between the marks.
  kTag,        ///< [...]; `text` is what is between the brackets.
  kOpen,       ///< (
  kClose,      ///< )
  kColon,      ///< : between the ends of a date range.
  kAnd,        ///< AND
  kOr,         ///< OR
  kNot,        ///< NOT
  kReference,  ///< #12; `text` is the digits.
  kEnd,        ///< The end of the text.
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::size_t begin = 0;  ///< Bytes of the whole source.
  std::size_t end = 0;
  std::string text;  ///< White space folded, no-break spaces as spaces, invisible characters left out.
};

/// The tokens of the bytes [begin, end) of the source, kEnd last. What cannot be read is reported and passed over.
[[nodiscard]] std::vector<Token> Tokenise(const SourceMap& source, std::size_t begin, std::size_t end,
                                          std::vector<Diagnostic>& diagnostics);

/// `text` with curly double quotation marks made straight, no-break and other Unicode spaces made spaces, zero-width
/// characters left out and white space folded: how each token's text is cleaned.
[[nodiscard]] std::string CleanText(std::string_view text);

/// Code points that a word processor puts in place of the keyboard's characters.
[[nodiscard]] bool IsCurlyDoubleQuote(char32_t c);
[[nodiscard]] bool IsCurlyApostrophe(char32_t c);
[[nodiscard]] bool IsUnicodeSpace(char32_t c);     ///< No-break space and its kin.
[[nodiscard]] bool IsInvisible(char32_t c);        ///< Zero-width and control characters, soft hyphen, byte order mark.
[[nodiscard]] bool IsTypographicDash(char32_t c);  ///< Not the keyboard's '-'.

}  // namespace litmill::search
