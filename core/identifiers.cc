// SPDX-License-Identifier: Apache-2.0
#include "core/identifiers.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/unicode.h"

namespace litmill {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit); }

/// Takes `prefix` (lower case) off the front of `text`, whatever its case.
bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.size() < prefix.size() || AsciiLower(text.substr(0, prefix.size())) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 && HexValue(text[i + 2]) >= 0) {
      out += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// True when the closing bracket at the end has no partner: it belongs to the sentence around the DOI.
bool EndsWithLoneBracket(std::string_view text) {
  constexpr std::array<std::pair<char, char>, 4> kPairs{{{'(', ')'}, {'[', ']'}, {'<', '>'}, {'{', '}'}}};
  for (const auto& pair : kPairs)
    if (text.back() == pair.second)
      return std::count(text.begin(), text.end(), pair.second) > std::count(text.begin(), text.end(), pair.first);
  return false;
}

}  // namespace

std::optional<std::uint32_t> ParsePmid(std::string_view text) {
  text = TrimAscii(text);
  if (!AllDigits(text)) return std::nullopt;
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

std::optional<std::string> NormalisePmcid(std::string_view text) {
  text = TrimAscii(text);
  if (!TakePrefix(text, "pmc")) return std::nullopt;
  const std::size_t dot = text.find('.');
  if (dot != std::string_view::npos) {
    if (!AllDigits(text.substr(dot + 1))) return std::nullopt;
    text = text.substr(0, dot);
  }
  if (!AllDigits(text)) return std::nullopt;
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  if (text == "0") return std::nullopt;
  return "PMC" + std::string(text);
}

std::optional<std::string> NormaliseDoi(std::string_view text) {
  text = TrimAscii(text);
  bool is_url = false;
  // Prefixes pile up in real data ("doi: https://dx.doi.org/10...."), so they are taken off until none is left.
  for (bool again = true; again;) {
    again = false;
    for (std::string_view scheme : {"https://", "http://"})
      if (TakePrefix(text, scheme)) again = is_url = true;
    for (std::string_view prefix : {"dx.doi.org/", "www.doi.org/", "doi.org/", "doi:", "doi ", "info:doi/", "urn:doi:"})
      if (TakePrefix(text, prefix)) {
        again = true;
        is_url = is_url || prefix.ends_with(".org/");
      }
    text = TrimAscii(text);
  }
  std::string doi = is_url ? PercentDecode(text) : std::string(text);
  // "10.1007%2Fs..." is met without a URL around it too; a raw "%2F" before any slash can only be an encoded one.
  if (!is_url && doi.find('/') == std::string::npos && doi.find("%2") != std::string::npos) doi = PercentDecode(doi);
  while (!doi.empty() &&
         (std::string_view(".,;:'\"").find(doi.back()) != std::string_view::npos || EndsWithLoneBracket(doi)))
    doi.pop_back();
  doi = AsciiLower(doi);
  const std::size_t slash = doi.find('/');
  if (!doi.starts_with("10.") || slash == std::string::npos || slash + 1 >= doi.size()) return std::nullopt;
  const std::string_view registrant = std::string_view(doi).substr(3, slash - 3);
  // The registrant is digits, perhaps subdivided by dots (ISO 26324): "1000", "1000.10".
  if (registrant.empty() || registrant.front() == '.' || registrant.back() == '.' ||
      !std::all_of(registrant.begin(), registrant.end(), [](char c) { return IsDigit(c) || c == '.'; }))
    return std::nullopt;
  if (std::any_of(doi.begin(), doi.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
    return std::nullopt;
  return doi;
}

std::optional<std::string> NormaliseOrcid(std::string_view text) {
  text = TrimAscii(text);
  const std::size_t slash = text.rfind('/', text.empty() ? 0 : text.size() - 1);
  if (slash != std::string_view::npos) text.remove_prefix(slash + 1);
  std::string digits;
  for (char c : text) {
    if (IsDigit(c))
      digits += c;
    else if (c == 'x' || c == 'X')
      digits += 'X';
    else if (c != '-' && c != ' ')
      return std::nullopt;
  }
  if (digits.size() != 16 || !AllDigits(std::string_view(digits).substr(0, 15))) return std::nullopt;
  int total = 0;  // ISO 7064 MOD 11-2
  for (std::size_t i = 0; i < 15; ++i) total = (total + (digits[i] - '0')) * 2;
  const int check = (12 - total % 11) % 11;
  if (digits[15] != (check == 10 ? 'X' : static_cast<char>('0' + check))) return std::nullopt;
  return digits.substr(0, 4) + "-" + digits.substr(4, 4) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4);
}

}  // namespace litmill
