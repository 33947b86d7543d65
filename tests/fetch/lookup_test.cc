// SPDX-License-Identifier: Apache-2.0
#include "fetch/lookup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/fakes.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

TEST(MakeBatches, KeepToCountAndBytesAndLoseNothing) {
  EXPECT_THAT(MakeBatches({}, 2, 100), ElementsAre());
  EXPECT_THAT(MakeBatches({"a", "b", "a", "c"}, 2, 100), ElementsAre(Ids{"a", "b"}, Ids{"c"}));
  // "a/b" is five bytes on the wire, and three for the separator
  EXPECT_THAT(MakeBatches({"a/b", "c/d", "e/f"}, 9, 16), ElementsAre(Ids{"a/b", "c/d"}, Ids{"e/f"}));
  EXPECT_THAT(MakeBatches({"longer-than-allowed", "x"}, 9, 5), ElementsAre(Ids{"longer-than-allowed"}, Ids{"x"}));
}

/// A service that answers any batch without a bad id.
struct FakeService {
  Ids bad = {};
  ErrorCode code = ErrorCode::kPermanentRemote;
  bool refuses_everything = false;
  int answers = 1;
  bool served = false;
  int in_a_row = 0;
  int calls = 0;
  Ids taken = {};

  Result<void> operator()(const Ids& batch, SendOutcome* outcome) {
    ++calls;
    const bool fails = std::any_of(batch.begin(), batch.end(), [this](const std::string& id) {
      return std::find(bad.begin(), bad.end(), id) != bad.end();
    });
    in_a_row = fails ? in_a_row + 1 : 0;
    if (!fails) served = true;
    outcome->answers = answers;
    outcome->failed_in_a_row = in_a_row;
    outcome->ever_served = served;
    outcome->last.refuses_everything = refuses_everything;
    if (fails) return Fail(code, "synthetic");
    taken.insert(taken.end(), batch.begin(), batch.end());
    return {};
  }
};

Ids Numbers(int count) {
  Ids ids;
  for (int i = 0; i < count; ++i) ids.push_back(std::to_string(i));
  return ids;
}

struct Outcome {
  Result<void> result;
  Ids failed;
};

Outcome Play(FakeService& service, const Ids& ids) {
  litmill::testing::RecordingLogger log;
  Ids failed;
  HalvingLookup lookup([&](const Ids& batch, SendOutcome* outcome) { return service(batch, outcome); },
                       [&](const std::string& id, const Error&) { failed.push_back(id); }, &log);
  Result<void> result = lookup.Run(ids);
  return {std::move(result), std::move(failed)};
}

TEST(HalvingLookup, ABadIdCostsOneIdWhereverItStands) {
  for (const ErrorCode code : {ErrorCode::kPermanentRemote, ErrorCode::kTransientRemote})
    for (int at = 0; at < 200; ++at) {
      FakeService service{{std::to_string(at)}, code};
      const Outcome outcome = Play(service, Numbers(200));
      ASSERT_THAT(outcome.result, IsOk()) << at;
      EXPECT_THAT(outcome.failed, ElementsAre(std::to_string(at)));
      EXPECT_EQ(service.taken.size(), 199U);
      EXPECT_LE(service.calls, 17);
    }
}

TEST(HalvingLookup, SeveralBadIdsAreAllNamed) {
  FakeService service{{"3", "4", "150"}};
  const Outcome outcome = Play(service, Numbers(200));
  ASSERT_THAT(outcome.result, IsOk());
  EXPECT_THAT(outcome.failed, UnorderedElementsAre("3", "4", "150"));
  EXPECT_EQ(service.taken.size(), 197U);
}

TEST(HalvingLookup, StopsWhenTheServiceIsAtFault) {
  struct Case {
    const char* name;
    FakeService service;
    int most_calls;
  };
  const Case cases[] = {
      {"throttled", {Numbers(200), ErrorCode::kThrottled}, 1},
      {"interrupted", {Numbers(200), ErrorCode::kInterrupted}, 1},
      {"archive", {Numbers(200), ErrorCode::kIo}, 1},
      {"refused altogether", {Numbers(200), ErrorCode::kPermanentRemote, true}, 1},
      {"never reached", {Numbers(200), ErrorCode::kTransientRemote, false, 0}, 1},
      {"gone", {Numbers(200), ErrorCode::kTransientRemote}, 10},
      {"refuses one by one", {Numbers(200), ErrorCode::kPermanentRemote}, 21},
  };
  for (Case c : cases) {
    const Outcome outcome = Play(c.service, Numbers(200));
    EXPECT_THAT(outcome.result, IsError(c.service.code)) << c.name;
    EXPECT_LE(c.service.calls, c.most_calls) << c.name;
  }
}

TEST(HalvingLookup, OfflineABatchThatWasNeverAskedFailsAsAWhole) {
  FakeService service{{"1"}, ErrorCode::kNotFound};
  const Outcome outcome = Play(service, Numbers(3));
  ASSERT_THAT(outcome.result, IsOk());
  EXPECT_THAT(outcome.failed, ElementsAre("0", "1", "2"));
  EXPECT_EQ(service.calls, 1);
}

}  // namespace
}  // namespace litmill::fetch
