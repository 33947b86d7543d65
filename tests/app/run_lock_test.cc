// SPDX-License-Identifier: Apache-2.0
#include "app/run_lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/fakes.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::FakeTime;
using litmill::testing::IsError;
using litmill::testing::IsOk;
using litmill::testing::TempDir;

TEST(RunLock, SecondTakerIsToldWhoHoldsIt) {
  const TempDir dir;
  const FakeTime time;
  const auto first = RunLock::Acquire(dir.File("c.db"), "litmill run", time);
  ASSERT_THAT(first, IsOk());
  const auto second = RunLock::Acquire(dir.File("c.db"), "litmill import", time);
  ASSERT_THAT(second, IsError(ErrorCode::kBusy));
  EXPECT_NE(second.error().message.find("process " + std::to_string(getpid())), std::string::npos);
  EXPECT_NE(second.error().message.find("litmill run"), std::string::npos);
  EXPECT_NE(second.error().message.find("2026-01-02T00:00:00Z"), std::string::npos);
}

TEST(RunLock, IsFreeAgainAfterItsHolder) {
  const TempDir dir;
  const FakeTime time;
  { const auto lock = RunLock::Acquire(dir.File("c.db"), "litmill run", time); }
  EXPECT_THAT(RunLock::Acquire(dir.File("c.db"), "litmill run", time), IsOk());
}

TEST(RunLock, IsFreedByTheSystemWhenItsHolderIsKilled) {
  const TempDir dir;
  const FakeTime time;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = RunLock::Acquire(dir.File("c.db"), "litmill run", time);
    (void)!write(ready[1], lock ? "y" : "n", 1);
    pause();
  }
  char answer = 0;
  ASSERT_EQ(read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  EXPECT_THAT(RunLock::Acquire(dir.File("c.db"), "x", time), IsError(ErrorCode::kBusy));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_THAT(RunLock::Acquire(dir.File("c.db"), "x", time), IsOk());
  close(ready[0]);
  close(ready[1]);
}

TEST(RunLock, NamesTheFileItCannotMake) {
  const FakeTime time;
  const auto lock = RunLock::Acquire("/proc/no/c.db", "x", time);
  ASSERT_THAT(lock, IsError(ErrorCode::kIo));
  EXPECT_NE(lock.error().message.find("/proc/no/c.db.lock"), std::string::npos);
}

}  // namespace
}  // namespace litmill::app
