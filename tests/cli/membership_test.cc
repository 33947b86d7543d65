// SPDX-License-Identifier: Apache-2.0
// Imported records belong to queries as if the database had been searched.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::Not;

/// How often a query has what a search found (`a.db`) and the import (`b.db`) does not.
std::string Missed(CliRig& rig, const std::string& query) {
  std::string searched = rig.Ask(
      "SELECT group_concat(source_id, ''',''') FROM (SELECT DISTINCT r.source_id FROM "
      "found_by f JOIN source_records r USING (record_id) WHERE f.query_id = '" +
          query + "')",
      "a.db");
  searched.erase(std::remove(searched.begin(), searched.end(), '"'), searched.end());
  EXPECT_NE(searched, "") << query;
  return rig.Ask(
      "SELECT count(*) FROM source_records AS r WHERE r.source_id IN ('" + searched +
          "') AND NOT EXISTS (SELECT 1 FROM found_by AS f WHERE f.record_id = r.record_id AND f.query_id = '" + query +
          "' AND f.decided_by = 'record')",
      "b.db");
}

std::vector<std::string> ImportArguments(const std::string& db) {
  std::vector<std::string> arguments{"import", "--db", db};
  for (const std::string& file : CliRig::SampleFiles()) arguments.push_back(file);
  return arguments;
}

TEST(Membership, OfImportedRecordsIsThatOfTheSearch) {
  CliRig rig;
  rig.RunPipeline({"--db", "a.db"});
  testing::WriteTestFile(rig.File("tree.txt"),
                         "Magnesium Compounds;D01.578\nMagnesium Sulfate;D01.578.500\nMagnesium Oxide;D01.578.400\n");
  std::string yaml = rig.PipelineYaml();
  const std::size_t search = yaml.find("\nsearch:\n");
  ASSERT_NE(search, std::string::npos);
  rig.WritePipeline(yaml.insert(search + 9, "  mesh_tree: tree.txt\n"));
  const CliResult imported = rig.Run(ImportArguments("b.db"));
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_THAT(imported.err, Not(HasSubstr("mesh_tree")));
  for (const std::string query : {"migraine", "dementia", "cognition"}) EXPECT_EQ(Missed(rig, query), "0") << query;
  const std::string inside = rig.Ask("SELECT count(DISTINCT record_id) FROM found_by", "b.db");
  EXPECT_NE(inside, rig.Ask("SELECT count(*) FROM source_records", "b.db")) << "not everything belongs to a query";
}

TEST(Membership, IsDecidedAgainWhenTheQueriesChange) {
  CliRig rig;
  const CliResult imported = rig.Run(ImportArguments("corpus.db"));
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_THAT(imported.err, HasSubstr("search.mesh_tree"));
  const std::string before = rig.Ask("SELECT count(*) FROM found_by WHERE query_id = 'migraine'");
  EXPECT_NE(before, "0");
  std::string yaml = rig.PipelineYaml();
  for (const std::string term : {"      - migrain*[tiab]\n", "      - headache*[tiab]\n"}) {
    const std::size_t at = yaml.find(term);
    ASSERT_NE(at, std::string::npos);
    yaml.replace(at, term.size(), "      - zebrafish*[tiab]\n");
  }
  rig.WritePipeline(yaml);
  const CliResult again = rig.Run(ImportArguments("corpus.db"));
  EXPECT_THAT(again.out, HasSubstr("imported before"));
  const std::string after = rig.Ask("SELECT count(*) FROM found_by WHERE query_id = 'migraine'");
  EXPECT_LT(std::stoi(after), std::stoi(before));
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM strategy_sets"), "2");
}

TEST(Membership, OfARecordThatASearchFoundTooIsBoth) {
  CliRig rig;
  EXPECT_EQ(rig.Run(ImportArguments("corpus.db")).exit_code, 0);
  rig.RunPipeline();
  EXPECT_NE(rig.Ask("SELECT count(*) FROM (SELECT record_id FROM found_by GROUP BY record_id, query_id HAVING "
                    "count(DISTINCT decided_by) = 2)"),
            "0");
}

}  // namespace
}  // namespace litmill
