// SPDX-License-Identifier: Apache-2.0
// A corpus from identifiers: every one accounted for, the same corpus again, resumable.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;

const char* const kList = LITMILL_SOURCE_DIR "/tests/data/sample/identifiers.txt";

nlohmann::json JsonOf(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

TEST(Rebuild, EveryIdentifierEndsInOneStateWithItsReason) {
  CliRig rig;
  const CliResult result = rig.Run({"rebuild", "--from", kList, "--format", "json", "--failed-to", "failed.txt"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  const auto json = JsonOf(result.out);
  ASSERT_TRUE(json.is_object()) << result.out;
  EXPECT_TRUE(json["balanced"]);
  EXPECT_EQ(json["identifiers"]["requested"], 26);
  EXPECT_EQ(json["identifiers"]["stored"], 22);
  EXPECT_EQ(json["identifiers"]["repeated"], 1);
  EXPECT_EQ(json["identifiers"]["not_an_identifier"], 1);
  EXPECT_EQ(json["identifiers"]["not_registered"], 1);
  EXPECT_EQ(json["identifiers"]["no_metadata"], 1);
  EXPECT_EQ(json["missing"].size(), 3U);
  EXPECT_EQ(rig.Ask("SELECT state FROM identifier_outcomes WHERE value = '10.5555/litmill.medra.1'"), "no-metadata");
  EXPECT_EQ(rig.Ask("SELECT agency FROM identifier_outcomes WHERE value = '10.5555/litmill.medra.1'"), "mEDRA");
  EXPECT_EQ(rig.Ask("SELECT resolved FROM identifier_outcomes WHERE value = '10.5555/litmill.alias.1'"),
            "10.5555/litmill.elsewhere.1");
  EXPECT_EQ(rig.Ask("SELECT sources FROM identifier_outcomes WHERE value = '10.5555/litmill.data.2'"), "datacite");
  EXPECT_EQ(rig.Ask("SELECT sources FROM identifier_outcomes WHERE value = '10.5555/litmill.elsewhere.3'"), "crossref");
  EXPECT_EQ(rig.Ask("SELECT sources FROM identifier_outcomes WHERE value = '10.5555/litmill.sample.2'"), "pubmed");
  const std::string failed = testing::ReadTestFile(rig.File("failed.txt"));
  EXPECT_THAT(failed, HasSubstr("10.5555/litmill.nobody.registered.this # line"));
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
}

TEST(Rebuild, TheExportOfACorpusMakesTheSameCorpus) {
  CliRig rig;
  rig.RunPipeline();
  const std::string original = rig.Digest();
  ASSERT_EQ(rig.Run({"export", "--format", "ids", "-o", "ids.csv"}).exit_code, 0);
  EXPECT_EQ(rig.Run({"rebuild", "--from", "ids.csv", "--db", "again.db"}).exit_code, 0);
  EXPECT_EQ(rig.Digest("again.db"), original);
}

TEST(Rebuild, ARebuiltCorpusCanBeRebuiltFromItsDois) {
  CliRig rig;
  rig.Run({"rebuild", "--from", kList});
  const std::string first = rig.Digest();
  ASSERT_EQ(rig.Run({"export", "--format", "ids", "-o", "ids.csv"}).exit_code, 0);
  // The DOIs alone must lead to the same records.
  std::string dois;
  const std::string csv = testing::ReadTestFile(rig.File("ids.csv"));
  for (std::size_t at = csv.find('\n') + 1; at < csv.size(); at = csv.find('\n', at) + 1) {
    std::size_t cell = at;
    for (int column = 0; column < 2; ++column) cell = csv.find(',', cell) + 1;
    dois += csv.substr(cell, csv.find(',', cell) - cell) + "\n";
  }
  testing::WriteTestFile(rig.File("dois.txt"), dois);
  EXPECT_EQ(rig.Run({"rebuild", "--from", "dois.txt", "--db", "again.db"}).exit_code, 0);
  EXPECT_EQ(rig.Digest("again.db"), first);
}

TEST(Rebuild, TheSecondTimeAsksForNothingThatTheCorpusHas) {
  CliRig rig;
  testing::WriteTestFile(rig.File("list.txt"), "90000001\n10.5555/litmill.elsewhere.1\n10.5555/litmill.data.1\n");
  ASSERT_EQ(rig.Run({"rebuild", "--from", "list.txt"}).exit_code, 0);
  const std::string before = rig.Digest();
  rig.service().ClearLog();
  ASSERT_EQ(rig.Run({"rebuild", "--from", "list.txt"}).exit_code, 0);
  EXPECT_EQ(rig.service().request_count(), 0U);
  ASSERT_EQ(rig.Run({"rebuild", "--from", "list.txt", "--refresh"}).exit_code, 0);
  EXPECT_GT(rig.service().request_count(), 2U);
  EXPECT_EQ(rig.Digest(), before);
}

TEST(Rebuild, FromTheArchiveAlone) {
  CliRig rig;
  rig.Run({"rebuild", "--from", kList});
  const std::string online = rig.Digest();
  rig.ForgetCorpus();
  rig.service().ClearLog();
  rig.Run({"rebuild", "--from", kList, "--offline"});
  EXPECT_EQ(rig.service().request_count(), 0U);
  EXPECT_EQ(rig.Digest(), online);
}

TEST(Rebuild, AListWithoutIdentifiersIsRefused) {
  CliRig rig;
  testing::WriteTestFile(rig.File("list.txt"), "# nothing\nno identifier here\n");
  const CliResult result = rig.Run({"rebuild", "--from", "list.txt"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("list.txt"));
  EXPECT_EQ(rig.Run({"rebuild", "--from", "not-there.txt"}).exit_code, 2);
}

class ServiceDown : public ::testing::TestWithParam<std::string> {};

TEST_P(ServiceDown, CostsOnlyWhatNeededIt) {
  CliRig rig;
  services::FaultRule rule;
  rule.fault = "http_503";
  rule.endpoint = GetParam();
  rule.probability = 1;
  ASSERT_TRUE(rig.service().SetFaults({rule}).has_value());
  const CliResult result = rig.Run({"rebuild", "--from", kList, "--format", "json"});
  const auto json = JsonOf(result.out);
  ASSERT_TRUE(json.is_object()) << result.out << result.err;
  EXPECT_EQ(result.exit_code, json["identifiers"]["stored"] == 0 ? 4 : 3) << result.err;
  EXPECT_TRUE(json["balanced"]);
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
  // The list of what failed, given again when the service is back, completes the corpus.
  rig.NoFaults();
  const CliResult again = rig.Run({"rebuild", "--from", kList, "--format", "json"});
  EXPECT_EQ(JsonOf(again.out)["identifiers"]["stored"], 22) << again.out;
  const std::string late = rig.Digest();
  rig.ForgetEverything();
  rig.Run({"rebuild", "--from", kList});
  EXPECT_EQ(rig.Digest(), late);
}

INSTANTIATE_TEST_SUITE_P(Each, ServiceDown,
                         ::testing::Values("idconv", "doira", "crossref_list", "crossref_work", "datacite", "esearch",
                                           "efetch"),
                         [](const auto& each) { return each.param; });

TEST(Rebuild, AfterSigkillAnywhereTheCorpusIsTheCalmOnes) {
  const char* asked = std::getenv("LITMILL_TEST_KILLS");
  const int kills = asked == nullptr ? 12 : std::atoi(asked);
  CliRig calm;
  calm.Run({"rebuild", "--from", kList});
  const std::string digest = calm.Digest();
  CliRig rig;
  for (int i = 0; i < kills; ++i) {
    rig.ForgetEverything();
    const pid_t process = rig.Start({"rebuild", "--from", kList});
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + (i * 37) % 400));
    kill(process, SIGKILL);
    rig.Wait(process);
    const CliResult result = rig.Run({"rebuild", "--from", kList});
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_EQ(rig.Digest(), digest) << "killed after " << 20 + (i * 37) % 400 << " ms";
  }
}

}  // namespace
}  // namespace litmill
