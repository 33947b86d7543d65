// SPDX-License-Identifier: Apache-2.0
// The main job over real HTTP: complete, balanced, the same whatever the threads and batches, and quiet when there is
// nothing new.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;

nlohmann::json JsonOf(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

TEST(Run, StoresWhatTheSearchesFoundAndItsSumsBalance) {
  CliRig rig;
  const CliResult result = rig.Run({"run", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = JsonOf(result.out);
  ASSERT_TRUE(json.is_object()) << result.out;
  EXPECT_TRUE(json["balanced"]);
  const int found = json["records"]["found"];
  EXPECT_GT(found, 50);
  EXPECT_EQ(json["records"]["stored"], found);
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM works"), std::to_string(found));
  EXPECT_EQ(json["searches"].size(), 5U);
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
}

TEST(Run, EachTopicKnowsWhichWorksItFound) {
  CliRig rig;
  rig.RunPipeline();
  EXPECT_EQ(rig.Ask("SELECT count(DISTINCT query_id) FROM searches"), "5");
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM searches WHERE hits != (SELECT count(*) FROM search_hits h WHERE h.search_id "
                    "= searches.hits_search_id)"),
            "0");
}

TEST(Run, TheSecondTimeMakesOnlyTheSearchesAndChangesNothing) {
  CliRig rig;
  rig.RunPipeline();
  const std::string before = rig.Digest();
  rig.service().ClearLog();
  rig.RunPipeline();
  EXPECT_EQ(rig.service().request_count("efetch"), 0U);
  EXPECT_EQ(rig.service().request_count(), rig.service().request_count("esearch"));
  EXPECT_EQ(rig.Digest(), before);
}

class RunWith : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(RunWith, ThreadsAndBatchSizeChangeNothing) {
  CliRig rig;
  rig.RunPipeline();
  const std::string calm = rig.Digest();
  rig.ForgetEverything();
  rig.RunPipeline({"--threads", GetParam().first, "--batch-size", GetParam().second});
  EXPECT_EQ(rig.Digest(), calm);
}

INSTANTIATE_TEST_SUITE_P(All, RunWith,
                         ::testing::Values(std::pair{"1", "1"}, std::pair{"1", "7"}, std::pair{"1", "200"},
                                           std::pair{"8", "1"}, std::pair{"8", "7"}, std::pair{"8", "200"}));

TEST(Run, OfflineMakesTheSameCorpusFromTheArchiveAlone) {
  CliRig rig;
  rig.RunPipeline();
  const std::string before = rig.Digest();
  rig.ForgetCorpus();
  rig.service().ClearLog();
  rig.RunPipeline({"--offline"});
  EXPECT_EQ(rig.service().request_count(), 0U);
  EXPECT_EQ(rig.Digest(), before);
}

TEST(Run, OfflineWithoutAnArchivedAnswerNamesTheQuery) {
  CliRig rig;
  const CliResult result = rig.Run({"run", "--offline"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("query depression"));
}

TEST(Run, NeverSendsMoreThanThreeRequestsASecond) {
  services::StandinOptions options;
  options.enforce_limit = true;
  CliRig rig(true, options);
  rig.RunPipeline({"--threads", "8", "--batch-size", "20"});
  EXPECT_LE(rig.service().max_in_one_second(), 3);
  EXPECT_GE(rig.service().request_count(), 10U) << "too few requests to show a rate";
}

TEST(Run, SeveralProcessesShareOneBudget) {
  services::StandinOptions options;
  options.enforce_limit = true;
  CliRig rig(true, options);
  const pid_t first = rig.Start({"run", "--batch-size", "40"});
  std::string second_yaml = rig.PipelineYaml();
  second_yaml.replace(second_yaml.find("corpus.db"), 9, "second.db")
      .replace(second_yaml.find("raw.sqlar"), 9, "second.sqlar");
  testing::WriteTestFile(rig.File("second.yaml"), second_yaml);
  const pid_t second = rig.Start({"run", "-c", "second.yaml", "--batch-size", "40"});
  EXPECT_EQ(rig.Wait(first).exit_code, 0);
  EXPECT_EQ(rig.Wait(second).exit_code, 0);
  EXPECT_LE(rig.service().max_in_one_second(), 3);
  EXPECT_EQ(rig.Digest("corpus.db"), rig.Digest("second.db"));
}

TEST(Run, RevisionsRetractionsAndDeletionsArriveWithTheNextRun) {
  CliRig rig;
  rig.RunPipeline();
  const std::string before = rig.Digest();
  ASSERT_TRUE(rig.service().LoadFile(LITMILL_SOURCE_DIR "/tests/data/sample/pubmed_update.xml").has_value());
  const std::string retracted = rig.Ask("SELECT count(*) FROM works WHERE is_retracted");
  const CliResult strict = rig.Run({"run", "--strict", "--since", "2000-01-01"});
  EXPECT_EQ(strict.exit_code, 6) << strict.err;
  EXPECT_THAT(strict.err, HasSubstr("newly retracted"));
  EXPECT_NE(rig.Digest(), before);
  EXPECT_GT(std::stoi(rig.Ask("SELECT count(*) FROM works WHERE is_retracted")), std::stoi(retracted));
}

TEST(Run, LimitLeavesTheRestForTheNextRun) {
  CliRig rig;
  const CliResult first = rig.Run({"run", "--limit", "10", "--format", "json"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(JsonOf(first.out)["records"]["stored"], 10);
  EXPECT_TRUE(JsonOf(first.out)["balanced"]);
  rig.RunPipeline();
  const std::string two_steps = rig.Digest();
  rig.ForgetEverything();
  rig.RunPipeline();
  EXPECT_EQ(rig.Digest(), two_steps);
}

TEST(Run, DryRunPrintsTheRequestsAndSendsNone) {
  CliRig rig;
  const CliResult result = rig.Run({"run", "--dry-run"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("esearch.fcgi"));
  EXPECT_THAT(result.out, HasSubstr("# migraine:"));
  EXPECT_EQ(rig.service().request_count(), 0U);
}

TEST(Run, ChangedRulesTagAgainWithoutFetching) {
  CliRig rig;
  testing::WriteTestFile(rig.File("one.yaml"),
                         "set: test\nversion: 1\nfacet: condition\nconcepts:\n  migraine:\n    label: Migraine\n    "
                         "include: ['migraines?']\n");
  std::string yaml = rig.PipelineYaml();
  const std::size_t rules = yaml.find("rules: [");
  yaml.replace(rules, yaml.find(']', rules) + 1 - rules, "rules: [one.yaml]");
  rig.WritePipeline(yaml);
  rig.RunPipeline();
  EXPECT_EQ(rig.Ask("SELECT count(DISTINCT concept) FROM tags"), "1");
  rig.WritePipeline(rig.PipelineYaml());
  rig.service().ClearLog();
  rig.RunPipeline();
  EXPECT_EQ(rig.service().request_count("efetch"), 0U);
  const std::string retagged = rig.Digest();
  rig.ForgetEverything();
  rig.RunPipeline();
  EXPECT_EQ(rig.Digest(), retagged) << "tagged again or tagged at once must be the same";
}

TEST(Run, SearchWarningsAreRecordedAndRefusedWithStrict) {
  CliRig rig;
  std::string yaml = rig.PipelineYaml();
  yaml.replace(yaml.find("- '\"low mood\"[tiab]'"), 20, "- zzzunknownword[tiab]");
  rig.WritePipeline(yaml);
  const CliResult strict = rig.Run({"run", "--strict"});
  EXPECT_EQ(strict.exit_code, 6) << strict.err;
  EXPECT_THAT(strict.err, HasSubstr("zzzunknownword"));
  EXPECT_EQ(rig.service().request_count("efetch"), 0U);
  const CliResult lenient = rig.Run({"run"});
  EXPECT_EQ(lenient.exit_code, 0) << lenient.err;
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM searches WHERE warnings_json LIKE '%zzzunknownword%'"), "2");
}

}  // namespace
}  // namespace litmill
