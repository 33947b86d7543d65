// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/datacite_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

const std::string kUnknown =
    R"({"errors":[{"status":"404","title":"The resource you are looking for doesn't exist."}]})";

std::string Work(const std::string& doi) {
  return R"({"data":{"id":")" + doi + R"(","type":"dois","attributes":{"doi":")" + doi +
         R"(","titles":[{"title":"Synthetic"}],"relatedIdentifiers":[{"doi":"10.9/other"}]}}})";
}

DataCiteSettings Settings() { return {"http://127.0.0.1:1", "litmill/0", kEmail}; }

struct DataCiteTest : ::testing::Test {
  Result<std::vector<DoiAnswer>> LookUp(const std::vector<std::string>& dois) {
    return DataCiteClient(Settings(), &rig.polite, &rig.log)
        .LookUpAll(dois, [this](const Answer& answer) -> Result<void> {
          documents.push_back(answer.response.body);
          return {};
        });
  }
  ScriptedTransport network;
  LookupRig rig{network};
  std::vector<std::string> documents;
};

TEST_F(DataCiteTest, OneRequestForEachDoiAndOneAnswerForEachQuestion) {
  network.Add(JsonReply(200, Work("10.5281/data.1")));
  network.Add(JsonReply(404, kUnknown));
  const auto answers = LookUp({"10.5281/DATA.1", "10.5281/none?#", "10.5281/data.1", ""});
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(2));
  EXPECT_EQ(network.requests()[0].method, "GET");
  EXPECT_EQ(network.requests()[0].url, "http://127.0.0.1:1/dois/10.5281/data.1?affiliation=true&publisher=true");
  EXPECT_EQ(network.requests()[1].url, "http://127.0.0.1:1/dois/10.5281/none%3F%23?affiliation=true&publisher=true");
  EXPECT_THAT(network.requests()[0].headers, ElementsAre(std::pair<std::string, std::string>(
                                                 "User-Agent", "litmill/0 (mailto:someone+review@example.org)")));
  ASSERT_THAT(*answers, SizeIs(4));
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[0].doi, "10.5281/DATA.1");
  EXPECT_EQ((*answers)[0].found_as, "10.5281/data.1");
  EXPECT_EQ((*answers)[0].message, "");
  EXPECT_GT((*answers)[0].document_id, 0);
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kNotFound);
  EXPECT_GT((*answers)[1].document_id, 0);
  EXPECT_THAT((*answers)[1].message, HasSubstr("DataCite does not know this DOI"));
  EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[2].document_id, (*answers)[0].document_id);
  EXPECT_EQ((*answers)[3].outcome, DoiOutcome::kFailed);
  EXPECT_THAT(documents, ElementsAre(Work("10.5281/data.1")));
  EXPECT_THAT(rig.Verdicts(), ElementsAre("ok", "ok"));
}

TEST_F(DataCiteTest, ABadDoiCostsOneDoi) {
  network.Add(JsonReply(200, Work("10.5281/a")));
  network.Add(JsonReply(400, R"({"errors":[{"status":"400","title":"bad"}]})"));
  network.Add(JsonReply(200, Work("10.5281/c")));
  const auto answers = LookUp({"10.5281/a", "10.5281/b", "10.5281/c"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kFailed);
  EXPECT_THAT((*answers)[1].message, HasSubstr("HTTP 400: bad"));
  EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kFound);
}

TEST_F(DataCiteTest, AWorkUnderAnotherDoiIsSaidToBeOne) {
  network.Add(JsonReply(200, Work("10.5281/other")));
  const auto answers = LookUp({"10.5281/a"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kAlias);
  EXPECT_EQ((*answers)[0].found_as, "10.5281/other");
}

TEST_F(DataCiteTest, ABlockedAddressEndsTheLookUp) {
  network.Add(Reply(403, "blocked", "text/html"));
  EXPECT_THAT(LookUp({"10.5281/a", "10.5281/b"}), IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST_F(DataCiteTest, WhatTheDocumentsTakerSaysEndsTheLookUp) {
  network.Add(JsonReply(200, Work("10.5281/a")));
  const auto answers =
      DataCiteClient(Settings(), &rig.polite, &rig.log).LookUpAll({"10.5281/a"}, [](const Answer&) -> Result<void> {
        return Fail(ErrorCode::kIo, "disk full");
      });
  EXPECT_THAT(answers, IsError(ErrorCode::kIo));
}

TEST_F(DataCiteTest, OfflineAndAfterAnInterruptionNothingIsAskedTwice) {
  network.Add(JsonReply(200, Work("10.5281/a")));
  network.Add(JsonReply(404, kUnknown));
  network.AddFailure(ErrorCode::kInterrupted, "stopped");
  const std::vector<std::string> dois{"10.5281/a", "10.5281/none", "10.5281/c"};
  ASSERT_THAT(LookUp(dois), IsError(ErrorCode::kInterrupted));
  network.Add(JsonReply(200, Work("10.5281/c")));
  const auto ignore = [](const Answer&) -> Result<void> { return {}; };
  const DataCiteClient resumed(Settings(), AnswerSource(&rig.polite, rig.archive.get(), "run-1"), &rig.log);
  const RawArchive* archive = rig.archive.get();
  const DataCiteClient offline(Settings(), archive, &rig.log);
  for (const DataCiteClient* client : {&resumed, &offline}) {
    const auto answers = client->LookUpAll(dois, ignore);
    ASSERT_THAT(answers, IsOk());
    EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFound);
    EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kNotFound);
    EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kFound);
  }
  EXPECT_THAT(network.requests(), SizeIs(4));
  const auto never = offline.LookUpAll({"10.5281/never"}, ignore);
  ASSERT_THAT(never, IsOk());
  EXPECT_EQ((*never)[0].outcome, DoiOutcome::kFailed);
}

TEST_F(DataCiteTest, TheContactIsInNoArchiveLogOrError) {
  network.Add(Reply(429, kEmail, "text/html", {{"retry-after", "2"}}));
  network.Add(Reply(502, std::string("mailto:") + kEmail, "text/html"));
  network.Add(JsonReply(400, R"({"errors":[{"title":"someone+review@example.org"}]})"));
  const auto answers = LookUp({"10.5281/a"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_THAT((*answers)[0].message, HasSubstr("***"));
  EXPECT_THAT(AsciiLower(rig.EverythingKept() + (*answers)[0].message), Not(HasSubstr("someone+review")));
}

struct Case {
  const char* name;
  HttpResponse answer;
  const char* verdict;
};

TEST(ClassifyDataCite, EachKnownAnswer) {
  const std::string page = "<!DOCTYPE html><html>x</html>";
  const Case cases[] = {
      {"work", JsonReply(200, Work("10.5281/a")), "ok"},
      {"unknown", JsonReply(404, kUnknown), "ok"},
      {"unknown, by a page", Reply(404, page, "text/html"), "permanent"},
      {"unknown, JSON of another kind", JsonReply(404, "{}"), "permanent"},
      {"429", Reply(429, ""), "throttled"},
      {"500", Reply(500, page), "transient"},
      {"400", JsonReply(400, R"({"errors":[{"status":"400"}]})"), "permanent"},
      {"page", Reply(200, page), "transient"},
      {"list", JsonReply(200, R"({"data":[]})"), "transient"},
      {"no DOI", JsonReply(200, R"({"data":{"attributes":{}}})"), "transient"},
      {"errors", JsonReply(200, kUnknown), "transient"},
  };
  for (const Case& c : cases) EXPECT_EQ(VerdictName(ClassifyDataCite(c.answer).verdict), c.verdict) << c.name;
}

TEST(ClassifyDataCite, ACutAnswerIsNeverTakenForAWholeOne) {
  const std::string work = Work("10.5281/a");
  for (std::size_t size = 0; size < work.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyDataCite(JsonReply(200, work.substr(0, size))).verdict), "transient") << size;
  for (std::size_t size = 0; size < kUnknown.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyDataCite(JsonReply(404, kUnknown.substr(0, size))).verdict), "transient") << size;
}

TEST(ClassifyDataCite, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int works = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses")) {
    if (path.find("/api.datacite.org_dois_") == std::string::npos || !path.ends_with(".json")) continue;
    const std::string body = ReadTestFile(path);
    const Json document = ParseJsonAnswer(body);
    const Json* data = FindMember(document, "data");
    if (data == nullptr || !data->is_object()) continue;  // lists
    ++works;
    EXPECT_EQ(VerdictName(ClassifyDataCite(JsonReply(200, body)).verdict), "ok") << path;
    const auto doi = ParseDataCiteDoi(body);
    ASSERT_THAT(doi, IsOk());
    EXPECT_EQ(doi->substr(0, 3), "10.") << path;
    const std::size_t step = body.size() < 2'000 ? 1 : body.size() / 2;
    for (std::size_t size = 0; size <= body.rfind('}'); size += step)
      ASSERT_EQ(VerdictName(ClassifyDataCite(JsonReply(200, body.substr(0, size))).verdict), "transient") << path;
  }
  EXPECT_GE(works, 30);
  int unknown = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    if (path.find("/api.datacite.org_404") == std::string::npos) continue;
    ++unknown;
    EXPECT_EQ(VerdictName(ClassifyDataCite(JsonReply(404, ReadTestFile(path))).verdict), "ok");
  }
  EXPECT_GE(unknown, 1);
}

}  // namespace
}  // namespace litmill::fetch
