// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/doi_agency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

const std::string kWhole =
    R"([{"DOI":"10.5555/A","RA":"Crossref"},{"DOI":"10.5555/b","RA":"DataCite"},)"
    R"({"DOI":"10.9999/none","status":"DOI does not exist"},{"DOI":"10.5555/u","status":"Unknown"},)"
    R"({"DOI":"10.x","status":"Invalid DOI"},{"DOI":"10.5555/v","RA":"Unknown"},{"DOI":"10.5555/w","status":"moon"}])";

DoiAgencySettings Settings() { return {"http://127.0.0.1:1/doiRA/", 50}; }

TEST(DoiAgency, OneCallForABatchAndOneAnswerForEachDoi) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, kWhole));
  const auto answers = DoiAgencyClient(Settings(), &rig.polite, &rig.log)
                           .LookUp({"10.5555/a", "10.5555/b", "10.9999/none", "10.5555/u", "10.x", "10.5555/v",
                                    "10.5555/w", "10.5555/A"});
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(1));
  EXPECT_EQ(network.requests()[0].method, "GET");
  EXPECT_EQ(network.requests()[0].url,
            "http://127.0.0.1:1/doiRA/10.5555/a,10.5555/b,10.9999/none,10.5555/u,10.x,10.5555/v,10.5555/w");
  std::vector<AgencyOutcome> outcomes;
  for (const DoiAgencyAnswer& answer : *answers) outcomes.push_back(answer.outcome);
  EXPECT_THAT(outcomes, ElementsAre(AgencyOutcome::kRegistered, AgencyOutcome::kRegistered,
                                    AgencyOutcome::kNotRegistered, AgencyOutcome::kUnknown, AgencyOutcome::kInvalid,
                                    AgencyOutcome::kUnknown, AgencyOutcome::kFailed, AgencyOutcome::kRegistered));
  EXPECT_EQ((*answers)[0].agency, "Crossref");
  EXPECT_EQ((*answers)[0].doi, "10.5555/a");
  EXPECT_GT((*answers)[0].document_id, 0);
  EXPECT_EQ((*answers)[1].agency, "DataCite");
  EXPECT_EQ((*answers)[5].agency, "");
  EXPECT_THAT((*answers)[6].message, HasSubstr("moon"));
}

TEST(DoiAgency, OddDoisAreEncoded) {
  EXPECT_EQ(MakeDoiAgencyCall(Settings(), {"10.1002/(sici)1:2<3::a>3.0.co;2-y", "10.5555/a#b?c%2f"}).request.url,
            "http://127.0.0.1:1/doiRA/10.1002/%28sici%291%3A2%3C3%3A%3Aa%3E3.0.co%3B2-y,10.5555/a%23b%3Fc%252f");
}

TEST(DoiAgency, WhatCannotBeAskedOrIsLeftOutIsReported) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(JsonReply(200, R"([{"DOI":"10.5555/other","RA":"Crossref"}])"));
  network.Add(JsonReply(200, "[]"));
  const auto answers = DoiAgencyClient(Settings(), &rig.polite, &rig.log).LookUp({"10.5555/a,b", "10.5555/lost"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_THAT(network.requests(), SizeIs(2));
  EXPECT_EQ((*answers)[0].outcome, AgencyOutcome::kFailed);
  EXPECT_THAT((*answers)[0].message, HasSubstr("comma"));
  EXPECT_EQ((*answers)[1].outcome, AgencyOutcome::kFailed);
  EXPECT_THAT((*answers)[1].message, HasSubstr("twice"));
}

TEST(DoiAgency, ABadDoiCostsOneDoi) {
  testing::ComputedTransport network([](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.url.find("bad") != std::string::npos) return Reply(404, "<!DOCTYPE html><html>x</html>", "text/html");
    std::string body;
    for (const char* doi : {"10.5555/a", "10.5555/b"})
      if (request.url.find(doi) != std::string::npos)
        body += std::string(body.empty() ? "" : ",") + R"({"DOI":")" + doi + R"(","RA":"mEDRA"})";
    return JsonReply(200, "[" + body + "]");
  });
  LookupRig rig(network);
  const auto answers =
      DoiAgencyClient(Settings(), &rig.polite, &rig.log).LookUp({"10.5555/a", "10.5555/bad", "10.5555/b"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].agency, "mEDRA");
  EXPECT_EQ((*answers)[1].outcome, AgencyOutcome::kFailed);
  EXPECT_THAT((*answers)[1].message, HasSubstr("404"));
  EXPECT_EQ((*answers)[2].agency, "mEDRA");
}

TEST(DoiAgency, BrokenAnswersAreAskedForAgainAndTheContactIsNowhere) {
  ScriptedTransport network;
  LookupRig rig(network);
  network.Add(Reply(429, kEmail, "text/html", {{"retry-after", "3"}}));
  network.Add(Reply(503, std::string("mail ") + kEmail, "text/html"));
  network.Add(JsonReply(200, kWhole.substr(0, 20)));
  network.Add(JsonReply(200, R"([{"DOI":"10.5555/a","RA":"JaLC"}])"));
  const auto answers = DoiAgencyClient(Settings(), &rig.polite, &rig.log).LookUp({"10.5555/a"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].agency, "JaLC");
  EXPECT_THAT(rig.Verdicts(), ElementsAre("throttled", "transient", "transient", "ok"));
  EXPECT_THAT(rig.time.waits_ms(), ::testing::Contains(3000));
  EXPECT_THAT(rig.EverythingKept(), Not(HasSubstr("someone+review")));
  network.Add(Reply(403, ""));
  EXPECT_THAT(DoiAgencyClient(Settings(), &rig.polite, &rig.log).LookUp({"10.5555/z"}),
              IsError(ErrorCode::kPermanentRemote));
}

struct Case {
  const char* name;
  HttpResponse answer;
  Verdict verdict;
};

TEST(ClassifyDoiAgency, EachKnownAnswer) {
  const std::string page = "<!DOCTYPE html>\n<html lang=\"en-us\"><title>Error</title></html>";
  const Case cases[] = {
      {"whole", JsonReply(200, kWhole), Verdict::kOk},
      {"nothing", JsonReply(200, "[]"), Verdict::kOk},
      {"429", Reply(429, ""), Verdict::kThrottled},
      {"no doi", Reply(400, page), Verdict::kPermanent},
      {"not found", Reply(404, page), Verdict::kPermanent},
      {"blocked", Reply(403, page), Verdict::kPermanent},
      {"500", Reply(500, kWhole), Verdict::kTransient},
      {"page", Reply(200, page), Verdict::kTransient},
      {"empty", JsonReply(200, " "), Verdict::kTransient},
      {"object", JsonReply(200, "{}"), Verdict::kTransient},
      {"entry without a DOI", JsonReply(200, R"([{"RA":"Crossref"}])"), Verdict::kTransient},
      {"entry without a word", JsonReply(200, R"([{"DOI":"10.5555/a"}])"), Verdict::kTransient},
      {"entry no object", JsonReply(200, "[7]"), Verdict::kTransient},
  };
  for (const Case& c : cases) {
    const Classification result = ClassifyDoiAgency(c.answer);
    EXPECT_EQ(VerdictName(result.verdict), VerdictName(c.verdict)) << c.name << ": " << result.reason;
    EXPECT_EQ(result.reason.empty(), c.verdict == Verdict::kOk) << c.name;
  }
}

TEST(ClassifyDoiAgency, ACutAnswerIsNeverTakenForAWholeOne) {
  for (std::size_t size = 0; size < kWhole.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyDoiAgency(JsonReply(200, kWhole.substr(0, size))).verdict), "transient") << size;
}

TEST(ClassifyDoiAgency, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int registered = 0;
  int missing = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses")) {
    if (path.find("/doi.org_ra_") == std::string::npos) continue;
    const std::string body = ReadTestFile(path);
    EXPECT_EQ(VerdictName(ClassifyDoiAgency(JsonReply(200, body)).verdict), "ok") << path;
    const auto entries = ParseDoiAgency(body);
    ASSERT_THAT(entries, IsOk()) << path;
    ASSERT_THAT(*entries, SizeIs(1)) << path;
    entries->front().outcome == AgencyOutcome::kRegistered ? ++registered : ++missing;
    if (entries->front().outcome != AgencyOutcome::kRegistered) {
      EXPECT_EQ(entries->front().outcome, AgencyOutcome::kNotRegistered) << path;
    }
    for (std::size_t size = 0; size <= body.rfind(']') - 1; ++size)
      ASSERT_EQ(VerdictName(ClassifyDoiAgency(JsonReply(200, body.substr(0, size))).verdict), "transient") << path;
  }
  EXPECT_GE(registered, 7);
  EXPECT_GE(missing, 1);
  int pages = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    const std::size_t at = path.find("/doi.org_");
    if (at == std::string::npos) continue;
    ++pages;
    EXPECT_EQ(VerdictName(ClassifyDoiAgency(Reply(std::stoi(path.substr(at + 9, 3)), ReadTestFile(path))).verdict),
              "permanent");
    EXPECT_EQ(VerdictName(ClassifyDoiAgency(Reply(200, ReadTestFile(path))).verdict), "transient");
  }
  EXPECT_GE(pages, 3);
}

}  // namespace
}  // namespace litmill::fetch
