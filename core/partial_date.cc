// SPDX-License-Identifier: Apache-2.0
#include "core/partial_date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "core/unicode.h"

namespace litmill {
namespace {

struct Moment {
  int year = 0;
  int month = 0;  // 0 = unknown
  int day = 0;    // 0 = unknown
};

std::optional<int> ParseInt(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool PlausibleYear(int year) { return year >= 1500 && year <= 2199; }

/// 1..12 from "Jan", "january", "06", "6"; 0 when it is none.
int MonthNumber(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
  if (const auto number = ParseInt(text)) return *number >= 1 && *number <= 12 ? *number : 0;
  const std::string lower = AsciiLower(text);
  if (lower.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i].starts_with(lower) || (lower == "sept" && i == 8)) return static_cast<int>(i) + 1;
  return 0;
}

/// First month of a season as PubMed counts it (winter Jan, spring Apr, summer Jul, fall/autumn Oct); 0 when it is
/// none.
int SeasonMonth(std::string_view text) {
  const std::string lower = AsciiLower(text);
  if (lower == "winter") return 1;
  if (lower == "spring") return 4;
  if (lower == "summer") return 7;
  if (lower == "fall" || lower == "autumn") return 10;
  return 0;
}

bool ValidDay(int year, int month, int day) {
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

DatePrecision PrecisionOf(const Moment& m) {
  if (m.year == 0) return DatePrecision::kNone;
  if (m.month == 0) return DatePrecision::kYear;
  return m.day == 0 ? DatePrecision::kMonth : DatePrecision::kDay;
}

void AppendDigits(std::string& out, int value, int digits) {
  for (int unit = digits == 4 ? 1000 : 10; unit > 0; unit /= 10) out += static_cast<char>('0' + value / unit % 10);
}

// By hand: a record has half a dozen dates, and format strings cost a fortieth of all parsing.
std::string IsoOf(const Moment& m) {
  std::string iso;
  if (m.year == 0) return iso;
  AppendDigits(iso, m.year, 4);
  if (m.month == 0) return iso;
  iso += '-';
  AppendDigits(iso, m.month, 2);
  if (m.day == 0) return iso;
  iso += '-';
  AppendDigits(iso, m.day, 2);
  return iso;
}

/// Drops what cannot be: a day that the month does not have, a month beyond twelve.
Moment Sane(Moment m) {
  if (!PlausibleYear(m.year)) return {};
  if (m.month < 1 || m.month > 12) return {m.year, 0, 0};
  if (m.day < 1 || m.day > 31 || !ValidDay(m.year, m.month, m.day)) m.day = 0;
  return m;
}

PartialDate Make(std::string raw, Moment first, Moment last = {}) {
  PartialDate date;
  date.raw = std::move(raw);
  first = Sane(first);
  last = Sane(last);
  date.iso = IsoOf(first);
  date.precision = PrecisionOf(first);
  const std::string end = IsoOf(last);
  if (!date.iso.empty() && end > date.iso) date.iso_end = end;
  return date;
}

/// Words of letters and numbers of digits, everything else separates; '/' and '-' are kept because they tell ranges.
std::vector<std::string_view> Tokens(std::string_view text) {
  const auto kind = [](char c) {
    if (c >= '0' && c <= '9') return 1;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 2;
    return 0;
  };
  std::vector<std::string_view> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const int k = kind(text[i]);
    std::size_t j = i + 1;
    while (k != 0 && j < text.size() && kind(text[j]) == k) ++j;
    if (k != 0) tokens.push_back(text.substr(i, j - i));
    i = j;
  }
  return tokens;
}

/// "03/03/2018": the order of day and month is a guess unless both numbers are the same or one exceeds twelve.
std::optional<Moment> NumericDate(const std::vector<std::string_view>& tokens) {
  if (tokens.size() != 3) return std::nullopt;
  const auto a = ParseInt(tokens[0]);
  const auto b = ParseInt(tokens[1]);
  const auto year = ParseInt(tokens[2]);
  if (!a || !b || !year || tokens[2].size() != 4 || !PlausibleYear(*year)) return std::nullopt;
  if (*a == *b) return Moment{*year, *a, *b};
  if (*a > 12 && *b <= 12) return Moment{*year, *b, *a};
  if (*b > 12 && *a <= 12) return Moment{*year, *a, *b};
  return Moment{*year, 0, 0};
}

}  // namespace

std::string_view DatePrecisionName(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::kNone:
      return "none";
    case DatePrecision::kYear:
      return "year";
    case DatePrecision::kMonth:
      return "month";
    case DatePrecision::kDay:
      return "day";
  }
  return "none";
}

std::optional<int> PartialDate::Year() const {
  return iso.size() < 4 ? std::nullopt : ParseInt(std::string_view(iso).substr(0, 4));
}

PartialDate DateFromParts(std::string_view year, std::string_view month, std::string_view day) {
  year = TrimAscii(year);
  month = TrimAscii(month);
  day = TrimAscii(day);
  std::string raw(year);
  for (std::string_view part : {month, day})
    if (!part.empty()) raw += (raw.empty() ? "" : " ") + std::string(part);
  return Make(std::move(raw), {ParseInt(year).value_or(0), MonthNumber(month), ParseInt(day).value_or(0)});
}

PartialDate DateFromSeason(std::string_view year, std::string_view season) {
  year = TrimAscii(year);
  season = TrimAscii(season);
  Moment first{ParseInt(year).value_or(0), 0, 0};
  Moment last;
  for (std::string_view token : Tokens(season)) {
    int month = SeasonMonth(token);
    if (month == 0) month = MonthNumber(token);  // "Jan-Feb" is met inside Season too
    if (month == 0) continue;
    if (first.month == 0)
      first.month = month;
    else
      last = {first.year, month, 0};
  }
  return Make(std::string(year) + (season.empty() ? "" : " " + std::string(season)), first, last);
}

PartialDate DateFromMedlineDate(std::string_view text) {
  const std::string raw(TrimAscii(text));
  const std::vector<std::string_view> tokens = Tokens(raw);
  if (const auto numeric = NumericDate(tokens)) return Make(raw, *numeric);
  // Read left to right: a year opens a moment, a month or season within it a further one, a small number is a day of
  // the latest month.
  std::vector<Moment> moments;
  for (std::string_view token : tokens) {
    const auto number = ParseInt(token);
    int month = SeasonMonth(token);
    if (month == 0 && !number) month = MonthNumber(token);
    if (number && token.size() == 4 && PlausibleYear(*number)) {
      moments.push_back({*number, 0, 0});
    } else if (month != 0 && !moments.empty()) {
      if (moments.back().month == 0)
        moments.back().month = month;
      else
        moments.push_back({moments.back().year, month, 0});
    } else if (number && *number >= 1 && *number <= 31 && token.size() <= 2 && !moments.empty() &&
               moments.back().month != 0) {
      if (moments.back().day == 0)
        moments.back().day = *number;
      else
        moments.push_back({moments.back().year, moments.back().month, *number});
    }
  }
  if (moments.empty()) return Make(raw, {});
  return Make(raw, moments.front(), moments.size() > 1 ? moments.back() : Moment{});
}

std::optional<PartialDate> DateFromIso(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if ((text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) return std::nullopt;
  const PartialDate date = Make(std::string(text), {ParseInt(text.substr(0, 4)).value_or(0),
                                                    text.size() > 4 ? ParseInt(text.substr(5, 2)).value_or(0) : 0,
                                                    text.size() > 7 ? ParseInt(text.substr(8, 2)).value_or(0) : 0});
  if (date.iso != text) return std::nullopt;
  return date;
}

}  // namespace litmill
