// SPDX-License-Identifier: Apache-2.0
#include "parse/page_range.h"

#include <algorithm>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Where the digits at the end of `text` begin.
std::size_t DigitsAtEnd(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') --at;
  return at;
}

}  // namespace

std::string CompleteEndPage(std::string_view start, std::string_view end) {
  const std::size_t digits = DigitsAtEnd(start);
  const std::string_view number = start.substr(digits);
  if (!AllDigits(end) || number.empty()) return std::string(end);
  if (end.size() > number.size()) return std::string(end);
  std::string full = std::string(number.substr(0, number.size() - end.size())) + std::string(end);
  // "134-27" cannot be completed to a later page: leave it as it came.
  if (full < number) return std::string(end);
  return std::string(start.substr(0, digits)) + full;
}

PageRange FirstPageRange(std::string_view pages) {
  const std::string_view first = TrimAscii(pages.substr(0, pages.find_first_of(",;")));
  const std::size_t dash = first.find('-');
  if (dash == std::string_view::npos || dash == 0) return {std::string(first), {}};
  const std::string_view start = TrimAscii(first.substr(0, dash));
  const std::string_view end = TrimAscii(first.substr(dash + 1));
  // More than one dash ("1-2-1-15": chapter and page) says nothing certain about the last page.
  if (end.empty() || end.find('-') != std::string_view::npos) return {std::string(first), {}};
  return {std::string(start), CompleteEndPage(start, end)};
}

}  // namespace litmill::parse
