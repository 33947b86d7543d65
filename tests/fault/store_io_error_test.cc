// SPDX-License-Identifier: Apache-2.0
// The k-th operation on files fails, once or from then on, for every k: it is reported, nothing is half done, and the
// next run repairs all.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <tuple>

#include "tests/fault/store_scenario.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class StoreIoError : public ::testing::TestWithParam<std::tuple<FaultMode, int>> {};

TEST_P(StoreIoError, AtEveryOperationIsReportedAndLeavesNothingInconsistent) {
  const auto [mode, code] = GetParam();
  const TempDir dir;
  ArmFault(FaultMode::kCount, 0, 0);
  ASSERT_THAT(RunScenario(dir.File("calm.db")), IsOk());
  const int operations = FaultOperations();
  const std::string expected = DigestOf(*OpenCorpus(dir.File("calm.db"), {true, false, ""}));
  int reported = 0;
  for (int at = 1; at <= operations; ++at) {
    const std::string path = dir.File("c" + std::to_string(at) + ".db");
    ArmFault(mode, at, code);
    const Result<void> ran = RunScenario(path);
    const int injected = FaultsInjected();
    ArmFault(FaultMode::kCount, 0, 0);
    if (!ran) {
      ++reported;
      EXPECT_EQ(ran.error().code, ErrorCode::kIo) << "operation " << at << ": " << ran.error().message;
    }
    {
      ArmFault(FaultMode::kCount, 0, 0);
      const auto corpus = store::Corpus::Open(path, {false, true, kFaultVfs});
      ASSERT_THAT(corpus, IsOk()) << "operation " << at;
      ASSERT_EQ(FailedChecks(**corpus), "") << "operation " << at;
      // A run that was reported as done is done, and only that one.
      const bool complete = Ask(**corpus, "SELECT count(*) FROM runs WHERE status = 'complete'") == "1";
      if (ran) {
        ASSERT_TRUE(complete) << "operation " << at << " (" << injected << " faults) went unreported";
      }
    }
    ASSERT_THAT(RunScenario(path), IsOk()) << "operation " << at;
    ASSERT_EQ(DigestOf(*OpenCorpus(path, {true, false, ""})), expected) << "operation " << at;
  }
  EXPECT_GT(reported, operations / 2);
}

INSTANTIATE_TEST_SUITE_P(Modes, StoreIoError,
                         ::testing::Combine(::testing::Values(FaultMode::kFailOnce, FaultMode::kFailForEver),
                                            ::testing::Values(SQLITE_IOERR, SQLITE_FULL)));

}  // namespace
}  // namespace litmill::testing
