// SPDX-License-Identifier: Apache-2.0
// A client over real HTTP against the stand-in services, and every fault that they know.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fetch/http_client.h"
#include "tests/services/standin.h"
#include "tests/support/fakes.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch::testing {

inline constexpr const char* kContact = "someone+review@example.org";
inline constexpr const char* kServiceKey = "SYNTHETICkey0123456789";

/// `http` knows the contact address and the key. Rates are counted but not enforced.
struct StandinRig : ::testing::Test {
  void SetUp() override {
    services::StandinOptions options;
    options.enforce_limit = false;
    auto started = services::Standin::Start(options);
    ASSERT_THAT(started, litmill::testing::IsOk());
    standin = std::move(*started);
    auto opened_budget = RateBudget::Open(folder.path(), "works", 1, clock, sleeper);
    auto opened_archive = RawArchive::Open(folder.File("raw.sqlar"));
    ASSERT_THAT(opened_budget, litmill::testing::IsOk());
    ASSERT_THAT(opened_archive, litmill::testing::IsOk());
    budget = std::move(*opened_budget);
    archive = std::move(*opened_archive);
    TransportLimits limits;
    limits.stall_timeout_s = 1;
    transport = std::make_unique<CurlTransport>(limits, "litmill-test", nullptr);
    RetryPolicy policy;
    policy.first_delay_ms = 1;
    http = std::make_unique<HttpClient>(
        HttpClient::Parts{transport.get(), budget.get(), archive.get(), &clock, &sleeper, &log}, policy, "run",
        std::vector<std::string>{kServiceKey}, 1, kContact);
  }

  void Schedule(const std::string& rule) {
    const auto parsed = services::ParseFaultRule(rule);
    ASSERT_THAT(parsed, litmill::testing::IsOk()) << rule;
    ASSERT_THAT(standin->SetFaults({*parsed}), litmill::testing::IsOk()) << rule;
  }
  /// `ask` must get through every fault of `endpoint`, or refuse where nothing else is right.
  void ForEachFault(const std::string& endpoint, const std::function<Result<void>()>& ask) {
    int seen = 0;
    for (const services::FaultInfo& fault : services::AllFaults()) {
      if (!services::FaultApplies(fault, endpoint)) continue;
      ++seen;
      Schedule(fmt::format("{}@{}:1", fault.name, endpoint));
      const Result<void> result = ask();
      if (fault.remedy == services::Remedy::kRefuse) {
        EXPECT_THAT(result, litmill::testing::IsError(ErrorCode::kPermanentRemote)) << fault.name;
      } else {
        EXPECT_THAT(result, litmill::testing::IsOk()) << fault.name;
      }
    }
    EXPECT_GE(seen, 20);
    EXPECT_EQ(standin->request_count("other_host"), 0U);
  }

  litmill::testing::TempDir folder;
  SystemClock clock;
  SystemSleeper sleeper;
  litmill::testing::RecordingLogger log;
  std::unique_ptr<services::Standin> standin;
  std::unique_ptr<RateBudget> budget;
  std::unique_ptr<RawArchive> archive;
  std::unique_ptr<CurlTransport> transport;
  std::unique_ptr<HttpClient> http;
};

}  // namespace litmill::fetch::testing
