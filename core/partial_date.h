// SPDX-License-Identifier: Apache-2.0
// A date as literature gives it: often without a day or a month, sometimes a range, always with its raw text.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace litmill {

enum class DatePrecision { kNone, kYear, kMonth, kDay };

/// "none", "year", "month", "day": as stored in the corpus.
[[nodiscard]] std::string_view DatePrecisionName(DatePrecision precision);

/// A calendar date known to year, month or day. `raw` is the source's own text; `iso` ("2010", "2010-06" or
/// "2010-06-15") is empty when no year could be read. A range ("1998 Dec-1999 Jan") keeps its first moment in
/// `iso` and its last in `iso_end` (empty for a single date). A season counts as its first month
/// (PubMed's rule: winter Jan, spring Apr, summer Jul, fall Oct) and has month precision.
struct PartialDate {
  std::string raw;
  std::string iso;
  std::string iso_end;
  DatePrecision precision = DatePrecision::kNone;

  /// The four-digit year, or nothing when none could be read.
  [[nodiscard]] std::optional<int> Year() const;
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

/// From separate elements as PubMed gives them (year "2010", month "Jun", "06" or "6", day "5"; empty = absent).
/// An impossible month or day lowers the precision; it never spoils the year. `raw` joins the parts by spaces.
[[nodiscard]] PartialDate DateFromParts(std::string_view year, std::string_view month, std::string_view day);

/// From a year and a season name ("Winter", "fall", "Summer-Fall").
[[nodiscard]] PartialDate DateFromSeason(std::string_view year, std::string_view season);

/// From PubMed's free-text MedlineDate ("1998 Dec-1999 Jan", "2016 May 25-Jun 14", "2000 Spring-Summer",
/// "2019 Sep/Oct", "03/03/2018", "1978-1979", "Sep-OCT", ""). Never fails: what cannot be read stays in `raw`
/// with precision kNone. "03/03/2018" has an ambiguous order, so only its year is taken unless both agree.
[[nodiscard]] PartialDate DateFromMedlineDate(std::string_view text);

/// From ISO text "YYYY", "YYYY-MM" or "YYYY-MM-DD"; nothing when `text` is no such date.
[[nodiscard]] std::optional<PartialDate> DateFromIso(std::string_view text);

}  // namespace litmill
