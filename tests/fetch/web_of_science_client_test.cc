// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/web_of_science_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "core/unicode.h"
#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

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

constexpr WebOfScienceApi kStarter = WebOfScienceApi::kStarter;
constexpr WebOfScienceApi kExpanded = WebOfScienceApi::kExpanded;

std::string StarterPage(const std::vector<std::string>& uids, std::uint64_t total) {
  std::string hits;
  for (const std::string& uid : uids)
    hits += fmt::format(R"({}{{"uid":"{}","title":"Synthetic"}})", hits.empty() ? "" : ",", uid);
  return fmt::format(R"({{"metadata":{{"total":{},"page":1,"limit":2}},"hits":[{}]}})", total, hits);
}

/// One record stands without its list, none are an empty string.
std::string ExpandedPage(const std::vector<std::string>& uids, std::uint64_t found) {
  std::string records;
  for (const std::string& uid : uids) records += fmt::format(R"({}{{"UID":"{}"}})", records.empty() ? "" : ",", uid);
  if (uids.size() > 1) records = "[" + records + "]";
  records = uids.empty() ? "\"\"" : "{\"REC\":" + records + "}";
  return fmt::format(
      R"({{"Data":{{"Records":{{"records":{}}}}},"QueryResult":{{"QueryID":1,"RecordsSearched":9,"RecordsFound":{}}}}})",
      records, found);
}

const std::string kXmlInside =
    "{\"Data\":{\"Records\":<records>\n</records>},\"QueryResult\":{\"QueryID\":1,\"RecordsSearched\":9,"
    "\"RecordsFound\":0}}";

std::string PageOf(WebOfScienceApi api, const std::vector<std::string>& uids, std::uint64_t total) {
  return api == kStarter ? StarterPage(uids, total) : ExpandedPage(uids, total);
}

WebOfScienceSettings Settings(WebOfScienceApi api) {
  WebOfScienceSettings settings;
  settings.api = api;
  settings.base_url = api == kStarter ? "http://127.0.0.1:1/v1" : "http://127.0.0.1:1/api/wos";
  settings.api_key = kKey;
  settings.page_size = 2;
  return settings;
}

struct WosTest : ::testing::TestWithParam<WebOfScienceApi> {
  WebOfScienceClient Client(WebOfScienceSettings settings = Settings(GetParam())) {
    return {std::move(settings), rig.client.get(), &rig.log};
  }
  [[nodiscard]] static std::string Body(const std::vector<std::string>& uids, std::uint64_t total) {
    return PageOf(GetParam(), uids, total);
  }
  ScriptedTransport network;
  LookupRig rig{network};
};

INSTANTIATE_TEST_SUITE_P(Apis, WosTest, ::testing::Values(kStarter, kExpanded),
                         [](const auto& api) { return std::string(api.param == kStarter ? "Starter" : "Expanded"); });

TEST_P(WosTest, PagesAreNumberedAndTheKeyTravelsInAHeader) {
  network.Add(JsonReply(200, Body({"WOS:2", "WOS:3"}, 3)));
  network.Add(JsonReply(200, Body({"WOS:1"}, 3)));
  const auto search = Client().Search("TS=(a OR b)");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, ElementsAre("WOS:1", "WOS:2", "WOS:3"));
  EXPECT_EQ(search->count, 3U);
  EXPECT_THAT(search->messages, SizeIs(0));
  std::vector<std::string> urls;
  for (const HttpRequest& request : network.requests()) {
    EXPECT_EQ(request.method, "GET");
    EXPECT_THAT(request.headers, ElementsAre(std::pair<std::string, std::string>("Accept", "application/json"),
                                             std::pair<std::string, std::string>("X-ApiKey", kKey)));
    urls.push_back(request.url);
  }
  const std::string query = "TS%3D%28a%20OR%20b%29";
  ASSERT_THAT(search->documents, SizeIs(2));
  EXPECT_EQ(search->documents[1].source, "wos");
  if (GetParam() == kStarter) {
    EXPECT_THAT(urls, ElementsAre("http://127.0.0.1:1/v1/documents?q=" + query + "&db=WOS&limit=2&page=1",
                                  "http://127.0.0.1:1/v1/documents?q=" + query + "&db=WOS&limit=2&page=2"));
    EXPECT_EQ(search->documents[1].kind, "starter");
    EXPECT_EQ(search->documents[1].request, "documents?q=" + query + "&db=WOS&limit=2&page=2");
  } else {
    const std::string base = "http://127.0.0.1:1/api/wos?databaseId=WOS&usrQuery=" + query;
    EXPECT_THAT(urls, ElementsAre(base + "&count=2&firstRecord=1", base + "&count=2&firstRecord=3"));
    EXPECT_EQ(search->documents[1].kind, "expanded");
    EXPECT_EQ(search->documents[1].request, "?databaseId=WOS&usrQuery=" + query + "&count=2&firstRecord=3");
  }
}

TEST_P(WosTest, EachApiHasItsAddressAndItsPage) {
  WebOfScienceSettings settings;
  settings.api = GetParam();
  EXPECT_EQ(MakeWebOfScienceCall(settings, "q", false, {}).request.url,
            GetParam() == kStarter
                ? "https://api.clarivate.com/apis/wos-starter/v1/documents?q=q&db=WOS&limit=50&page=1"
                : "https://api.clarivate.com/api/wos?databaseId=WOS&usrQuery=q&count=100&firstRecord=1");
}

TEST_P(WosTest, ACountIsOneRequestForTheSmallestPage) {
  network.Add(JsonReply(200, GetParam() == kStarter ? Body({"WOS:1"}, 4711) : Body({}, 4711)));
  const auto count = Client().Count("q");
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(*count, 4711U);
  EXPECT_THAT(network.requests()[0].url,
              HasSubstr(GetParam() == kStarter ? "&limit=1&page=1" : "&count=0&firstRecord=1"));
}

TEST_P(WosTest, NothingFoundIsAnAnswer) {
  network.Add(JsonReply(200, Body({}, 0)));
  network.Add(JsonReply(200, GetParam() == kStarter ? Body({}, 0) : kXmlInside));
  for (const char* query : {"q", "r"}) {
    const auto search = Client().Search(query);
    ASSERT_THAT(search, IsOk()) << query;
    EXPECT_EQ(search->count, 0U);
    EXPECT_THAT(search->documents, SizeIs(0));
  }
}

TEST_P(WosTest, WithoutAKeyNothingIsSent) {
  WebOfScienceSettings settings = Settings(GetParam());
  for (const char* key : {"", "a\r\nX-Evil: 1"}) {
    settings.api_key = key;
    const auto search = Client(settings).Search("q");
    ASSERT_THAT(search, IsError(ErrorCode::kConfig));
    EXPECT_THAT(search.error().message, HasSubstr("WOS_API_KEY"));
    EXPECT_THAT(Client(settings).Count("q"), IsError(ErrorCode::kConfig));
  }
  EXPECT_THAT(network.requests(), SizeIs(0));
}

TEST_P(WosTest, ARunThatGoesOnAsksNothingTwice) {
  network.Add(JsonReply(200, Body({"WOS:1", "WOS:2"}, 3)));
  network.AddFailure(ErrorCode::kInterrupted, "stopped");
  ASSERT_THAT(Client().Search("q"), IsError(ErrorCode::kInterrupted));
  network.Add(JsonReply(200, Body({"WOS:3"}, 3)));
  const WebOfScienceClient resumed(Settings(GetParam()), AnswerSource(rig.client.get(), rig.archive.get(), "run-1"),
                                   &rig.log);
  const auto search = resumed.Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(network.requests(), SizeIs(3));
  const RawArchive* archive = rig.archive.get();
  const auto offline = WebOfScienceClient(Settings(GetParam()), archive, &rig.log).Search("q");
  ASSERT_THAT(offline, IsOk());
  EXPECT_EQ(offline->ids, search->ids);
}

TEST_P(WosTest, AThrottleIsWaitedForAndAQuotaIsNot) {
  network.Add(Reply(429, "", "text/plain", {{"retry-after", "7"}}));
  network.Add(JsonReply(200, Body({"WOS:1"}, 1)));
  ASSERT_THAT(Client().Search("q"), IsOk());
  EXPECT_GE(rig.time.SteadyMs(), 1'007'000);
  const std::size_t before = network.requests().size();
  network.Add(JsonReply(429, R"({"error":{"status":429,"title":"Too Many Requests","details":"daily quota"}})"));
  const auto over = Client().Search("r");
  ASSERT_THAT(over, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(over.error().message, AllOf(HasSubstr("daily quota"), HasSubstr("50 requests a day")));
  EXPECT_EQ(network.requests().size(), before + 1);
}

TEST_P(WosTest, NoPartOfAnAnswerIsTakenForTheWhole) {
  std::vector<std::string> bodies{Body({"WOS:1", "WOS:2"}, 2), Body({"WOS:1"}, 1), Body({}, 0)};
  if (GetParam() == kExpanded) bodies.push_back(kXmlInside);
  for (const std::string& body : bodies) {
    EXPECT_EQ(VerdictName(ClassifyWebOfScience(JsonReply(200, body), GetParam(), false).verdict), "ok") << body;
    for (std::size_t size = 0; size < body.size(); ++size)
      for (const bool is_count : {false, true})
        EXPECT_EQ(VerdictName(ClassifyWebOfScience(JsonReply(200, body.substr(0, size)), GetParam(), is_count).verdict),
                  "transient")
            << body << " cut at " << size;
  }
}

TEST_P(WosTest, NoKeyIsInAnythingKept) {
  network.Add(JsonReply(200, Body({"WOS:1"}, 1), {{"x-echo", kKey}}));
  network.Add(JsonReply(401, std::string(R"({"message":"Invalid authentication credentials )") + kKey + "\"}"));
  network.Add(Reply(500, kKey, "text/plain"));
  network.AddFailure(ErrorCode::kPermanentRemote, std::string("127.0.0.1: ") + kKey);
  ASSERT_THAT(Client().Search("q"), IsOk());
  const auto refused = Client().Search("r");
  const auto broken = Client().Search("s");
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  ASSERT_THAT(broken, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("credentials ***"), HasSubstr("check WOS_API_KEY")));
  EXPECT_THAT(rig.EverythingKept() + refused.error().message + broken.error().message, Not(HasSubstr(kKey)));
}

TEST(WosExpanded, WhatTheServiceDoesNotShowIsRefusedWithWhatToDo) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, ExpandedPage({"WOS:1", "WOS:2"}, 100'001)));
  const auto search = WebOfScienceClient(Settings(kExpanded), rig.client.get(), &rig.log).Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(search.error().message, AllOf(HasSubstr("100001 hits and shows 100000"), HasSubstr("PY=")));
}

TEST(WosExpanded, TheRestOfTheYearIsReportedWhenItIsTooLittle) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, ExpandedPage({"WOS:1", "WOS:2"}, 3), {{"x-rec-amtperyear-remaining", "2"}}));
  network.Add(JsonReply(200, ExpandedPage({"WOS:3"}, 3), {{"x-rec-amtperyear-remaining", "1"}}));
  const auto search = WebOfScienceClient(Settings(kExpanded), rig.client.get(), &rig.log).Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->messages, ElementsAre("this key may fetch 2 more records this year; the search has 3 hits"));
}

TEST(WosPace, AnEmptySecondIsWaitedFor) {
  ScriptedTransport network;
  LookupRig rig(network, {}, /*interval_ms=*/100);
  network.Add(JsonReply(200, ExpandedPage({"WOS:1", "WOS:2"}, 6), {{"x-req-reqpersec-remaining", "0"}}));
  network.Add(JsonReply(200, ExpandedPage({"WOS:3", "WOS:4"}, 6), {{"x-req-reqpersec-remaining", "1"}}));
  network.Add(JsonReply(200, ExpandedPage({"WOS:5", "WOS:6"}, 6)));
  ASSERT_THAT(WebOfScienceClient(Settings(kExpanded), rig.client.get(), &rig.log).Search("q"), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre(1'000, 100));
  for (const char* nonsense : {"", "x", "-1", "1.5"})
    EXPECT_EQ(WebOfScienceAskedIntervalMs(Reply(200, "", "x", {{"x-req-reqpersec-remaining", nonsense}})), std::nullopt)
        << nonsense;
}

TEST(WosVerdicts, EachErrorSaysWhatToDo) {
  struct Case {
    HttpResponse response;
    Verdict verdict;
    const char* said;
    bool refuses_everything;
  };
  const Case cases[] = {
      {JsonReply(400, R"({"error":{"status":400,"title":"Bad Request","details":"unknown field AB"}})"),
       Verdict::kPermanent, "Bad Request: unknown field AB", false},
      {JsonReply(400, R"({"code":400,"message":"Server.invalidInput: 1: Search Error: Invalid query"})"),
       Verdict::kPermanent, "Search Error: Invalid query", false},
      {JsonReply(401, R"({"message":"Invalid authentication credentials"})"), Verdict::kPermanent, "check WOS_API_KEY",
       true},
      {JsonReply(403, R"({"error":"forbidden"})"), Verdict::kPermanent, "forbidden", true},
      {JsonReply(403, R"({"fault":{"faultstring":"no plan"}})"), Verdict::kPermanent, "no plan", true},
      {JsonReply(403, ""), Verdict::kTransient, "check WOS_API_KEY", true},
      {JsonReply(400, R"({"error":{"stat)"), Verdict::kTransient, "HTTP 400", false},
      {Reply(414, "<html>", "text/html"), Verdict::kPermanent, "shorten or split it", false},
      {Reply(429, ""), Verdict::kThrottled, "rate limit", false},
      {JsonReply(500, R"({"message":"Server.internal"})"), Verdict::kTransient, "Server.internal", false},
      {Reply(503, ""), Verdict::kTransient, "HTTP 503", false},
      {JsonReply(200, R"({"message":"Server.sessionTimeout"})"), Verdict::kTransient, "Server.sessionTimeout", false},
      {JsonReply(200, "[]"), Verdict::kTransient, "is missing", false},
      {Reply(200, "<html></html>", "text/html"), Verdict::kTransient, "HTML page", false},
  };
  for (const WebOfScienceApi api : {kStarter, kExpanded})
    for (const Case& c : cases) {
      const Classification verdict = ClassifyWebOfScience(c.response, api, false);
      EXPECT_EQ(VerdictName(verdict.verdict), VerdictName(c.verdict)) << c.response.body;
      EXPECT_THAT(verdict.reason, HasSubstr(c.said)) << c.response.body;
      EXPECT_EQ(verdict.refuses_everything, c.refuses_everything) << c.response.body;
      EXPECT_FALSE(verdict.quota_used_up) << c.response.body;
    }
  EXPECT_TRUE(
      ClassifyWebOfScience(Reply(429, "", "x", {{"x-rec-amtperyear-remaining", "0"}}), kExpanded, false).quota_used_up);
}

TEST(WosPage, WhatIsNotAPageIsNotReadAsOne) {
  for (const char* broken :
       {R"({"metadata":{},"hits":[]})", R"({"metadata":{"total":-1},"hits":[]})", R"({"metadata":{"total":1}})",
        R"({"metadata":{"total":1},"hits":[{"title":"x"}]})", R"({"metadata":{"total":1},"hits":{}})", "7", ""})
    EXPECT_THAT(ParseWebOfSciencePage(broken, kStarter, false), IsError(ErrorCode::kCorruptInput)) << broken;
  for (const char* broken : {
           R"({"Data":{"Records":{"records":""}},"QueryResult":{}})",
           R"({"Data":{"Records":{}},"QueryResult":{"RecordsFound":0}})",
           R"({"Data":{"Records":{"records":{"REC":{"static_data":{}}}}},"QueryResult":{"RecordsFound":1}})",
           R"({"Data":{"Records":{"records":{"REC":["x"]}}},"QueryResult":{"RecordsFound":1}})",
           R"({"Data":{"Records":<records><REC>x</REC></records>},"QueryResult":{"RecordsFound":1}})",
           R"({"Data":{"Records":<records>)",
           R"(["WOS:000000000000001"])",
       })
    EXPECT_THAT(ParseWebOfSciencePage(broken, kExpanded, false), IsError(ErrorCode::kCorruptInput)) << broken;
}

TEST(WosRealData, RecordedAnswersAreReadAndNoCutIsTakenForOne) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  int pages = 0, others = 0;
  for (const std::string& path : litmill::testing::FilesBelow(folder + "/responses")) {
    if (path.find("wos-api.clarivate.com") == std::string::npos) continue;
    const std::string body(TrimAscii(litmill::testing::ReadTestFile(path)));
    const bool is_page = body.substr(0, 8) == "{\"Data\":";
    const Classification whole = ClassifyWebOfScience(JsonReply(200, body), kExpanded, false);
    EXPECT_EQ(VerdictName(whole.verdict), is_page ? "ok" : "transient") << path << ": " << whole.reason;
    ++(is_page ? pages : others);
    if (!is_page) continue;
    const auto page = ParseWebOfSciencePage(body, kExpanded, false);
    ASSERT_THAT(page, IsOk()) << path;
    EXPECT_EQ(page->ids.size(), page->total) << path;  // they were small enough for one page
    const std::size_t step = body.size() / 60 + 1;
    for (std::size_t size = 0; size < body.size(); size += size + 50 < body.size() ? step : 1)
      ASSERT_EQ(VerdictName(ClassifyWebOfScience(JsonReply(200, body.substr(0, size)), kExpanded, false).verdict),
                "transient")
          << path << " cut at " << size;
  }
  EXPECT_GE(pages, 5);
  EXPECT_GE(others, 5);  // lists of identifiers, and XML
}

}  // namespace
}  // namespace litmill::fetch
