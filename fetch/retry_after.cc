// SPDX-License-Identifier: Apache-2.0
// Retry-After (RFC 9110 10.2.3): delay seconds or one of the three forms of an HTTP date.
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/unicode.h"
#include "fetch/http_client.h"

namespace litmill::fetch {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t kLongestMs =
    1000LL * 3600 * 24 * 366 * 100;  // a century: beyond it numbers are nonsense, and must not overflow

/// The digits of `text` as a number when it is nothing but `size` digits (with `spaces`, leading spaces count as zeros:
/// asctime's day).
std::optional<int> Digits(std::string_view text, std::size_t size, bool spaces = false) {
  if (text.size() != size) return std::nullopt;
  while (spaces && text.size() > 1 && text.front() == ' ') text.remove_prefix(1);
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<WallTime> FromParts(std::optional<int> year, std::string_view month_name, std::optional<int> day,
                                  std::string_view time) {
  unsigned month = 0;
  for (unsigned i = 0; i < kMonths.size(); ++i)
    if (kMonths[i] == month_name) month = i + 1;
  if (time.size() != 8 || time[2] != ':' || time[5] != ':') return std::nullopt;
  const auto hour = Digits(time.substr(0, 2), 2);
  const auto minute = Digits(time.substr(3, 2), 2);
  const auto second = Digits(time.substr(6, 2), 2);
  if (!year || month == 0 || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

/// A two-digit year is the one that is not more than 50 years ahead.
std::optional<int> FullYear(std::optional<int> two_digits, WallTime now) {
  if (!two_digits) return std::nullopt;
  const int current = static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
  int year = current - current % 100 + *two_digits;
  if (year > current + 50) year -= 100;
  return year;
}

std::optional<WallTime> ParseHttpDate(std::string_view text, WallTime now) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) {  // asctime: "Sun Nov  6 08:49:37 1994"
    if (text.size() != 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[19] != ' ')
      return std::nullopt;
    return FromParts(Digits(text.substr(20), 4), text.substr(4, 3), Digits(text.substr(8, 2), 2, true),
                     text.substr(11, 8));
  }
  const std::string_view rest = text.substr(comma + 2);
  if (comma == 3) {  // "Sun, 06 Nov 1994 08:49:37 GMT"
    if (rest.size() != 24 || rest[2] != ' ' || rest[6] != ' ' || rest[11] != ' ' || rest.substr(20) != " GMT")
      return std::nullopt;
    return FromParts(Digits(rest.substr(7, 4), 4), rest.substr(3, 3), Digits(rest.substr(0, 2), 2), rest.substr(12, 8));
  }
  // "Sunday, 06-Nov-94 08:49:37 GMT"
  if (rest.size() != 22 || rest[2] != '-' || rest[6] != '-' || rest[9] != ' ' || rest.substr(18) != " GMT")
    return std::nullopt;
  return FromParts(FullYear(Digits(rest.substr(7, 2), 2), now), rest.substr(3, 3), Digits(rest.substr(0, 2), 2),
                   rest.substr(10, 8));
}

}  // namespace

std::optional<std::int64_t> ParseRetryAfter(std::string_view value, WallTime now) {
  value = TrimAscii(value);
  if (value.empty()) return std::nullopt;
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || end != value.data() + value.size() || seconds > kLongestMs / 1000) return kLongestMs;
    return seconds * 1000;
  }
  const std::optional<WallTime> when = ParseHttpDate(value, now);
  if (!when) return std::nullopt;
  const std::int64_t wait_ms = (*when - now).count();
  return wait_ms < 0 ? 0 : std::min(wait_ms, kLongestMs);
}

}  // namespace litmill::fetch
