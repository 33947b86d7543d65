// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic.
#include "fetch/crossref_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include <fmt/format.h>

#include "core/unicode.h"
#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::JsonReply;
using testing::kEmail;
using testing::LookupRig;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

std::string Work(const std::string& doi) {
  return R"({"status":"ok","message-type":"work","message-version":"1.0.0","message":{"DOI":")" + doi +
         R"(","title":["Synthetic"],"reference":[{"DOI":"10.9/cited"}]}})";
}

std::string Works(const std::vector<std::string>& dois, std::uint64_t total, const std::string& cursor = "") {
  std::string items;
  for (const std::string& doi : dois)
    items +=
        fmt::format("{}{{\"DOI\":\"{}\",\"reference\":[{{\"DOI\":\"10.9/cited\"}}]}}", items.empty() ? "" : ",", doi);
  return fmt::format(
      "{{\"status\":\"ok\",\"message-type\":\"work-list\",\"message-version\":\"1.0.0\",\"message\":{{\"facets\":{{}},"
      "\"total-results\":{},\"items\":[{}],\"items-per-page\":20,\"query\":{{\"start-index\":0,\"search-terms\":null}}"
      "{}}}}}",
      total, items, cursor.empty() ? "" : ",\"next-cursor\":\"" + cursor + "\"");
}

HttpResponse NotFound() { return Reply(404, "Resource not found.", "text/plain;charset=utf-8"); }
HttpResponse CursorLost() {
  return JsonReply(404, R"({"status":"failed","message-type":"resource-failure","message":[{"type":"cursor-invalid",)"
                        R"("value":"x","message":"Cursor specified but it is invalid"}]})");
}

CrossrefSettings Settings(std::size_t page_size = 2) {
  CrossrefSettings settings;
  settings.base_url = "http://127.0.0.1:1/";
  settings.contact = kEmail;
  settings.agent = "litmill/0";
  settings.page_size = page_size;
  return settings;
}

struct CrossrefTest : ::testing::Test {
  CrossrefClient Client(CrossrefSettings settings = Settings()) {
    return {std::move(settings), &rig.polite, &rig.polite, &rig.log};
  }
  CrossrefClient::OnDocument Collect() {
    return [this](const Answer& answer) -> Result<void> {
      documents.push_back(answer.response.body);
      return {};
    };
  }
  ScriptedTransport network;
  LookupRig rig{network};
  std::vector<std::string> documents;
};

TEST_F(CrossrefTest, OneWorkIsAskedForPolitely) {
  network.Add(JsonReply(200, Work("10.1002/(SICI)1:2<3::A>3.0.CO;2-Y")));
  const auto answer = Client().LookUp("10.1002/(sici)1:2<3::a>3.0.co;2-y", Collect());
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->outcome, CrossrefOutcome::kFound);
  EXPECT_EQ(answer->found_as, "10.1002/(SICI)1:2<3::A>3.0.CO;2-Y");
  EXPECT_GT(answer->document_id, 0);
  EXPECT_THAT(documents, SizeIs(1));
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_EQ(network.requests()[0].method, "GET");
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/works/10.1002%2F%28sici%291%3A2%3C3%3A%3Aa%3E3.0.co%3B2-y"
            "?mailto=someone%2Breview%40example.org");
  EXPECT_THAT(network.requests()[0].headers, ElementsAre(std::pair<std::string, std::string>(
                                                 "User-Agent", "litmill/0 (mailto:someone+review@example.org)")));
}

TEST_F(CrossrefTest, WithoutAContactNothingIsAdded) {
  CrossrefSettings settings = Settings();
  settings.contact.clear();
  const Call call = MakeCrossrefWorkCall(settings, "10.5555/a%2fb,c");
  EXPECT_EQ(call.request.url, "http://127.0.0.1:1/works/10.5555%2Fa%252fb%2Cc");
  EXPECT_THAT(call.request.headers, SizeIs(0));
  settings.contact = "a@b.example\r\nX-Evil: 1";
  EXPECT_THAT(MakeCrossrefWorkCall(settings, "10.5555/a").request.headers, SizeIs(0));
}

TEST_F(CrossrefTest, AnUnknownDoiIsAnAnswerAndAnAliasIsSaidToBeOne) {
  network.Add(NotFound());
  network.Add(JsonReply(200, Work("10.5555/primary")));
  const auto unknown = Client().LookUp("10.5555/none", Collect());
  ASSERT_THAT(unknown, IsOk());
  EXPECT_EQ(unknown->outcome, CrossrefOutcome::kNotFound);
  EXPECT_THAT(documents, SizeIs(0));
  const auto alias = Client().LookUp("10.5555/alias", Collect());
  ASSERT_THAT(alias, IsOk());
  EXPECT_EQ(alias->outcome, CrossrefOutcome::kAlias);
  EXPECT_EQ(alias->found_as, "10.5555/primary");
  EXPECT_THAT(rig.Verdicts(), ElementsAre("ok", "ok"));
}

TEST_F(CrossrefTest, ABatchIsOneCallAndWhatItLacksIsAskedForSingly) {
  network.Add(JsonReply(200, Works({"10.5555/A", "10.5555/b", "10.5555/stranger"}, 3)));
  network.Add(JsonReply(200, Work("10.5555/primary")));
  network.Add(NotFound());
  network.Add(JsonReply(200, Work("10.5555/x,y")));
  const auto answers = Client().LookUpAll(
      {"10.5555/a", "10.5555/alias", "10.5555/b", "10.5555/none", "10.5555/x,y", "10.5555/A", ""}, Collect());
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(4));
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/works?filter=doi:10.5555%2Fa,doi:10.5555%2Falias,doi:10.5555%2Fb,doi:10.5555%2Fnone"
            "&rows=4&mailto=someone%2Breview%40example.org");
  std::vector<CrossrefOutcome> outcomes;
  for (const CrossrefAnswer& answer : *answers) outcomes.push_back(answer.outcome);
  EXPECT_THAT(outcomes, ElementsAre(CrossrefOutcome::kFound, CrossrefOutcome::kAlias, CrossrefOutcome::kFound,
                                    CrossrefOutcome::kNotFound, CrossrefOutcome::kFound, CrossrefOutcome::kFound,
                                    CrossrefOutcome::kFailed));
  EXPECT_EQ((*answers)[0].doi, "10.5555/a");
  EXPECT_EQ((*answers)[5].doi, "10.5555/A");
  EXPECT_THAT(documents, SizeIs(3));
}

TEST_F(CrossrefTest, ABatchThatIsRefusedIsAskedForInPartsAndOneByOne) {
  network.Add(JsonReply(400, R"({"status":"failed","message-type":"validation-failure","message":[{"type":"x"}]})"));
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(200, Work("10.5555/b")));
  const auto answers = Client().LookUpAll({"10.5555/a", "10.5555/b"}, Collect());
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].outcome, CrossrefOutcome::kFound);
  EXPECT_EQ((*answers)[1].outcome, CrossrefOutcome::kFound);
}

TEST_F(CrossrefTest, LongBatchesAreCut) {
  std::vector<std::string> dois;
  for (int i = 0; i < 50; ++i) dois.push_back(fmt::format("10.5555/{}{}", std::string(100, 'x'), i));
  for (int i = 0; i < 100; ++i) network.Add(JsonReply(200, Works(dois, 50)));
  const auto answers = Client().LookUpAll(dois, Collect());
  ASSERT_THAT(answers, IsOk());
  EXPECT_GT(network.requests().size(), 2U);
  for (const HttpRequest& request : network.requests()) EXPECT_LT(request.url.size(), 2'200U);
  for (const CrossrefAnswer& answer : *answers) EXPECT_EQ(answer.outcome, CrossrefOutcome::kFound);
}

TEST_F(CrossrefTest, AListIsReadToItsEndByCursor) {
  network.Add(JsonReply(200, Works({"10.5555/C", "10.5555/b"}, 3, "ab+/c==")));
  network.Add(JsonReply(200, Works({"10.5555/a"}, 3, "more")));
  const auto list = Client().List("from-index-date:2026-01-01,type:journal-article", Collect());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(list->dois, ElementsAre("10.5555/a", "10.5555/b", "10.5555/c"));
  EXPECT_EQ(list->total, 3U);
  EXPECT_EQ(list->passes, 1);
  EXPECT_THAT(list->documents, SizeIs(2));
  ASSERT_THAT(network.requests(), SizeIs(2));
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/works?cursor=%2A&filter=from-index-date:2026-01-01,type:journal-article&rows=2"
            "&mailto=someone%2Breview%40example.org");
  EXPECT_THAT(network.requests()[1].url, HasSubstr("cursor=ab%2B%2Fc%3D%3D&"));
  EXPECT_EQ(list->documents[1].request, "works?filter=from-index-date:2026-01-01,type:journal-article&page=2&rows=2");
}

TEST_F(CrossrefTest, AnEmptyListAndAFullLastPageEnd) {
  network.Add(JsonReply(200, Works({}, 0, "x")));
  ASSERT_THAT(Client().List("type:none", Collect()), IsOk());
  EXPECT_THAT(documents, SizeIs(0));
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 2, "x")));
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 2, "x")));  // a cursor that stands still
  const auto list = Client().List("type:two", Collect());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(list->dois, SizeIs(2));
}

TEST_F(CrossrefTest, ALostCursorStartsTheListAgain) {
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 3, "c1")));
  network.Add(CursorLost());
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 3, "c2")));
  network.Add(JsonReply(200, Works({"10.5555/c"}, 3, "c3")));
  const auto list = Client().List("type:x", Collect());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(list->dois, SizeIs(3));
  EXPECT_EQ(list->passes, 2);
  EXPECT_THAT(network.requests()[2].url, HasSubstr("cursor=%2A&"));
}

TEST_F(CrossrefTest, ACursorThatIsAlwaysLostEndsTheList) {
  for (int i = 0; i < 4; ++i) {
    network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 3, "c1")));
    network.Add(CursorLost());
  }
  EXPECT_THAT(Client().List("type:x", Collect()), IsError(ErrorCode::kTransientRemote));
  EXPECT_EQ(network.left(), 0U);
}

TEST_F(CrossrefTest, AListThatIsShortTwiceIsAnErrorWithTheArithmetic) {
  for (int i = 0; i < 2; ++i) {
    network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 4, "c")));
    network.Add(JsonReply(200, Works({"10.5555/c"}, 4, "c")));
  }
  const auto list = Client().List("type:x", Collect());
  ASSERT_THAT(list, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(list.error().message, HasSubstr("counts 4 works, its pages held 3"));
}

TEST_F(CrossrefTest, AListThatMovedIsReadAgain) {
  network.Add(JsonReply(200, Works({"10.5555/a"}, 2, "c")));
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 2, "c")));
  network.Add(JsonReply(200, Works({}, 2, "c")));
  const auto list = Client().List("type:x", Collect());
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->passes, 2);
}

TEST_F(CrossrefTest, OfflineTheSameQuestionsGetTheArchivedAnswers) {
  network.Add(NotFound());
  network.Add(JsonReply(200, Works({"10.5555/a", "10.5555/b"}, 3, "c")));
  network.Add(JsonReply(200, Works({"10.5555/c"}, 3, "d")));
  ASSERT_THAT(Client().LookUp("10.5555/none", Collect()), IsOk());
  ASSERT_THAT(Client().List("type:x", Collect()), IsOk());
  const RawArchive* archive = rig.archive.get();
  const CrossrefClient offline(Settings(), archive, archive, &rig.log);
  const auto unknown = offline.LookUp("10.5555/none", Collect());
  ASSERT_THAT(unknown, IsOk());
  EXPECT_EQ(unknown->outcome, CrossrefOutcome::kNotFound);
  const auto list = offline.List("type:x", Collect());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(list->dois, SizeIs(3));
  const auto never = offline.LookUp("10.5555/never", Collect());
  ASSERT_THAT(never, IsOk());
  EXPECT_EQ(never->outcome, CrossrefOutcome::kFailed);
}

TEST(CrossrefPace, TheBudgetObeysWhatTheAnswersSay) {
  ScriptedTransport network;
  LookupRig rig(network, {}, /*interval_ms=*/100);
  const CrossrefClient client(Settings(), &rig.polite, &rig.polite, &rig.log);
  const std::vector<std::pair<std::string, std::string>> slow{{"x-rate-limit-limit", "2"},
                                                              {"x-rate-limit-interval", "1s"}};
  const std::vector<std::pair<std::string, std::string>> fast{{"x-rate-limit-limit", "150"},
                                                              {"x-rate-limit-interval", "1s"}};
  network.Add(JsonReply(200, Work("10.5555/a"), slow));
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(200, Work("10.5555/a"), fast));
  network.Add(JsonReply(200, Work("10.5555/a")));
  for (int i = 0; i < 4; ++i)
    ASSERT_THAT(client.LookUp("10.5555/a", [](const Answer&) -> Result<void> { return {}; }), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ElementsAre(500, 500, 100));
}

TEST(CrossrefPace, HeadersAreReadOrLeftAlone) {
  struct Case {
    const char* limit;
    const char* interval;
    std::int64_t ms;  ///< -1 = nothing
  };
  const Case cases[] = {{"50", "1s", 20},
                        {"3", "1s", 334},
                        {"1", "1s", 1000},
                        {"5", "2s", 400},
                        {"10", "500ms", 50},
                        {"60", "1m", 1000},
                        {"3", "1", 334},
                        {"", "1s", -1},
                        {"3", "", -1},
                        {"0", "1s", -1},
                        {"-3", "1s", -1},
                        {"x", "1s", -1},
                        {"3", "s", -1},
                        {"3", "ms", -1},
                        {"3", "1h", -1},
                        {"3.5", "1s", -1},
                        {"3", "99999999999999999s", -1}};
  for (const Case& c : cases) {
    const HttpResponse answer =
        Reply(200, "", "x", {{"x-rate-limit-limit", c.limit}, {"x-rate-limit-interval", c.interval}});
    EXPECT_EQ(CrossrefAskedIntervalMs(answer).value_or(-1), c.ms) << c.limit << " " << c.interval;
  }
  EXPECT_EQ(CrossrefAskedIntervalMs(Reply(429, "")), std::nullopt);
}

TEST(CrossrefPace, NoMoreRequestsAtOnceThanTheServiceAllows) {
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::atomic<int> limit{1};
  struct Slow : Transport {
    std::function<Result<HttpResponse>()> answer;
    Result<HttpResponse> Send(const HttpRequest&) override { return answer(); }
  } network;
  network.answer = [&]() -> Result<HttpResponse> {
    most = std::max(most.load(), ++running);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --running;
    return JsonReply(200, Work("10.5555/a"), {{"x-concurrency-limit", std::to_string(limit)}});
  };
  LookupRig rig(network);
  const CrossrefClient client(Settings(), &rig.polite, &rig.polite, &rig.log);
  const auto look_up = [&] {
    EXPECT_THAT(client.LookUp("10.5555/a", [](const Answer&) -> Result<void> { return {}; }), IsOk());
  };
  look_up();
  most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) threads.emplace_back([&] { look_up(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
}

TEST_F(CrossrefTest, TheContactIsInNoArchiveLogOrError) {
  network.Add(Reply(429, std::string("slow down ") + kEmail, "text/html", {{"retry-after", "2"}}));
  network.Add(Reply(500, "mailto=someone%2breview%40example.org", "text/html"));
  network.AddFailure(ErrorCode::kTransientRemote, "127.0.0.1: no connection");
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(400, R"({"status":"failed","message":[{"type":"t","message":"someone+review@example.org"}]})"));
  network.Add(Reply(403, std::string("blocked: ") + kEmail, "text/html"));
  ASSERT_THAT(Client().LookUp("10.5555/a", Collect()), IsOk());
  const auto refused = Client().LookUp("10.5555/b", Collect());
  const auto blocked = Client().List("type:x", Collect());
  ASSERT_THAT(refused, IsOk());
  ASSERT_THAT(blocked, IsError(ErrorCode::kPermanentRemote));
  const std::string all = AsciiLower(rig.EverythingKept() + refused->message + blocked.error().message);
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
  EXPECT_THAT(refused->message, HasSubstr("***"));
}

}  // namespace
}  // namespace litmill::fetch
