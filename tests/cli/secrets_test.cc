// SPDX-License-Identifier: Apache-2.0
// No key and no address in anything that litmill leaves behind or prints, also when the service echoes the key.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;

constexpr const char* kKey = "0123456789abcdefSECRETKEY0123456789ab";
constexpr const char* kMail = "reviewer.secret@example.org";

void ExpectNoSecretIn(const CliRig& rig, const CliResult& result) {
  for (const char* secret : {kKey, kMail, "reviewer.secret%40example.org"}) {
    EXPECT_EQ(result.out.find(secret), std::string::npos);
    EXPECT_EQ(result.err.find(secret), std::string::npos) << result.err;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(rig.File("x")).parent_path()))
      if (entry.is_regular_file()) {
        EXPECT_EQ(testing::ReadTestFile(entry.path().string()).find(secret), std::string::npos) << entry.path();
      }
  }
}

TEST(Secrets, AreSentAndNeverKept) {
  services::StandinOptions options = CliRig::DefaultOptions();
  options.api_key = kKey;
  options.require_contact = true;
  CliRig rig(false, options);
  rig.SetEnv("NCBI_API_KEY", kKey);
  rig.SetEnv("LITMILL_EMAIL", kMail);
  const CliResult result = rig.Run({"run", "--log-format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  ExpectNoSecretIn(rig, result);
  ExpectNoSecretIn(rig, rig.Run({"run", "--dry-run"}));
  ExpectNoSecretIn(rig, rig.Run({"config", "check"}));
}

TEST(Secrets, AWrongKeyIsRefusedAndNotEchoed) {
  services::StandinOptions options = CliRig::DefaultOptions();
  options.api_key = "the-right-one";
  CliRig rig(false, options);
  rig.SetEnv("NCBI_API_KEY", kKey);
  const CliResult result = rig.Run({"run"});
  EXPECT_EQ(result.exit_code, 4) << result.err;
  EXPECT_THAT(result.err, ::testing::HasSubstr("key"));
  ExpectNoSecretIn(rig, result);
}

const std::vector<std::string> kDatabases{"scopus", "wos", "embase", "europepmc"};
const char* const kList = LITMILL_SOURCE_DIR "/tests/data/sample/identifiers.txt";

void ExpectNoKeyOfAnyDatabaseIn(const CliRig& rig, const CliResult& result) {
  ExpectNoSecretIn(rig, result);
  for (const std::string& database : kDatabases) {
    const std::string key = CliRig::KeyOf(database);
    EXPECT_EQ(result.out.find(key), std::string::npos) << database;
    EXPECT_EQ(result.err.find(key), std::string::npos) << result.err;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(rig.File("x")).parent_path()))
      if (entry.is_regular_file()) {
        EXPECT_EQ(testing::ReadTestFile(entry.path().string()).find(key), std::string::npos) << entry.path();
      }
  }
}

TEST(Secrets, OfEverySourceAreSentAndNeverKept) {
  CliRig rig;
  rig.EnableDatabases(kDatabases);
  rig.SetEnv("LITMILL_EMAIL", kMail);
  const CliResult result = rig.Run({"run", "--log-format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  ExpectNoKeyOfAnyDatabaseIn(rig, result);
  ExpectNoKeyOfAnyDatabaseIn(rig, rig.Run({"rebuild", "--from", kList, "--failed-to", "failed.txt"}));
  ExpectNoKeyOfAnyDatabaseIn(rig, rig.Run({"search", "count", "--query", "migraine", "--on", "scopus"}));
  ExpectNoKeyOfAnyDatabaseIn(rig, rig.Run({"config", "check"}));
}

class RefusedKey : public ::testing::TestWithParam<std::string> {};

TEST_P(RefusedKey, IsToldAndNotEchoed) {
  CliRig rig;
  rig.EnableDatabases(kDatabases);
  rig.SetEnv("LITMILL_EMAIL", kMail);
  rig.service().SetServiceKey(GetParam(), "another-key-than-ours");
  const CliResult result = rig.Run({"run"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  ExpectNoKeyOfAnyDatabaseIn(rig, result);
}

INSTANTIATE_TEST_SUITE_P(Each, RefusedKey, ::testing::Values("scopus", "wos", "embase"),
                         [](const auto& each) { return each.param; });

class FaultAtEveryEndpoint : public ::testing::TestWithParam<std::string> {};

TEST_P(FaultAtEveryEndpoint, LeavesNoSecretBehind) {
  CliRig rig;
  rig.EnableDatabases(kDatabases);
  rig.SetEnv("LITMILL_EMAIL", kMail);
  std::vector<services::FaultRule> rules;
  for (const char* endpoint : {"esearch", "efetch", "scopus", "embase", "wos_starter", "europepmc", "idconv", "doira",
                               "crossref_list", "crossref_work", "datacite"}) {
    services::FaultRule& rule = rules.emplace_back();
    rule.fault = GetParam();
    rule.endpoint = endpoint;
    rule.probability = 1;
  }
  ASSERT_TRUE(rig.service().SetFaults(rules).has_value());
  const CliResult run = rig.Run({"run"});
  EXPECT_EQ(run.exit_code, 4) << run.err;
  ExpectNoKeyOfAnyDatabaseIn(rig, run);
  ExpectNoKeyOfAnyDatabaseIn(rig, rig.Run({"rebuild", "--from", kList}));
}

INSTANTIATE_TEST_SUITE_P(Each, FaultAtEveryEndpoint,
                         ::testing::Values("http_503", "html_page_200", "cut_body", "reset_before_headers",
                                           "redirect_other_host"),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace litmill
