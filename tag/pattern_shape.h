// SPDX-License-Identifier: Apache-2.0
// The shape of a pattern: which characters can follow which, read off RE2's syntax. It may allow more than the pattern
// does, never less, and says when it allows exactly the same: then nobody has to ask RE2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// No match is longer than this, in bytes with its edges: what keeps the time for a text of n bytes below n times this,
/// whatever patterns and texts there are.
inline constexpr std::size_t kLongestMatch = 2000;

/// Characters fall into 64 kinds, the symbols. ASCII letters without case, digits and the usual punctuation have one of
/// their own.
inline constexpr std::size_t kSymbolCount = 64;
inline constexpr std::uint8_t kRareAscii = 59;     ///< The other ASCII characters.
inline constexpr std::uint8_t kOtherLetter = 60;   ///< Letters and digits (\pL, \pN) beyond ASCII: their first byte,
inline constexpr std::uint8_t kOtherMark = 61;     ///< that of all other characters beyond ASCII,
inline constexpr std::uint8_t kContinuation = 62;  ///< and the other bytes of both.
inline constexpr std::uint8_t kNoSymbol = 63;      ///< The byte FF, between fields: no pattern matches it.

/// By byte; beyond ASCII kOtherMark, which SymbolsOfText mends where it is a letter.
inline constexpr std::array<std::uint8_t, 256> kSymbolOfByte = [] {
  std::array<std::uint8_t, 256> symbols{};
  for (std::size_t c = 0; c < symbols.size(); ++c)
    symbols[c] = c < 0x80 ? kRareAscii : c < 0xC0 ? kContinuation : kOtherMark;
  symbols[0xFF] = kNoSymbol;
  std::uint8_t next = 0;
  for (std::size_t i = 0; i < 26; ++i, ++next) symbols['a' + i] = symbols['A' + i] = next;
  for (const char c : std::string_view(" -,.()0123456789/+'\":;%&_[]<>=*#?"))
    symbols[static_cast<unsigned char>(c)] = next++;
  return symbols;
}();

/// One symbol for each byte of a text in valid UTF-8 (but for FF), and kNoSymbol behind them.
void SymbolsOfText(std::string_view text, std::vector<std::uint8_t>& symbols);

/// A set of symbols, one bit each.
using Symbols = std::uint64_t;
[[nodiscard]] constexpr Symbols SymbolBit(unsigned symbol) { return Symbols{1} << symbol; }
[[nodiscard]] constexpr Symbols SymbolsOf(char first, char last) {
  Symbols set = 0;
  for (auto c = static_cast<unsigned>(first); c <= static_cast<unsigned>(last); ++c) set |= SymbolBit(kSymbolOfByte[c]);
  return set;
}
/// What a character can begin with.
inline constexpr Symbols kAnySymbol = ~(SymbolBit(kNoSymbol) | SymbolBit(kContinuation));
inline constexpr Symbols kBeyondAscii = SymbolBit(kOtherLetter) | SymbolBit(kOtherMark);
/// What can stand beside a match: no letter and no digit.
inline constexpr Symbols kEdgeSymbols =
    kAnySymbol & ~(SymbolsOf('a', 'z') | SymbolsOf('0', '9') | SymbolBit(kOtherLetter));

struct Shape {
  enum class Kind : std::uint8_t { kSymbol, kSequence, kAlternatives, kRepeated };
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

  Kind kind = Kind::kSequence;
  Symbols symbols = 0;       ///< kSymbol: one character that begins with one of these.
  std::size_t least = 1;     ///< kRepeated: how often its one part stands there.
  std::size_t most = 1;      ///< Likewise; kUnlimited is possible.
  std::vector<Shape> parts;  ///< A sequence without parts is the empty text.
};

struct PatternShape {
  Shape shape;
  /// RE2 accepts the pattern, and it matches all that its shape allows.
  bool is_exact = false;
  bool matches_empty = false;  ///< Of an exact one: the empty text too.
};

/// The shape of a pattern; nothing where the reader cannot follow, which includes much that RE2 does not accept. It
/// holds for normalised text, in which there is no white space but " ", no U+017F and no U+212A (without regard to case
/// the last two are s and k).
[[nodiscard]] std::optional<PatternShape> ReadShape(std::string_view pattern, bool case_sensitive);

}  // namespace litmill::tag
