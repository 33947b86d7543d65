// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/europepmc_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"

namespace litmill::fetch {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::IsError;
using litmill::testing::IsOk;
using litmill::testing::ReadTestFile;
using litmill::testing::RealDataFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::JsonReply;
using testing::kEmail;
using testing::LookupRig;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

const std::string kVersionAlone = R"({"version":"6.9"})";

/// A page of records "MED/1", ...; each has members that look like ids but are none.
std::string Page(const std::vector<std::string>& ids, std::uint64_t total, const std::string& cursor = "") {
  std::string results;
  for (const std::string& id : ids)
    results += fmt::format(
        R"({}{{"id":"{}","source":"{}","title":"Synthetic","journalInfo":{{"journal":{{"id":"x","source":"y"}}}}}})",
        results.empty() ? "" : ",", id.substr(4), id.substr(0, 3));
  return fmt::format(
      R"({{"version":"6.9","hitCount":{},{}"request":{{"queryString":"magnesium","resultType":"core","synonym":false}},)"
      R"("resultList":{{"result":[{}]}}}})",
      total, cursor.empty() ? "" : fmt::format(R"("nextCursorMark":"{}",)", cursor), results);
}

EuropePmcSettings Settings(std::size_t page_size = 2) {
  EuropePmcSettings settings;
  settings.base_url = "http://127.0.0.1:1/rest";
  settings.agent = "litmill/0";
  settings.contact = kEmail;
  settings.page_size = page_size;
  return settings;
}

struct EuropePmcTest : ::testing::Test {
  EuropePmcClient Client() { return {Settings(), &rig.polite, &rig.log}; }
  ScriptedTransport network;
  LookupRig rig{network};
};

TEST_F(EuropePmcTest, ASearchIsReadPageByPageByCursor) {
  network.Add(JsonReply(200, Page({"MED/2", "PPR/7"}, 3, "AoI+/=")));
  network.Add(JsonReply(200, Page({"MED/1"}, 3, "end")));
  const auto search = Client().Search("TITLE_ABS:\"vitamin d\" OR 100%");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, ElementsAre("MED/1", "MED/2", "PPR/7"));
  EXPECT_EQ(search->count, 3U);
  EXPECT_EQ(search->query_ran, "magnesium");
  EXPECT_THAT(search->messages, SizeIs(0));
  ASSERT_THAT(network.requests(), SizeIs(2));
  EXPECT_EQ(network.requests()[0].method, "GET");
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/rest/search?cursorMark=*&format=json&pageSize=2"
            "&query=TITLE_ABS%3A%22vitamin%20d%22%20OR%20100%25&resultType=core&synonym=false");
  EXPECT_THAT(network.requests()[0].headers, ElementsAre(std::pair<std::string, std::string>(
                                                 "User-Agent", "litmill/0 (mailto:someone+review@example.org)")));
  EXPECT_THAT(network.requests()[1].url, HasSubstr("?cursorMark=AoI%2B%2F%3D&"));
  ASSERT_THAT(search->documents, SizeIs(2));
  EXPECT_EQ(search->documents[1].source, "europepmc");
  EXPECT_EQ(search->documents[1].kind, "search");
  EXPECT_EQ(search->documents[1].request,
            "search?format=json&page=2&pageSize=2&query=TITLE_ABS%3A%22vitamin%20d%22%20OR%20100%25"
            "&resultType=core&synonym=false");
}

TEST_F(EuropePmcTest, ALongQueryIsPosted) {
  const std::string query = "TITLE_ABS:" + std::string(2'000, 'm');
  network.Add(JsonReply(200, Page({"MED/1"}, 1)));
  const auto search = Client().Search(query);
  ASSERT_THAT(search, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_EQ(network.requests()[0].method, "POST");
  EXPECT_EQ(network.requests()[0].url, "http://127.0.0.1:1/rest/searchPOST");
  EXPECT_EQ(network.requests()[0].body, "cursorMark=*&format=json&pageSize=2&query=TITLE_ABS%3A" +
                                            std::string(2'000, 'm') + "&resultType=core&synonym=false");
  EXPECT_THAT(search->documents[0].request, HasSubstr("searchPOST?format=json&page=1&"));
}

TEST_F(EuropePmcTest, CountingAsksForTheSmallestPageAndIsNoPageOfTheSearch) {
  network.Add(JsonReply(200, Page({"MED/1"}, 4'711)));
  const auto count = Client().Count("magnesium");
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(*count, 4'711U);
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/rest/search?cursorMark=*&format=json&pageSize=1&query=magnesium&resultType=idlist"
            "&synonym=false");
  EXPECT_EQ(MakeEuropePmcCountCall(Settings(), "magnesium").kind, "count");
}

TEST_F(EuropePmcTest, ThePageSizeStaysWithinWhatTheServiceTakes) {
  for (const auto& [asked, sent] : {std::pair<std::size_t, const char*>{0, "pageSize=1&"}, {5'000, "pageSize=1000&"}})
    EXPECT_THAT(MakeEuropePmcPageCall(Settings(asked), "x", {}).request.url, HasSubstr(sent));
}

TEST_F(EuropePmcTest, AVersionAloneIsAskedForAgain) {
  network.Add(JsonReply(200, kVersionAlone));
  network.Add(JsonReply(200, Page({"MED/1", "MED/2"}, 3, "c1")));
  network.Add(JsonReply(200, kVersionAlone));
  network.Add(JsonReply(200, kVersionAlone));
  network.Add(JsonReply(200, Page({"MED/3"}, 3)));
  const auto search = Client().Search("magnesium");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(rig.Verdicts(), ElementsAre("transient", "ok", "transient", "transient", "ok"));
}

TEST_F(EuropePmcTest, ACursorThatStaysUnknownStartsTheSearchAgain) {
  network.Add(JsonReply(200, Page({"MED/1", "MED/2"}, 3, "c1")));
  for (int i = 0; i < 3; ++i) network.Add(JsonReply(200, kVersionAlone));
  network.Add(JsonReply(200, Page({"MED/1", "MED/2"}, 3, "d1")));
  network.Add(JsonReply(200, Page({"MED/3"}, 3)));
  const auto search = Client().Search("magnesium");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(3));
  EXPECT_THAT(network.requests()[4].url, HasSubstr("cursorMark=*&"));
}

TEST_F(EuropePmcTest, WithoutACursorAVersionAloneIsARefusalInTheEnd) {
  for (int i = 0; i < 3; ++i) network.Add(JsonReply(200, kVersionAlone));
  EXPECT_THAT(Client().Search("magnesium"), IsError(ErrorCode::kPermanentRemote));
}

TEST_F(EuropePmcTest, ARefusalUnderHttp200IsARefusalInTheServicesWords) {
  network.Add(JsonReply(200, R"({"errCode":404,"errMsg":"Invalid page size provided."})"));
  const auto search = Client().Search("magnesium");
  ASSERT_THAT(search, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(search.error().message, HasSubstr("Invalid page size provided."));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST_F(EuropePmcTest, ASearchThatIsNotFoundIsAskedForAgain) {
  network.Add(Reply(404, "<html>404 Not Found</html>", "text/html"));
  network.Add(JsonReply(200, Page({"MED/1"}, 1)));
  EXPECT_THAT(Client().Search("magnesium"), IsOk());
  for (int i = 0; i < 3; ++i) network.Add(Reply(404, "<html>404 Not Found</html>", "text/html"));
  const auto search = Client().Search("zinc");
  ASSERT_THAT(search, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(search.error().message, HasSubstr("base_url"));
}

TEST_F(EuropePmcTest, SynonymsThatNobodyAskedForAreReported) {
  std::string page = Page({"MED/1"}, 1);
  page.replace(page.find("\"synonym\":false"), 15, "\"synonym\":true");
  network.Add(JsonReply(200, page));
  const auto search = Client().Search("magnesium");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->messages, ElementsAre(HasSubstr("synonyms")));
}

TEST_F(EuropePmcTest, AHitCountThatIsNotTrueIsNeverACompleteSearch) {
  for (int i = 0; i < 3; ++i) network.Add(JsonReply(200, Page({"MED/1"}, 2)));
  EXPECT_THAT(Client().Search("magnesium"), IsError(ErrorCode::kIntegrity));
}

TEST_F(EuropePmcTest, TheContactIsInNoArchiveLogOrError) {
  network.Add(Reply(429, std::string("slow down ") + kEmail, "text/html", {{"retry-after", "2"}}));
  network.Add(Reply(500, "mailto:someone%2breview%40example.org", "text/html"));
  network.Add(JsonReply(200, Page({"MED/1"}, 1)));
  network.Add(JsonReply(200, R"({"errCode":400,"errMsg":"someone+review@example.org"})"));
  ASSERT_THAT(Client().Search("magnesium"), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ::testing::Contains(2'000));
  const auto refused = Client().Search("zinc");
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  const std::string all = AsciiLower(rig.EverythingKept() + refused.error().message);
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
}

TEST_F(EuropePmcTest, AnAuthorsAddressThatIsOursIsLeftInTheRecord) {
  std::string page = Page({"MED/1"}, 1);
  page.replace(page.find("Synthetic"), 9, std::string("Write to ") + kEmail);
  network.Add(JsonReply(200, page));
  ASSERT_THAT(Client().Search("magnesium"), IsOk());
  const auto document = rig.archive->FindLatest("europepmc", "search",
                                                MakeEuropePmcPageCall(Settings(), "magnesium", {}).canonical_request);
  ASSERT_THAT(document, IsOk());
  const auto body = rig.archive->Read(*document);
  ASSERT_THAT(body, IsOk());
  EXPECT_EQ(*body, page);
}

struct Case {
  const char* name;
  HttpResponse answer;
  const char* verdict;
};

TEST(ClassifyEuropePmc, EachKnownAnswer) {
  const Case cases[] = {
      {"page", JsonReply(200, Page({"MED/1"}, 1)), "ok"},
      {"no hits", JsonReply(200, Page({}, 0)), "ok"},
      {"429", Reply(429, ""), "throttled"},
      {"429 in the body", JsonReply(200, R"({"errCode":429,"errMsg":"too many"})"), "throttled"},
      {"503", Reply(503, ""), "transient"},
      {"500 in the body", JsonReply(200, R"({"errCode":500,"errMsg":"x"})"), "transient"},
      {"400", JsonReply(400, "{}"), "permanent"},
      {"403", Reply(403, ""), "permanent"},
      {"404", Reply(404, ""), "transient"},
      {"page for people", Reply(200, "<!DOCTYPE html><html></html>", "text/html"), "transient"},
      {"empty", JsonReply(200, " "), "transient"},
      {"version", JsonReply(200, kVersionAlone), "transient"},
      {"XML", Reply(200, "<responseWrapper/>"), "transient"},
      {"negative count", JsonReply(200, R"({"hitCount":-1,"resultList":{"result":[]}})"), "transient"},
      {"no list", JsonReply(200, R"({"hitCount":1,"resultList":{}})"), "transient"},
      {"record without a name", JsonReply(200, R"({"hitCount":1,"resultList":{"result":[{"id":"1"}]}})"), "transient"},
      {"entry no record", JsonReply(200, R"({"hitCount":1,"resultList":{"result":[7]}})"), "transient"},
  };
  for (const Case& c : cases)
    for (const bool has_cursor : {false, true})
      EXPECT_EQ(VerdictName(ClassifyEuropePmc(c.answer, has_cursor).verdict), c.verdict) << c.name;
}

TEST(ClassifyEuropePmc, ACutPageIsNeverTakenForAWholeOne) {
  const std::string page = Page({"MED/1", "PPR/2"}, 2, "c");
  for (std::size_t size = 0; size < page.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyEuropePmc(JsonReply(200, page.substr(0, size)), true).verdict), "transient") << size;
}

TEST(ClassifyEuropePmc, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int pages = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/europepmc-raw")) {
    if (!path.ends_with(".json")) {
      EXPECT_NE(VerdictName(ClassifyEuropePmc(Reply(200, ReadTestFile(path)), false).verdict), "ok") << path;
      continue;
    }
    const std::string body = ReadTestFile(path);
    const Json document = ParseJsonAnswer(body);
    if (document.is_array() || !document.contains("version")) continue;  // files that their finders made of answers
    ++pages;
    EXPECT_EQ(VerdictName(ClassifyEuropePmc(JsonReply(200, body), false).verdict), "ok") << path;
    const auto page = ParseEuropePmcPage(body);
    ASSERT_THAT(page, IsOk()) << path;
    EXPECT_EQ(page->total, document["hitCount"].get<std::uint64_t>());
    ASSERT_THAT(page->ids, SizeIs(document["resultList"]["result"].size())) << path;
    for (const std::string& id : page->ids) EXPECT_GT(id.find('/'), 2U) << id;
    const std::size_t whole = body.rfind('}');
    const std::size_t step = body.size() < 2'000 ? 1 : body.size() < 100'000 ? body.size() / 3 : body.size() / 2;
    for (std::size_t size = 0; size <= whole; size += step)
      ASSERT_EQ(VerdictName(ClassifyEuropePmc(JsonReply(200, body.substr(0, size)), false).verdict), "transient")
          << path;
  }
  EXPECT_GE(pages, 10);
}

}  // namespace
}  // namespace litmill::fetch
