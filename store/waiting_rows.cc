// SPDX-License-Identifier: Apache-2.0
// The table-valued function follows SQLite's own carray: its hidden column takes a pointer that only C code can bind.
#include "store/waiting_rows.h"

#include <sqlite3.h>

#include <memory>
#include <new>

namespace litmill::store {

namespace {

constexpr const char* kFunction = "waiting_rows";
constexpr const char* kPointerType = "litmill-waiting-rows";
constexpr int kMaxColumns = 40;  // source_records has the most.

/// c0, c1, ..., cN-1
std::string ColumnNames(std::size_t count) {
  std::string names;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) names += ", ";
    names += 'c' + std::to_string(i);
  }
  return names;
}

}  // namespace

/// SQLite's side of WaitingRows: a cursor that walks its rows.
struct WaitingRowsCursor {
  sqlite3_vtab_cursor base;  ///< Must come first.
  const WaitingRows* rows;
  std::size_t cell;  ///< First cell of the current row.

  static WaitingRowsCursor& Of(sqlite3_vtab_cursor* cursor) { return *reinterpret_cast<WaitingRowsCursor*>(cursor); }

  static int Connect(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) {
    const std::string sql = "CREATE TABLE x (" + ColumnNames(kMaxColumns) + ", rows HIDDEN)";
    const int result_code = sqlite3_declare_vtab(db, sql.c_str());
    if (result_code != SQLITE_OK) return result_code;
    *table = new (std::nothrow) sqlite3_vtab{};
    return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
  }
  static int Disconnect(sqlite3_vtab* table) {
    delete table;
    return SQLITE_OK;
  }
  static int BestIndex(sqlite3_vtab*, sqlite3_index_info* info) {
    for (int i = 0; i < info->nConstraint; ++i) {
      const auto& constraint = info->aConstraint[i];
      if (constraint.iColumn != kMaxColumns || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || !constraint.usable)
        continue;
      info->aConstraintUsage[i].argvIndex = 1;
      info->aConstraintUsage[i].omit = 1;
      return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
  }
  static int Open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
    auto* opened = new (std::nothrow) WaitingRowsCursor{};
    if (opened == nullptr) return SQLITE_NOMEM;
    *cursor = &opened->base;
    return SQLITE_OK;
  }
  static int Close(sqlite3_vtab_cursor* cursor) {
    delete &Of(cursor);
    return SQLITE_OK;
  }
  static int Filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value** values) {
    Of(cursor).rows = static_cast<const WaitingRows*>(sqlite3_value_pointer(values[0], kPointerType));
    Of(cursor).cell = 0;
    return SQLITE_OK;
  }
  static int Next(sqlite3_vtab_cursor* cursor) {
    Of(cursor).cell += Of(cursor).rows->columns_;
    return SQLITE_OK;
  }
  static int Eof(sqlite3_vtab_cursor* cursor) {
    const WaitingRows* rows = Of(cursor).rows;
    return rows == nullptr || Of(cursor).cell >= rows->cells_.size() ? 1 : 0;
  }
  static int Column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
    const WaitingRowsCursor& at = Of(cursor);
    if (static_cast<std::size_t>(column) >= at.rows->columns_) return SQLITE_OK;  // NULL
    const WaitingRows::Cell& cell = at.rows->cells_[at.cell + static_cast<std::size_t>(column)];
    if (cell.length >= 0) {
      // The rows do not change until the statement is done.
      sqlite3_result_text64(context, at.rows->texts_.data() + cell.value, static_cast<sqlite3_uint64>(cell.length),
                            SQLITE_STATIC, SQLITE_UTF8);
    } else if (cell.length == WaitingRows::kReal) {
      sqlite3_result_double(context, std::bit_cast<double>(cell.value));
    } else if (cell.length == WaitingRows::kNumber) {
      sqlite3_result_int64(context, cell.value);
    }
    return SQLITE_OK;
  }
  static int RowId(sqlite3_vtab_cursor* cursor, sqlite3_int64* row_id) {
    *row_id = static_cast<sqlite3_int64>(Of(cursor).cell);
    return SQLITE_OK;
  }
};

Result<void> RegisterWaitingRows(sqlite3* db) {
  static const sqlite3_module module = [] {
    sqlite3_module m{};
    m.xConnect = WaitingRowsCursor::Connect;  // without xCreate it needs no CREATE VIRTUAL TABLE
    m.xBestIndex = WaitingRowsCursor::BestIndex;
    m.xDisconnect = WaitingRowsCursor::Disconnect;
    m.xOpen = WaitingRowsCursor::Open;
    m.xClose = WaitingRowsCursor::Close;
    m.xFilter = WaitingRowsCursor::Filter;
    m.xNext = WaitingRowsCursor::Next;
    m.xEof = WaitingRowsCursor::Eof;
    m.xColumn = WaitingRowsCursor::Column;
    m.xRowid = WaitingRowsCursor::RowId;
    return m;
  }();
  const int result_code = sqlite3_create_module_v2(db, kFunction, &module, nullptr, nullptr);
  if (result_code != SQLITE_OK) return Fail(SqliteError(db, result_code, "waiting_rows cannot be registered"));
  return {};
}

WaitingRows::~WaitingRows() { sqlite3_finalize(insert_); }

std::string WaitingRows::InsertSql() const {
  return std::string("INSERT INTO ") + table_ + " SELECT " + ColumnNames(columns_) + " FROM " + kFunction + "(?)";
}

Result<void> WaitingRows::Flush() {
  if (cells_.empty()) return {};
  if (insert_ == nullptr) {
    const std::string sql = InsertSql();
    const int result_code = sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &insert_, nullptr);
    if (result_code != SQLITE_OK) return Fail(SqliteError(db_, result_code, sql));
  }
  int result_code = sqlite3_bind_pointer(insert_, 1, this, kPointerType, nullptr);
  if (result_code == SQLITE_OK) result_code = sqlite3_step(insert_);
  if (result_code != SQLITE_DONE) {
    Error error = SqliteError(db_, result_code, std::string("writing the rows of ") + table_);
    sqlite3_reset(insert_);
    return Fail(std::move(error));
  }
  sqlite3_reset(insert_);
  Clear();
  return {};
}

void WaitingRows::Clear() {
  cells_.clear();
  texts_.clear();
}

}  // namespace litmill::store
