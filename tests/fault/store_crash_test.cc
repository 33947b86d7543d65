// SPDX-License-Identifier: Apache-2.0
// The process dies at the k-th operation on files, for every k: the corpus is whole, and the next run ends where an
// undisturbed one does.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fault/store_scenario.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

/// Exit status of a child that runs the scenario with the fault armed.
int RunInChild(const std::string& path, FaultMode mode, int at) {
  const pid_t child = fork();
  if (child == 0) {
    ArmFault(mode, at, 0);
    _exit(RunScenario(path) ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class StoreCrash : public ::testing::TestWithParam<FaultMode> {};

TEST_P(StoreCrash, AtEveryOperationTheRunIsAbsentOrWholeAndCanBeTakenUp) {
  const TempDir dir;
  const std::string calm = dir.File("calm.db");
  ArmFault(FaultMode::kCount, 0, 0);
  ASSERT_THAT(RunScenario(calm), IsOk());
  const int operations = FaultOperations();
  ASSERT_GT(operations, 20);
  const std::string expected = DigestOf(*OpenCorpus(calm, {true, false, ""}));
  int died = 0;
  for (int at = 1; at <= operations; ++at) {
    const std::string path = dir.File("c" + std::to_string(at) + ".db");
    const int status = RunInChild(path, GetParam(), at);
    ASSERT_TRUE(status == kDiedOnPurpose || status == 0) << "operation " << at << ", exit " << status;
    died += status == kDiedOnPurpose ? 1 : 0;
    {
      ArmFault(FaultMode::kCount, 0, 0);
      const auto corpus = store::Corpus::Open(path, {false, true, kFaultVfs});
      ASSERT_THAT(corpus, IsOk()) << "operation " << at;
      ASSERT_EQ(FailedChecks(**corpus), "") << "operation " << at;
    }
    ArmFault(FaultMode::kCount, 0, 0);
    ASSERT_THAT(RunScenario(path), IsOk()) << "operation " << at;
    const auto corpus = OpenCorpus(path, {true, false, ""});
    ASSERT_EQ(DigestOf(*corpus), expected) << "operation " << at;
    ASSERT_EQ(FailedChecks(*corpus), "") << "operation " << at;
  }
  EXPECT_EQ(died, operations);
}

INSTANTIATE_TEST_SUITE_P(Modes, StoreCrash, ::testing::Values(FaultMode::kDie, FaultMode::kTearAndDie));

}  // namespace
}  // namespace litmill::testing
