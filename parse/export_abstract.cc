// SPDX-License-Identifier: Apache-2.0
#include "parse/export_abstract.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/unicode.h"
#include "parse/markup_fragment.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kLongestCopyright = 400;
constexpr std::size_t kLongestHeading = 80;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

bool IsShortHeading(std::string_view heading) {
  static constexpr std::array<std::string_view, 6> kShort = {"AIM", "AIMS", "GOAL", "DATA", "IDEA", "NOTE"};
  return std::find(kShort.begin(), kShort.end(), heading) != kShort.end();
}

/// Bytes of a heading at the beginning of `text`, its colon not included; 0 when there is none. In capitals any words
/// of five letters at least, or a known shorter one ("BMI: 23" is none); otherwise one of the usual headings.
std::size_t HeadingSize(std::string_view text) {
  const std::size_t colon = text.substr(0, kLongestHeading).find(':');
  if (colon != std::string_view::npos && IsKnownHeading(text.substr(0, colon))) return colon;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < std::min(text.size(), kLongestHeading + 1); ++at) {
    const char c = text[at];
    if (c == ':') {
      const bool ends = at + 1 == text.size() || IsSpace(text[at + 1]);
      return ends && (letters >= 5 || IsShortHeading(text.substr(0, at))) ? at : 0;
    }
    if (IsCapital(c))
      ++letters;
    else if (at == 0 || (c != ' ' && c != '/' && c != '&' && c != ',' && c != '-' && c != '(' && c != ')'))
      return 0;
  }
  return 0;
}

/// Where the next section begins, or the end of `text`.
std::size_t NextHeading(std::string_view text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (!IsSpace(text[at - 1]) || !IsCapital(text[at])) continue;
    std::size_t before = at - 1;
    const bool on_new_line = text[before] == '\n' || text[before] == '\r';
    while (before > 0 && IsSpace(text[before])) --before;
    const char end = text[before];
    const bool after_sentence = end == '.' || end == '?' || end == '!' || end == ')' || end == ']' || end == ';' ||
                                end == '"' || end == '\'' || static_cast<unsigned char>(end) >= 0x80;
    if ((on_new_line || after_sentence) && HeadingSize(text.substr(at)) > 0) return at;
  }
  return text.size();
}

bool IsCopyrightSign(std::string_view text) {
  constexpr std::string_view kSign = "\xC2\xA9";  // (c)
  if (text.starts_with(kSign)) return true;
  const std::string head = AsciiLower(text.substr(0, 11));
  return head.starts_with("(c) 19") || head.starts_with("(c) 20") || head.starts_with("copyright (") ||
         head.starts_with("copyright \xC2");
}

/// "All rights reserved." within the beginning: where the statement in front of an abstract ends; 0 = none found.
std::size_t EndOfStatement(std::string_view text) {
  constexpr std::string_view kEnd = "all rights reserved.";
  const std::size_t at = AsciiLower(text.substr(0, kLongestCopyright)).find(kEnd);
  return at == std::string::npos ? 0 : at + kEnd.size();
}

}  // namespace

bool IsNoAbstract(std::string_view text) {
  text = TrimAscii(text);
  while (!text.empty() && (text.front() == '[' || text.front() == '(')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ']' || text.back() == ')' || text.back() == '.')) text.remove_suffix(1);
  if (text.empty()) return true;
  if (text.size() > 40) return false;
  const std::string lower = AsciiLower(text);
  return lower == "no abstract available" || lower == "no abstract" || lower == "abstract not available" ||
         lower == "no abstract is available" || lower == "no abstract provided";
}

std::pair<std::string_view, std::string_view> SplitOffCopyright(std::string_view text) {
  text = TrimAscii(text);
  if (IsCopyrightSign(text)) {
    const std::size_t end = EndOfStatement(text);
    if (end == 0) return {text, {}};
    return {TrimAscii(text.substr(end)), TrimAscii(text.substr(0, end))};
  }
  const std::size_t first = text.size() > kLongestCopyright ? text.size() - kLongestCopyright : 1;
  for (std::size_t at = std::max<std::size_t>(first, 1); at < text.size(); ++at)
    if (IsSpace(text[at - 1]) && IsCopyrightSign(text.substr(at)))
      return {TrimAscii(text.substr(0, at)), TrimAscii(text.substr(at))};
  return {text, {}};
}

std::vector<AbstractSection> SectionsOfPlainAbstract(RecordContext& context, std::string_view text) {
  text = TrimAscii(text);
  if (HeadingSize(text) == 0) return SectionsOfFragment(context, text);
  std::vector<AbstractSection> sections;
  while (!text.empty()) {
    const std::size_t heading = HeadingSize(text);
    AbstractSection& section = sections.emplace_back();
    section.label = std::string(TrimAscii(text.substr(0, heading)));
    std::string_view rest = text.substr(std::min(heading + 1, text.size()));
    const std::size_t next = NextHeading(rest);
    section.body = TextOfFragment(context, rest.substr(0, next));
    text = rest.substr(next);
  }
  return sections;
}

}  // namespace litmill::parse
