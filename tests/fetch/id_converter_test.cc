// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/id_converter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

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
using ::testing::HasSubstr;
using testing::JsonReply;
using testing::kEmail;
using testing::LookupRig;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedTransport;
using ::testing::SizeIs;

const std::string kWhole =
    R"({"status":"ok","response-date":"2026-01-02","request":{"email":"someone+review@example.org"},"records":[)"
    R"({"pmcid":"PMC9900001","pmid":90000001,"doi":"10.5555/Syn.1","requested-id":"90000001",)"
    R"("versions":[{"pmcid":"PMC9900001.1","current":"false"},{"pmcid":"PMC9900001.2","current":"true"}]},)"
    R"({"requested-id":"90000003","status":"error","errmsg":"Identifier not found in PMC"},)"
    R"({"requested-id":"90000004","pmid":"90000004","errmsg":"Identifier not found in PMC"},)"
    R"({"pmid":"90000005","live":"false","status":"error","errmsg":"invalid article id"}]})";

IdConverterSettings Settings() {
  IdConverterSettings settings;
  settings.base_url = "http://127.0.0.1:1/articles/";
  settings.email = kEmail;
  return settings;
}

TEST(IdConverter, OneCallForABatchAndOneResultForEachId) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, kWhole));
  const IdConverter converter(Settings(), &rig.polite, &rig.log);
  const auto results =
      converter.Convert(ArticleIdType::kPmid, {"90000001", "90000003", "90000004", "90000005", "90000001"});
  ASSERT_THAT(results, IsOk());
  ASSERT_THAT(*results, SizeIs(5));
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_EQ(network.requests()[0].method, "GET");
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/articles/?format=json&ids=90000001,90000003,90000004,90000005&idtype=pmid"
            "&tool=litmill&email=someone%2Breview%40example.org");
  const IdConversion& found = (*results)[0];
  EXPECT_EQ(found.outcome, ConversionOutcome::kConverted);
  EXPECT_EQ(found.pmid, 90000001U);
  EXPECT_EQ(found.pmcid, "PMC9900001");
  EXPECT_EQ(found.doi, "10.5555/Syn.1");
  EXPECT_TRUE(found.live);
  ASSERT_THAT(found.versions, SizeIs(2));
  EXPECT_EQ(found.versions[1].pmcid, "PMC9900001.2");
  EXPECT_FALSE(found.versions[0].current);
  EXPECT_TRUE(found.versions[1].current);
  EXPECT_GT(found.document_id, 0);
  EXPECT_EQ((*results)[1].outcome, ConversionOutcome::kNotInPmc);
  EXPECT_EQ((*results)[2].outcome, ConversionOutcome::kNotInPmc);
  EXPECT_EQ((*results)[3].outcome, ConversionOutcome::kInvalid);
  EXPECT_FALSE((*results)[3].live);
  EXPECT_EQ((*results)[3].message, "invalid article id");
  EXPECT_EQ((*results)[4].pmcid, "PMC9900001");
}

TEST(IdConverter, OddDoisAreEncodedAndFoundAgainWhateverTheirCase) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200,
                        R"({"status":"ok","records":[{"pmid":7,"pmcid":"PMC7","doi":"10.1002/(SICI)1<1::A>3.0.CO;2-Y",)"
                        R"("requested-id":"10.1002/(SICI)1<1::A>3.0.CO;2-Y"},{"pmid":8,"doi":"10.5555/a%2Fb"}]})"));
  const IdConverter converter(Settings(), &rig.polite, &rig.log);
  const auto results = converter.Convert(
      ArticleIdType::kDoi, {"10.1002/(sici)1<1::a>3.0.co;2-y", "10.5555/a%2Fb", "10.5555/a,b", "", "10.5555/a b"});
  ASSERT_THAT(results, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_THAT(network.requests()[0].url, HasSubstr("&ids=10.1002%2F%28sici%291%3C1%3A%3Aa%3E3.0.co%3B2-y,"
                                                   "10.5555%2Fa%252Fb&idtype=doi&"));
  EXPECT_EQ((*results)[0].pmid, 7U);
  EXPECT_EQ((*results)[1].pmid, 8U);
  for (std::size_t i = 2; i < 5; ++i) {
    EXPECT_EQ((*results)[i].outcome, ConversionOutcome::kFailed);
    EXPECT_THAT((*results)[i].message, HasSubstr("comma"));
  }
}

TEST(IdConverter, TwoHundredIdsACall) {
  std::vector<std::string> ids;
  for (int i = 0; i < 401; ++i) ids.push_back(std::to_string(10000000 + i));
  testing::ComputedTransport network([](const HttpRequest& request) -> Result<HttpResponse> {
    const std::size_t from = request.url.find("&ids=") + 5;
    const std::string list = request.url.substr(from, request.url.find('&', from) - from);
    std::string records;
    for (std::size_t at = 0; at < list.size(); at += 9)
      records += fmt::format("{}{{\"pmid\":{},\"pmcid\":\"PMC{}\"}}", at == 0 ? "" : ",", list.substr(at, 8),
                             list.substr(at, 8));
    return JsonReply(200, R"({"status":"ok","records":[)" + records + "]}");
  });
  LookupRig rig(network);
  const auto results = IdConverter(Settings(), &rig.polite, &rig.log).Convert(ArticleIdType::kPmid, ids);
  ASSERT_THAT(results, IsOk());
  EXPECT_THAT(network.requests(), SizeIs(3));
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ((*results)[i].pmcid, "PMC" + ids[i]);
  for (const HttpRequest& request : network.requests()) EXPECT_LT(request.url.size(), 8'000U);
}

TEST(IdConverter, WhatAnAnswerLeavesOutIsAskedForOnceMoreThenReported) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, R"({"status":"ok","records":[{"pmid":1,"pmcid":"PMC1"},{"pmid":77,"pmcid":"PMC77"}]})"));
  network.Add(JsonReply(200, R"({"status":"ok","records":[{"pmid":2,"pmcid":"PMC2"}]})"));
  const auto results = IdConverter(Settings(), &rig.polite, &rig.log).Convert(ArticleIdType::kPmid, {"1", "2", "3"});
  ASSERT_THAT(results, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(2));
  EXPECT_THAT(network.requests()[1].url, HasSubstr("&ids=2,3&"));
  EXPECT_EQ((*results)[1].pmcid, "PMC2");
  EXPECT_EQ((*results)[2].outcome, ConversionOutcome::kFailed);
  EXPECT_THAT((*results)[2].message, HasSubstr("twice"));
}

TEST(IdConverter, AnIdThatSpoilsItsBatchIsNamedAndTheOthersAreServed) {
  testing::ComputedTransport network([](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.url.find("bad") != std::string::npos)
      return JsonReply(400, R"({"status":"error","message":"ID%20type%20%27doi%27%20mismatch%20for%20%27bad%27"})");
    std::string records;
    for (const char* doi : {"10.5555/a", "10.5555/b", "10.5555/c"})
      if (request.url.find(PercentEncode(doi)) != std::string::npos)
        records += fmt::format("{}{{\"doi\":\"{}\",\"pmid\":5}}", records.empty() ? "" : ",", doi);
    return JsonReply(200, R"({"status":"ok","records":[)" + records + "]}");
  });
  LookupRig rig(network);
  const auto results = IdConverter(Settings(), &rig.polite, &rig.log)
                           .Convert(ArticleIdType::kDoi, {"10.5555/a", "10.5555/b", "bad", "10.5555/c"});
  ASSERT_THAT(results, IsOk());
  EXPECT_EQ((*results)[2].outcome, ConversionOutcome::kFailed);
  EXPECT_THAT((*results)[2].message, HasSubstr("ID type 'doi' mismatch for 'bad'"));
  for (const std::size_t i : {0U, 1U, 3U}) EXPECT_EQ((*results)[i].outcome, ConversionOutcome::kConverted);
}

TEST(IdConverter, ThrottledAndBrokenAnswersAreAskedForAgain) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(Reply(429, "", "text/html", {{"retry-after", "7"}}));
  network.Add(Reply(502, "<html>502</html>", "text/html"));
  network.Add(Reply(200, "<html>maintenance</html>", "text/html"));
  network.Add(JsonReply(200, kWhole.substr(0, kWhole.size() / 2)));
  network.Add(JsonReply(200, R"({"status":"ok","records":[{"pmid":1,"pmcid":"PMC1"}]})"));
  const auto results = IdConverter(Settings(), &rig.polite, &rig.log).Convert(ArticleIdType::kPmid, {"1"});
  ASSERT_THAT(results, IsOk());
  EXPECT_EQ((*results)[0].pmcid, "PMC1");
  EXPECT_THAT(rig.Verdicts(), ::testing::ElementsAre("throttled", "transient", "transient", "transient", "ok"));
  EXPECT_THAT(rig.time.waits_ms(), ::testing::Contains(7000));
}

TEST(IdConverter, AServiceThatRefusesUsEndsTheWork) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(Reply(403, "", "text/html"));
  EXPECT_THAT(IdConverter(Settings(), &rig.polite, &rig.log).Convert(ArticleIdType::kPmid, {"1", "2"}),
              IsError(ErrorCode::kPermanentRemote));
}

TEST(IdConverter, OfflineTheSameQuestionGetsTheArchivedAnswer) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, kWhole));
  const std::vector<std::string> ids{"90000001", "90000003", "90000004", "90000005"};
  const auto online = IdConverter(Settings(), &rig.polite, &rig.log).Convert(ArticleIdType::kPmid, ids);
  const RawArchive* archive = rig.archive.get();
  const auto offline = IdConverter(Settings(), archive, &rig.log).Convert(ArticleIdType::kPmid, ids);
  ASSERT_THAT(online, IsOk());
  ASSERT_THAT(offline, IsOk());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ((*offline)[i].outcome, (*online)[i].outcome);
    EXPECT_EQ((*offline)[i].pmcid, (*online)[i].pmcid);
  }
  const auto other = IdConverter(Settings(), archive, &rig.log).Convert(ArticleIdType::kPmid, {"5"});
  ASSERT_THAT(other, IsOk());
  EXPECT_EQ((*other)[0].outcome, ConversionOutcome::kFailed);
}

TEST(IdConverter, TheContactIsNowhereThoughTheAnswerRepeatsIt) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, kWhole));
  network.Add(JsonReply(400, R"({"status":"error","message":"bad","request":"email=someone%2Breview%40example.org"})"));
  network.AddFailure(ErrorCode::kTransientRemote, "no connection");
  for (int i = 0; i < 4; ++i) network.Add(Reply(500, kEmail, "text/plain"));
  const IdConverter converter(Settings(), &rig.polite, &rig.log);
  ASSERT_THAT(converter.Convert(ArticleIdType::kPmid, {"90000001", "90000003", "90000004", "90000005"}), IsOk());
  ASSERT_THAT(converter.Convert(ArticleIdType::kPmid, {"2"}), IsOk());
  const auto failed = converter.Convert(ArticleIdType::kPmid, {"3"});
  std::string all = rig.EverythingKept();
  if (failed)
    all += failed->front().message;
  else
    all += failed.error().message;
  for (const char* secret : {"someone+review", "someone%2Breview", "someone%2breview"})
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  // The archive packs bodies: read each of them too.
  int documents = 0;
  ASSERT_THAT(rig.archive->ForEach("idconv", "convert",
                                   [&](const Provenance& document) -> Result<void> {
                                     LITMILL_TRY(const std::string body, rig.archive->Read(document));
                                     EXPECT_THAT(body, Not(HasSubstr("someone")));
                                     EXPECT_THAT(body, HasSubstr("***"));
                                     ++documents;
                                     return {};
                                   }),
              IsOk());
  EXPECT_EQ(documents, 1);
}

struct Case {
  const char* name;
  HttpResponse answer;
  Verdict verdict;
  bool refuses_everything = false;
};

TEST(ClassifyIdConverter, EachKnownAnswer) {
  const std::string page = "<!DOCTYPE html><html><body>x</body></html>";
  const Case cases[] = {
      {"whole", JsonReply(200, kWhole), Verdict::kOk},
      {"no records", JsonReply(200, R"({"status":"ok","records":[]})"), Verdict::kOk},
      {"429", Reply(429, ""), Verdict::kThrottled},
      {"limit with 200", JsonReply(200, R"({"error":"API rate limit exceeded","count":"4","limit":"3"})"),
       Verdict::kThrottled},
      {"refused call", JsonReply(404, R"({"status":"error","message":"ID%20type"})"), Verdict::kPermanent},
      {"refused call 400", JsonReply(400, R"({"status":"error","message":"x"})"), Verdict::kPermanent},
      {"refused call 200", JsonReply(200, R"({"status":"error","message":"x"})"), Verdict::kPermanent},
      {"wrong address", Reply(404, page), Verdict::kPermanent, true},
      {"too long", Reply(414, page), Verdict::kPermanent},
      {"blocked", Reply(403, page), Verdict::kPermanent, true},
      {"redirect left over", Reply(301, ""), Verdict::kPermanent, true},
      {"500", Reply(500, kWhole), Verdict::kTransient},
      {"504 page", Reply(504, page), Verdict::kTransient},
      {"200 page", Reply(200, page), Verdict::kTransient},
      {"empty", JsonReply(200, ""), Verdict::kTransient},
      {"other json", JsonReply(200, "[]"), Verdict::kTransient},
      {"records no list", JsonReply(200, R"({"records":{}})"), Verdict::kTransient},
      {"record no object", JsonReply(200, R"({"records":[1]})"), Verdict::kTransient},
      {"xml", JsonReply(200, "<pmcids/>"), Verdict::kTransient},
      {"damaged byte", JsonReply(200, "{\"records\":[],\"x\":\"\xFC\"}"), Verdict::kTransient},
  };
  for (const Case& c : cases) {
    const Classification result = ClassifyIdConverter(c.answer);
    EXPECT_EQ(VerdictName(result.verdict), VerdictName(c.verdict)) << c.name << ": " << result.reason;
    EXPECT_EQ(result.refuses_everything, c.refuses_everything) << c.name;
    EXPECT_EQ(result.reason.empty(), c.verdict == Verdict::kOk) << c.name;
  }
}

TEST(ClassifyIdConverter, ACutAnswerIsNeverTakenForAWholeOne) {
  for (std::size_t size = 0; size < kWhole.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyIdConverter(JsonReply(200, kWhole.substr(0, size))).verdict), "transient") << size;
}

TEST(ClassifyIdConverter, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int converted = 0;
  int invalid = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses")) {
    if (path.find("idconv") == std::string::npos) continue;
    const std::string body = ReadTestFile(path);
    EXPECT_EQ(VerdictName(ClassifyIdConverter(JsonReply(200, body)).verdict), "ok") << path;
    const auto records = ParseIdConverter(body);
    ASSERT_THAT(records, IsOk()) << path;
    ASSERT_THAT(*records, SizeIs(1)) << path;
    const bool is_converted = records->front().outcome == ConversionOutcome::kConverted;
    EXPECT_TRUE(records->front().pmid.has_value()) << path;
    EXPECT_EQ(records->front().pmcid.empty(), !is_converted) << path;
    EXPECT_EQ(records->front().live, is_converted) << path;
    is_converted ? ++converted : ++invalid;
    for (std::size_t size = 0; size <= body.rfind('}'); ++size)
      ASSERT_EQ(VerdictName(ClassifyIdConverter(JsonReply(200, body.substr(0, size))).verdict), "transient") << path;
  }
  EXPECT_GE(converted, 6);
  EXPECT_GE(invalid, 2);
  int refused = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    if (path.find("www.ncbi.nlm.nih.gov_404") == std::string::npos) continue;
    const Classification result = ClassifyIdConverter(JsonReply(404, ReadTestFile(path)));
    EXPECT_EQ(VerdictName(result.verdict), "permanent");
    EXPECT_THAT(result.reason, HasSubstr("mismatch for"));
    EXPECT_FALSE(result.refuses_everything);
    ++refused;
  }
  EXPECT_EQ(refused, 1);
}

}  // namespace
}  // namespace litmill::fetch
