// SPDX-License-Identifier: Apache-2.0
#include "store/query.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>

#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

/// Allows what reads; everything else, ATTACH and PRAGMA with an argument included, is refused while the statement is
/// compiled.
int OnlyReading(void*, int action, const char* first, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    // Asked for while a table-valued function declares its columns; a real UPDATE of the schema is refused by SQLite
    // itself.
    case SQLITE_UPDATE:
      return first != nullptr && std::string_view(first) == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: {
      const std::string_view name = second == nullptr ? "" : second;
      return name == "load_extension" || name == "fts3_tokenizer" ? SQLITE_DENY : SQLITE_OK;
    }
    case SQLITE_PRAGMA: {
      constexpr std::string_view kReading[] = {
          "table_info",       "table_xinfo",   "table_list",   "index_list",     "index_info",      "index_xinfo",
          "foreign_key_list", "database_list", "user_version", "application_id", "compile_options", "function_list",
          "page_count",       "page_size",     "data_version"};  // the last one is FTS5's own
      const std::string_view name = first == nullptr ? "" : first;
      const bool known = std::find(std::begin(kReading), std::end(kReading), name) != std::end(kReading);
      const bool sets =
          second != nullptr && (name == "user_version" || name == "application_id" || name == "page_size");
      return known && !sets ? SQLITE_OK : SQLITE_DENY;
    }
    default:
      return SQLITE_DENY;
  }
}

/// While it lives the connection only reads, by authorizer and by query_only.
class ReadingOnly {
 public:
  explicit ReadingOnly(sqlite3* db) : db_(db) {
    int was = 0;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, "PRAGMA query_only", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
      was = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    restore_ = was == 0;
    sqlite3_exec(db_, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
    sqlite3_set_authorizer(db_, OnlyReading, nullptr);
  }
  ~ReadingOnly() {
    sqlite3_set_authorizer(db_, nullptr, nullptr);
    if (restore_) sqlite3_exec(db_, "PRAGMA query_only = OFF", nullptr, nullptr, nullptr);
  }
  ReadingOnly(const ReadingOnly&) = delete;
  ReadingOnly& operator=(const ReadingOnly&) = delete;

 private:
  sqlite3* db_;
  bool restore_ = false;
};

/// "line 2, column 8" of a byte offset in `sql`; columns count characters.
std::string Place(std::string_view sql, int offset) {
  if (offset < 0 || static_cast<std::size_t>(offset) > sql.size()) return {};
  const std::string_view before = sql.substr(0, static_cast<std::size_t>(offset));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(start), before.end(),
                                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }) +
                      1;
  return fmt::format(" (line {}, column {})", line, column);
}

Error BadSql(sqlite3* db, std::string_view sql, int result_code) {
  if ((result_code & 0xFF) == SQLITE_AUTH || (result_code & 0xFF) == SQLITE_READONLY)
    return {ErrorCode::kInvalidInput,
            fmt::format("SQL: only statements that read are allowed here: {}", sqlite3_errmsg(db))};
  Error error = SqliteError(db, result_code, "SQL");
  if (error.code != ErrorCode::kInternal) return error;
  return {ErrorCode::kInvalidInput, fmt::format("SQL: {}{}", sqlite3_errmsg(db), Place(sql, sqlite3_error_offset(db)))};
}

Value ReadValue(sqlite3_stmt* row, int column) {
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
      return std::monostate();
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(row, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(row, column);
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(row, column));
      const int size = sqlite3_column_bytes(row, column);
      std::string hex;
      for (int i = 0; i < size; ++i) hex += fmt::format("{:02x}", bytes[i]);
      return hex;
    }
    default: {
      const void* text = sqlite3_column_text(row, column);
      return std::string(static_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
    }
  }
}

Result<void> SendRows(sqlite3* db, sqlite3_stmt* statement, std::string_view sql, const RowSink& sink) {
  const int count = sqlite3_column_count(statement);
  std::vector<std::string> columns;
  for (int i = 0; i < count; ++i) columns.emplace_back(sqlite3_column_name(statement, i));
  if (sink.on_columns) sink.on_columns(columns);
  std::vector<Value> row(static_cast<std::size_t>(count));
  while (true) {
    const int result_code = sqlite3_step(statement);
    if (result_code == SQLITE_DONE) return {};
    if (result_code != SQLITE_ROW) return Fail(BadSql(db, sql, result_code));
    for (int i = 0; i < count; ++i) row[static_cast<std::size_t>(i)] = ReadValue(statement, i);
    if (sink.on_row && !sink.on_row(row)) return {};
  }
}

/// True when nothing but white space, comments and semicolons is left.
bool IsBlank(sqlite3* db, std::string_view rest) {
  while (!rest.empty()) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int result_code = sqlite3_prepare_v2(db, rest.data(), static_cast<int>(rest.size()), &statement, &tail);
    const bool has_statement = statement != nullptr;
    sqlite3_finalize(statement);
    if (result_code != SQLITE_OK || has_statement) return false;
    const auto used = static_cast<std::size_t>(tail - rest.data());
    if (used == 0) return true;
    rest.remove_prefix(used);
  }
  return true;
}

}  // namespace

Result<void> Query(const Corpus& corpus, std::string_view sql, const RowSink& sink) {
  sqlite3* db = corpus.handle();
  if (sql.size() > 1'000'000)
    return Fail(ErrorCode::kInvalidInput, "SQL: the statement is longer than 1,000,000 bytes");
  const ReadingOnly guard(db);
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int prepared =
      sqlite3_prepare_v2(db, sql.data() == nullptr ? "" : sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  if (prepared != SQLITE_OK) return Fail(BadSql(db, sql, prepared));
  if (raw == nullptr) return Fail(ErrorCode::kInvalidInput, "SQL: there is no statement");
  if (!IsBlank(db, sql.substr(static_cast<std::size_t>(tail - sql.data()))))
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("SQL: more than one statement{}", Place(sql, static_cast<int>(tail - sql.data()))));
  if (sqlite3_stmt_readonly(raw) == 0)
    return Fail(ErrorCode::kInvalidInput, "SQL: only statements that read are allowed here");
  return SendRows(db, raw, sql, sink);
}

}  // namespace litmill::store
