// SPDX-License-Identifier: Apache-2.0
#include "store/waiting_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::Database;
using store::WaitingRows;

class WaitingRowsTest : public ::testing::Test {
 protected:
  WaitingRowsTest() {
    EXPECT_THAT(db_.Open(dir_.File("x.db"), Database::Mode::kCreate, ""), IsOk());
    EXPECT_THAT(db_.Exec("CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a)) STRICT, WITHOUT ROWID"), IsOk());
    EXPECT_THAT(store::RegisterWaitingRows(db_.handle()), IsOk());
  }
  std::string Rows() {
    return db_.QueryText("SELECT ifnull(group_concat(a || ':' || ifnull(b, '-')), '') FROM t").value();
  }

  TempDir dir_;
  Database db_;
};

TEST_F(WaitingRowsTest, NothingIsWrittenBeforeFlushAndAllOfItThen) {
  WaitingRows rows(db_.handle(), "t");
  {
    std::string gone = "text that is not there any more";
    rows.Add(1, gone);
    gone.assign(gone.size(), 'x');
  }
  rows.Add(2, store::OrNull{""});
  rows.Add(std::int64_t{3}, std::string_view());
  rows.Add(std::uint32_t{4}, store::NullIfSame{"same", "same"});
  EXPECT_EQ(Rows(), "");
  ASSERT_THAT(rows.Flush(), IsOk());
  EXPECT_EQ(Rows(), "1:text that is not there any more,2:-,3:,4:-");
  EXPECT_EQ(rows.bytes(), 0U);
  ASSERT_THAT(rows.Flush(), IsOk());  // nothing waits: nothing is written twice
  rows.Add(5, "n\xC3\xA4h");
  ASSERT_THAT(rows.Flush(), IsOk());
  EXPECT_EQ(Rows(), "1:text that is not there any more,2:-,3:,4:-,5:n\xC3\xA4h");
}

TEST_F(WaitingRowsTest, ABrokenConstraintNamesTheTableAndWritesNone) {
  WaitingRows rows(db_.handle(), "t");
  rows.Add(1, "a");
  rows.Add(1, "b");
  const auto flushed = rows.Flush();
  ASSERT_FALSE(flushed);
  EXPECT_THAT(flushed.error().message, ::testing::HasSubstr("writing the rows of t"));
  EXPECT_EQ(Rows(), "");
  EXPECT_GT(rows.bytes(), 0U);
  rows.Clear();
  rows.Add(1, "c");
  ASSERT_THAT(rows.Flush(), IsOk());
  EXPECT_EQ(Rows(), "1:c");
}

TEST_F(WaitingRowsTest, SeveralTablesWaitSideBySide) {
  ASSERT_THAT(db_.Exec("CREATE TABLE u (a INTEGER, b TEXT, c INTEGER)"), IsOk());
  WaitingRows first(db_.handle(), "t"), second(db_.handle(), "u (c, a)");
  first.Add(1, "one");
  second.Add(true, store::IdOrNull{0});
  ASSERT_THAT(second.Flush(), IsOk());
  ASSERT_THAT(first.Flush(), IsOk());
  EXPECT_EQ(Rows(), "1:one");
  EXPECT_EQ(db_.QueryText("SELECT ifnull(a, 'null') || ifnull(b, 'null') || c FROM u").value(), "nullnull1");
}

// Without the pointer that only this program can bind, the function is empty: no SQL text can reach memory by it.
TEST_F(WaitingRowsTest, SqlAloneSeesNoRows) {
  EXPECT_EQ(db_.QueryInt("SELECT count(*) FROM waiting_rows(12345)").value(), 0);
  EXPECT_EQ(db_.QueryInt("SELECT count(*) FROM waiting_rows(NULL)").value(), 0);
  EXPECT_FALSE(db_.QueryInt("SELECT count(*) FROM waiting_rows"));
}

}  // namespace
}  // namespace litmill::testing
