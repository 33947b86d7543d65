// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace litmill::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

struct Meaning {
  ErrorCode code;
  const char* advice;  ///< What to do, or empty.
};

Meaning MeaningOf(int result_code) {
  switch (result_code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorCode::kIo, "disk full: free some space and run again"};
    case SQLITE_READONLY:
      return {ErrorCode::kIo, "the file or its folder is read-only: check the permissions"};
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {ErrorCode::kIo, "check that the folder exists and may be written"};
    case SQLITE_IOERR:
    case SQLITE_NOLFS:
      return {ErrorCode::kIo, "the operating system failed a read or write"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {ErrorCode::kBusy, "another process is using the corpus: wait for it to end"};
    case SQLITE_CORRUPT:
      return {ErrorCode::kCorruptInput,
              "the file is damaged: restore it from a backup or build it again from the raw archive"};
    case SQLITE_NOTADB:
      return {ErrorCode::kCorruptInput, "the file is no SQLite database"};
    case SQLITE_NOMEM:
      return {ErrorCode::kIo, "out of memory"};
    default:
      return {ErrorCode::kInternal, ""};
  }
}

}  // namespace

Error SqliteError(sqlite3* db, int result_code, std::string_view doing, std::string_view path) {
  const Meaning meaning = MeaningOf(result_code);
  const char* file = db == nullptr ? nullptr : sqlite3_db_filename(db, "main");
  const char* reason = db == nullptr ? sqlite3_errstr(result_code) : sqlite3_errmsg(db);
  const int extended = db == nullptr ? result_code : sqlite3_extended_errcode(db);
  if (path.empty()) path = file == nullptr || *file == '\0' ? "corpus" : file;
  std::string message = fmt::format("{}: {}: {} (SQLite code {})", path, doing, reason,
                                    (extended & 0xFF) == (result_code & 0xFF) ? extended : result_code);
  if (*meaning.advice != '\0') message += fmt::format("; {}", meaning.advice);
  return Error{meaning.code, std::move(message)};
}

// --- Database
// ---------------------------------------------------------------------------------------------------------

Database::~Database() {
  if (db_ != nullptr) sqlite3_close_v2(db_);
}

Result<void> Database::Open(const std::string& path, Mode mode, const std::string& vfs) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::kReadOnly) flags |= SQLITE_OPEN_READONLY;
  if (mode != Mode::kReadOnly) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  const int result_code = sqlite3_open_v2(path.c_str(), &db_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (result_code != SQLITE_OK) {
    Error error = SqliteError(db_, result_code, "cannot be opened", path);
    sqlite3_close_v2(db_);
    db_ = nullptr;
    return Fail(std::move(error));
  }
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
  // A corpus may come from anywhere: its schema must not be able to run functions with side effects.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return {};
}

Result<void> Database::Close() {
  if (db_ == nullptr) return {};
  const int result_code = sqlite3_close(db_);
  if (result_code != SQLITE_OK) {
    Error error = SqliteError(db_, result_code, "cannot be closed");
    sqlite3_close_v2(db_);
    db_ = nullptr;
    return Fail(std::move(error));
  }
  db_ = nullptr;
  return {};
}

Result<void> Database::Exec(const char* sql) {
  const int result_code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (result_code != SQLITE_OK) return Fail(SqliteError(db_, result_code, std::string_view(sql).substr(0, 120)));
  return {};
}

Result<std::int64_t> Database::QueryInt(const char* sql) {
  Statement statement(db_, sql);
  LITMILL_TRY(const bool row, statement.First());
  return row ? statement.Int(0) : 0;
}

Result<std::string> Database::QueryText(const char* sql) {
  Statement statement(db_, sql);
  LITMILL_TRY(const bool row, statement.First());
  return row ? statement.Text(0) : std::string();
}

bool Database::InTransaction() const { return db_ != nullptr && sqlite3_get_autocommit(db_) == 0; }

// --- Statement
// --------------------------------------------------------------------------------------------------------

Statement::~Statement() { sqlite3_finalize(statement_); }

Result<void> Statement::Ready(std::size_t arguments) {
  if (statement_ == nullptr) {
    const int result_code = sqlite3_prepare_v3(db_, sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (result_code != SQLITE_OK) return Fail(SqliteError(db_, result_code, std::string_view(sql_).substr(0, 120)));
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_)) != arguments)
      return Fail(ErrorCode::kInternal, fmt::format("{} arguments for: {}", arguments, sql_));
  } else {
    sqlite3_reset(statement_);
  }
  return {};
}

Result<bool> Statement::Step() {
  const int result_code = sqlite3_step(statement_);
  if (result_code == SQLITE_ROW) return true;
  if (result_code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  Error error = SqliteError(db_, result_code, std::string_view(sql_).substr(0, 120));
  sqlite3_reset(statement_);
  return Fail(std::move(error));
}

Result<void> Statement::Finish() {
  while (true) {
    LITMILL_TRY(const bool row, Step());
    if (!row) return {};
  }
}

tl::unexpected<Error> Statement::BindFailed() {
  Error error = SqliteError(db_, sqlite3_errcode(db_), std::string_view(sql_).substr(0, 120));
  return Fail(std::move(error));
}

void Statement::Reset() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

// An empty view may have a null pointer, which SQLite would store as NULL.
int Statement::Bind(int index, std::string_view text) {
  return sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                             SQLITE_UTF8);
}
int Statement::Bind(int index, OrNull text) {
  return text.text.empty() ? sqlite3_bind_null(statement_, index) : Bind(index, text.text);
}
int Statement::Bind(int index, NullIfSame text) {
  return text.text == text.other ? sqlite3_bind_null(statement_, index) : Bind(index, text.text);
}
int Statement::Bind(int index, IdOrNull id) {
  return id.id == 0 ? sqlite3_bind_null(statement_, index) : sqlite3_bind_int64(statement_, index, id.id);
}
int Statement::Bind(int index, std::int64_t value) { return sqlite3_bind_int64(statement_, index, value); }

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::Real(int column) const { return sqlite3_column_double(statement_, column); }
bool Statement::IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::string_view Statement::View(int column) const {
  const void* text = sqlite3_column_text(statement_, column);
  if (text == nullptr) return {};
  return {static_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

// --- Transaction
// ------------------------------------------------------------------------------------------------------

Result<void> Transaction::Begin() {
  LITMILL_CHECK(db_.Exec("BEGIN IMMEDIATE"));
  state_ = State::kOpen;
  return {};
}

Result<void> Transaction::Commit() {
  if (state_ != State::kOpen) return Fail(ErrorCode::kInternal, "a transaction that is not open cannot be committed");
  if (!db_.InTransaction()) {  // SQLite itself rolled it back, e.g. on a full disk
    state_ = State::kRolledBack;
    return Fail(ErrorCode::kIo, "the transaction was rolled back after an earlier failure");
  }
  Result<void> committed = db_.Exec("COMMIT");
  if (!committed) {
    Rollback();
    return committed;
  }
  state_ = State::kCommitted;
  return {};
}

void Transaction::Rollback() {
  if (state_ != State::kOpen) return;
  state_ = State::kRolledBack;
  // A failing ROLLBACK leaves nothing to do: the journal undoes it at the next opening.
  if (db_.InTransaction()) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace litmill::store
