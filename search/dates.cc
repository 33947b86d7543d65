// SPDX-License-Identifier: Apache-2.0
#include "search/dates.h"

#include <fmt/format.h>

#include <vector>

#include "core/unicode.h"
#include "search/words.h"

namespace litmill::search {
namespace {

std::optional<RelativePeriod> ParsePeriod(std::string_view text) {
  const std::string lower = AsciiLower(text);
  const std::vector<std::string_view> words = SplitWords(lower);
  if (words.size() != 3 || words[0] != "last") return std::nullopt;
  const int count = ReadNumber(words[1]);
  if (count < 1 || count > 100'000) return std::nullopt;
  if (words[2] == "day" || words[2] == "days") return RelativePeriod{count, PeriodUnit::kDays};
  if (words[2] == "month" || words[2] == "months") return RelativePeriod{count, PeriodUnit::kMonths};
  if (words[2] == "year" || words[2] == "years") return RelativePeriod{count, PeriodUnit::kYears};
  return std::nullopt;
}

}  // namespace

std::optional<DatePoint> ParseDatePoint(std::string_view text) {
  text = TrimAscii(text);
  const std::size_t first = text.find('/');
  const std::string_view year = text.substr(0, first);
  if (year.size() != 4) return std::nullopt;
  DatePoint date;
  date.year = ReadNumber(year);
  if (date.year < 1) return std::nullopt;
  if (first == std::string_view::npos) return date;
  const std::string_view rest = text.substr(first + 1);
  const std::size_t second = rest.find('/');
  const std::string_view month = rest.substr(0, second);
  if (month.size() > 2) return std::nullopt;
  date.month = ReadNumber(month);
  if (date.month < 1 || date.month > 12) return std::nullopt;
  if (second == std::string_view::npos) return date;
  const std::string_view day = rest.substr(second + 1);
  if (day.size() > 2) return std::nullopt;
  date.day = ReadNumber(day);
  if (date.day < 1 || date.day > 31) return std::nullopt;
  return date;
}

std::optional<DateRange> ParseDateRange(std::string_view text) {
  DateRange range;
  if (const auto period = ParsePeriod(text)) {
    range.period = period;
    return range;
  }
  const std::size_t colon = text.find(':');
  const auto from = ParseDatePoint(text.substr(0, colon));
  if (!from) return std::nullopt;
  range.from = *from;
  range.to = *from;
  range.single = colon == std::string_view::npos;
  if (range.single) return range;
  const auto to = ParseDatePoint(text.substr(colon + 1));
  if (!to) return std::nullopt;
  range.to = *to;
  return range;
}

std::string FormatDatePoint(const DatePoint& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}/{:02}", date.year, date.month);
  return fmt::format("{:04}/{:02}/{:02}", date.year, date.month, date.day);
}

std::string FormatPeriod(const RelativePeriod& period) {
  std::string_view unit = "days";
  if (period.unit == PeriodUnit::kMonths) unit = "months";
  if (period.unit == PeriodUnit::kYears) unit = "years";
  return fmt::format("last {} {}", period.count, unit);
}

int FirstDay(const DatePoint& date) {
  return date.year * 10000 + (date.month == 0 ? 1 : date.month) * 100 + (date.day == 0 ? 1 : date.day);
}

int LastDay(const DatePoint& date) {
  return date.year * 10000 + (date.month == 0 ? 12 : date.month) * 100 + (date.day == 0 ? 31 : date.day);
}

bool Reversed(const DateRange& range) { return !range.period && FirstDay(range.from) > LastDay(range.to); }

}  // namespace litmill::search
