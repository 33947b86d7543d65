// SPDX-License-Identifier: Apache-2.0
// House rules of the schema, asked of the database itself.
#include "store/schema_doc.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class SchemaTest : public ::testing::Test {
 protected:
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(SchemaTest, EveryForeignKeyIsIndexed) {
  // The key's columns, in order, are the first columns of an index (the primary key of a WITHOUT ROWID table is one).
  EXPECT_EQ(Ask(*corpus_,
                "WITH keys AS (SELECT t.name AS child, f.id, f.seq, f.\"from\" AS name FROM sqlite_schema AS t, "
                "pragma_foreign_key_list(t.name) AS f "
                "WHERE t.type = 'table'), "
                "counts AS (SELECT child, id, count(*) AS columns FROM keys GROUP BY 1, 2) "
                "SELECT group_concat(c.child || '/' || c.id, ', ') FROM counts AS c WHERE NOT EXISTS ("
                "SELECT 1 FROM pragma_index_list(c.child) AS l WHERE l.partial = 0 AND c.columns = (SELECT count(*) "
                "FROM pragma_index_info(l.name) AS i "
                "JOIN keys AS k ON k.child = c.child AND k.id = c.id AND k.name = i.name WHERE i.seqno < c.columns)) "
                "AND NOT EXISTS (SELECT 1 FROM pragma_table_info(c.child) AS p JOIN keys AS k ON k.child = c.child AND "
                "k.id = c.id AND k.name = p.name "
                "WHERE p.pk = 1 AND p.type = 'INTEGER' AND (SELECT max(pk) FROM pragma_table_info(c.child)) = 1)"),
            "NULL");
  EXPECT_NE(Ask(*corpus_, "SELECT count(*) FROM sqlite_schema AS t, pragma_foreign_key_list(t.name)"), "0");
}

TEST_F(SchemaTest, EveryTableIsStrictAndSnakeCase) {
  EXPECT_EQ(Ask(*corpus_,
                "SELECT group_concat(name) FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT "
                "LIKE 'sqlite%'"),
            "NULL");
  EXPECT_EQ(Ask(*corpus_, "SELECT group_concat(name) FROM sqlite_schema WHERE name GLOB '*[^a-z0-9_]*'"), "NULL");
}

TEST_F(SchemaTest, NamesThatClientsRelyOn) {
  for (const char* sql :
       {"SELECT work_id, title, year FROM works", "SELECT work_id, scheme, value FROM identifiers",
        "SELECT work_id, source FROM source_records",
        "SELECT record_id, position, label, nlm_category, text, markup FROM abstract_sections",
        "SELECT record_id, position, type, language, label, nlm_category, text, markup FROM other_abstracts",
        "SELECT last_name FROM authors", "SELECT ui, name FROM mesh_headings", "SELECT ui, name FROM publication_types",
        "SELECT work_id, facet, concept FROM tags",
        "SELECT record_id, facet, concept, start_byte, end_byte FROM mentions", "SELECT code, message FROM problems",
        "SELECT status FROM runs", "SELECT term, hits FROM searches", "SELECT * FROM evidence",
        "SELECT condition, form, outcome, design, works, retracted FROM evidence_map"})
    EXPECT_EQ(Ask(*corpus_, sql), "no row") << sql;
}

TEST_F(SchemaTest, EveryTableViewAndColumnIsDescribed) {
  const auto text = store::DescribeSchema(corpus_->handle());
  ASSERT_THAT(text, IsOk());
  EXPECT_THAT(*text, ::testing::HasSubstr("### evidence_map"));
  EXPECT_THAT(*text, ::testing::HasSubstr("| `is_retracted` | INTEGER |"));
  Force(*corpus_, "CREATE TABLE undescribed (x INTEGER)");
  EXPECT_THAT(store::DescribeSchema(corpus_->handle()), IsError(ErrorCode::kInternal));
}

}  // namespace
}  // namespace litmill::testing
