// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::Database;
using store::Statement;
using store::Transaction;

class SqliteTest : public ::testing::Test {
 protected:
  SqliteTest() {
    EXPECT_THAT(db_.Open(dir_.File("x.db"), Database::Mode::kCreate, ""), IsOk());
    EXPECT_THAT(db_.Exec("CREATE TABLE t (a INTEGER, b TEXT UNIQUE)"), IsOk());
  }
  TempDir dir_;
  Database db_;
};

TEST_F(SqliteTest, EmptyTextIsNotNullUnlessAskedFor) {
  Statement insert(db_.handle(), "INSERT INTO t VALUES (?, ?)");
  ASSERT_THAT(insert.Run(1, std::string_view()), IsOk());
  ASSERT_THAT(insert.Run(2, store::OrNull{""}), IsOk());
  ASSERT_THAT(insert.Run(3, store::NullIfSame{"a", "a"}), IsOk());
  ASSERT_THAT(insert.Run(4, store::NullIfSame{"", "a2"}.text.empty() ? "n\xC3\xA4h" : ""), IsOk());
  EXPECT_EQ(db_.QueryText("SELECT group_concat(a || ifnull(b, '-')) FROM t").value(), "1,2-,3-,4näh");
}

TEST_F(SqliteTest, TheNumberOfArgumentsIsChecked) {
  Statement insert(db_.handle(), "INSERT INTO t VALUES (?, ?)");
  EXPECT_THAT(insert.Run(1), IsError(ErrorCode::kInternal));
}

TEST_F(SqliteTest, AFailedStatementCanRunAgain) {
  Statement insert(db_.handle(), "INSERT INTO t VALUES (?, ?)");
  ASSERT_THAT(insert.Run(1, "a"), IsOk());
  EXPECT_FALSE(insert.Run(2, "a").has_value());
  EXPECT_THAT(insert.Run(2, "b"), IsOk());
}

TEST_F(SqliteTest, ATransactionThatIsNotCommittedIsRolledBackOnce) {
  {
    Transaction transaction(db_);
    ASSERT_THAT(transaction.Begin(), IsOk());
    ASSERT_THAT(db_.Exec("INSERT INTO t VALUES (1, 'a')"), IsOk());
    transaction.Rollback();
    EXPECT_FALSE(transaction.open());
    EXPECT_THAT(transaction.Commit(), IsError(ErrorCode::kInternal));
  }
  EXPECT_FALSE(db_.InTransaction());
  EXPECT_EQ(db_.QueryInt("SELECT count(*) FROM t").value(), 0);
}

TEST_F(SqliteTest, EachFailureHasItsKind) {
  const std::pair<int, ErrorCode> kinds[] = {{SQLITE_FULL, ErrorCode::kIo},
                                             {SQLITE_READONLY_DIRECTORY, ErrorCode::kIo},
                                             {SQLITE_IOERR_READ, ErrorCode::kIo},
                                             {SQLITE_CANTOPEN, ErrorCode::kIo},
                                             {SQLITE_BUSY_SNAPSHOT, ErrorCode::kBusy},
                                             {SQLITE_CORRUPT_VTAB, ErrorCode::kCorruptInput},
                                             {SQLITE_NOTADB, ErrorCode::kCorruptInput},
                                             {SQLITE_MISUSE, ErrorCode::kInternal}};
  for (const auto& [code, kind] : kinds) {
    const Error error = store::SqliteError(db_.handle(), code, "trying");
    EXPECT_EQ(error.code, kind) << code;
    EXPECT_THAT(error.message, ::testing::HasSubstr("x.db"));
  }
  EXPECT_THAT(store::SqliteError(db_.handle(), SQLITE_FULL, "x").message, ::testing::HasSubstr("disk full"));
}

TEST_F(SqliteTest, AFullDatabaseReportsDiskFull) {
  ASSERT_THAT(db_.Exec("PRAGMA max_page_count = 4"), IsOk());
  Statement insert(db_.handle(), "INSERT INTO t VALUES (1, ?)");
  const std::string big(100'000, 'x');
  const auto full = insert.Run(big);
  ASSERT_THAT(full, IsError(ErrorCode::kIo));
  EXPECT_THAT(full.error().message, ::testing::HasSubstr("disk full"));
}

}  // namespace
}  // namespace litmill::testing
