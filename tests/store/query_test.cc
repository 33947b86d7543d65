// SPDX-License-Identifier: Apache-2.0
#include "store/query.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class QueryTest : public ::testing::TestWithParam<const char*> {
 protected:
  QueryTest() { Put(*corpus_, FullRecord("1")); }
  Result<void> Run(const std::string& sql) { return store::Query(*corpus_, sql, {}); }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(QueryTest, GivesColumnsAndTypedValues) {
  std::vector<std::string> columns;
  std::vector<store::Value> values;
  store::RowSink sink{[&](const std::vector<std::string>& c) { columns = c; },
                      [&](const std::vector<store::Value>& r) {
                        values = r;
                        return true;
                      }};
  ASSERT_THAT(store::Query(*corpus_, "SELECT 1 AS a, 2.5 AS b, 'x' AS c, NULL AS d, x'0aff' AS e; -- end", sink),
              IsOk());
  EXPECT_EQ(columns, (std::vector<std::string>{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(values,
            (std::vector<store::Value>{std::int64_t{1}, 2.5, std::string("x"), std::monostate(), std::string("0aff")}));
}

TEST_F(QueryTest, StopsWhenTheSinkHasEnough) {
  int rows = 0;
  store::RowSink sink;
  sink.on_row = [&](const std::vector<store::Value>&) { return ++rows < 3; };
  ASSERT_THAT(
      store::Query(*corpus_, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", sink),
      IsOk());
  EXPECT_EQ(rows, 3);
}

TEST_F(QueryTest, FullTextAndViewsAnswer) {
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works_fts WHERE works_fts MATCH 'NEAR(magnesium migraine)'"), "1");
  EXPECT_EQ(Ask(*corpus_, "SELECT pmid FROM evidence"), "1");
  EXPECT_EQ(Ask(*corpus_, "SELECT name FROM pragma_table_info('works') LIMIT 1"), "work_id");
}

TEST_F(QueryTest, ErrorsTellThePlace) {
  const auto bad = Run("SELECT 1,\n       nope FROM works");
  ASSERT_THAT(bad, IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(bad.error().message,
              ::testing::AllOf(::testing::HasSubstr("nope"), ::testing::HasSubstr("line 2, column 8")));
  EXPECT_THAT(Run(""), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(Run(" -- nothing"), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(Run("SELECT 1; SELECT 2"), IsError(ErrorCode::kInvalidInput));
}

TEST_P(QueryTest, RefusesWhateverWrites) {
  const std::string before = DigestOf(*corpus_);
  EXPECT_THAT(Run(GetParam()), IsError(ErrorCode::kInvalidInput));
  EXPECT_EQ(DigestOf(*corpus_), before);
  EXPECT_EQ(Put(*corpus_, SmallRecord("2", "x")), store::PutOutcome::kInserted) << "the corpus still writes afterwards";
}

INSTANTIATE_TEST_SUITE_P(All, QueryTest,
                         ::testing::Values("DELETE FROM works", "UPDATE works SET title = 'x'",
                                           "INSERT INTO runs DEFAULT VALUES", "DROP TABLE tags",
                                           "UPDATE sqlite_master SET sql = ''", "DELETE FROM sqlite_master",
                                           "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "ATTACH '/tmp/x.db' AS x",
                                           "PRAGMA user_version = 7", "PRAGMA writable_schema = ON",
                                           "PRAGMA journal_mode = DELETE", "PRAGMA query_only = OFF", "BEGIN", "COMMIT",
                                           "VACUUM", "VACUUM INTO '/tmp/x.db'", "REINDEX", "ANALYZE", "SAVEPOINT s",
                                           "DETACH main", "INSERT INTO works_fts (works_fts) VALUES ('rebuild')",
                                           "SELECT load_extension('x')", "WITH a AS (SELECT 1) DELETE FROM works",
                                           "EXPLAIN DELETE FROM works"));

}  // namespace
}  // namespace litmill::testing
