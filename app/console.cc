// SPDX-License-Identifier: Apache-2.0
#include "app/console.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::app {
namespace {

constexpr std::int64_t kProgressEveryMs = 200;

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "info";
}

std::string ShortDuration(std::int64_t seconds) {
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {:02} min", seconds / 3600, seconds / 60 % 60);
}

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Control characters of untrusted text must not steer the terminal.
std::string Printable(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
  return out;
}

}  // namespace

Console::Console(LogFormat format, bool quiet, const Clock& clock)
    : format_(format), quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), clock_(clock) {}

Console::~Console() { EndProgress(); }

void Console::Log(LogLevel level, std::string_view message) {
  if (level == LogLevel::kDebug || (quiet_ && level == LogLevel::kInfo)) return;
  EndProgress();
  const std::lock_guard lock(mutex_);
  std::string line;
  if (format_ == LogFormat::kJson) {
    const nlohmann::json object{{"time", FormatUtc(clock_.Now())}, {"level", LevelName(level)}, {"message", message}};
    line = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  } else {
    line = level == LogLevel::kInfo ? fmt::format("{}\n", message) : fmt::format("{}: {}\n", LevelName(level), message);
  }
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Console::Progress(std::string_view what, std::uint64_t done, std::uint64_t total) {
  if (quiet_ || !terminal_ || format_ == LogFormat::kJson) return;
  const std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.SteadyMs();
  if (progress_of_ != what) {
    progress_of_ = std::string(what);
    progress_start_ms_ = now;
    progress_first_ = done;
    progress_shown_ms_ = 0;
  }
  if (now - progress_shown_ms_ < kProgressEveryMs && done != total) return;
  progress_shown_ms_ = now;
  std::string line = total == 0 ? fmt::format("{}: {}", what, WithThousands(done))
                                : fmt::format("{}: {} of {}", what, WithThousands(done), WithThousands(total));
  const std::int64_t elapsed = now - progress_start_ms_;
  const std::uint64_t work = done - progress_first_;
  if (elapsed > 1000 && work > 0) {
    line += fmt::format(" ({}/s", WithThousands(work * 1000 / static_cast<std::uint64_t>(elapsed)));
    if (total > done)
      line += fmt::format(
          ", {} left",
          ShortDuration(static_cast<std::int64_t>((total - done) * static_cast<std::uint64_t>(elapsed) / work / 1000)));
    line += ")";
  }
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
  line_shown_ = true;
}

void Console::EndProgress() {
  const std::lock_guard lock(mutex_);
  if (!line_shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  line_shown_ = false;
}

std::string FormatTable(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right_aligned) {
  if (rows.empty()) return {};
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    auto& clean = cells.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      clean.push_back(Printable(row[i]));
      widths[i] = std::max(widths[i], CodePoints(clean.back()));
    }
  }
  std::string out;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < cells[r].size(); ++i) {
      const std::string padding(widths[i] - CodePoints(cells[r][i]), ' ');
      if (i != 0) line += "  ";
      line += i < right_aligned.size() && right_aligned[i] ? padding + cells[r][i] : cells[r][i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) {
      for (std::size_t i = 0; i < widths.size(); ++i) out += (i == 0 ? "" : "  ") + std::string(widths[i], '-');
      out += "\n";
    }
  }
  return out;
}

std::string CsvCell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) {
    double number = 0;
    const char* first = cell.data() + (cell.front() == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(first, cell.data() + cell.size(), number);
    if (error != std::errc() || end != cell.data() + cell.size()) cell.insert(cell.begin(), '\'');
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string WithThousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace litmill::app
