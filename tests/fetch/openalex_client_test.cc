// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/openalex_client.h"

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
using testing::kKey;
using testing::LookupRig;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

const std::string kNotFoundPage =
    "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
    "<p>The requested URL was not found on the server. Synthetic.</p>\n";

/// With members that look like DOIs of works but are none.
std::string Work(const std::string& doi) {
  return fmt::format(
      R"({{"id":"https://openalex.org/W1","doi":"https://doi.org/{}","title":"Synthetic","ids":{{"doi":"x"}},)"
      R"("locations":[{{"id":"y","doi":"z"}}]}})",
      doi);
}

std::string List(const std::vector<std::string>& dois) {
  std::string works;
  for (const std::string& doi : dois) works += (works.empty() ? "" : ",") + Work(doi);
  return fmt::format(R"({{"meta":{{"count":{},"page":1,"per_page":100}},"results":[{}],"group_by":[]}})", dois.size(),
                     works);
}

OpenAlexSettings Settings(const std::string& key = kKey) {
  OpenAlexSettings settings;
  settings.base_url = "http://127.0.0.1:1/";
  settings.api_key = key;
  settings.contact = kEmail;
  return settings;
}

struct OpenAlexTest : ::testing::Test {
  Result<std::vector<DoiAnswer>> LookUp(const std::vector<std::string>& dois) {
    return OpenAlexClient(Settings(), rig.client.get(), &rig.log)  // a client that knows key and address
        .LookUpAll(dois, [this](const Answer& answer) -> Result<void> {
          documents.push_back(answer.provenance.request);
          return {};
        });
  }
  ScriptedTransport network;
  LookupRig rig{network};
  std::vector<std::string> documents;
};

std::vector<DoiOutcome> Outcomes(const std::vector<DoiAnswer>& answers) {
  std::vector<DoiOutcome> outcomes;
  for (const DoiAnswer& answer : answers) outcomes.push_back(answer.outcome);
  return outcomes;
}

TEST_F(OpenAlexTest, ABatchIsOneRequestAndWhatItLacksIsAskedForSingly) {
  network.Add(JsonReply(200, List({"10.5555/a", "10.5555/b", "10.5555/stranger"})));
  network.Add(JsonReply(200, Work("10.5555/primary")));
  network.Add(Reply(404, kNotFoundPage, "text/html; charset=utf-8"));
  network.Add(JsonReply(200, Work("10.5555/x,y")));
  network.Add(JsonReply(200, Work("10.5555/x|y")));
  const auto answers = LookUp(
      {"10.5555/A", "10.5555/alias", "10.5555/b", "10.5555/none", "10.5555/x,y", "10.5555/x|y", "10.5555/a", ""});
  ASSERT_THAT(answers, IsOk());
  EXPECT_THAT(Outcomes(*answers),
              ElementsAre(DoiOutcome::kFound, DoiOutcome::kAlias, DoiOutcome::kFound, DoiOutcome::kNotFound,
                          DoiOutcome::kFound, DoiOutcome::kFound, DoiOutcome::kFound, DoiOutcome::kFailed));
  EXPECT_EQ((*answers)[1].found_as, "10.5555/primary");
  EXPECT_EQ((*answers)[6].document_id, (*answers)[0].document_id);
  ASSERT_THAT(network.requests(), SizeIs(5));
  EXPECT_EQ(network.requests()[0].url,
            std::string("http://127.0.0.1:1/works?filter=doi:10.5555%2Fa%7C10.5555%2Falias%7C10.5555%2Fb%7C10.5555%2F"
                        "none&per-page=100&api_key=") +
                kKey + "&mailto=someone%2Breview%40example.org");
  EXPECT_EQ(network.requests()[1].url, std::string("http://127.0.0.1:1/works/doi:10.5555/alias?api_key=") + kKey +
                                           "&mailto=someone%2Breview%40example.org");
  EXPECT_THAT(documents, ElementsAre("works?filter=doi:10.5555%2Fa%7C10.5555%2Falias%7C10.5555%2Fb%7C10.5555%2Fnone"
                                     "&per-page=100",
                                     "works/doi:10.5555/alias", "works/doi:10.5555/x%2Cy", "works/doi:10.5555/x%7Cy"));
}

TEST_F(OpenAlexTest, WithoutKeyAndContactNothingIsAdded) {
  OpenAlexSettings settings = Settings("");
  settings.contact.clear();
  EXPECT_EQ(MakeOpenAlexCall(settings, "10.5555/a").request.url, "http://127.0.0.1:1/works/doi:10.5555/a");
  EXPECT_EQ(MakeOpenAlexBatchCall(settings, {"10.5555/a"}).request.url,
            "http://127.0.0.1:1/works?filter=doi:10.5555%2Fa&per-page=100");
}

TEST_F(OpenAlexTest, BatchesHoldFiftyAndAddressesStayShort) {
  std::vector<std::string> dois;
  std::vector<std::string> long_dois;
  for (int i = 0; i < 120; ++i) dois.push_back(fmt::format("10.5555/{}", i));
  for (int i = 0; i < 50; ++i) long_dois.push_back(fmt::format("10.5555/{}{}", std::string(150, 'x'), i));
  for (int i = 0; i < 3; ++i) network.Add(JsonReply(200, List(dois)));
  ASSERT_THAT(LookUp(dois), IsOk());
  EXPECT_THAT(network.requests(), SizeIs(3));
  for (int i = 0; i < 3; ++i) network.Add(JsonReply(200, List(long_dois)));
  ASSERT_THAT(LookUp(long_dois), IsOk());
  EXPECT_THAT(network.requests(), SizeIs(6));
  for (const HttpRequest& request : network.requests()) EXPECT_LT(request.url.size(), 4'000U);
}

TEST_F(OpenAlexTest, ABatchThatIsRefusedIsAskedForInPartsAndSingly) {
  network.Add(JsonReply(400, R"({"error":"Invalid query parameters error.","message":"10.5555/b is odd"})"));
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(400, R"({"error":"Invalid query parameters error.","message":"10.5555/b is odd"})"));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_THAT(Outcomes(*answers), ElementsAre(DoiOutcome::kFound, DoiOutcome::kFailed));
  EXPECT_THAT((*answers)[1].message, HasSubstr("10.5555/b is odd"));
}

TEST_F(OpenAlexTest, AWrongAddressIsNotTakenForUnknownWorks) {
  network.Add(Reply(404, kNotFoundPage, "text/html"));
  EXPECT_THAT(LookUp({"10.5555/a", "10.5555/b"}), IsError(ErrorCode::kPermanentRemote));
}

TEST_F(OpenAlexTest, AUsedUpQuotaEndsTheLookUpAndNamesTheTime) {
  network.Add(JsonReply(429, R"({"error":"Rate limit exceeded","message":"Insufficient budget."})",
                        {{"x-ratelimit-remaining-usd", "0"}, {"x-ratelimit-reset", "41000"}}));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  ASSERT_THAT(answers, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(answers.error().message, HasSubstr("quota of the day is used up"));
  EXPECT_THAT(answers.error().message, HasSubstr("41000 s"));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST_F(OpenAlexTest, ALimitOfTheSecondIsWaitedFor) {
  network.Add(JsonReply(429, R"({"error":"Rate limit exceeded"})",
                        {{"x-ratelimit-remaining", "9000"}, {"x-ratelimit-reset", "41000"}}));
  network.Add(JsonReply(403, R"({"error":"Rate limit exceeded","message":"slow down"})"));
  network.Add(JsonReply(200, List({"10.5555/a", "10.5555/b"})));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_THAT(Outcomes(*answers), ElementsAre(DoiOutcome::kFound, DoiOutcome::kFound));
  for (const std::int64_t wait : rig.time.waits_ms()) EXPECT_LE(wait, 10'000);
}

TEST_F(OpenAlexTest, AQuotaThatIsSoonRenewedIsWaitedFor) {
  network.Add(JsonReply(429, "{}", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "120"}}));
  network.Add(JsonReply(200, List({"10.5555/a", "10.5555/b"})));
  ASSERT_THAT(LookUp({"10.5555/a", "10.5555/b"}), IsOk());
  EXPECT_THAT(rig.time.waits_ms(), ::testing::Contains(120'000));
}

TEST_F(OpenAlexTest, KeyAndContactAreInNoArchiveLogOrError) {
  const std::string both = std::string(kKey) + " " + kEmail;
  network.Add(Reply(429, both, "text/html", {{"retry-after", "2"}}));
  network.Add(Reply(500, both, "text/html"));
  network.AddFailure(ErrorCode::kTransientRemote, "127.0.0.1: no connection");
  network.Add(JsonReply(200, R"({"meta":{"api_key":")" + std::string(kKey) + R"("},"results":[]})"));
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(400, R"({"error":"x","message":")" + both + R"("})"));
  network.Add(JsonReply(401, R"({"error":"Invalid API key","message":")" + both + R"("})"));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  const auto blocked = LookUp({"10.5555/c"});
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(blocked, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT((*answers)[1].message, HasSubstr("***"));
  std::string all = rig.EverythingKept() + (*answers)[1].message + blocked.error().message;
  for (const std::string& document : documents) all += document;
  all = AsciiLower(all);
  EXPECT_THAT(all, Not(HasSubstr(AsciiLower(kKey))));
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
  EXPECT_EQ(network.left(), 0U);
}

struct Case {
  const char* name;
  HttpResponse answer;
  const char* as_list;
  const char* as_work;
};

TEST(ClassifyOpenAlex, EachKnownAnswer) {
  const Case cases[] = {
      {"work", JsonReply(200, Work("10.5555/a")), "transient", "ok"},
      {"list", JsonReply(200, List({"10.5555/a"})), "ok", "transient"},
      {"nothing", JsonReply(200, List({})), "ok", "transient"},
      {"404 page", Reply(404, kNotFoundPage), "permanent", "ok"},
      {"404 in words", JsonReply(404, R"({"error":"x","message":"not found"})"), "permanent", "ok"},
      {"404 of a gateway", Reply(404, "<html><h1>404 Not Found</h1></html>"), "permanent", "transient"},
      {"429", Reply(429, ""), "throttled", "throttled"},
      {"402", JsonReply(402, "{}"), "throttled", "throttled"},
      {"403 for the rate", JsonReply(403, R"({"error":"Rate limit exceeded"})"), "throttled", "throttled"},
      {"403", Reply(403, "blocked"), "permanent", "permanent"},
      {"401", JsonReply(401, "{}"), "permanent", "permanent"},
      {"500", Reply(500, ""), "transient", "transient"},
      {"page", Reply(200, "<!doctype html><html></html>"), "transient", "transient"},
      {"author", JsonReply(200, R"({"id":"https://openalex.org/A1","doi":"10.5555/a"})"), "transient", "transient"},
      {"work without a DOI", JsonReply(200, R"({"id":"https://openalex.org/W1","doi":null})"), "transient",
       "transient"},
      {"list without meta", JsonReply(200, R"({"results":[]})"), "transient", "transient"},
      {"list of numbers", JsonReply(200, R"({"meta":{},"results":[7]})"), "transient", "transient"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(c.answer, true).verdict), c.as_list) << c.name;
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(c.answer, false).verdict), c.as_work) << c.name;
  }
}

TEST(ClassifyOpenAlex, ACutAnswerIsNeverTakenForAWholeOne) {
  const std::string list = List({"10.5555/a", "10.5555/b"});
  const std::string work = Work("10.5555/a");
  for (std::size_t size = 0; size < list.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(JsonReply(200, list.substr(0, size)), true).verdict), "transient") << size;
  for (std::size_t size = 0; size < work.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(JsonReply(200, work.substr(0, size)), false).verdict), "transient") << size;
  for (std::size_t size = 0; size + 1 < kNotFoundPage.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(Reply(404, kNotFoundPage.substr(0, size)), false).verdict), "transient")
        << size;
}

TEST(ClassifyOpenAlex, OddLimitHeadersAskForNothing) {
  for (const char* reset : {"", "x", "-1", "3.5", "999999999999999999999", "86401"}) {
    const HttpResponse answer = Reply(429, "", "x", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", reset}});
    EXPECT_EQ(ClassifyOpenAlex(answer, true).asked_wait_ms, std::nullopt) << reset;
  }
  const HttpResponse left = Reply(429, "", "x", {{"x-ratelimit-remaining", "7"}, {"x-ratelimit-reset", "60"}});
  EXPECT_EQ(ClassifyOpenAlex(left, true).asked_wait_ms, std::nullopt);
  const HttpResponse used = Reply(429, "", "x", {{"x-ratelimit-remaining-usd", "0.000"}, {"x-ratelimit-reset", "60"}});
  EXPECT_EQ(ClassifyOpenAlex(used, true).asked_wait_ms, 60'000);
}

TEST(ClassifyOpenAlex, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int works = 0;
  int lists = 0;
  std::vector<std::string> paths = FilesBelow(RealDataFolder() + "/openalex-raw");
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses"))
    if (path.find("/api.openalex.org_works") != std::string::npos) paths.push_back(path);
  for (const std::string& path : paths) {
    const std::string body = ReadTestFile(path);
    const Json document = ParseJsonAnswer(body);
    const bool is_list = document.contains("results");
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(JsonReply(200, body), is_list).verdict), "ok") << path;
    EXPECT_EQ(VerdictName(ClassifyOpenAlex(JsonReply(200, body), !is_list).verdict), "transient") << path;
    if (is_list) {
      ++lists;
      const auto dois = ParseOpenAlexList(body);
      ASSERT_THAT(dois, IsOk()) << path;
      EXPECT_LE(dois->size(), document["results"].size());
    } else {
      ++works;
      const auto doi = ParseOpenAlexWork(body);
      ASSERT_THAT(doi, IsOk()) << path;
      EXPECT_EQ("https://doi.org/" + *doi, document["doi"].get<std::string>());
    }
    for (std::size_t size = 0; size <= body.rfind('}'); size += body.size() / 3)
      ASSERT_EQ(VerdictName(ClassifyOpenAlex(JsonReply(200, body.substr(0, size)), is_list).verdict), "transient");
  }
  EXPECT_GE(works, 20);
  EXPECT_GE(lists, 2);
}

}  // namespace
}  // namespace litmill::fetch
