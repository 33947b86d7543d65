// SPDX-License-Identifier: Apache-2.0
// All bodies are synthetic, but for those of the folder of real data.
#include "fetch/unpaywall_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/unicode.h"
#include "fetch/gunzip.h"
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

const std::string kUnknown = R"({"HTTP_status_code":404,"error":true,"message":"'10.5555/x' isn't in Unpaywall."})";
const std::string kNoAddress =
    R"({"HTTP_status_code":422,"error":true,"message":"Please use your own email address: someone+review@example.org"})";
const std::string kNotFoundPage =
    "<!doctype html>\n<title>404 Not Found</title>\n<p>The requested URL was not found on the server. Synthetic.</p>";

std::string Work(const std::string& doi) {
  return R"({"doi":")" + doi + R"(","is_oa":true,"oa_status":"green","best_oa_location":{"doi":"10.9/other"}})";
}

struct UnpaywallTest : ::testing::Test {
  Result<std::vector<DoiAnswer>> LookUp(const std::vector<std::string>& dois, const std::string& email = kEmail) {
    return UnpaywallClient({"http://127.0.0.1:1/", email}, &rig.polite, &rig.log)
        .LookUpAll(dois, [this](const Answer& answer) -> Result<void> {
          documents.push_back(answer.provenance.request);
          return {};
        });
  }
  ScriptedTransport network;
  LookupRig rig{network};
  std::vector<std::string> documents;
};

TEST_F(UnpaywallTest, OneRequestForEachDoi) {
  network.Add(JsonReply(200, Work("10.5555/a#1")));
  network.Add(JsonReply(404, kUnknown));
  network.Add(Reply(404, kNotFoundPage, "text/html"));
  const auto answers = LookUp({"10.5555/A#1", "10.5281/data", "10.5555//odd/../x"});
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(network.requests(), SizeIs(3));
  EXPECT_EQ(network.requests()[0].url, "http://127.0.0.1:1/v2/10.5555/a%231?email=someone%2Breview%40example.org");
  EXPECT_EQ(network.requests()[2].url,
            "http://127.0.0.1:1/v2/10.5555%2F/odd%2F../x?email=someone%2Breview%40example.org");
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kNotFound);
  EXPECT_THAT((*answers)[1].message, HasSubstr("Unpaywall does not know this DOI"));
  EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kNotFound);
  EXPECT_THAT(documents, ::testing::ElementsAre("v2/10.5555/a%231"));
}

TEST_F(UnpaywallTest, WithoutAnAddressNothingIsSent) {
  const auto answers = LookUp({"10.5555/a"}, "");
  ASSERT_THAT(answers, IsError(ErrorCode::kConfig));
  EXPECT_THAT(answers.error().message, HasSubstr("LITMILL_EMAIL"));
  EXPECT_THAT(network.requests(), SizeIs(0));
}

TEST_F(UnpaywallTest, AnAddressThatIsNotAcceptedEndsTheLookUp) {
  network.Add(JsonReply(422, kNoAddress));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  ASSERT_THAT(answers, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(answers.error().message, HasSubstr("LITMILL_EMAIL"));
  EXPECT_THAT(answers.error().message, Not(HasSubstr("someone+review")));
  EXPECT_THAT(network.requests(), SizeIs(1));
}

TEST_F(UnpaywallTest, AGatewaysPageSaysNothingAboutADoi) {
  for (int i = 0; i < 3; ++i) network.Add(Reply(404, "<html><h1>404 Not Found</h1></html>", "text/html"));
  network.Add(JsonReply(200, Work("10.5555/b")));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFailed);
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kFound);
}

TEST_F(UnpaywallTest, TheAddressIsInNoArchiveLogOrError) {
  network.Add(Reply(429, kEmail, "text/html", {{"retry-after", "2"}}));
  network.Add(Reply(500, "email=someone%2breview%40example.org", "text/html"));
  network.AddFailure(ErrorCode::kTransientRemote, "127.0.0.1: no connection");
  network.Add(JsonReply(200, Work("10.5555/a")));
  network.Add(JsonReply(400, R"({"message":"someone+review@example.org"})"));
  network.Add(JsonReply(422, kNoAddress));
  const auto answers = LookUp({"10.5555/a", "10.5555/b"});
  const auto refused = LookUp({"10.5555/c"});
  ASSERT_THAT(answers, IsOk());
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  std::string all = rig.EverythingKept() + (*answers)[1].message + refused.error().message;
  for (const std::string& document : documents) all += document;
  all = AsciiLower(all);
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
}

struct Case {
  const char* name;
  HttpResponse answer;
  const char* verdict;
};

TEST(ClassifyUnpaywall, EachKnownAnswer) {
  const Case cases[] = {
      {"work", JsonReply(200, Work("10.5555/a")), "ok"},
      {"unknown", JsonReply(404, kUnknown), "ok"},
      {"unknown, by its page", Reply(404, kNotFoundPage), "ok"},
      {"404 of a gateway", Reply(404, "<html><h1>404 Not Found</h1></html>"), "transient"},
      {"422", JsonReply(422, kNoAddress), "permanent"},
      {"400", JsonReply(400, "{}"), "permanent"},
      {"429", Reply(429, ""), "throttled"},
      {"500", Reply(500, ""), "transient"},
      {"page", Reply(200, "<!doctype html><html></html>"), "transient"},
      {"no DOI", JsonReply(200, R"({"is_oa":true})"), "transient"},
      {"no is_oa", JsonReply(200, R"({"doi":"10.5555/a"})"), "transient"},
      {"list", JsonReply(200, "[]"), "transient"},
  };
  for (const Case& c : cases) EXPECT_EQ(VerdictName(ClassifyUnpaywall(c.answer).verdict), c.verdict) << c.name;
}

TEST(ClassifyUnpaywall, ACutAnswerIsNeverTakenForAWholeOne) {
  const std::string work = Work("10.5555/a");
  for (std::size_t size = 0; size < work.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyUnpaywall(JsonReply(200, work.substr(0, size))).verdict), "transient") << size;
  for (const std::string& unknown : {kUnknown, kNotFoundPage})
    for (std::size_t size = 0; size < unknown.size(); ++size)
      EXPECT_EQ(VerdictName(ClassifyUnpaywall(JsonReply(404, unknown.substr(0, size))).verdict), "transient") << size;
}

TEST(ClassifyUnpaywall, RecordedRecords) {
  LITMILL_NEEDS(RealDataFolder());
  int records = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/unpaywall-raw")) {
    if (!path.ends_with(".gz")) continue;
    GunzipStream stream;
    std::string text;
    ASSERT_EQ(stream.Feed(ReadTestFile(path), text, std::size_t{64} << 20U), GunzipStream::Status::kOk) << path;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line) && records < 500;) {
      if (line.empty()) continue;
      ++records;
      ASSERT_EQ(VerdictName(ClassifyUnpaywall(JsonReply(200, line)).verdict), "ok") << line;
      const auto doi = ParseUnpaywallDoi(line);
      ASSERT_THAT(doi, IsOk());
      EXPECT_EQ(doi->substr(0, 3), "10.");
      if (records > 2) continue;
      for (std::size_t size = 0; size <= line.rfind('}'); ++size)
        ASSERT_EQ(VerdictName(ClassifyUnpaywall(JsonReply(200, line.substr(0, size))).verdict), "transient") << size;
    }
  }
  EXPECT_GE(records, 100);
}

}  // namespace
}  // namespace litmill::fetch
