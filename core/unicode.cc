// SPDX-License-Identifier: Apache-2.0
#include "core/unicode.h"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace litmill {
namespace {

bool IsContinuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

/// Length of the well-formed sequence at the start of `s`, or 0 with the length of the maximal ill-formed part in
/// `*bad`.
std::size_t SequenceLength(std::string_view s, std::size_t* bad) {
  *bad = 1;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  std::size_t size = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (s.size() < 2 || byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    *bad = i;
    if (i >= s.size() || !IsContinuation(byte(i))) return 0;
  }
  return size;
}

}  // namespace

std::size_t FindInvalidUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    // Most text is ASCII: skip eight bytes at a time while no high bit is set.
    while (i + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      i += 8;
    }
    if (i >= text.size()) break;
    std::size_t bad = 0;
    const std::size_t size = SequenceLength(text.substr(i), &bad);
    if (size == 0) return i;
    i += size;
  }
  return std::string_view::npos;
}

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  while (!text.empty()) {
    const std::size_t good = FindInvalidUtf8(text);
    if (good == std::string_view::npos) {
      out += text;
      break;
    }
    out += text.substr(0, good);
    text.remove_prefix(good);
    std::size_t bad = 1;
    (void)SequenceLength(text, &bad);
    out += "\xEF\xBF\xBD";
    text.remove_prefix(bad);
  }
  return out;
}

void AppendUtf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

DecodedCodePoint DecodeUtf8(std::string_view text, std::size_t offset) {
  const std::string_view s = text.substr(offset);
  std::size_t bad = 1;
  const std::size_t size = s.empty() ? 0 : SequenceLength(s, &bad);
  const auto bits = [&](std::size_t i, unsigned mask) {
    return static_cast<char32_t>(static_cast<unsigned char>(s[i]) & mask);
  };
  switch (size) {
    case 1:
      return {bits(0, 0x7F), 1};
    case 2:
      return {(bits(0, 0x1F) << 6U) | bits(1, 0x3F), 2};
    case 3:
      return {(bits(0, 0x0F) << 12U) | (bits(1, 0x3F) << 6U) | bits(2, 0x3F), 3};
    case 4:
      return {(bits(0, 0x07) << 18U) | (bits(1, 0x3F) << 12U) | (bits(2, 0x3F) << 6U) | bits(3, 0x3F), 4};
    default:
      return {0xFFFD, 1};
  }
}

std::string NormaliseNfc(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view TrimAscii(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace litmill
