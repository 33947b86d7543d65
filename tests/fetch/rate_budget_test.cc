// SPDX-License-Identifier: Apache-2.0
#include "fetch/rate_budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/support/fakes.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::FakeTime;
using litmill::testing::IsError;
using litmill::testing::IsOk;
using litmill::testing::ReadTestFile;
using litmill::testing::TempDir;
using litmill::testing::WriteTestFile;
using ::testing::ElementsAre;

std::unique_ptr<RateBudget> Open(const TempDir& folder, std::int64_t interval_ms, FakeTime& time) {
  auto budget = RateBudget::Open(folder.path(), "host:1", interval_ms, time, time);
  EXPECT_THAT(budget, IsOk());
  return std::move(*budget);
}

TEST(RateBudget, SpacesRequestsByTheInterval) {
  TempDir folder;
  FakeTime time;
  const auto budget = Open(folder, 370, time);
  ASSERT_THAT(budget->Acquire(), IsOk());
  ASSERT_THAT(budget->Acquire(), IsOk());
  time.Advance(std::chrono::milliseconds(300));
  ASSERT_THAT(budget->Acquire(), IsOk());
  time.Advance(std::chrono::milliseconds(1000));
  ASSERT_THAT(budget->Acquire(), IsOk());
  EXPECT_THAT(time.waits_ms(), ElementsAre(370, 70));
}

TEST(RateBudget, TwoBudgetsOfOneNameAreOneAndOfTwoNamesTwo) {
  TempDir folder;
  FakeTime time;
  const auto first = Open(folder, 370, time);
  const auto second = Open(folder, 370, time);
  auto other = RateBudget::Open(folder.path(), "host:2", 370, time, time);
  ASSERT_THAT(other, IsOk());
  ASSERT_THAT(first->Acquire(), IsOk());
  ASSERT_THAT(second->Acquire(), IsOk());
  ASSERT_THAT((*other)->Acquire(), IsOk());
  EXPECT_THAT(time.waits_ms(), ElementsAre(370));
}

TEST(RateBudget, APauseHoldsForAllAndIsNeverShortened) {
  TempDir folder;
  FakeTime time;
  const auto first = Open(folder, 370, time);
  const auto second = Open(folder, 370, time);
  ASSERT_THAT(first->Pause(5'000), IsOk());
  ASSERT_THAT(first->Pause(1'000), IsOk());
  ASSERT_THAT(second->Acquire(), IsOk());
  EXPECT_THAT(time.waits_ms(), ElementsAre(5'000));
}

TEST(RateBudget, APauseIsCappedAtAQuarterOfAnHour) {
  TempDir folder;
  FakeTime time;
  const auto budget = Open(folder, 0, time);
  ASSERT_THAT(budget->Pause(86'400'000), IsOk());
  ASSERT_THAT(budget->Acquire(), IsOk());
  EXPECT_THAT(time.waits_ms(), ElementsAre(900'000));
}

TEST(RateBudget, StampsFromBeforeARebootAreIgnored) {
  TempDir folder;
  FakeTime time;  // starts at 1,000,000 ms
  const auto budget = Open(folder, 370, time);
  WriteTestFile(folder.File("host_1.rate"), "litmill-rate 1 99000000 99000000\n");
  ASSERT_THAT(budget->Acquire(), IsOk());
  EXPECT_THAT(time.waits_ms(), ElementsAre());
}

TEST(RateBudget, UnreadableStateCountsAsARequestJustNow) {
  for (const char* bytes : {"x", "litmill-rate 1", "litmill-rate 1 5", "litmill-rate 1 99999999999999999999999 0\n",
                            "litmill-rate 2 0 0\n"}) {
    TempDir folder;
    FakeTime time;
    const auto budget = Open(folder, 370, time);
    WriteTestFile(folder.File("host_1.rate"), bytes);
    ASSERT_THAT(budget->Acquire(), IsOk());
    EXPECT_THAT(time.waits_ms(), ElementsAre(370)) << bytes;
  }
}

TEST(RateBudget, AStopEndsWaitingAndTakesNoSlot) {
  TempDir folder;
  FakeTime time;
  const auto budget = Open(folder, 370, time);
  ASSERT_THAT(budget->Acquire(), IsOk());
  const std::string before = ReadTestFile(folder.File("host_1.rate"));
  time.Stop();
  EXPECT_THAT(budget->Acquire(), IsError(ErrorCode::kInterrupted));
  EXPECT_EQ(ReadTestFile(folder.File("host_1.rate")), before);
}

TEST(RateBudget, AFolderThatCannotBeUsedIsAnError) {
  TempDir folder;
  FakeTime time;
  EXPECT_THAT(RateBudget::Open(folder.File("missing/deeper"), "x", 1, time, time), IsError(ErrorCode::kIo));
  WriteTestFile(folder.File("elsewhere"), "precious");
  ASSERT_EQ(symlink(folder.File("elsewhere").c_str(), folder.File("link.rate").c_str()), 0);
  EXPECT_THAT(RateBudget::Open(folder.path(), "link", 1, time, time), IsError(ErrorCode::kIo)) << "a planted link";
  EXPECT_EQ(ReadTestFile(folder.File("elsewhere")), "precious");
  ASSERT_EQ(mkdir(folder.File("folder.rate").c_str(), 0700), 0);
  EXPECT_THAT(RateBudget::Open(folder.path(), "folder", 1, time, time), IsError(ErrorCode::kIo));
  ASSERT_EQ(mkfifo(folder.File("pipe.rate").c_str(), 0600), 0);
  EXPECT_THAT(RateBudget::Open(folder.path(), "pipe", 1, time, time), IsError(ErrorCode::kIo));
}

TEST(RateBudget, TheFileIsForAllUsersWhateverTheUmask) {
  TempDir folder;
  FakeTime time;
  const mode_t old = umask(0077);
  const auto budget = Open(folder, 1, time);
  umask(old);
  struct stat info {};
  ASSERT_EQ(stat(folder.File("host_1.rate").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0666U);
}

TEST(RateBudget, GoesOnWhenACleanerRemovedTheFileOrTheFolder) {
  TempDir top;
  const std::string folder = top.File("state");
  ASSERT_EQ(mkdir(folder.c_str(), 0700), 0);
  FakeTime time;
  auto budget = RateBudget::Open(folder, "x", 370, time, time);
  ASSERT_THAT(budget, IsOk());
  ASSERT_THAT((*budget)->Acquire(), IsOk());
  ASSERT_EQ(unlink((folder + "/x.rate").c_str()), 0);
  ASSERT_EQ(rmdir(folder.c_str()), 0);
  EXPECT_THAT((*budget)->Acquire(), IsOk());
}

/// Takes `slots` slots for real and appends the time of each to `path`.
void TakeSlots(const std::string& folder, std::int64_t interval_ms, int slots, const std::string& path) {
  const SystemClock clock;
  SystemSleeper sleeper;
  auto budget = RateBudget::Open(folder, "shared", interval_ms, clock, sleeper);
  if (!budget) _exit(1);
  std::ofstream out(path, std::ios::app);
  for (int i = 0; i < slots; ++i) {
    if (!(*budget)->Acquire()) _exit(2);
    out << clock.SteadyMs() << "\n" << std::flush;
  }
}

TEST(RateBudget, ProcessesAndThreadsTogetherKeepTheDistance) {
  constexpr int kProcesses = 4;
  constexpr int kSlots = 10;
  constexpr std::int64_t kInterval = 20;
  TempDir folder;
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      std::thread other([&] { TakeSlots(folder.path(), kInterval, kSlots, folder.File("b" + std::to_string(p))); });
      TakeSlots(folder.path(), kInterval, kSlots, folder.File("a" + std::to_string(p)));
      other.join();
      _exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  std::vector<std::int64_t> stamps;
  for (int p = 0; p < kProcesses; ++p)
    for (const char* part : {"a", "b"}) {
      std::ifstream in(folder.File(part + std::to_string(p)));
      std::int64_t stamp = 0;
      while (in >> stamp) stamps.push_back(stamp);
    }
  ASSERT_EQ(stamps.size(), static_cast<std::size_t>(2 * kProcesses * kSlots));
  std::sort(stamps.begin(), stamps.end());
  // What is measured is when Acquire returned, which the scheduler may delay by some time; what holds by construction
  // is any longer span: n slots cannot lie closer than n - 1 intervals, less the delay of the first one.
  constexpr std::int64_t kSchedulerMs = 200;
  for (std::size_t i = 0; i < stamps.size(); ++i)
    for (std::size_t j = i + 1; j < stamps.size(); ++j)
      ASSERT_GE(stamps[j] - stamps[i], static_cast<std::int64_t>(j - i) * kInterval - kSchedulerMs) << i << " " << j;
  EXPECT_GE(stamps.back() - stamps.front(), static_cast<std::int64_t>(stamps.size() - 1) * kInterval - kSchedulerMs);
}

/// A real clock whose sleeper notes, under the budget's lock, when each slot was stamped: the stamps as the state file
/// holds them.
TEST(RateBudget, StampedMomentsAreNeverCloserThanTheInterval) {
  TempDir folder;
  const SystemClock clock;
  SystemSleeper sleeper;
  auto budget = RateBudget::Open(folder.path(), "x", 7, clock, sleeper);
  ASSERT_THAT(budget, IsOk());
  std::int64_t last = 0;
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT((*budget)->Acquire(), IsOk());
    std::ifstream in(folder.File("x.rate"));
    std::string magic;
    int version = 0;
    std::int64_t stamp = 0;
    in >> magic >> version >> stamp;
    ASSERT_GE(stamp - last, 7);
    last = stamp;
  }
}

TEST(RateBudget, AKilledHolderDoesNotBlockTheOthers) {
  TempDir folder;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const SystemClock clock;
    SystemSleeper sleeper;
    auto budget = RateBudget::Open(folder.path(), "shared", 600'000, clock, sleeper);
    if (!budget || !(*budget)->Acquire()) _exit(1);
    if (write(ready[1], "x", 1) != 1) _exit(1);
    (void)(*budget)->Acquire();  // holds the lock for ten minutes
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_EQ(kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  close(ready[0]);
  close(ready[1]);
  const SystemClock clock;
  SystemSleeper sleeper;
  auto budget = RateBudget::Open(folder.path(), "shared", 10, clock, sleeper);
  ASSERT_THAT(budget, IsOk());
  const std::int64_t before = clock.SteadyMs();
  EXPECT_THAT((*budget)->Acquire(), IsOk());
  EXPECT_LT(clock.SteadyMs() - before, 5'000);
}

TEST(RateBudget, AStopIsNoticedWhileAnotherProcessHoldsTheLock) {
  TempDir folder;
  const SystemClock clock;
  SystemSleeper endless;
  auto holder = RateBudget::Open(folder.path(), "shared", 600'000, clock, endless);
  ASSERT_THAT(holder, IsOk());
  ASSERT_THAT((*holder)->Acquire(), IsOk());
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto budget = RateBudget::Open(folder.path(), "shared", 600'000, clock, endless);
    if (budget) (void)(*budget)->Acquire();
    _exit(0);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  std::atomic<bool> stop{false};
  SystemSleeper stoppable(&stop);
  auto budget = RateBudget::Open(folder.path(), "shared", 600'000, clock, stoppable);
  ASSERT_THAT(budget, IsOk());
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop = true;
  });
  EXPECT_THAT((*budget)->Acquire(), IsError(ErrorCode::kInterrupted));
  stopper.join();
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
}

TEST(SharedStateFolder, IsTheNamedOneAndCreated) {
  TempDir top;
  const std::string folder = top.File("state");
  setenv("LITMILL_STATE_DIR", folder.c_str(), 1);
  const auto found = SharedStateFolder();
  unsetenv("LITMILL_STATE_DIR");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(*found, folder);
  struct stat info {};
  ASSERT_EQ(stat(folder.c_str(), &info), 0);
  EXPECT_TRUE(S_ISDIR(info.st_mode));
}

TEST(SharedStateFolder, RefusesAFileInItsPlace) {
  TempDir top;
  WriteTestFile(top.File("state"), "x");
  setenv("LITMILL_STATE_DIR", top.File("state").c_str(), 1);
  EXPECT_THAT(SharedStateFolder(), IsError(ErrorCode::kIo));
  unsetenv("LITMILL_STATE_DIR");
}

}  // namespace
}  // namespace litmill::fetch
