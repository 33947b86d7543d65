// SPDX-License-Identifier: Apache-2.0
#include "tag/sentences.h"

#include <algorithm>
#include <array>

#include "tag/byte_scan.h"

namespace litmill::tag {
namespace {

/// A bracket that is not closed within so many bytes is a slip, and sentences end in it as elsewhere.
constexpr std::size_t kMaxBracketBytes = 300;
constexpr std::string_view kBullet = "•";

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCloser(char c) { return c == ')' || c == ']' || c == '"' || c == '\''; }

/// Words after which a full stop does not end the sentence (lower case, without their last stop).
constexpr std::string_view kAbbreviations[] = {
    "vs",  "v.s",   "e.g",  "i.e",  "al",    "fig",  "figs", "no",  "nos",   "approx", "ca",
    "cf",  "resp",  "dr",   "prof", "st",    "ref",  "refs", "eq",  "eqs",   "vol",    "spp",
    "sp",  "subsp", "incl", "p.o",  "i.v",   "i.m",  "i.p",  "s.c", "b.i.d", "t.i.d",  "q.d",
    "u.s", "mr",    "mrs",  "viz",  "suppl", "dept", "univ", "inc", "ltd",   "jr",     "sr"};

bool EndsInAbbreviation(std::string_view before) {
  std::size_t start = before.size();
  while (start > 0 && before[start - 1] != ' ' && before[start - 1] != '(' && before.size() - start < 12) --start;
  const std::string_view word = before.substr(start);
  if (word.size() == 1 && IsUpper(word[0])) {
    // An initial ("J. T. Brown"), but "vitamin D." and "group B." end sentences.
    constexpr std::string_view kLettered[] = {"vitamin", "group",  "type", "arm",   "hepatitis", "phase",
                                              "class",   "cohort", "site", "stage", "part"};
    const std::string_view rest = before.substr(0, start == 0 ? 0 : start - 1);
    const std::string_view previous = rest.substr(rest.find_last_of(' ') + 1);
    return std::none_of(std::begin(kLettered), std::end(kLettered), [previous](std::string_view w) {
      return previous.size() == w.size() && previous.substr(1) == w.substr(1);
    });
  }
  std::array<char, 12> lower{};
  if (word.empty() || word.size() > lower.size()) return false;
  std::transform(word.begin(), word.end(), lower.begin(),
                 [](char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(std::begin(kAbbreviations), std::end(kAbbreviations), std::string_view(lower.data(), word.size())) !=
         std::end(kAbbreviations);
}

/// "improved.Methods": a stop between a word and a capitalised word. "e.g.The" and "U.S.A" are none.
bool EndsWithoutSpace(std::string_view text, std::size_t i) {
  if (text[i] != '.' || i < 2 || i + 3 >= text.size()) return false;
  const bool word_before = (IsLower(text[i - 1]) && IsLower(text[i - 2])) || text[i - 1] == ')';
  return word_before && IsUpper(text[i + 1]) && IsLower(text[i + 2]) && !EndsInAbbreviation(text.substr(0, i));
}

/// Whether a sentence ends at the mark text[i]; `*next` is then where the next one starts.
bool EndsSentence(std::string_view text, std::size_t i, std::size_t* next) {
  const char mark = text[i];
  std::size_t after = i + 1;
  while (after < text.size() && IsCloser(text[after])) ++after;
  if (after >= text.size() || text[after] != ' ') {
    *next = i + 1;
    return EndsWithoutSpace(text, i);
  }
  const std::size_t start = after + 1;
  if (start >= text.size()) return false;
  *next = start;
  const char opener = text[start];
  if (mark != '.') return true;
  if (IsLower(opener)) return false;  // "approx. half", "i.v. magnesium"
  if (IsDigit(opener) && i > 0 && IsDigit(text[i - 1]) && after == i + 1) {
    return false;  // a decimal with a stray space: "5. 7"
  }
  return !EndsInAbbreviation(text.substr(0, i));
}

/// Where the bracket opened at `open` closes, if it closes soon.
std::size_t CloseOf(std::string_view text, std::size_t open) {
  const std::string_view window = text.substr(0, open + 1 + kMaxBracketBytes);
  const std::size_t close = FindByte(window, open + 1, [](char c) { return c == '(' || c == ')'; });
  return close == window.size() || text[close] != ')' ? std::string_view::npos : close;
}

/// Whether a line that breaks at `at` (the first byte behind the space that stands for it) ends the sentence.
bool BreakEnds(std::string_view text, std::size_t at) {
  if (at >= text.size() || at < 2) return false;
  const char before = text[at - 2];
  if (IsLower(text[at]) || before == ',' || before == '-') return false;  // the sentence goes on
  return !(before == '.' && at >= 3 && IsDigit(text[at - 3]) && IsDigit(text[at]));
}

void Merge(std::vector<std::uint32_t>& starts, std::size_t first_break) {
  if (first_break == starts.size()) return;
  std::inplace_merge(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(first_break), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
}

}  // namespace

void FindSentenceStarts(std::string_view text, std::vector<std::uint32_t>& starts) {
  starts.assign(1, 0);
  std::size_t next = 0;
  std::size_t bracket_end = 0;
  const auto is_mark = [](char c) { return c == '.' || c == '?' || c == '!' || c == '('; };
  for (std::size_t i = FindByte(text, 0, is_mark); i < text.size(); i = FindByte(text, i + 1, is_mark)) {
    if (text[i] == '(') {
      // A sentence in brackets of its own may end inside: its stop is the last thing before ")".
      const std::size_t close = i >= bracket_end ? CloseOf(text, i) : std::string_view::npos;
      if (close != std::string_view::npos) bracket_end = close - 1;
      continue;
    }
    if (i < bracket_end || next > i) continue;
    if (EndsSentence(text, i, &next)) starts.push_back(static_cast<std::uint32_t>(next));
  }
}

void FindSentenceStarts(const JoinedText& text, const Field& field, std::vector<std::uint32_t>& starts) {
  const std::string_view normal = std::string_view(text.buffer).substr(field.start, field.end - field.start);
  FindSentenceStarts(normal, starts);
  const std::size_t first_break = starts.size();
  for (std::size_t s = 0; s < field.segment_count; ++s) {
    const Segment& segment = text.segments[field.first_segment + s];
    if (segment.verbatim || segment.normal_size != 1) continue;
    const std::size_t at = segment.normal_start + 1 - field.start;
    if (normal[at - 1] != ' ') continue;
    // White space behind it that left nothing belongs to it.
    std::size_t stored_end = segment.stored_start + segment.stored_size;
    for (std::size_t n = s + 1; n < field.segment_count; ++n) {
      const Segment& next = text.segments[field.first_segment + n];
      if (next.normal_size != 0) break;
      stored_end = next.stored_start + next.stored_size;
    }
    const std::string_view stored = field.stored.substr(segment.stored_start, stored_end - segment.stored_start);
    const auto lines = std::count(stored.begin(), stored.end(), '\n');
    const std::string_view rest = normal.substr(std::min(at, normal.size()), kBullet.size() + 1);
    const bool bullet = lines > 0 && (rest.substr(0, 2) == "- " || rest.substr(0, 2) == "* ");
    if ((lines >= 2 || bullet) && BreakEnds(normal, at)) starts.push_back(static_cast<std::uint32_t>(at));
  }
  Merge(starts, first_break);
  const std::size_t first_bullet = starts.size();
  for (std::size_t at = normal.find(kBullet); at != std::string_view::npos; at = normal.find(kBullet, at + 1))
    if (at > 0) starts.push_back(static_cast<std::uint32_t>(at));
  Merge(starts, first_bullet);
  for (std::uint32_t& start : starts) start += field.start;
}

}  // namespace litmill::tag
