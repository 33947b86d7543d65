// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

class SecretsFromEnvironment : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"NCBI_API_KEY", "NCBI_API_KEY_FILE", "LITMILL_EMAIL", "LITMILL_EMAIL_FILE"})
      unsetenv(name);
  }
  void TearDown() override { SetUp(); }
  RealFileSystem files_;
};

TEST_F(SecretsFromEnvironment, AreOptional) {
  const auto secrets = ReadSecrets(files_);
  ASSERT_THAT(secrets, IsOk());
  EXPECT_TRUE(secrets->Keys().empty());
}

TEST_F(SecretsFromEnvironment, ComeFromAVariableOrTheFileItNames) {
  const litmill::testing::TempDir dir;
  litmill::testing::WriteTestFile(dir.File("key"), "abc12345\n");
  setenv("NCBI_API_KEY_FILE", dir.File("key").c_str(), 1);
  setenv("LITMILL_EMAIL", "someone@example.org", 1);
  const auto secrets = ReadSecrets(files_);
  ASSERT_THAT(secrets, IsOk());
  EXPECT_EQ(secrets->Key("NCBI_API_KEY"), "abc12345");
  EXPECT_EQ(secrets->Key("SCOPUS_API_KEY"), "");
  EXPECT_EQ(secrets->Keys(), std::vector<std::string>{"abc12345"});
  EXPECT_EQ(secrets->email, "someone@example.org");
}

TEST_F(SecretsFromEnvironment, ErrorsNameTheVariableNeverTheValue) {
  setenv("NCBI_API_KEY", "two words", 1);
  const auto broken = ReadSecrets(files_);
  ASSERT_THAT(broken, IsError(ErrorCode::kConfig));
  EXPECT_EQ(broken.error().message.find("two words"), std::string::npos);
  EXPECT_NE(broken.error().message.find("NCBI_API_KEY"), std::string::npos);
  setenv("NCBI_API_KEY", "abc", 1);
  EXPECT_THAT(ReadSecrets(files_), IsError(ErrorCode::kConfig)) << "too short to be kept out of texts";
  unsetenv("NCBI_API_KEY");
  setenv("NCBI_API_KEY_FILE", "/no/such/file", 1);
  EXPECT_THAT(ReadSecrets(files_), IsError(ErrorCode::kConfig));
}

}  // namespace
}  // namespace litmill::app
