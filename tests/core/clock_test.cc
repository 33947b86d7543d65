// SPDX-License-Identifier: Apache-2.0
#include "core/clock.h"

#include <gtest/gtest.h>

namespace litmill {
namespace {

TEST(FormatUtc, IsIso8601) {
  EXPECT_EQ(FormatUtc(WallTime{std::chrono::milliseconds(0)}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatUtc(WallTime{std::chrono::milliseconds(1'795'298'440'999)}), "2026-11-21T22:00:40Z");
}

TEST(SystemSleeper, GivesUpWhenAskedToStop) {
  const std::atomic<bool> stop{true};
  SystemSleeper sleeper(&stop);
  EXPECT_FALSE(sleeper.Sleep(std::chrono::hours(1)));
}

TEST(SystemClock, SteadyTimeNeverGoesBack) {
  const SystemClock clock;
  const std::int64_t first = clock.SteadyMs();
  EXPECT_GE(clock.SteadyMs(), first);
}

}  // namespace
}  // namespace litmill
