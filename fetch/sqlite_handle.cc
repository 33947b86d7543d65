// SPDX-License-Identifier: Apache-2.0
#include "fetch/sqlite_handle.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>
#include <system_error>

namespace litmill::fetch {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

ErrorCode CodeOf(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ErrorCode::kCorruptInput;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kBusy;
    default:
      return ErrorCode::kIo;
  }
}

/// What to do about it, in one clause.
std::string_view Advice(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "; the file was left as it is: move it away, or restore a copy";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "; another process is writing to it";
    case SQLITE_FULL:
      return "; make room on the disk and run again";
    case SQLITE_READONLY:
      return "; check the rights of the file and of its folder";
    default:
      return "";
  }
}

}  // namespace

void SqliteDatabase::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<SqliteDatabase> SqliteDatabase::Open(const std::string& path) {
  SqliteDatabase database;
  database.path_ = path;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  database.handle_.reset(handle);
  if (code != SQLITE_OK) {
    if (handle == nullptr) return Fail(ErrorCode::kIo, fmt::format("{}: cannot open: {}", path, sqlite3_errstr(code)));
    return Fail(database.MakeError("cannot open"));
  }
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return database;
}

Error SqliteDatabase::MakeError(std::string_view doing) const {
  const int code = sqlite3_extended_errcode(handle_.get());
  const int os_error = sqlite3_system_errno(handle_.get());
  std::string reason = sqlite3_errmsg(handle_.get());
  if (os_error != 0 && CodeOf(code) == ErrorCode::kIo) reason += " (" + std::system_category().message(os_error) + ")";
  return {CodeOf(code), fmt::format("{}: {}: {}{}", path_, doing, reason, Advice(code))};
}

Result<void> SqliteDatabase::Execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return Fail(MakeError("raw archive"));
  return {};
}

Result<std::int64_t> SqliteDatabase::QueryInt(const char* sql) {
  LITMILL_TRY(SqliteStatement statement, SqliteStatement::Prepare(*this, sql));
  LITMILL_TRY(const bool row, statement.Step());
  return row ? statement.Int(0) : 0;
}

bool SqliteDatabase::IsReadOnly() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }

void SqliteStatement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<SqliteStatement> SqliteStatement::Prepare(SqliteDatabase& database, std::string_view sql) {
  SqliteStatement result;
  result.database_ = &database;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK)
    return Fail(database.MakeError("raw archive"));
  result.statement_.reset(statement);
  return result;
}

// Text and blobs are bound without a copy (SQLITE_STATIC): documents are megabytes.
void SqliteStatement::BindText(int index, std::string_view text) {
  bind_result_ |= sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(), text.size(),
                                      SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::BindBlob(int index, std::string_view bytes) {
  bind_result_ |= bytes.empty()
                      ? sqlite3_bind_zeroblob(statement_.get(), index, 0)
                      : sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

void SqliteStatement::BindInt(int index, std::int64_t value) {
  bind_result_ |= sqlite3_bind_int64(statement_.get(), index, value);
}

Result<bool> SqliteStatement::Step() {
  if (bind_result_ != SQLITE_OK) return Fail(database_->MakeError("raw archive: cannot bind a value"));
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return Fail(database_->MakeError("raw archive"));
}

std::string_view SqliteStatement::Text(int column) const {
  const char* text = static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(statement_.get(), column)));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view SqliteStatement::Blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t SqliteStatement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }

}  // namespace litmill::fetch
