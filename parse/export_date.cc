// SPDX-License-Identifier: Apache-2.0
#include "parse/export_date.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The month's first three letters where `word` begins a month's name, else "".
std::string_view MonthOf(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() < 3) return {};
  const std::string head = AsciiLower(word.substr(0, 3));
  const auto* const found = std::find(kMonths.begin(), kMonths.end(), head);
  return found == kMonths.end() ? std::string_view() : *found;
}

std::vector<std::string_view> SplitAt(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(TrimAscii(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// RIS: year/month/day/words, each but the year optional.
PartialDate FromSlashes(std::string_view text) {
  std::vector<std::string_view> parts = SplitAt(text, "/");
  if (parts.front().size() != 4 || !AllDigits(parts.front())) return {};
  parts.resize(3);
  return DateFromParts(parts[0], parts[1], parts[2]);
}

/// "1-Dec-25": what a spreadsheet makes of a date.
PartialDate FromSpreadsheet(std::string_view text) {
  const std::vector<std::string_view> parts = SplitAt(text, "-");
  if (parts.size() != 3 || !AllDigits(parts[0]) || MonthOf(parts[1]).empty() || !AllDigits(parts[2])) return {};
  std::string year(parts[2]);
  if (year.size() == 2) year.insert(0, year < "50" ? "20" : "19");
  return DateFromParts(year, MonthOf(parts[1]), parts[0]);
}

/// A year, a month's name and a day in any order, each at most once.
PartialDate FromWords(std::string_view text) {
  std::string_view year, month, day;
  for (const std::string_view word : SplitAt(text, " ,.")) {
    if (word.empty()) continue;
    std::string_view* slot = nullptr;
    std::string_view value = word;
    if (AllDigits(word) && word.size() == 4) slot = &year;
    if (AllDigits(word) && word.size() <= 2) slot = &day;
    if (slot == nullptr && word.find_first_of("-/") == std::string_view::npos && !(value = MonthOf(word)).empty())
      slot = &month;
    if (slot == nullptr || !slot->empty()) return {};
    *slot = value;
  }
  return year.empty() ? PartialDate() : DateFromParts(year, month, month.empty() ? std::string_view() : day);
}

/// "JUL-AUG 2019", "Spring 2019": MEDLINE's wordings with the year behind.
PartialDate FromWordsBeforeYear(std::string_view text) {
  const std::size_t space = text.rfind(' ');
  if (space == std::string_view::npos || text.size() - space != 5 || !AllDigits(text.substr(space + 1))) return {};
  return DateFromMedlineDate(std::string(text.substr(space + 1)) + " " + std::string(text.substr(0, space)));
}

}  // namespace

PartialDate DateFromExport(std::string_view text) {
  text = TrimAscii(text);
  PartialDate date;
  if (auto iso = DateFromIso(text))
    date = *std::move(iso);
  else if (AllDigits(text) && text.size() == 8)
    date = DateFromParts(text.substr(0, 4), text.substr(4, 2), text.substr(6));
  else
    for (const auto read : {FromSlashes, FromSpreadsheet, FromWords, FromWordsBeforeYear, DateFromMedlineDate})
      if (date = read(text); !date.iso.empty()) break;
  date.raw = std::string(text);
  return date;
}

}  // namespace litmill::parse
