// SPDX-License-Identifier: Apache-2.0
// A run may be killed at any instant and the services may fail in every way the stand-in knows: in the end the corpus
// is the same.
#include <gmock/gmock.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;

int FromEnvironment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);  // NOLINT: a test's own setting
}

/// The digest of a run that nothing disturbed, and how long it took.
struct Calm {
  std::string digest;
  std::chrono::microseconds took{};
};

Calm CalmRun(CliRig& rig, const std::vector<std::string>& options) {
  const auto start = std::chrono::steady_clock::now();
  rig.RunPipeline(options);
  const auto end = std::chrono::steady_clock::now();
  Calm calm{rig.Digest(), std::chrono::duration_cast<std::chrono::microseconds>(end - start)};
  rig.ForgetEverything();
  return calm;
}

TEST(Resume, AfterSigkillAtRandomPointsTheCorpusIsThatOfACalmRun) {
  const int kills = FromEnvironment("LITMILL_TEST_KILLS", 25);
  const auto seed = static_cast<unsigned>(FromEnvironment("LITMILL_TEST_SEED", 1));
  const std::vector<std::string> options{"--batch-size", "10"};
  CliRig rig;
  const Calm calm = CalmRun(rig, options);
  std::mt19937 random(seed);
  int killed_midway = 0;
  for (int i = 0; i < kills; ++i) {
    std::vector<std::string> command{"run"};
    command.insert(command.end(), options.begin(), options.end());
    const pid_t process = rig.Start(command);
    usleep(static_cast<useconds_t>(random() % static_cast<unsigned long>(calm.took.count())));
    kill(process, SIGKILL);
    killed_midway += rig.Wait(process).exit_code == 128 + SIGKILL ? 1 : 0;
    // Killed a second time on the way every other time: the resumption must be resumable too.
    if (i % 2 == 0) {
      rig.RunPipeline(options);
      ASSERT_EQ(rig.Digest(), calm.digest) << "kill " << i << ", LITMILL_TEST_SEED=" << seed;
      ASSERT_EQ(rig.Run({"validate"}).exit_code, 0);
      rig.ForgetEverything();
    }
  }
  EXPECT_GT(killed_midway, kills / 2) << "most kills must hit a running program";
}

TEST(Resume, AfterSigintTheExitCodeIs130AndTheNextRunGoesOn) {
  CliRig rig;
  const Calm calm = CalmRun(rig, {});
  rig.FaultAt("stall", "efetch", 1);
  rig.service().ClearLog();
  const pid_t process = rig.Start({"run"});
  // A minute: a debug build takes seconds to read its rules, and four times as long on a busy machine.
  for (int i = 0; i < 6000 && rig.service().request_count("efetch") == 0; ++i) usleep(10'000);
  ASSERT_GT(rig.service().request_count("efetch"), 0U);
  kill(process, SIGINT);
  const CliResult stopped = rig.Wait(process);
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_THAT(stopped.err, ::testing::HasSubstr("run the same command again"));
  rig.NoFaults();
  const CliResult resumed = rig.Run({"run"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_THAT(resumed.err, ::testing::HasSubstr("going on with the run"));
  EXPECT_EQ(rig.Digest(), calm.digest);
}

class EveryFault : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryFault, OnceAtEachPlaceEndsInTheCalmCorpus) {
  CliRig rig;
  const std::vector<std::string> options{"--batch-size", "40"};
  const Calm calm = CalmRun(rig, options);
  const services::FaultInfo* fault = services::FindFault(GetParam());
  ASSERT_NE(fault, nullptr);
  for (const char* endpoint : {"esearch", "efetch"}) {
    if (!services::FaultApplies(*fault, endpoint)) continue;
    for (std::uint64_t at : {1U, 3U}) {
      rig.FaultAt(GetParam(), endpoint, at);
      const CliResult first = rig.Run({"run", "--batch-size", "40"});
      if (first.exit_code != 0) {
        // A refusal is allowed where the protocol asks for one; it is said, and the next run is whole.
        EXPECT_FALSE(first.err.empty());
        EXPECT_NE(first.exit_code, 1) << first.err;
        rig.NoFaults();
        rig.RunPipeline(options);
      }
      EXPECT_EQ(rig.Digest(), calm.digest) << GetParam() << " at " << endpoint << " request " << at << "\n"
                                           << first.err;
      EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
      rig.ForgetEverything();
    }
  }
}

TEST_P(EveryFault, FollowedByAKillEndsInTheCalmCorpus) {
  CliRig rig;
  const std::vector<std::string> options{"--batch-size", "40"};
  const Calm calm = CalmRun(rig, options);
  rig.FaultAt(GetParam(), "*", 4);
  const std::uint64_t before = rig.service().request_count();
  const pid_t process = rig.Start({"run", "--batch-size", "40"});
  for (int i = 0; i < 200 && rig.service().request_count() < before + 4; ++i) usleep(5'000);
  usleep(30'000);
  kill(process, SIGKILL);
  rig.Wait(process);
  rig.NoFaults();
  rig.RunPipeline(options);
  EXPECT_EQ(rig.Digest(), calm.digest);
}

std::string FaultTestName(const ::testing::TestParamInfo<std::string>& info) { return info.param; }

INSTANTIATE_TEST_SUITE_P(All, EveryFault, ::testing::ValuesIn(services::all_fault_names()), FaultTestName);

TEST(Resume, AStormOfRandomFaultsIsWeathered) {
  CliRig rig;
  const std::vector<std::string> options{"--batch-size", "20"};
  const Calm calm = CalmRun(rig, options);
  std::vector<services::FaultRule> storm;
  std::uint64_t seed = 5;
  for (const char* name :
       {"http_500", "cut_body", "reset_before_headers", "proxy_stream_400", "missing_record", "malformed_record"}) {
    services::FaultRule rule;
    rule.fault = name;
    rule.probability = 0.08;
    rule.seed = seed++;
    storm.push_back(rule);
  }
  ASSERT_TRUE(rig.service().SetFaults(storm).has_value());
  for (int i = 0; i < 5; ++i)
    if (rig.Run({"run", "--batch-size", "20"}).exit_code == 0) break;
  rig.NoFaults();
  rig.RunPipeline(options);
  EXPECT_EQ(rig.Digest(), calm.digest);
}

}  // namespace
}  // namespace litmill
