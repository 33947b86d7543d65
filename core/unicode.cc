// SPDX-License-Identifier: Apache-2.0
#include "core/unicode.h"

#include <utf8proc.h>

#include <array>
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

bool IsApostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC || c == 0x2018 || c == 0x2019 || c == 0x2032;
}

/// Letters, digits and the marks that belong to them.
bool IsWordCharacter(char32_t c) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return IsLetterOrDigit(c) || category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

/// Of a folded small letter; empty when it is not Greek.
std::string_view GreekName(char32_t c) {
  static constexpr std::array<std::string_view, 25> kNames = {
      "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
      "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
      "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};
  return c >= 0x3B1 && c <= 0x3C9 ? kNames[c - 0x3B1] : std::string_view();
}

/// Builds the folded words code point by code point.
class WordFolder {
 public:
  explicit WordFolder(std::size_t size) { out_.reserve(size); }

  void AddAscii(unsigned char c) {
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      Put(c);
    else if (!IsApostrophe(c))
      Part();
  }

  void AddOther(char32_t c) {
    std::array<utf8proc_int32_t, 32> folded{};
    int boundary = 0;
    const auto count = utf8proc_decompose_char(
        static_cast<utf8proc_int32_t>(c), folded.data(), static_cast<utf8proc_ssize_t>(folded.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD), &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(folded.size()); ++i) {
      const auto part = static_cast<char32_t>(folded[static_cast<std::size_t>(i)]);
      if (part >= 0x300 && part <= 0x36F) continue;
      if (part < 0x80)
        AddAscii(static_cast<unsigned char>(part));
      else if (IsWordCharacter(part))
        Put(part);
      else if (!IsApostrophe(part))
        Part();
    }
  }

  std::string Finish() {
    Part();
    if (!out_.empty() && out_.back() == ' ') out_.pop_back();
    return std::move(out_);
  }

 private:
  /// A Greek letter waits until its right neighbour is known.
  void Put(char32_t c) {
    const bool is_greek = !GreekName(c).empty();
    if (greek_ != 0) FlushGreek(is_greek);
    if (is_greek)
      greek_ = c;
    else {
      AppendUtf8(out_, c);
      after_greek_ = false;
    }
  }

  void FlushGreek(bool greek_follows) {
    if (greek_follows || after_greek_)
      AppendUtf8(out_, greek_);
    else
      out_ += GreekName(greek_);
    after_greek_ = true;
    greek_ = 0;
  }

  void Part() {
    if (greek_ != 0) FlushGreek(false);
    after_greek_ = false;
    if (!out_.empty() && out_.back() != ' ') out_ += ' ';
  }

  std::string out_;
  char32_t greek_ = 0;        ///< Read, not yet written.
  bool after_greek_ = false;  ///< The last character of the word is Greek.
};

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

bool IsLetterOrDigit(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
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

std::string FoldWords(std::string_view text) {
  WordFolder folder(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      folder.AddAscii(byte);
      ++i;
      continue;
    }
    const DecodedCodePoint code_point = DecodeUtf8(text, i);
    folder.AddOther(code_point.value);
    i += code_point.size;
  }
  return folder.Finish();
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
