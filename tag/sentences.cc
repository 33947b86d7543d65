// SPDX-License-Identifier: Apache-2.0
#include "tag/sentences.h"

#include <algorithm>
#include <array>

namespace litmill::tag {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCloser(char c) { return c == ')' || c == ']' || c == '"' || c == '\''; }

/// Words after which a full stop does not end the sentence (lower case, without their last stop).
constexpr std::array<std::string_view, 28> kAbbreviations = {
    "vs", "e.g", "i.e",  "al", "fig", "figs", "no", "nos",  "approx", "ca",  "cf",  "resp", "dr",  "prof",
    "st", "ref", "refs", "eq", "vol", "spp",  "sp", "incl", "p.o",    "i.v", "i.m", "i.p",  "s.c", "mr"};

bool EndsInAbbreviation(std::string_view before) {
  std::size_t start = before.size();
  while (start > 0 && before[start - 1] != ' ' && before[start - 1] != '(' && before.size() - start < 12) --start;
  const std::string_view word = before.substr(start);
  if (word.size() == 1 && IsUpper(word[0])) return true;  // an initial
  std::array<char, 12> lower{};
  if (word.empty() || word.size() > lower.size()) return false;
  std::transform(word.begin(), word.end(), lower.begin(),
                 [](char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), std::string_view(lower.data(), word.size())) !=
         kAbbreviations.end();
}

/// Whether a sentence ends at the mark text[i]; `*next` is then where the next one starts.
bool EndsSentence(std::string_view text, std::size_t i, std::size_t* next) {
  const char mark = text[i];
  if (mark != '.' && mark != '?' && mark != '!') return false;
  std::size_t after = i + 1;
  while (after < text.size() && IsCloser(text[after])) ++after;
  if (after >= text.size() || text[after] != ' ') return false;
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

}  // namespace

void FindSentenceStarts(std::string_view text, std::vector<std::uint32_t>& starts) {
  starts.assign(1, 0);
  std::size_t next = 0;
  for (std::size_t i = text.find_first_of(".?!"); i != std::string_view::npos; i = text.find_first_of(".?!", i + 1)) {
    if (EndsSentence(text, i, &next)) starts.push_back(static_cast<std::uint32_t>(next));
  }
}

}  // namespace litmill::tag
