// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/scopus_client.h"

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

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kToken = "INSTtokenSECRET0123456789";

std::string Page(const std::vector<std::string>& eids, std::uint64_t total, const std::string& cursor = "") {
  std::string entries;
  for (const std::string& eid : eids)
    entries += fmt::format("{}{{\"@_fa\":\"true\",\"eid\":\"{}\",\"dc:title\":\"Synthetic\"}}",
                           entries.empty() ? "" : ",", eid);
  if (eids.empty()) entries = R"({"@_fa":"true","error":"Result set was empty"})";
  return fmt::format(
      "{{\"search-results\":{{\"opensearch:totalResults\":\"{}\",\"opensearch:startIndex\":\"0\","
      "\"opensearch:Query\":{{\"@role\":\"request\",\"@searchTerms\":\"as it ran\"}}{},\"entry\":[{}]}}}}",
      total, cursor.empty() ? "" : ",\"cursor\":{\"@current\":\"*\",\"@next\":\"" + cursor + "\"}", entries);
}

HttpResponse Ok(const std::vector<std::string>& eids, std::uint64_t total, const std::string& cursor = "",
                Headers headers = {}) {
  return JsonReply(200, Page(eids, total, cursor), std::move(headers));
}

HttpResponse ServiceError(int status, const std::string& code, const std::string& text, Headers headers = {}) {
  return JsonReply(
      status, fmt::format(R"({{"service-error":{{"status":{{"statusCode":"{}","statusText":"{}"}}}}}})", code, text),
      std::move(headers));
}

HttpResponse NoCursor() {
  return ServiceError(403, "AUTHORIZATION_ERROR", "Use of the cursor parameter is restricted");
}

ScopusSettings Settings(std::uint64_t most_hits = 5'000) {
  ScopusSettings settings;
  settings.base_url = "http://127.0.0.1:1/";
  settings.keys = {kKey, kToken};
  settings.page_size = 2;
  settings.most_hits = most_hits;
  return settings;
}

struct ScopusTest : ::testing::Test {
  ScopusClient Client(ScopusSettings settings = Settings()) {
    return {std::move(settings), rig.client.get(), &rig.log};
  }
  [[nodiscard]] std::vector<std::string> Urls() const {
    std::vector<std::string> urls;
    for (const HttpRequest& request : network.requests()) urls.push_back(request.url);
    return urls;
  }
  ScriptedTransport network;
  LookupRig rig{network};
};

TEST_F(ScopusTest, PagesFollowTheCursorAndKeysTravelInHeaders) {
  network.Add(Ok({"2-s2.0-1"}, 3, "x"));
  network.Add(Ok({"2-s2.0-3", "2-s2.0-1"}, 3, "ab+/c=="));
  network.Add(Ok({"2-s2.0-2"}, 3, "more"));
  const auto search = Client().Search("TITLE(\"low mood\")");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, ElementsAre("2-s2.0-1", "2-s2.0-2", "2-s2.0-3"));
  EXPECT_EQ(search->count, 3U);
  EXPECT_EQ(search->query_ran, "as it ran");
  EXPECT_THAT(search->messages, SizeIs(0));
  const std::string base = "http://127.0.0.1:1/content/search/scopus?";
  const std::string query = "query=TITLE%28%22low%20mood%22%29";
  EXPECT_THAT(Urls(), ElementsAre(base + "count=1&" + query + "&cursor=%2A&view=STANDARD",
                                  base + "count=2&cursor=%2A&" + query + "&view=STANDARD",
                                  base + "count=2&cursor=ab%2B%2Fc%3D%3D&" + query + "&view=STANDARD"));
  for (const HttpRequest& request : network.requests()) {
    EXPECT_EQ(request.method, "GET");
    EXPECT_THAT(request.headers, ElementsAre(std::pair<std::string, std::string>("Accept", "application/json"),
                                             std::pair<std::string, std::string>("X-ELS-APIKey", kKey),
                                             std::pair<std::string, std::string>("X-ELS-Insttoken", kToken)));
  }
  ASSERT_THAT(search->documents, SizeIs(2));
  EXPECT_EQ(search->documents[1].source, "scopus");
  EXPECT_EQ(search->documents[1].kind, "search");
  EXPECT_EQ(search->documents[1].request, "content/search/scopus?count=2&page=2&" + query + "&view=STANDARD");
}

TEST_F(ScopusTest, EachViewHasItsPage) {
  ScopusSettings settings;
  settings.keys.api_key = kKey;
  EXPECT_EQ(MakeScopusPageCall(settings, "q", false, {}).request.url,
            "https://api.elsevier.com/content/search/scopus?count=200&query=q&start=0&view=STANDARD");
  EXPECT_THAT(MakeScopusPageCall(settings, "q", false, {}).request.headers, SizeIs(2));
  settings.view = ScopusView::kComplete;
  EXPECT_EQ(MakeScopusPageCall(settings, "q", true, {}).request.url,
            "https://api.elsevier.com/content/search/scopus?count=25&cursor=%2A&query=q&view=COMPLETE");
}

TEST_F(ScopusTest, WithoutACursorTheLastPageStaysWithinTheLimit) {
  network.Add(NoCursor());
  network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 3));
  network.Add(Ok({"2-s2.0-3"}, 3));
  const auto search = Client(Settings(/*most_hits=*/3)).Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(Urls()[1], HasSubstr("?count=2&query=q&start=0&view="));
  EXPECT_THAT(Urls()[2], HasSubstr("?count=1&query=q&start=2&view="));
  EXPECT_THAT(rig.Verdicts(), ElementsAre("ok", "ok", "ok"));
}

TEST_F(ScopusTest, TooManyHitsAreHalvedByYears) {
  network.Add(NoCursor());
  network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 5));
  network.Add(Ok({"2-s2.0-1"}, 1));
  network.Add(Ok({"2-s2.0-2", "2-s2.0-3"}, 4));
  network.Add(Ok({"2-s2.0-2", "2-s2.0-3"}, 2));
  network.Add(Ok({"2-s2.0-4", "2-s2.0-5"}, 2));
  const auto search = Client(Settings(/*most_hits=*/3)).Search("a OR b");
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, 5U);
  EXPECT_THAT(search->ids, ElementsAre("2-s2.0-1", "2-s2.0-2", "2-s2.0-3", "2-s2.0-4", "2-s2.0-5"));
  EXPECT_THAT(search->documents, SizeIs(3));  // not those of the searches that were too large
  EXPECT_EQ(search->query_ran, "as it ran");
  EXPECT_THAT(search->messages, ElementsAre(HasSubstr("5 hits are more than the 3")));
  EXPECT_THAT(Urls()[2], HasSubstr("query=%28a%20OR%20b%29%20AND%20PUBYEAR%20%3C%201950&"));
  EXPECT_THAT(Urls()[3], HasSubstr("query=%28a%20OR%20b%29%20AND%20PUBYEAR%20%3E%201949&"));
  EXPECT_THAT(Urls()[4], HasSubstr("AND%20PUBYEAR%20%3E%201949%20AND%20PUBYEAR%20%3C%202025&"));
  EXPECT_THAT(Urls()[5], HasSubstr("AND%20PUBYEAR%20%3E%202024&"));
}

TEST_F(ScopusTest, PartsThatDoNotMakeUpTheWholeAreReadAgainAndThenAnError) {
  network.Add(NoCursor());
  for (int pass = 0; pass < 2; ++pass) {
    network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 4));
    network.Add(Ok({"2-s2.0-1"}, 1));
    network.Add(Ok({"2-s2.0-2", "2-s2.0-3"}, 2));
  }
  const auto search = Client(Settings(/*most_hits=*/3)).Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(search.error().message, HasSubstr("counts 4 records; its years of publication hold 3"));
  EXPECT_EQ(network.left(), 0U);
}

TEST_F(ScopusTest, AYearThatIsTooLargeIsNamedWithWhatToDo) {
  network.Add(NoCursor());
  for (int i = 0; i < 40; ++i) network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 9));
  const auto search = Client(Settings(/*most_hits=*/3)).Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(search.error().message, AllOf(HasSubstr("9 hits in the year 1800 alone"), HasSubstr("SCOPUS_INSTTOKEN")));
}

TEST_F(ScopusTest, ALostCursorStartsTheSearchAgain) {
  network.Add(Ok({"2-s2.0-1"}, 3, "x"));
  network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 3, "c1"));
  network.Add(ServiceError(400, "INVALID_INPUT", "Cursor is invalid"));
  network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 3, "c2"));
  network.Add(Ok({"2-s2.0-3"}, 3, ""));
  const auto search = Client().Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
}

TEST_F(ScopusTest, ARunThatGoesOnAsksNothingTwice) {
  for (const bool has_cursor : {true, false}) {
    const std::string query = has_cursor ? "with" : "without";
    network.Add(has_cursor ? Ok({"2-s2.0-1"}, 3, "x") : NoCursor());
    network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 3, has_cursor ? "c1" : ""));
    network.AddFailure(ErrorCode::kInterrupted, "stopped");
    ASSERT_THAT(Client().Search(query), IsError(ErrorCode::kInterrupted));
    const std::size_t before = network.requests().size();
    network.Add(Ok({"2-s2.0-3"}, 3, has_cursor ? "c2" : ""));
    const ScopusClient resumed(Settings(), AnswerSource(rig.client.get(), rig.archive.get(), "run-1"), &rig.log);
    const auto search = resumed.Search(query);
    ASSERT_THAT(search, IsOk());
    EXPECT_THAT(search->ids, SizeIs(3));
    EXPECT_EQ(network.requests().size(), before + 1);
    const RawArchive* archive = rig.archive.get();
    const ScopusClient offline(Settings(), archive, &rig.log);
    const auto again = offline.Search(query);
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->ids, search->ids);
    EXPECT_THAT(offline.Search("never asked"), IsError(ErrorCode::kNotFound));
  }
}

TEST_F(ScopusTest, WithoutAKeyNothingIsSent) {
  ScopusSettings settings = Settings();
  settings.keys = {};
  const auto search = Client(settings).Search("q");
  ASSERT_THAT(search, IsError(ErrorCode::kConfig));
  EXPECT_THAT(search.error().message, AllOf(HasSubstr("SCOPUS_API_KEY"), HasSubstr("SCOPUS_INSTTOKEN")));
  EXPECT_THAT(Client(settings).Count("q"), IsError(ErrorCode::kConfig));
  settings.keys = {"a\r\nX-Evil: 1", ""};
  EXPECT_THAT(Client(settings).Search("q"), IsError(ErrorCode::kConfig));
  settings.keys = {"sound", "a\nb"};
  EXPECT_THAT(Client(settings).Count("q"), IsError(ErrorCode::kConfig));
  EXPECT_THAT(network.requests(), SizeIs(0));
}

TEST_F(ScopusTest, ACountIsOneRequestForOneRecord) {
  network.Add(Ok({"2-s2.0-1"}, 2'843'502));
  const auto count = Client().Count("q");
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(*count, 2'843'502U);
  EXPECT_THAT(Urls(), ElementsAre("http://127.0.0.1:1/content/search/scopus?count=1&query=q&start=0&view=STANDARD"));
}

TEST_F(ScopusTest, AQuotaNearItsEndIsReportedAndOneAtItsEndIsNotRetried) {
  const Headers low{
      {"x-ratelimit-limit", "20000"}, {"x-ratelimit-remaining", "999"}, {"x-ratelimit-reset", "1767312000"}};
  network.Add(NoCursor());
  network.Add(Ok({"2-s2.0-1", "2-s2.0-2"}, 3, "", low));
  network.Add(Ok({"2-s2.0-3"}, 3));  // says nothing, as an answer of the archive would
  const auto search = Client().Search("q");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->messages, ElementsAre("999 of 20000 requests are left until 2026-01-02T00:00:00Z"));
  network.Add(NoCursor());
  network.Add(ServiceError(429, "QUOTA_EXCEEDED", "Quota Exceeded",
                           {{"x-els-status", "QUOTA_EXCEEDED - Quota Exceeded"},
                            {"x-ratelimit-limit", "20000"},
                            {"x-ratelimit-reset", "1767312000"}}));
  const auto over = Client().Search("r");
  ASSERT_THAT(over, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(over.error().message, HasSubstr("(20000 requests) is used up until 2026-01-02T00:00:00Z"));
  EXPECT_EQ(network.left(), 0U);
  EXPECT_THAT(rig.time.waits_ms(), SizeIs(0));
}

TEST(ScopusQuota, IsReportedBelowATwentieth) {
  struct Case {
    const char *limit, *left, *reset, *note;
  };
  const Case cases[] = {{"20000", "1000", "1767312000", ""},
                        {"20000", "0", "1767312000", "0 of 20000 requests are left until 2026-01-02T00:00:00Z"},
                        {"20000", "10", "", "10 of 20000 requests are left"},
                        {"20000", "10", "soon", "10 of 20000 requests are left"},
                        {"20000", "10", "99999999999999999", "10 of 20000 requests are left"},
                        {"", "10", "1", ""},
                        {"20000", "", "1", ""},
                        {"-5", "-6", "1", ""},
                        {"x", "1", "1", ""}};
  for (const Case& c : cases) {
    std::string note;
    NoteElsevierQuota(
        Reply(200, "", "x",
              {{"x-ratelimit-limit", c.limit}, {"x-ratelimit-remaining", c.left}, {"x-ratelimit-reset", c.reset}}),
        &note);
    EXPECT_EQ(note, c.note) << c.limit << " " << c.left << " " << c.reset;
  }
}

TEST(ScopusVerdicts, EachErrorSaysWhatToDo) {
  struct Case {
    HttpResponse response;
    Verdict verdict;
    const char* said;
    bool refuses_everything;
  };
  const Case cases[] = {
      {ServiceError(400, "INVALID_INPUT", "Error translating query"), Verdict::kPermanent, "cannot read the query",
       false},
      {ServiceError(400, "INVALID_INPUT", "Error translating query: TITLE(cursor"), Verdict::kPermanent,
       "cannot read the query", false},
      {ServiceError(400, "INVALID_INPUT", "The cursor has expired"), Verdict::kSessionLost, "no longer knows", false},
      {ServiceError(400, "INVALID_INPUT", "Exceeds the maximum number allowed for the service level"),
       Verdict::kPermanent, "service level", false},
      {ServiceError(400, "INVALID_INPUT", "Exceeds the number of search results"), Verdict::kPermanent,
       "shows no more of these hits", false},
      {ServiceError(401, "AUTHORIZATION_ERROR",
                    "The requestor is not authorized to access the requested view or fields of the resource"),
       Verdict::kPermanent, "use the view STANDARD, or an institution token", true},
      {ServiceError(403, "AUTHENTICATION_ERROR", "Invalid API Key"), Verdict::kPermanent, "check the key", true},
      {NoCursor(), Verdict::kPermanent, "cursor parameter is restricted", true},
      {ServiceError(404, "RESOURCE_NOT_FOUND", "no such thing"), Verdict::kPermanent, "RESOURCE_NOT_FOUND", false},
      {ServiceError(413, "X", "too long"), Verdict::kPermanent, "shorten or split it", false},
      {Reply(414, "<html>414</html>", "text/html"), Verdict::kPermanent, "shorten or split it", false},
      {ServiceError(429, "TOO_MANY_REQUESTS", "slow down"), Verdict::kThrottled, "rate limit", false},
      {Reply(429, ""), Verdict::kThrottled, "rate limit", false},
      {ServiceError(500, "GENERAL_SYSTEM_ERROR", "oops"), Verdict::kTransient, "GENERAL_SYSTEM_ERROR", false},
      {Reply(502, "<html>", "text/html"), Verdict::kTransient, "HTTP 502", false},
      {Reply(524, ""), Verdict::kTransient, "HTTP 524", false},
      {JsonReply(400, R"({"error-response":{"error-code":"BAD","error-message":"Wrong."}})"), Verdict::kPermanent,
       "BAD: Wrong.", false},
      {JsonReply(403, R"({"message":"Forbidden here"})"), Verdict::kPermanent, "Forbidden here", true},
      {JsonReply(401, R"({"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.Invalid"}}})"),
       Verdict::kPermanent, "oauth.Invalid: Invalid ApiKey", true},
      {ServiceError(200, "GENERAL_SYSTEM_ERROR", "under 200"), Verdict::kTransient, "under 200", false},
      {Reply(200, "<html><body>Maintenance</body></html>", "text/html"), Verdict::kTransient, "HTML page", false},
      {Reply(200, ""), Verdict::kTransient, "empty", false},
      {JsonReply(403, ""), Verdict::kTransient, "check the key", true},
      {JsonReply(403, R"({"service-error":{"sta)"), Verdict::kTransient, "HTTP 403", true},
      {Reply(403, "<html>Access denied</html>", "text/html"), Verdict::kPermanent, "Access denied", true},
      {JsonReply(200, "{}"), Verdict::kTransient, "search-results", false},
      {JsonReply(200, "[]"), Verdict::kTransient, "search-results", false},
      {JsonReply(200, R"({"search-results":{"entry":[]}})"), Verdict::kTransient, "totalResults", false},
      {JsonReply(200, R"({"search-results":{"opensearch:totalResults":"many","entry":[]}})"), Verdict::kTransient,
       "totalResults", false},
      {JsonReply(200, R"({"search-results":{"opensearch:totalResults":"1","entry":[{"dc:title":"x"}]}})"),
       Verdict::kTransient, "no identifier", false},
      {JsonReply(200, R"({"search-results":{"opensearch:totalResults":"1","entry":[{"error":"Backend"}]}})"),
       Verdict::kTransient, "an entry says \"Backend\"", false},
  };
  for (const Case& c : cases) {
    const Classification verdict = ClassifyScopus(c.response, false);
    EXPECT_EQ(VerdictName(verdict.verdict), VerdictName(c.verdict)) << c.response.body;
    EXPECT_THAT(verdict.reason, HasSubstr(c.said)) << c.response.body;
    EXPECT_EQ(verdict.refuses_everything, c.refuses_everything) << c.response.body;
    EXPECT_FALSE(verdict.quota_used_up) << c.response.body;
  }
}

TEST(ScopusPage, IdentifiersComeFromEitherField) {
  const auto page = ParseScopusPage(
      R"({"search-results":{"opensearch:totalResults":"3","entry":[{"eid":"2-s2.0-1","dc:identifier":"SCOPUS_ID:1"},)"
      R"({"dc:identifier":"SCOPUS_ID:85000000002"},{"eid":"2-s2.0-3"}]}})");
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->ids, ElementsAre("2-s2.0-1", "2-s2.0-85000000002", "2-s2.0-3"));
  const auto single =
      ParseScopusPage(R"({"search-results":{"opensearch:totalResults":"1","entry":{"eid":"2-s2.0-1"}}})");
  ASSERT_THAT(single, IsOk());
  EXPECT_THAT(single->ids, ElementsAre("2-s2.0-1"));
}

TEST(ScopusPage, NoPartOfAnAnswerIsTakenForTheWhole) {
  for (const std::string& body : {Page({"2-s2.0-1", "2-s2.0-2"}, 2, "next"), Page({}, 0)}) {
    EXPECT_EQ(VerdictName(ClassifyScopus(JsonReply(200, body), false).verdict), "ok");
    for (std::size_t size = 0; size < body.size(); ++size)
      EXPECT_EQ(VerdictName(ClassifyScopus(JsonReply(200, body.substr(0, size)), false).verdict), "transient") << size;
  }
  const std::string refusal = NoCursor().body;
  EXPECT_EQ(VerdictName(ClassifyScopus(JsonReply(403, refusal), true).verdict), "ok");
  for (std::size_t size = 0; size < refusal.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyScopus(JsonReply(403, refusal.substr(0, size)), true).verdict), "transient") << size;
}

TEST_F(ScopusTest, NoKeyIsInAnythingKept) {
  const std::string echo = std::string("apiKey=") + kKey;
  network.Add(NoCursor());
  network.Add(JsonReply(200, R"({"search-results":{"opensearch:totalResults":"1","link":")" + echo +
                                 R"(","entry":[{"eid":"2-s2.0-1"}]}})"));
  network.Add(ServiceError(403, "AUTHENTICATION_ERROR", "Invalid API Key: " + std::string(kKey)));
  network.Add(Reply(500, echo, "text/html"));
  network.AddFailure(ErrorCode::kTransientRemote, "127.0.0.1: no connection");
  network.Add(ServiceError(429, "QUOTA_EXCEEDED", echo, {{"x-els-status", "QUOTA_EXCEEDED - " + echo}}));
  const ScopusClient client(Settings(), rig.client.get(), &rig.log);
  ASSERT_THAT(client.Search("q"), IsOk());
  const auto refused = client.Search("r");
  const auto over = client.Search("s");
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  ASSERT_THAT(over, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(refused.error().message, HasSubstr("***"));
  const std::string all = rig.EverythingKept() + refused.error().message + over.error().message;
  EXPECT_THAT(all, Not(HasSubstr(kKey)));
  EXPECT_THAT(all, Not(HasSubstr(kToken)));
}

TEST(ScopusRealData, RecordedPagesAreReadAndNoCutIsTakenForOne) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  int pages = 0;
  std::vector<std::string> paths = litmill::testing::FilesBelow(folder + "/scopus-raw");
  for (const std::string& path : litmill::testing::FilesBelow(folder + "/responses"))
    if (path.find("content_search_scopus") != std::string::npos) paths.push_back(path);
  for (const std::string& path : paths) {
    const std::string body(TrimAscii(litmill::testing::ReadTestFile(path)));
    const Classification whole = ClassifyScopus(JsonReply(200, body), false);
    if (body.find("\"eid\"") != std::string::npos || body.find("Result set was empty") != std::string::npos) {
      EXPECT_EQ(VerdictName(whole.verdict), "ok") << path << ": " << whole.reason;
      ++pages;
    } else {  // asked for with field=, so that its entries have no identifier
      EXPECT_THAT(whole.reason, HasSubstr("no identifier")) << path;
    }
    const std::size_t step = body.size() / 200 + 1;
    for (std::size_t size = 0; size < body.size(); size += size + 50 < body.size() ? step : 1)
      ASSERT_EQ(VerdictName(ClassifyScopus(JsonReply(200, body.substr(0, size)), false).verdict), "transient")
          << path << " cut at " << size;
  }
  EXPECT_GE(pages, 3);
}

}  // namespace
}  // namespace litmill::fetch
