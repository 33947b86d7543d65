// SPDX-License-Identifier: Apache-2.0
// SQLite behind RAII, as far as the raw archive needs it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace litmill::fetch {

/// A connection. Not thread-safe. Every error names the path and SQLite's reason: kCorruptInput (not a database,
/// malformed), kBusy, else kIo.
class SqliteDatabase {
 public:
  [[nodiscard]] static Result<SqliteDatabase> Open(const std::string& path);

  [[nodiscard]] Result<void> Execute(const char* sql);
  /// The first column of the first row; 0 when there is none.
  [[nodiscard]] Result<std::int64_t> QueryInt(const char* sql);
  [[nodiscard]] bool IsReadOnly() const;
  [[nodiscard]] Error MakeError(std::string_view doing) const;
  [[nodiscard]] sqlite3* get() const { return handle_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
};

/// A prepared statement; must not outlive its database. Bound text must live until the next Step.
class SqliteStatement {
 public:
  [[nodiscard]] static Result<SqliteStatement> Prepare(SqliteDatabase& database, std::string_view sql);

  /// Parameters and columns count as SQLite does: from 1 and from 0.
  void BindText(int index, std::string_view text);
  void BindBlob(int index, std::string_view bytes);
  void BindInt(int index, std::int64_t value);
  /// True: there is a row. False: done.
  [[nodiscard]] Result<bool> Step();
  /// Valid until the next Step.
  [[nodiscard]] std::string_view Text(int column) const;
  [[nodiscard]] std::string_view Blob(int column) const;
  [[nodiscard]] std::int64_t Int(int column) const;

 private:
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteDatabase* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  int bind_result_ = 0;
};

}  // namespace litmill::fetch
