// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic.
#include "fetch/embase_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::JsonReply;
using testing::kKey;
using testing::LookupRig;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

constexpr const char* kToken = "INSTtokenSECRET0123456789";

std::string Page(const std::vector<std::string>& luis, std::uint64_t hits) {
  std::string records;
  for (const std::string& lui : luis)
    records +=
        fmt::format(R"({}{{"itemInfo":{{"itemIdList":{{"doi":"10.5555/x","pui":"9","lui":"{}"}}}},"head":{{}}}})",
                    records.empty() ? "" : ",", lui);
  return fmt::format(R"({{"header":{{"hits":{}}},"results":[{}]}})", hits, records);
}

EmbaseSettings Settings() { return {"http://127.0.0.1:1", {kKey, kToken}, 2}; }

struct EmbaseTest : ::testing::Test {
  EmbaseClient Client(EmbaseSettings settings = Settings()) {
    return {std::move(settings), rig.client.get(), &rig.log};
  }
  ScriptedTransport network;
  LookupRig rig{network};
};

TEST_F(EmbaseTest, PagesAreCountedFromOneAndKeysTravelInHeaders) {
  network.Add(JsonReply(200, Page({"L2", "L3"}, 3)));
  network.Add(JsonReply(200, Page({"L1"}, 3)));
  const auto search = Client().Search("'low mood':ti,ab AND [2000-2025]/py");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, ElementsAre("L1", "L2", "L3"));
  EXPECT_EQ(search->count, 3U);
  const std::string query = "query=%27low%20mood%27%3Ati%2Cab%20AND%20%5B2000-2025%5D%2Fpy";
  ASSERT_THAT(network.requests(), SizeIs(2));
  EXPECT_EQ(network.requests()[0].url, "http://127.0.0.1:1/content/embase/article?" + query + "&start=1&count=2");
  EXPECT_EQ(network.requests()[1].url, "http://127.0.0.1:1/content/embase/article?" + query + "&start=3&count=2");
  for (const HttpRequest& request : network.requests()) {
    EXPECT_EQ(request.method, "GET");
    EXPECT_THAT(request.headers, ElementsAre(std::pair<std::string, std::string>("Accept", "application/json"),
                                             std::pair<std::string, std::string>("X-ELS-APIKey", kKey),
                                             std::pair<std::string, std::string>("X-ELS-Insttoken", kToken)));
  }
  ASSERT_THAT(search->documents, SizeIs(2));
  EXPECT_EQ(search->documents[0].source, "embase");
  EXPECT_EQ(search->documents[0].kind, "search");
  EXPECT_EQ(search->documents[0].request, "content/embase/article?" + query + "&start=1&count=2");
}

TEST(EmbaseCall, ALongQueryIsPostedAndKeepsItsCanonicalRequest) {
  const EmbaseSettings settings;
  EXPECT_EQ(settings.page_size, 100U);
  const Call call = MakeEmbaseCall(settings, "search", std::string(3'000, 'x'), 100, 100);
  EXPECT_EQ(call.request.method, "POST");
  EXPECT_EQ(call.request.url, "https://api.elsevier.com/content/embase/article");
  EXPECT_EQ(call.request.body, "query=" + std::string(3'000, 'x') + "&start=101&count=100");
  EXPECT_EQ(call.canonical_request, "content/embase/article?" + call.request.body);
  EXPECT_EQ(MakeEmbaseCall(settings, "search", std::string(1'800, 'x'), 0, 100).request.method, "GET");
}

TEST_F(EmbaseTest, ACountIsOneRequestForOneRecord) {
  network.Add(JsonReply(200, Page({"L2"}, 4711)));
  const auto count = Client().Count("q");
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(*count, 4711U);
  EXPECT_THAT(network.requests()[0].url, HasSubstr("?query=q&start=1&count=1"));
}

TEST_F(EmbaseTest, WithoutAKeyNothingIsSent) {
  EmbaseSettings settings = Settings();
  settings.keys.api_key.clear();
  const auto search = Client(settings).Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kConfig));
  EXPECT_THAT(search.error().message, AllOf(HasSubstr("EMBASE_API_KEY"), HasSubstr("EMBASE_INSTTOKEN")));
  EXPECT_THAT(Client(settings).Count("q"), IsError(ErrorCode::kConfig));
  EXPECT_THAT(network.requests(), SizeIs(0));
}

TEST_F(EmbaseTest, ARunThatGoesOnAsksNothingTwice) {
  network.Add(JsonReply(200, Page({"L1", "L2"}, 3)));
  network.AddFailure(ErrorCode::kInterrupted, "stopped");
  ASSERT_THAT(Client().Search("q"), IsError(ErrorCode::kInterrupted));
  network.Add(JsonReply(200, Page({"L3"}, 3)));
  const EmbaseClient resumed(Settings(), AnswerSource(rig.client.get(), rig.archive.get(), "run-1"), &rig.log);
  const auto search = resumed.Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(network.requests(), SizeIs(3));
  const RawArchive* archive = rig.archive.get();
  const auto offline = EmbaseClient(Settings(), archive, &rig.log).Search("q");
  ASSERT_THAT(offline, IsOk());
  EXPECT_EQ(offline->ids, search->ids);
}

TEST_F(EmbaseTest, GarbageUnderLoadIsAskedForAgain) {
  network.Add(JsonReply(200, "overloaded"));
  network.Add(JsonReply(200, "{\"header\":"));
  network.Add(JsonReply(200, Page({"L1"}, 1)));
  const auto search = Client().Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(rig.Verdicts(), ElementsAre("transient", "transient", "ok"));
}

TEST_F(EmbaseTest, PagesThatLackARecordAreReadAgainAndThenAnError) {
  for (int i = 0; i < 3; ++i) {
    network.Add(JsonReply(200, Page({"L1", "L2"}, 4)));
    network.Add(JsonReply(200, Page({"L3"}, 4)));
    network.Add(JsonReply(200, Page({}, 4)));
  }
  const auto search = Client().Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(search.error().message, HasSubstr("Embase counts 4 records, its pages held 3"));
}

TEST(EmbasePage, TheLuiIdentifiesElseThePui) {
  const auto page = ParseEmbasePage(
      R"({"header":{"hits":"3"},"results":[{"itemInfo":{"itemIdList":{"lui":"L2003456789","pui":"1"}}},)"
      R"({"itemInfo":{"itemIdList":{"lui":"2003456790"}}},{"itemInfo":{"itemIdList":{"pui":"620000001"}}}]})");
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->total, 3U);
  EXPECT_THAT(page->ids, ElementsAre("L2003456789", "L2003456790", "620000001"));
  for (const char* none : {R"({"header":{"hits":0},"results":[]})", R"({"header":{"hits":0}})",
                           R"({"header":{"hits":0},"results":null})"}) {
    const auto empty = ParseEmbasePage(none);
    ASSERT_THAT(empty, IsOk()) << none;
    EXPECT_EQ(empty->total, 0U);
  }
  for (const char* broken :
       {R"({"header":{"hits":1}})", R"({"header":{},"results":[]})", R"({"results":[]})", R"({"header":{"hits":"x"}})",
        R"({"header":{"hits":1},"results":{}})", R"({"header":{"hits":1},"results":[{"head":{}}]})",
        R"({"header":{"hits":1},"results":[{"itemInfo":{"itemIdList":{"doi":"10.5555/x"}}}]})", "[]", "7", ""})
    EXPECT_THAT(ParseEmbasePage(broken), IsError(ErrorCode::kCorruptInput)) << broken;
}

TEST(EmbasePage, NoPartOfAnAnswerIsTakenForTheWhole) {
  const std::string body = Page({"L1", "L2"}, 2);
  EXPECT_EQ(VerdictName(ClassifyEmbase(JsonReply(200, body)).verdict), "ok");
  for (std::size_t size = 0; size < body.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyEmbase(JsonReply(200, body.substr(0, size))).verdict), "transient") << size;
}

TEST(EmbaseVerdicts, APlainKeyIsToldWhatItLacks) {
  const Classification refused = ClassifyEmbase(JsonReply(
      403, R"({"service-error":{"status":{"statusCode":"AUTHENTICATION_ERROR","statusText":"Not entitled"}}})"));
  EXPECT_EQ(VerdictName(refused.verdict), "permanent");
  EXPECT_TRUE(refused.refuses_everything);
  EXPECT_THAT(refused.reason, AllOf(HasSubstr("EMBASE_API_KEY"), HasSubstr("institution token")));
}

TEST_F(EmbaseTest, NoKeyIsInAnythingKept) {
  network.Add(JsonReply(200, std::string(R"({"header":{"hits":1,"apiKey":")") + kKey +
                                 R"("},"results":[{"itemInfo":{"itemIdList":{"lui":"L1"}}}]})"));
  network.Add(JsonReply(403, std::string(R"({"message":"bad key )") + kKey + "\"}"));
  ASSERT_THAT(Client().Search("q"), IsOk());
  const auto refused = Client().Search("r");
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(refused.error().message, HasSubstr("bad key ***"));
  const std::string all = rig.EverythingKept() + refused.error().message;
  EXPECT_THAT(all, Not(HasSubstr(kKey)));
  EXPECT_THAT(all, Not(HasSubstr(kToken)));
}

}  // namespace
}  // namespace litmill::fetch
