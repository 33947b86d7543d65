// SPDX-License-Identifier: Apache-2.0
// The three things litmill needs of SQLite's C interface, each owned by one object: a database, a statement, a
// transaction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace litmill::store {

/// The error of a failed call as a person should read it: what was being done, to which file, SQLite's reason, and what
/// to do about it. Full disk, read-only and other I/O trouble is kIo, a lock kBusy, a damaged or foreign file
/// kCorruptInput. `path` names the file where the connection cannot (it did not open).
[[nodiscard]] Error SqliteError(sqlite3* db, int result_code, std::string_view doing, std::string_view path = {});

/// A bound text that is NULL when empty: the source had no such element.
struct OrNull {
  std::string_view text;
};
/// A bound text that is NULL when it says the same as `other`, which stands beside it.
struct NullIfSame {
  std::string_view text, other;
};
/// A bound row id that is NULL when 0.
struct IdOrNull {
  std::int64_t id;
};

/// Owns one connection. Not thread-safe.
class Database {
 public:
  enum class Mode { kReadOnly, kReadWrite, kCreate };
  Database() = default;
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Result<void> Open(const std::string& path, Mode mode, const std::string& vfs);
  /// kBusy when a statement is still alive. Afterwards the object is closed whatever the answer.
  [[nodiscard]] Result<void> Close();
  /// Runs statements that answer nothing anybody needs.
  [[nodiscard]] Result<void> Exec(const char* sql);
  /// First column of the first row; 0 when there is no row.
  [[nodiscard]] Result<std::int64_t> QueryInt(const char* sql);
  [[nodiscard]] Result<std::string> QueryText(const char* sql);
  [[nodiscard]] sqlite3* handle() const { return db_; }
  [[nodiscard]] bool InTransaction() const;

 private:
  sqlite3* db_ = nullptr;
};

/// A statement prepared at its first use and kept. The connection must outlive it. The texts bound by Run and Start are
/// not copied: they must live until Run returns, or until the last Step.
class Statement {
 public:
  /// `sql` must outlive the statement (a literal).
  Statement(sqlite3* db, const char* sql) : db_(db), sql_(sql) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds all parameters, runs to the end, resets.
  template <typename... Args>
  [[nodiscard]] Result<void> Run(const Args&... args) {
    LITMILL_CHECK(Start(args...));
    return Finish();
  }
  /// Binds all parameters; rows come by Step.
  template <typename... Args>
  [[nodiscard]] Result<void> Start(const Args&... args) {
    LITMILL_CHECK(Ready(sizeof...(Args)));
    int index = 0;
    int result_code = 0;
    ((result_code |= Bind(++index, args)), ...);
    if (result_code != 0) return BindFailed();
    return {};
  }
  /// True while there is a row. Resets itself at the end and on failure.
  [[nodiscard]] Result<bool> Step();
  /// Start, and one Step. Call Reset when done with the row.
  template <typename... Args>
  [[nodiscard]] Result<bool> First(const Args&... args) {
    LITMILL_CHECK(Start(args...));
    return Step();
  }
  void Reset();

  [[nodiscard]] std::int64_t Int(int column) const;
  [[nodiscard]] double Real(int column) const;
  [[nodiscard]] bool Bool(int column) const { return Int(column) != 0; }
  [[nodiscard]] bool IsNull(int column) const;
  /// Empty for NULL. Valid until the next Step or Reset.
  [[nodiscard]] std::string_view View(int column) const;
  [[nodiscard]] std::string Text(int column) const { return std::string(View(column)); }

 private:
  [[nodiscard]] Result<void> Ready(std::size_t arguments);
  [[nodiscard]] Result<void> Finish();
  [[nodiscard]] tl::unexpected<Error> BindFailed();
  [[nodiscard]] int Bind(int index, std::string_view text);
  [[nodiscard]] int Bind(int index, const std::string& text) { return Bind(index, std::string_view(text)); }
  [[nodiscard]] int Bind(int index, const char* text) { return Bind(index, std::string_view(text)); }
  [[nodiscard]] int Bind(int index, OrNull text);
  [[nodiscard]] int Bind(int index, NullIfSame text);
  [[nodiscard]] int Bind(int index, IdOrNull id);
  [[nodiscard]] int Bind(int index, std::int64_t value);
  [[nodiscard]] int Bind(int index, std::uint64_t value) { return Bind(index, static_cast<std::int64_t>(value)); }
  [[nodiscard]] int Bind(int index, int value) { return Bind(index, static_cast<std::int64_t>(value)); }
  [[nodiscard]] int Bind(int index, std::uint32_t value) { return Bind(index, static_cast<std::int64_t>(value)); }
  [[nodiscard]] int Bind(int index, bool value) { return Bind(index, static_cast<std::int64_t>(value ? 1 : 0)); }

  sqlite3* db_;
  const char* sql_;
  sqlite3_stmt* statement_ = nullptr;
};

/// A transaction in one of three states: open, committed, rolled back. One that is still open when it goes out of scope
/// is rolled back.
class Transaction {
 public:
  explicit Transaction(Database& db) : db_(db) {}
  ~Transaction() { Rollback(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Takes the write lock at once, so that a second writer is told now and not in the middle.
  [[nodiscard]] Result<void> Begin();
  /// On failure the transaction is rolled back: what it wrote is gone as a whole.
  [[nodiscard]] Result<void> Commit();
  void Rollback();
  [[nodiscard]] bool open() const { return state_ == State::kOpen; }

 private:
  enum class State { kNone, kOpen, kCommitted, kRolledBack };
  Database& db_;
  State state_ = State::kNone;
};

}  // namespace litmill::store
