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

}  // namespace
}  // namespace litmill
