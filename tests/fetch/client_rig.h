// SPDX-License-Identifier: Apache-2.0
// Everything an HttpClient needs, on a scripted network and a clock that stands still.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fetch/http_client.h"
#include "tests/fetch/scripted_transport.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch::testing {

inline constexpr const char* kKey = "0123456789abcdefSECRETkey0123456789a";
inline constexpr const char* kEmail = "someone+review@example.org";

struct ClientRig {
  explicit ClientRig(Transport& network, RetryPolicy policy = {}, std::int64_t interval_ms = 0) {
    auto opened_budget = RateBudget::Open(folder.path(), "stand-in:80", interval_ms, time, time);
    auto opened_archive = RawArchive::Open(archive_path());
    EXPECT_TRUE(opened_budget.has_value());
    EXPECT_TRUE(opened_archive.has_value());
    budget = std::move(*opened_budget);
    archive = std::move(*opened_archive);
    client = std::make_unique<HttpClient>(HttpClient::Parts{&network, budget.get(), archive.get(), &time, &time, &log},
                                          policy, "run-1", std::vector<std::string>{kKey, kEmail}, 42);
  }
  [[nodiscard]] std::string archive_path() const { return folder.File("raw.sqlar"); }
  /// The verdicts of all archived answers, in order.
  [[nodiscard]] std::vector<std::string> Verdicts() const;
  /// Every byte below the folder (archive, its log, budget) and of the log messages.
  [[nodiscard]] std::string EverythingKept() const;

  litmill::testing::TempDir folder;
  litmill::testing::FakeTime time;
  litmill::testing::RecordingLogger log;
  std::unique_ptr<RateBudget> budget;
  std::unique_ptr<RawArchive> archive;
  std::unique_ptr<HttpClient> client;
};

}  // namespace litmill::fetch::testing
