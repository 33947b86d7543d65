// SPDX-License-Identifier: Apache-2.0
#include "app/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace litmill::app {
namespace {

class PoolOf : public ::testing::TestWithParam<int> {};

TEST_P(PoolOf, RunsEveryTaskAndReturnsItsValue) {
  WorkerPool pool(GetParam());
  std::vector<std::future<int>> futures;
  for (int i = 0; i < 500; ++i) futures.push_back(pool.Submit([i] { return i * i; }));
  for (int i = 0; i < 500; ++i) EXPECT_EQ(futures[static_cast<std::size_t>(i)].get(), i * i);
}

TEST_P(PoolOf, HandsAnExceptionToWhoeverAsksForTheValue) {
  WorkerPool pool(GetParam());
  std::future<int> future = pool.Submit([]() -> int { throw std::runtime_error("no"); });
  EXPECT_THROW((void)future.get(), std::runtime_error);
  EXPECT_EQ(pool.Submit([] { return 1; }).get(), 1) << "the pool goes on";
}

TEST_P(PoolOf, FinishesWhatWasSubmittedBeforeItIsGone) {
  std::atomic<int> done{0};
  {
    WorkerPool pool(GetParam());
    for (int i = 0; i < 100; ++i) (void)pool.Submit([&done] { ++done; });
  }
  EXPECT_EQ(done, 100);
}

INSTANTIATE_TEST_SUITE_P(Threads, PoolOf, ::testing::Values(0, 1, 8));

}  // namespace
}  // namespace litmill::app
