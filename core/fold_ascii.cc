// SPDX-License-Identifier: Apache-2.0
#include "core/fold_ascii.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/unicode.h"

namespace litmill {
namespace {

/// Letters that Unicode does not take apart, after case folding.
constexpr std::array<std::pair<char32_t, std::string_view>, 8> kLetters = {
    {{U'æ', "ae"}, {U'œ', "oe"}, {U'ø', "o"}, {U'ł', "l"}, {U'đ', "d"}, {U'ð', "d"}, {U'þ', "th"}, {U'ı', "i"}}};

std::string_view AsciiOf(char32_t c) {
  for (const auto& [letter, ascii] : kLetters)
    if (letter == c) return ascii;
  return " ";
}

}  // namespace

std::string FoldToAscii(std::string_view text) {
  const std::string sound = ReplaceInvalidUtf8(text);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(sound.data()), static_cast<utf8proc_ssize_t>(sound.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  const std::string_view folded =
      size < 0 ? std::string_view(sound)
               : std::string_view(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  std::string out;
  for (std::size_t i = 0; i < folded.size();) {
    const auto [c, length] = DecodeUtf8(folded, i);
    if (c < 0x80)
      out += static_cast<char>(c);
    else
      out += AsciiOf(c);
    i += length;
  }
  return AsciiLower(out);
}

}  // namespace litmill
