// SPDX-License-Identifier: Apache-2.0
// The seam to time: the only place that reads the clock or sleeps, so that tests never wait.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

namespace litmill {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// The time of day and a steady time that never goes back. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime Now() const = 0;
  /// Milliseconds of a clock that all processes on this host share (CLOCK_BOOTTIME) and that never goes back.
  [[nodiscard]] virtual std::int64_t SteadyMs() const = 0;
};

/// Waits. Thread-safe.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  /// Waits `duration`, or less when the run is asked to stop; false = asked to stop.
  [[nodiscard]] virtual bool Sleep(std::chrono::milliseconds duration) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime Now() const override;
  [[nodiscard]] std::int64_t SteadyMs() const override;
};

/// Sleeps for real, in slices, and gives up early when `*stop` becomes true. `stop` may be null and must outlive it.
class SystemSleeper final : public Sleeper {
 public:
  explicit SystemSleeper(const std::atomic<bool>* stop = nullptr) : stop_(stop) {}
  [[nodiscard]] bool Sleep(std::chrono::milliseconds duration) override;

 private:
  const std::atomic<bool>* stop_;
};

/// "2026-11-21T22:00:40Z": how every time is stored and shown.
[[nodiscard]] std::string FormatUtc(WallTime time);

}  // namespace litmill
