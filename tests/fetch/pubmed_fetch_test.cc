// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include <fmt/format.h>

#include "fetch/pubmed_client.h"
#include "tests/fetch/client_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using testing::ClientRig;
using testing::ComputedTransport;
using ::testing::ElementsAre;
using testing::FormValue;
using ::testing::HasSubstr;
using testing::kEmail;
using testing::kKey;
using testing::Reply;
using ::testing::SizeIs;

using Pmids = std::vector<std::uint32_t>;

std::string Set(const std::string& ids) { return "<PubmedArticleSet><!-- " + ids + " --></PubmedArticleSet>"; }

struct Outcome {
  Result<void> result;
  std::vector<std::string> documents;  ///< The id lists of the documents handed on.
  std::map<std::uint32_t, ErrorCode> failed;
};

Outcome RunFetch(PubmedClient& client, const Pmids& pmids) {
  Outcome outcome;
  outcome.result = client.Fetch(
      pmids,
      [&](const Answer& answer) -> Result<void> {
        outcome.documents.push_back(
            FormValue(answer.provenance.request.substr(answer.provenance.request.find('?') + 1), "id"));
        EXPECT_EQ(answer.response.body, Set(outcome.documents.back()));
        return {};
      },
      [&](std::uint32_t pmid, const Error& error) { outcome.failed[pmid] = error.code; });
  return outcome;
}

PubmedSettings Settings(int batch_size = 200) {
  PubmedSettings settings;
  settings.base_url = "http://stand-in/";
  settings.email = kEmail;
  settings.api_key = kKey;
  settings.batch_size = batch_size;
  return settings;
}

/// Serves every batch, except those that hold one of `bad`: these get `fault`.
ComputedTransport::Answerer ServeExcept(std::set<std::string> bad, Result<HttpResponse> fault) {
  return [bad = std::move(bad), fault = std::move(fault)](const HttpRequest& request) -> Result<HttpResponse> {
    const std::string ids = FormValue(request.body, "id");
    for (const std::string& id : bad)
      if (("," + ids + ",").find("," + id + ",") != std::string::npos) return fault;
    return Reply(200, Set(ids));
  };
}

TEST(PubmedFetch, ABatchIsOnePost) {
  ComputedTransport network(ServeExcept({}, Reply(500, "")));
  ClientRig rig(network);
  PubmedClient client(Settings(), rig.client.get(), &rig.log);
  const Outcome outcome = RunFetch(client, {11, 12, 13});
  EXPECT_THAT(outcome.result, IsOk());
  EXPECT_THAT(outcome.documents, ElementsAre("11,12,13"));
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_EQ(network.requests()[0].method, "POST");
  EXPECT_EQ(network.requests()[0].url, "http://stand-in/efetch.fcgi");
  EXPECT_EQ(network.requests()[0].body,
            "db=pubmed&id=11,12,13&retmode=xml&tool=litmill&email=someone%2Breview%40example.org&api_key=" +
                std::string(kKey));
}

TEST(PubmedFetch, MoreThanABatchIsSentInBatches) {
  ComputedTransport network(ServeExcept({}, Reply(500, "")));
  ClientRig rig(network);
  PubmedClient client(Settings(2), rig.client.get(), &rig.log);
  EXPECT_THAT(RunFetch(client, {1, 2, 3, 4, 5}).documents, ElementsAre("1,2", "3,4", "5"));
}

TEST(PubmedFetch, NothingIsAskedForNothing) {
  ComputedTransport network(ServeExcept({}, Reply(500, "")));
  ClientRig rig(network);
  PubmedClient client(Settings(), rig.client.get(), &rig.log);
  EXPECT_THAT(RunFetch(client, {}).result, IsOk());
  EXPECT_THAT(network.requests(), SizeIs(0));
}

TEST(PubmedFetch, OneBadRecordCostsOneRecord) {
  const struct {
    const char* name;
    Result<HttpResponse> fault;
    ErrorCode code;
  } faults[] = {
      {"cut", Reply(200, "<PubmedArticleSet><PubmedArticle>"), ErrorCode::kTransientRemote},
      {"500", Reply(500, "<html>WWW Error 500 Diagnostic</html>"), ErrorCode::kTransientRemote},
      {"viewer", Reply(400, "<eFetchResult><ERROR>External viewer error</ERROR></eFetchResult>"),
       ErrorCode::kTransientRemote},
      {"refused", Reply(400, "<eFetchResult><ERROR>the moon is full</ERROR></eFetchResult>"),
       ErrorCode::kPermanentRemote},
      {"reset", Fail(ErrorCode::kTransientRemote, "reset"), ErrorCode::kTransientRemote},
  };
  for (const auto& fault : faults)
    for (std::uint32_t bad = 1; bad <= 8; ++bad) {
      ComputedTransport network(ServeExcept({std::to_string(bad)}, fault.fault));
      ClientRig rig(network);
      PubmedClient client(Settings(), rig.client.get(), &rig.log);
      const Outcome outcome = RunFetch(client, {1, 2, 3, 4, 5, 6, 7, 8});
      EXPECT_THAT(outcome.result, IsOk()) << fault.name << " " << bad;
      ASSERT_THAT(outcome.failed, SizeIs(1)) << fault.name << " " << bad;
      EXPECT_EQ(outcome.failed.begin()->first, bad) << fault.name;
      EXPECT_EQ(outcome.failed.begin()->second, fault.code) << fault.name << " " << bad;
      std::string served;
      std::string expected;
      for (const std::string& ids : outcome.documents) served += ids + ",";
      for (std::uint32_t pmid = 1; pmid <= 8; ++pmid)
        if (pmid != bad) expected += std::to_string(pmid) + ",";
      EXPECT_EQ(served, expected) << fault.name << " " << bad;
    }
}

TEST(PubmedFetch, TwoBadRecordsCostTwo) {
  ComputedTransport network(ServeExcept({"1", "8"}, Reply(200, "<PubmedArticleSet>")));
  ClientRig rig(network);
  PubmedClient client(Settings(), rig.client.get(), &rig.log);
  const Outcome outcome = RunFetch(client, {1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_THAT(outcome.result, IsOk());
  EXPECT_THAT(outcome.failed, SizeIs(2));
  EXPECT_THAT(outcome.documents, ElementsAre("2", "3,4", "5,6", "7"));
}

TEST(PubmedFetch, AFaultThatPassesCostsNothing) {
  int requests = 0;
  ComputedTransport network([&](const HttpRequest& request) -> Result<HttpResponse> {
    if (++requests <= 2) return Reply(200, "<PubmedArticleSet>");
    return Reply(200, Set(FormValue(request.body, "id")));
  });
  ClientRig rig(network);
  PubmedClient client(Settings(), rig.client.get(), &rig.log);
  const Outcome outcome = RunFetch(client, {1, 2, 3});
  EXPECT_THAT(outcome.documents, ElementsAre("1,2,3"));
  EXPECT_THAT(outcome.failed, SizeIs(0));
  EXPECT_THAT(rig.Verdicts(), ElementsAre("transient", "transient", "ok"));
}

TEST(PubmedFetch, GoesNoFurtherWhenThatIsPointless) {
  Pmids many;
  for (std::uint32_t i = 1; i <= 200; ++i) many.push_back(i);
  const struct {
    const char* name;
    Result<HttpResponse> fault;
    ErrorCode code;
    std::size_t most_requests;
  } faults[] = {
      {"bad key", Reply(400, R"({"error":"API key invalid","api-key":"x"})"), ErrorCode::kPermanentRemote, 1},
      {"blocked", Reply(403, "<html/>"), ErrorCode::kPermanentRemote, 1},
      {"certificate", Fail(ErrorCode::kPermanentRemote, "not trusted"), ErrorCode::kPermanentRemote, 1},
      {"interrupted", Fail(ErrorCode::kInterrupted, "stopped"), ErrorCode::kInterrupted, 1},
      {"throttled", Reply(429, ""), ErrorCode::kThrottled, 5},
      {"unreachable", Fail(ErrorCode::kTransientRemote, "no connection"), ErrorCode::kTransientRemote, 20},
      {"503 for all", Reply(503, "<html/>"), ErrorCode::kTransientRemote, 55},
      {"nonsense for all", Reply(200, "nonsense"), ErrorCode::kTransientRemote, 100},
  };
  for (const auto& fault : faults) {
    ComputedTransport network(
        ServeExcept({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}, fault.fault));
    ClientRig rig(network);
    PubmedClient client(Settings(), rig.client.get(), &rig.log);
    const Outcome outcome = RunFetch(client, many);
    EXPECT_THAT(outcome.result, IsError(fault.code)) << fault.name;
    EXPECT_LE(network.requests().size(), fault.most_requests) << fault.name;
    EXPECT_THAT(outcome.documents, SizeIs(0)) << fault.name;
    ASSERT_FALSE(outcome.result.has_value());
    EXPECT_EQ(outcome.result.error().message.find(kKey), std::string::npos);
  }
}

TEST(PubmedFetch, ASingleRecordThatNobodyCanServeIsReportedUnlessTheServiceIsDown) {
  {
    ComputedTransport network(ServeExcept({"1"}, Reply(200, "<PubmedArticleSet>")));
    ClientRig rig(network);
    PubmedClient client(Settings(), rig.client.get(), &rig.log);
    const Outcome outcome = RunFetch(client, {1});
    EXPECT_THAT(outcome.result, IsOk());
    EXPECT_THAT(outcome.failed, SizeIs(1));
  }
  {
    ComputedTransport network(ServeExcept({"1"}, Reply(502, "")));
    ClientRig rig(network);
    PubmedClient client(Settings(), rig.client.get(), &rig.log);
    EXPECT_THAT(RunFetch(client, {1}).result, IsError(ErrorCode::kTransientRemote)) << "nothing was ever served";
  }
  {
    ComputedTransport network(ServeExcept({"1", "2", "3"}, Reply(502, "")));
    ClientRig rig(network);
    PubmedClient client(Settings(), rig.client.get(), &rig.log);
    ASSERT_THAT(RunFetch(client, {4}).result, IsOk());
    EXPECT_THAT(RunFetch(client, {1}).failed, SizeIs(1)) << "the service was alive a moment ago";
    EXPECT_THAT(RunFetch(client, {2}).failed, SizeIs(1));
    EXPECT_THAT(RunFetch(client, {3}).result, IsError(ErrorCode::kTransientRemote)) << "the third in a row";
    EXPECT_THAT(RunFetch(client, {5}).documents, ElementsAre("5"));
    EXPECT_THAT(RunFetch(client, {1}).failed, SizeIs(1));
  }
}

TEST(PubmedFetch, AnErrorOfTheReceiverStopsIt) {
  ComputedTransport network(ServeExcept({}, Reply(500, "")));
  ClientRig rig(network);
  PubmedClient client(Settings(1), rig.client.get(), &rig.log);
  const auto result = client.Fetch(
      {1, 2, 3}, [](const Answer&) -> Result<void> { return Fail(ErrorCode::kIo, "disk full"); },
      [](std::uint32_t, const Error&) { FAIL(); });
  EXPECT_THAT(result, IsError(ErrorCode::kIo));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST(PubmedFetch, OfflineServesTheArchivedBatchAndNamesWhatIsMissing) {
  ComputedTransport network(ServeExcept({}, Reply(500, "")));
  ClientRig rig(network);
  PubmedClient online(Settings(), rig.client.get(), &rig.log);
  ASSERT_THAT(RunFetch(online, {1, 2}).result, IsOk());
  PubmedClient offline(Settings(), rig.archive.get(), &rig.log);
  const Outcome known = RunFetch(offline, {1, 2});
  EXPECT_THAT(known.result, IsOk());
  EXPECT_THAT(known.documents, ElementsAre("1,2"));
  const Outcome unknown = RunFetch(offline, {3, 4});
  EXPECT_THAT(unknown.result, IsOk());
  EXPECT_EQ(unknown.failed, (std::map<std::uint32_t, ErrorCode>{{3, ErrorCode::kNotFound}, {4, ErrorCode::kNotFound}}));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

}  // namespace
}  // namespace litmill::fetch
