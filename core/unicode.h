// SPDX-License-Identifier: Apache-2.0
// UTF-8 checks and the few character questions the stages ask.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace litmill {

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no overlong forms, surrogates or values
/// above U+10FFFF), or npos when all of `text` is well formed.
[[nodiscard]] std::size_t FindInvalidUtf8(std::string_view text);

/// `text` with each maximal ill-formed part replaced by U+FFFD (the practice of Unicode 15, section 3.9).
[[nodiscard]] std::string ReplaceInvalidUtf8(std::string_view text);

/// Appends `code_point` (a Unicode scalar value) in UTF-8.
void AppendUtf8(std::string& out, char32_t code_point);

/// The code point that starts at `offset` and its length in bytes; {U+FFFD, 1} where the bytes are ill-formed.
struct DecodedCodePoint {
  char32_t value;
  std::size_t size;
};
[[nodiscard]] DecodedCodePoint DecodeUtf8(std::string_view text, std::size_t offset);

/// Unicode's general categories L and N.
[[nodiscard]] bool IsLetterOrDigit(char32_t code_point);

/// Normalisation Form C of well-formed UTF-8.
[[nodiscard]] std::string NormaliseNfc(std::string_view text);

/// The words of `text` in the form in which two texts are compared, one space between them: compatibility forms
/// resolved, case folded, accents of alphabetic scripts taken off (U+0300 to U+036F), apostrophes dropped. Letters,
/// digits and the marks of other scripts are words, everything else parts them. A Greek letter that stands alone
/// between other scripts is spelt out ("alpha"). Ill-formed bytes part words.
[[nodiscard]] std::string FoldWords(std::string_view text);

/// ASCII only, whatever the locale.
[[nodiscard]] std::string AsciiLower(std::string_view text);
[[nodiscard]] std::string_view TrimAscii(std::string_view text);

}  // namespace litmill
