// SPDX-License-Identifier: Apache-2.0
// litmill query: SQL in, a table, CSV or JSON out.
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/exit_codes.h"
#include "app/session.h"
#include "store/query.h"

namespace litmill::app {
namespace {

constexpr std::size_t kMaxSqlBytes = 1U << 20U;

std::string Text(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

nlohmann::ordered_json Json(const store::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

/// Writes the rows of one result as they come; only a table must be held until its widths are known.
class RowPrinter {
 public:
  explicit RowPrinter(OutputFormat format) : format_(format) {}

  void Columns(const std::vector<std::string>& columns) {
    columns_ = columns;
    table_.push_back(columns);
    numeric_.assign(columns.size(), true);
    if (format_ == OutputFormat::kCsv) PrintCsv(columns);
    if (format_ == OutputFormat::kJson) fmt::print("[");
  }

  /// false = the reader of our output is gone.
  bool Row(const std::vector<store::Value>& row) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(Text(row[i]));
      if (std::holds_alternative<std::string>(row[i])) numeric_[i] = false;
    }
    if (format_ == OutputFormat::kCsv) PrintCsv(cells);
    if (format_ == OutputFormat::kJson) PrintJson(row);
    if (format_ == OutputFormat::kTable) table_.push_back(std::move(cells));
    ++rows_;
    return std::ferror(stdout) == 0;
  }

  void End() {
    if (format_ == OutputFormat::kJson) fmt::print("{}]\n", rows_ == 0 ? "" : "\n");
    if (format_ == OutputFormat::kTable) fmt::print("{}", FormatTable(table_, numeric_));
  }

 private:
  static void PrintCsv(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + CsvCell(cells[i]);
    fmt::print("{}\r\n", line);
  }

  void PrintJson(const std::vector<store::Value>& row) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < row.size(); ++i) object[columns_[i]] = Json(row[i]);
    fmt::print("{}\n  {}", rows_ == 0 ? "" : ",",
               object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }

  OutputFormat format_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> table_;
  std::vector<bool> numeric_;
  std::uint64_t rows_ = 0;
};

Result<void> Execute(Session& session, const QueryOptions& options) {
  std::string sql = options.sql;
  if (sql == "-") {
    LITMILL_TRY(sql, ReadWholeFile(session.files, "-", kMaxSqlBytes));
  }
  LITMILL_TRY(const auto corpus, session.OpenForReading());
  RowPrinter printer(session.common.format);
  const store::RowSink sink{[&printer](const std::vector<std::string>& columns) { printer.Columns(columns); },
                            [&printer](const std::vector<store::Value>& row) { return printer.Row(row); }};
  LITMILL_CHECK(store::Query(*corpus, sql, sink));
  printer.End();
  return {};
}

}  // namespace

int QueryCommand(const CommonOptions& common, const QueryOptions& options) {
  Session session(common);
  const auto done = Execute(session, options);
  return done ? kExitOk : session.FailWith(done.error());
}

}  // namespace litmill::app
