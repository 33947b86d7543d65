// SPDX-License-Identifier: Apache-2.0
#include "app/plain_text.h"

#include <vector>

#include "core/unicode.h"

namespace litmill::app {
namespace {

/// White space, and the control characters that a terminal would obey.
bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// A blank line in the middle of a decimal, as text copied from web pages has it: "from 5.", "7 to 5.1". A year ends a
/// paragraph; one to three digits before the point and a lower-case word behind the next number do not.
bool CutsDecimal(std::string_view before, std::string_view after) {
  if (before.empty() || before.back() != '.') return false;
  before.remove_suffix(1);
  std::size_t digits = 0;
  while (digits < before.size() && IsDigit(before[before.size() - 1 - digits])) ++digits;
  if (digits == 0 || digits > 3 || digits == before.size() || before[before.size() - 1 - digits] != ' ') return false;
  std::size_t at = 0;
  while (at < after.size() && IsDigit(after[at])) ++at;
  return at > 0 && at + 1 < after.size() && after[at] == ' ' && after[at + 1] >= 'a' && after[at + 1] <= 'z';
}

std::vector<std::string> Paragraphs(std::string_view text) {
  std::vector<std::string> paragraphs;
  bool is_new = true;
  std::size_t line_ends = 0;  // Since the last word.
  bool has_gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsBlank(c)) {
      has_gap = true;
      const bool is_windows_pair = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if ((c == '\n' || c == '\r') && !is_windows_pair) ++line_ends;
      continue;
    }
    if (is_new || (line_ends > 1 && !CutsDecimal(paragraphs.back(), text.substr(i)))) {
      paragraphs.emplace_back();
    } else if (has_gap) {
      paragraphs.back() += ' ';
    }
    is_new = has_gap = false;
    line_ends = 0;
    paragraphs.back() += c;
  }
  return paragraphs;
}

}  // namespace

PlainText ReadPlainText(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  PlainText plain;
  plain.is_repaired = FindInvalidUtf8(text) != std::string_view::npos;
  const std::vector<std::string> paragraphs =
      Paragraphs(plain.is_repaired ? ReplaceInvalidUtf8(text) : std::string(text));
  plain.record.source = "text";
  std::size_t at = 0;
  if (paragraphs.size() > 1 && paragraphs[0].size() <= kMaxPlainTitleBytes) {
    plain.record.title.text = paragraphs[0];
    at = 1;
  }
  for (; at < paragraphs.size(); ++at) plain.record.abstract_sections.push_back({"", "", {paragraphs[at], ""}});
  return plain;
}

}  // namespace litmill::app
