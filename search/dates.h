// SPDX-License-Identifier: Apache-2.0
// Dates as PubMed's search writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "search/tree.h"

namespace litmill::search {

/// "2000", "2000/01" or "2000/01/31" (one or two digits for month and day); nothing for what is no such date.
[[nodiscard]] std::optional<DatePoint> ParseDatePoint(std::string_view text);

/// "2000", "2000:2025", "2000/01/01 : 2025/12/31", "last 90 days", "last 1 year". The field is left for the caller to
/// set. Nothing for anything else; a range that ends before it begins is returned as it is (see Reversed).
[[nodiscard]] std::optional<DateRange> ParseDateRange(std::string_view text);

/// "2000", "2000/01", "2000/01/31".
[[nodiscard]] std::string FormatDatePoint(const DatePoint& date);

/// "last 90 days".
[[nodiscard]] std::string FormatPeriod(const RelativePeriod& period);

/// The first and the last day of a date, as comparable numbers YYYYMMDD: 2000/02 is 20000201 to 20000231.
[[nodiscard]] int FirstDay(const DatePoint& date);
[[nodiscard]] int LastDay(const DatePoint& date);

/// True when the range ends before it begins.
[[nodiscard]] bool Reversed(const DateRange& range);

/// PubMed's open ends.
[[nodiscard]] inline bool IsOpenStart(const DatePoint& date) { return date.year <= 1000; }
[[nodiscard]] inline bool IsOpenEnd(const DatePoint& date) { return date.year >= 3000; }

}  // namespace litmill::search
