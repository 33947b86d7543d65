// SPDX-License-Identifier: Apache-2.0
#include "core/clock.h"

#include <ctime>

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace litmill {

WallTime SystemClock::Now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::int64_t SystemClock::SteadyMs() const {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

bool SystemSleeper::Sleep(std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds kSlice{50};  // how long an interrupt may have to wait
  while (duration.count() > 0) {
    if (stop_ != nullptr && stop_->load()) return false;
    const auto step = std::min(duration, kSlice);
    std::this_thread::sleep_for(step);
    duration -= step;
  }
  return stop_ == nullptr || !stop_->load();
}

std::string FormatUtc(WallTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - days));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace litmill
