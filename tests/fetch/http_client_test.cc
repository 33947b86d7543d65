// SPDX-License-Identifier: Apache-2.0
#include "fetch/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/hash.h"
#include "tests/fetch/client_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using testing::ClientRig;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kEmail;
using testing::kKey;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;

/// 200 is ok, 429 throttled, 5xx transient, 418 a lost session, 400 permanent, 299 transient but permanent at the third
/// try.
Classification ByStatus(const HttpResponse& response) {
  switch (response.status) {
    case 200:
      return {};
    case 299:
      return {Verdict::kTransient, "backend failed", 3};
    case 418:
      return {Verdict::kSessionLost, "session gone"};
    case 429:
      return {Verdict::kThrottled, "too fast"};
    case 400:
      return {Verdict::kPermanent, std::string("bad key ") + kKey};
    default:
      return {Verdict::kTransient, "HTTP " + std::to_string(response.status)};
  }
}

Call MakeCall() {
  Call call;
  call.request.method = "POST";
  call.request.url = "http://stand-in/esearch.fcgi";
  call.request.body = std::string("term=x&api_key=") + kKey;
  call.source = "pubmed";
  call.kind = "esearch";
  call.canonical_request = "esearch.fcgi?term=x";
  call.classify = ByStatus;
  return call;
}

TEST(HttpClient, ReturnsWhatItArchived) {
  ScriptedTransport network;
  network.Add(Reply(200, "body", "application/json; charset=UTF-8"));
  ClientRig rig(network);
  const auto answer = rig.client->Send(MakeCall());
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->response.body, "body");
  EXPECT_EQ(answer->provenance.sha256, Sha256Hex("body"));
  EXPECT_EQ(answer->provenance.request, "esearch.fcgi?term=x");
  EXPECT_EQ(answer->provenance.retrieved_at, "2026-01-02T00:00:00Z");
  EXPECT_EQ(answer->provenance.http_status, 200);
  EXPECT_EQ(answer->provenance.media_type, "application/json; charset=UTF-8");
  EXPECT_EQ(answer->provenance.run, "run-1");
  EXPECT_EQ(answer->provenance.verdict, "ok");
  const auto kept = rig.archive->Read(answer->provenance);
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(*kept, "body");
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre());
}

struct RetryCase {
  const char* name;
  std::vector<std::pair<int, std::string>> answers;  ///< Status (0: no answer) and Retry-After.
  ErrorCode error;                                   ///< Ignored when `ok`.
  bool ok;
  std::vector<std::string> verdicts;
  std::vector<std::pair<std::int64_t, std::int64_t>> waits;  ///< Least and greatest of each.
};

class Retries : public ::testing::TestWithParam<RetryCase> {};

TEST_P(Retries, FollowTheTable) {
  const RetryCase& c = GetParam();
  ScriptedTransport network;
  for (const auto& [status, retry_after] : c.answers) {
    if (status == 0) {
      network.AddFailure(ErrorCode::kTransientRemote, "stand-in:80/esearch.fcgi: connection reset");
    } else {
      std::vector<std::pair<std::string, std::string>> headers;
      if (!retry_after.empty()) headers.emplace_back("retry-after", retry_after);
      network.Add(Reply(status, "body " + std::to_string(status), "text/plain", headers));
    }
  }
  ClientRig rig(network);
  SendOutcome outcome;
  const auto answer = rig.client->Send(MakeCall(), &outcome);
  if (c.ok) {
    EXPECT_THAT(answer, IsOk());
  } else {
    EXPECT_THAT(answer, IsError(c.error));
  }
  EXPECT_EQ(network.left(), 0U);
  EXPECT_EQ(network.requests().size(), c.answers.size());
  EXPECT_EQ(outcome.tries, static_cast<int>(c.answers.size()));
  EXPECT_EQ(rig.Verdicts(), c.verdicts);
  const auto waits = rig.time.waits_ms();
  ASSERT_EQ(waits.size(), c.waits.size()) << ::testing::PrintToString(waits);
  for (std::size_t i = 0; i < waits.size(); ++i) {
    EXPECT_GE(waits[i], c.waits[i].first) << i;
    EXPECT_LE(waits[i], c.waits[i].second) << i;
  }
  const ClientStatistics statistics = rig.client->statistics();
  EXPECT_EQ(statistics.requests, c.answers.size());
  EXPECT_EQ(statistics.retries, c.answers.size() - 1);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Retries,
    ::testing::Values(RetryCase{"Doubling",
                                {{500, ""}, {502, ""}, {503, ""}, {0, ""}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"transient", "transient", "transient", "ok"},
                                {{750, 1250}, {1500, 2500}, {3000, 5000}, {6000, 10000}}},
                      RetryCase{"UsedUp",
                                {{500, ""}, {500, ""}, {500, ""}, {500, ""}, {500, ""}},
                                ErrorCode::kTransientRemote,
                                false,
                                {"transient", "transient", "transient", "transient", "transient"},
                                {{750, 1250}, {1500, 2500}, {3000, 5000}, {6000, 10000}}},
                      RetryCase{"NoAnswerUsedUp",
                                {{0, ""}, {0, ""}, {0, ""}, {0, ""}, {0, ""}},
                                ErrorCode::kTransientRemote,
                                false,
                                {},
                                {{750, 1250}, {1500, 2500}, {3000, 5000}, {6000, 10000}}},
                      RetryCase{"RetryAfterSeconds",
                                {{429, "2"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"throttled", "ok"},
                                {{2000, 2000}}},
                      RetryCase{"RetryAfterDate",
                                {{429, "Fri, 02 Jan 2026 00:00:07 GMT"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"throttled", "ok"},
                                {{7000, 7000}}},
                      RetryCase{"RetryAfterOn503",
                                {{503, "3"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"transient", "ok"},
                                {{3000, 3000}}},
                      RetryCase{"RetryAfterInThePast",
                                {{429, "Thu, 01 Jan 2026 00:00:00 GMT"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"throttled", "ok"},
                                {}},
                      RetryCase{"RetryAfterAtTheCap",
                                {{429, "300"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"throttled", "ok"},
                                {{300000, 300000}}},
                      RetryCase{
                          "RetryAfterOverTheCap", {{429, "301"}}, ErrorCode::kThrottled, false, {"throttled"}, {}},
                      RetryCase{"RetryAfterUnreadable",
                                {{429, "soon"}, {200, ""}},
                                ErrorCode::kInternal,
                                true,
                                {"throttled", "ok"},
                                {{2000, 2000}}},
                      RetryCase{"ThrottledUsedUp",
                                {{429, "1"}, {429, "1"}, {429, "1"}, {429, "1"}, {429, "1"}},
                                ErrorCode::kThrottled,
                                false,
                                {"throttled", "throttled", "throttled", "throttled", "throttled"},
                                {{1000, 1000}, {1000, 1000}, {1000, 1000}, {1000, 1000}}},
                      RetryCase{"PermanentAtOnce", {{400, ""}}, ErrorCode::kPermanentRemote, false, {"permanent"}, {}},
                      RetryCase{"SessionAtOnce", {{418, ""}}, ErrorCode::kSessionLost, false, {"session-lost"}, {}},
                      RetryCase{"TransientThatTurnsPermanent",
                                {{299, ""}, {299, ""}, {299, ""}},
                                ErrorCode::kPermanentRemote,
                                false,
                                {"transient", "transient", "permanent"},
                                {{750, 1250}, {1500, 2500}}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(HttpClient, EveryTryTakesASlotOfTheBudget) {
  ScriptedTransport network;
  for (int i = 0; i < 3; ++i) network.Add(Reply(200, "x"));
  ClientRig rig(network, {}, 370);
  for (int i = 0; i < 3; ++i) ASSERT_THAT(rig.client->Send(MakeCall()), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre(370, 370));
}

TEST(HttpClient, A429PausesEverybody) {
  ScriptedTransport network;
  network.Add(Reply(429, "", "text/plain", {{"retry-after", "301"}}));
  ClientRig rig(network);
  EXPECT_THAT(rig.client->Send(MakeCall()), IsError(ErrorCode::kThrottled));
  auto other = RateBudget::Open(rig.folder.path(), "stand-in:80", 0, rig.time, rig.time);
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT((*other)->Acquire(), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre(300'000)) << "as long as litmill waits at most";
}

TEST(HttpClient, TheSameSeedGivesTheSameDelays) {
  const auto waits = [] {
    ScriptedTransport network;
    for (int i = 0; i < 4; ++i) network.Add(Reply(500, ""));
    network.Add(Reply(200, ""));
    ClientRig rig(network);
    EXPECT_THAT(rig.client->Send(MakeCall()), IsOk());
    return rig.time.waits_ms();
  };
  EXPECT_EQ(waits(), waits());
}

TEST(HttpClient, NoSecretIsKeptAnywhere) {
  const std::string key = kKey;
  const std::string email = kEmail;
  const std::string echo = "{\"error\":\"API key invalid\",\"api-key\":\"" + key + "\",\"mail\":\"" + email +
                           "\",\"form\":\"email=" + PercentEncode(email) + "\"}";
  ScriptedTransport network;
  network.AddFailure(ErrorCode::kTransientRemote, "http://x/?api_key=" + key + " reset");
  network.Add(Reply(500, echo, "text/" + key));
  network.Add(Reply(400, echo, "application/json", {{"x-echo", key}}));
  ClientRig rig(network);
  Call call = MakeCall();
  call.canonical_request += "&api_key=" + key;  // a caller's mistake must not leak either
  const auto answer = rig.client->Send(call);
  ASSERT_THAT(answer, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(answer.error().message, HasSubstr("***"));
  const std::string kept = rig.EverythingKept() + answer.error().message;
  for (const std::string& secret : {key, email, PercentEncode(email)}) EXPECT_THAT(kept, Not(HasSubstr(secret)));
  // The archive compresses, so look at the documents too.
  const auto faults = rig.archive->Verify();
  ASSERT_THAT(faults, IsOk());
  EXPECT_THAT(*faults, ElementsAre());
}

TEST(HttpClient, ASecretInAnAnswerIsGoneFromTheArchivedDocument) {
  ScriptedTransport network;
  network.Add(Reply(200, std::string("before ") + kKey + " after"));
  ClientRig rig(network);
  const auto answer = rig.client->Send(MakeCall());
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->response.body, "before *** after");
  const auto kept = rig.archive->Read(answer->provenance);
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(*kept, "before *** after");
}

TEST(HttpClient, AStopEndsTheWait) {
  ScriptedTransport network;
  network.Add(Reply(500, ""));
  ClientRig rig(network);
  rig.time.Stop();
  EXPECT_THAT(rig.client->Send(MakeCall()), IsError(ErrorCode::kInterrupted));
  EXPECT_EQ(network.requests().size(), 1U);
}

TEST(HttpClient, WhatTheTransportRefusesForGoodIsNotRetried) {
  for (const ErrorCode code : {ErrorCode::kPermanentRemote, ErrorCode::kInterrupted}) {
    ScriptedTransport network;
    network.AddFailure(code, "certificate");
    ClientRig rig(network);
    EXPECT_THAT(rig.client->Send(MakeCall()), IsError(code));
    EXPECT_EQ(network.requests().size(), 1U);
  }
}

TEST(HttpClient, ManyThreadsShareOneBudgetAndOneArchive) {
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  ScriptedTransport network;
  for (int i = 0; i < kThreads * kEach; ++i) network.Add(Reply(200, "body " + std::to_string(i)));
  ClientRig rig(network, {}, 10);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i)
        if (rig.client->Send(MakeCall())) ++good;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good.load(), kThreads * kEach);
  EXPECT_EQ(rig.Verdicts().size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST(HttpClient, AFaultThatStaysMayMeanALostSession) {
  ScriptedTransport network;
  ClientRig rig(network);
  for (int i = 0; i < 3; ++i) network.Add(Reply(299, "version alone"));
  Call call = MakeCall();
  call.classify = [](const HttpResponse&) {
    Classification result{Verdict::kTransient, "nothing in it", 3};
    result.then = Verdict::kSessionLost;
    return result;
  };
  EXPECT_THAT(rig.client->Send(call), IsError(ErrorCode::kSessionLost));
  EXPECT_THAT(rig.Verdicts(), ElementsAre("transient", "transient", "session-lost"));
}

TEST(HttpClient, AServicesOwnWordOnWaitingCountsUnlessThereIsARetryAfter) {
  ScriptedTransport network;
  ClientRig rig(network);
  Call call = MakeCall();
  call.classify = [](const HttpResponse& response) {
    Classification result = ByStatus(response);
    if (response.status == 429) result.asked_wait_ms = 90'000;
    return result;
  };
  network.Add(Reply(429, ""));
  network.Add(Reply(429, "", "x", {{"retry-after", "7"}}));
  network.Add(Reply(200, "answer"));
  ASSERT_THAT(rig.client->Send(call), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre(90'000, 7'000));
}

TEST(HttpClient, ALongWaitIsAnErrorThatNamesTheReasonAndTheTime) {
  ScriptedTransport network;
  ClientRig rig(network);
  Call call = MakeCall();
  call.classify = [](const HttpResponse&) {
    Classification result{Verdict::kThrottled, std::string("quota used up by ") + kKey};
    result.asked_wait_ms = 3'600'000;
    return result;
  };
  network.Add(Reply(429, ""));
  const auto answer = rig.client->Send(call);
  ASSERT_THAT(answer, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(answer.error().message, HasSubstr("quota used up by ***"));
  EXPECT_THAT(answer.error().message, HasSubstr("3600 s"));
}

}  // namespace
}  // namespace litmill::fetch
