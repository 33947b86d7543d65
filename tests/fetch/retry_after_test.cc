// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>

#include "fetch/http_client.h"

namespace litmill::fetch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// 2026-01-02 00:00:00 UTC, a Friday
const WallTime kNow{std::chrono::sys_days(std::chrono::year(2026) / 1 / 2)};

struct Case {
  const char* value;
  std::optional<std::int64_t> wait_ms;
};

TEST(RetryAfterHeader, SecondsAndAllThreeHttpDateForms) {
  const Case cases[] = {
      {"2", 2'000},
      {"0", 0},
      {" 120 ", 120'000},
      {"Fri, 02 Jan 2026 00:00:30 GMT", 30'000},
      {"Friday, 02-Jan-26 00:01:00 GMT", 60'000},
      {"Fri Jan  2 01:00:00 2026", 3'600'000},
      {"Thu, 01 Jan 2026 23:59:59 GMT", 0},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 0},
      {"Sat, 03 Jan 2026 00:00:00 GMT", 86'400'000},
  };
  for (const Case& c : cases) EXPECT_EQ(ParseRetryAfter(c.value, kNow), c.wait_ms) << c.value;
}

TEST(RetryAfterHeader, WhatIsNeitherNumberNorDateIsNothing) {
  for (const char* value :
       {"", " ", "-1", "1.5", "soon", "2 s", "Fri, 32 Jan 2026 00:00:30 GMT", "Fri, 02 Foo 2026 00:00:30 GMT",
        "Fri, 02 Jan 2026 25:00:30 GMT", "Fri, 02 Jan 2026 00:00:30 CET", "Fri, 02 Jan 2026 00:00:30",
        "2026-01-02T00:00:30Z", "Fri Jan 40 01:00:00 2026", "Friday, 02-Jan-2026 00:01:00 GMT"})
    EXPECT_EQ(ParseRetryAfter(value, kNow), std::nullopt) << value;
}

TEST(RetryAfterHeader, AnAbsurdNumberIsAVeryLongWaitNotAnOverflow) {
  for (const char* value : {"99999999999999999999999999", "9223372036854775807", "9223372036854775"}) {
    const auto wait = ParseRetryAfter(value, kNow);
    ASSERT_TRUE(wait.has_value()) << value;
    EXPECT_GT(*wait, 86'400'000) << value;
  }
}

TEST(RetryAfterHeader, EverySecondOfADayAheadIsExact) {
  for (int s = 0; s < 86'400; s += 977) {
    const WallTime then = kNow + seconds(s);
    const std::string text = FormatUtc(then);  // 2026-01-02Thh:mm:ssZ
    const std::string date = "Fri, 02 Jan 2026 " + text.substr(11, 8) + " GMT";
    EXPECT_EQ(ParseRetryAfter(date, kNow), s * 1000) << date;
  }
}

}  // namespace
}  // namespace litmill::fetch
