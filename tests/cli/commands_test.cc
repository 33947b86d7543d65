// SPDX-License-Identifier: Apache-2.0
// Every command as its help promises it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;

TEST(Commands, HelpOfEachHasAnExample) {
  CliRig rig;
  EXPECT_EQ(rig.Run({"--help"}).exit_code, 0);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"run"},
                                                  {"import"},
                                                  {"status"},
                                                  {"validate"},
                                                  {"digest"},
                                                  {"tag"},
                                                  {"evaluate"},
                                                  {"query"},
                                                  {"config", "check"},
                                                  {"rules", "test"},
                                                  {"search", "lint"},
                                                  {"search", "translate"},
                                                  {"search", "explain"},
                                                  {"search", "recall"},
                                                  {"search", "appendix"}}) {
    std::vector<std::string> arguments = command;
    arguments.push_back("--help");
    const CliResult result = rig.Run(arguments);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("Example:\n  litmill " + command[0])) << result.out;
  }
}

TEST(Commands, VersionIsTheProjects) {
  CliRig rig;
  EXPECT_THAT(rig.Run({"--version"}).out, HasSubstr("litmill " LITMILL_VERSION));
}

TEST(Commands, WrongUseIsExitCodeTwo) {
  CliRig rig;
  for (const std::vector<std::string>& command : {std::vector<std::string>{},
                                                  {"rnu"},
                                                  {"run", "--threads", "0"},
                                                  {"run", "--since", "yesterday"},
                                                  {"query"},
                                                  {"digest", "--format", "xml"}})
    EXPECT_EQ(rig.Run(command).exit_code, 2) << (command.empty() ? "" : command.back());
}

TEST(Commands, QueryPrintsTableCsvAndJson) {
  CliRig rig;
  rig.RunPipeline();
  const char* sql = "SELECT 'a,b' AS x, 12 AS n, NULL AS absent, 0.5 AS r";
  EXPECT_EQ(rig.Run({"query", sql}).out, "x     n  absent    r\n---  --  ------  ---\na,b  12          0.5\n");
  EXPECT_EQ(rig.Run({"query", "--format", "csv", sql}).out, "x,n,absent,r\r\n\"a,b\",12,,0.5\r\n");
  const auto json = nlohmann::json::parse(rig.Run({"query", "--format", "json", sql}).out);
  EXPECT_EQ(json, nlohmann::json::parse(R"([{"x": "a,b", "n": 12, "absent": null, "r": 0.5}])"));
  EXPECT_EQ(rig.Run({"query", "--format", "json", "SELECT 1 AS x WHERE 0"}).out, "[]\n");
}

TEST(Commands, StatusShowsCountsAndRuns) {
  CliRig rig;
  rig.RunPipeline();
  const auto json = nlohmann::json::parse(rig.Run({"status", "--format", "json"}).out);
  EXPECT_GT(json["works"], 0);
  EXPECT_EQ(json["runs"][0]["status"], "complete");
  EXPECT_THAT(rig.Run({"status"}).out, HasSubstr("complete"));
}

TEST(Commands, ExplainShowsRuleSpanAndReasonForEveryTag) {
  CliRig rig;
  rig.RunPipeline();
  const std::string pmid = rig.Ask(
      "SELECT i.value FROM tags t JOIN identifiers i ON i.work_id = t.work_id AND i.scheme = 'pmid' WHERE t.concept = "
      "'migraine' AND t.in_title LIMIT 1");
  const CliResult text = rig.Run({"tag", "--explain", pmid});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("condition:migraine"));
  EXPECT_THAT(text.out, HasSubstr(" by condition/migraine/"));
  const auto json = nlohmann::json::parse(rig.Run({"tag", "--explain", pmid, "--format", "json"}).out);
  EXPECT_EQ(json["source_id"], pmid);
  EXPECT_GT(json["mentions"].size(), 0U);
  EXPECT_EQ(rig.Run({"tag", "--explain", "1"}).exit_code, 2);
}

TEST(Commands, ExplainAgreesWithWhatIsStored) {
  CliRig rig;
  rig.RunPipeline();
  const std::string pmid = rig.Ask("SELECT source_id FROM source_records ORDER BY source_id LIMIT 1 OFFSET 20");
  const auto json = nlohmann::json::parse(rig.Run({"tag", "--explain", pmid, "--format", "json"}).out);
  EXPECT_EQ(
      std::to_string(json["mentions"].size()),
      rig.Ask("SELECT count(*) FROM mentions JOIN source_records USING (record_id) WHERE source_id = '" + pmid + "'"));
}

TEST(Commands, TheReadmesQueryHasTheReadmesAnswer) {
  const std::string readme = testing::ReadTestFile(LITMILL_SOURCE_DIR "/README.md");
  const std::size_t sql = readme.find("```sql\n") + 7;
  const std::size_t sql_end = readme.find("```", sql);
  const std::size_t answer = readme.find("```\n", sql_end + 4) + 4;
  const std::size_t answer_end = readme.find("```", answer);
  ASSERT_NE(answer_end, std::string::npos);
  CliRig rig;
  rig.RunPipeline();
  EXPECT_EQ(rig.Run({"query", readme.substr(sql, sql_end - sql)}).out, readme.substr(answer, answer_end - answer));
}

TEST(Commands, ConfigCheckPrintsTheRenderedQueries) {
  CliRig rig;
  const CliResult result = rig.Run({"config", "check"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("2000:2025[dp]"));
}

TEST(Commands, ShippedRulesPassTheirExamples) {
  CliRig rig;
  const CliResult result = rig.Run({"rules", "test"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("all examples hold"));
}

TEST(Commands, ImportTwiceChangesNothingAndUpdatesAreApplied) {
  CliRig rig;
  const std::vector<std::string> sample = CliRig::SampleFiles();
  const std::string update = LITMILL_SOURCE_DIR "/tests/data/sample/pubmed_update.xml";
  const auto import = [&rig](std::vector<std::string> options, const std::vector<std::string>& files) {
    options.insert(options.begin(), "import");
    options.insert(options.end(), files.begin(), files.end());
    return rig.Run(options);
  };
  ASSERT_EQ(import({}, sample).exit_code, 0);
  const std::string once = rig.Digest();
  const CliResult again = import({}, sample);
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("imported before"));
  EXPECT_EQ(rig.Digest(), once);
  ASSERT_EQ(import({}, {update}).exit_code, 0);
  const std::string updated = rig.Digest();
  EXPECT_NE(updated, once);
  EXPECT_NE(rig.Ask("SELECT count(*) FROM source_records WHERE is_deleted"), "0");
  // The other way round, and in one go with many threads: the same corpus.
  std::vector<std::string> backwards{update};
  backwards.insert(backwards.end(), sample.rbegin(), sample.rend());
  ASSERT_EQ(import({"--db", "other.db", "--threads", "8"}, backwards).exit_code, 0);
  EXPECT_EQ(rig.Digest("other.db"), updated);
}

}  // namespace
}  // namespace litmill
