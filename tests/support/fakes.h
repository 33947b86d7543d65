// SPDX-License-Identifier: Apache-2.0
// Fakes of the seams: a clock that moves only when someone sleeps, a logger that remembers.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/log.h"

namespace litmill::testing {

/// Time stands still until Sleep (or Advance) moves it; every wait is remembered.
class FakeTime final : public Clock, public Sleeper {
 public:
  [[nodiscard]] WallTime Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  [[nodiscard]] std::int64_t SteadyMs() const override {
    const std::lock_guard lock(mutex_);
    return steady_ms_;
  }
  [[nodiscard]] bool Sleep(std::chrono::milliseconds duration) override {
    const std::lock_guard lock(mutex_);
    waits_ms_.push_back(duration.count());
    now_ += duration;
    steady_ms_ += duration.count();
    return !stop_;
  }
  void Advance(std::chrono::milliseconds duration) {
    const std::lock_guard lock(mutex_);
    now_ += duration;
    steady_ms_ += duration.count();
  }
  void Stop() {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  [[nodiscard]] std::vector<std::int64_t> waits_ms() const {
    const std::lock_guard lock(mutex_);
    return waits_ms_;
  }

 private:
  mutable std::mutex mutex_;
  WallTime now_{std::chrono::sys_days(std::chrono::year(2026) / 1 / 2)};
  std::int64_t steady_ms_ = 1'000'000;
  std::vector<std::int64_t> waits_ms_;
  bool stop_ = false;
};

class RecordingLogger final : public Logger {
 public:
  void Log(LogLevel level, std::string_view message) override {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(level, std::string(message));
  }
  [[nodiscard]] std::string AllText() const {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& [level, line] : lines_) text += line + "\n";
    return text;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<LogLevel, std::string>> lines_;
};

}  // namespace litmill::testing
