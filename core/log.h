// SPDX-License-Identifier: Apache-2.0
// The seam to the person in front: stages say what happens through a Logger and never print.
#pragma once

#include <string_view>

namespace litmill {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Takes one message at a time. Thread-safe. `message` never holds a secret.
class Logger {
 public:
  virtual ~Logger() = default;
  virtual void Log(LogLevel level, std::string_view message) = 0;

  void Debug(std::string_view message) { Log(LogLevel::kDebug, message); }
  void Info(std::string_view message) { Log(LogLevel::kInfo, message); }
  void Warning(std::string_view message) { Log(LogLevel::kWarning, message); }
};

class NullLogger final : public Logger {
 public:
  void Log(LogLevel, std::string_view) override {}
};

}  // namespace litmill
