// SPDX-License-Identifier: Apache-2.0
// The person in front: results on standard output, everything else on standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/log.h"

namespace litmill::app {

enum class LogFormat { kText, kJson };
enum class OutputFormat { kTable, kJson, kCsv };

/// Log lines and progress on standard error. As text: "warning: ..."; as JSON: one object a line with time, level and
/// message. Progress is one line that is written over, only on a terminal, only as text. Thread-safe.
class Console final : public Logger {
 public:
  Console(LogFormat format, bool quiet, const Clock& clock);
  ~Console() override;

  void Log(LogLevel level, std::string_view message) override;
  /// Shows "`what`: done of total (rate, time left)". total 0 = not known.
  void Progress(std::string_view what, std::uint64_t done, std::uint64_t total);
  /// Takes the progress line away.
  void EndProgress();

 private:
  LogFormat format_;
  bool quiet_;
  bool terminal_;
  const Clock& clock_;
  std::mutex mutex_;
  bool line_shown_ = false;
  std::string progress_of_;
  std::int64_t progress_start_ms_ = 0;
  std::int64_t progress_shown_ms_ = 0;
  std::uint64_t progress_first_ = 0;
};

/// A text table: the first row is the header; numbers are set right. Widths count code points. An empty table prints
/// its header.
[[nodiscard]] std::string FormatTable(const std::vector<std::vector<std::string>>& rows,
                                      const std::vector<bool>& right_aligned);

/// RFC 4180, with a leading apostrophe where a cell would start a spreadsheet formula (= + - @ tab CR): untrusted text
/// stays text. Numbers ("-5", "+1.2") are left as they are.
[[nodiscard]] std::string CsvCell(std::string_view text);

/// 1234567 -> "1,234,567".
[[nodiscard]] std::string WithThousands(std::uint64_t number);

}  // namespace litmill::app
