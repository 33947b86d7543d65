// SPDX-License-Identifier: Apache-2.0
// The table of what Crossref's answers mean. All bodies are synthetic, but for those of the folder of real data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/crossref_client.h"
#include "tests/fetch/lookup_rig.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"

namespace litmill::fetch {
namespace {

using litmill::testing::FilesBelow;
using litmill::testing::IsOk;
using litmill::testing::ReadTestFile;
using litmill::testing::RealDataFolder;
using testing::JsonReply;
using testing::Reply;

const std::string kWork =
    R"({"status":"ok","message-type":"work","message-version":"1.0.0","message":{"DOI":"10.5555/a","title":["<i>M</i>"],)"
    R"("reference":[{"DOI":"10.9/cited"}],"issued":{"date-parts":[[null]]}}})";
const std::string kList =
    R"({"status":"ok","message-type":"work-list","message-version":"1.0.0","message":{"facets":{},"total-results":2,)"
    R"("items":[{"DOI":"10.5555/a","reference":[{"DOI":"10.9/cited"}]},{"DOI":"10.5555/b"}],"next-cursor":"x+/="}})";

struct Case {
  const char* name;
  bool list;
  HttpResponse answer;
  Verdict verdict;
  int permanent_after = 0;
  bool refuses_everything = false;
};

TEST(ClassifyCrossref, EachKnownAnswer) {
  const std::string page = "<html><head><title>504 Gateway Time-out</title></head></html>";
  const std::string failed = R"({"status":"failed","message-type":"validation-failure","message":[)"
                             R"({"type":"filter-not-available","value":"x","message":"no such filter"}]})";
  const std::string cursor =
      R"({"status":"failed","message-type":"resource-failure","message":[)"
      R"({"type":"cursor-invalid","value":"x","message":"Cursor specified but it is invalid"}]})";
  const std::string exception =
      R"({"status":"error","message-type":"exception","message-version":"1.0.0","message":{"message":"Boom"}})";
  const Case cases[] = {
      {"work", false, JsonReply(200, kWork), Verdict::kOk},
      {"list", true, JsonReply(200, kList), Verdict::kOk},
      {"unknown DOI", false, Reply(404, "Resource not found.", "text/plain"), Verdict::kOk},
      {"unknown DOI, line end", false, Reply(404, "Resource not found.\n", "text/plain"), Verdict::kOk},
      {"cut 404", false, Reply(404, "Resource not f", "text/plain"), Verdict::kTransient},
      {"empty 404", false, Reply(404, "", "text/plain"), Verdict::kTransient},
      {"404 page", false, Reply(404, page), Verdict::kPermanent},
      {"404 of a list", true, Reply(404, "Resource not found.", "text/plain"), Verdict::kPermanent},
      {"lost cursor", true, JsonReply(404, cursor), Verdict::kSessionLost},
      {"lost cursor 400", true, JsonReply(400, cursor), Verdict::kSessionLost},
      {"bad filter", true, JsonReply(400, failed), Verdict::kPermanent},
      {"429 empty", false, Reply(429, ""), Verdict::kThrottled},
      {"429 page", true, Reply(429, page), Verdict::kThrottled},
      {"blocked", false, Reply(403, ""), Verdict::kPermanent, 0, true},
      {"bad token", true, Reply(401, ""), Verdict::kPermanent, 0, true},
      {"redirect left over", false, Reply(301, ""), Verdict::kPermanent, 0, true},
      {"exception", true, JsonReply(500, exception), Verdict::kTransient},
      {"exception 200", true, JsonReply(200, exception), Verdict::kTransient, 3},
      {"504", false, Reply(504, page), Verdict::kTransient},
      {"200 page", true, Reply(200, page), Verdict::kTransient},
      {"empty", false, JsonReply(200, ""), Verdict::kTransient},
      {"work for list", true, JsonReply(200, kWork), Verdict::kTransient},
      {"list for work", false, JsonReply(200, kList), Verdict::kTransient},
      {"no DOI", false, JsonReply(200, R"({"status":"ok","message-type":"work","message":{"title":[]}})"),
       Verdict::kTransient},
      {"no items", true, JsonReply(200, R"({"status":"ok","message-type":"work-list","message":{"total-results":1}})"),
       Verdict::kTransient},
      {"no total", true, JsonReply(200, R"({"status":"ok","message-type":"work-list","message":{"items":[]}})"),
       Verdict::kTransient},
      {"damaged byte", false,
       JsonReply(200,
                 "{\"status\":\"ok\",\"message-type\":\"work\",\"message\":{\"DOI\":\"10.5555/a\",\"x\":\"\xFC\"}}"),
       Verdict::kTransient},
      {"text after it", false, JsonReply(200, kWork + "502"), Verdict::kTransient},
  };
  for (const Case& c : cases) {
    const Classification result = ClassifyCrossref(c.answer, c.list);
    EXPECT_EQ(VerdictName(result.verdict), VerdictName(c.verdict)) << c.name << ": " << result.reason;
    EXPECT_EQ(result.permanent_after, c.permanent_after) << c.name;
    EXPECT_EQ(result.refuses_everything, c.refuses_everything) << c.name;
    EXPECT_EQ(result.reason.empty(), c.verdict == Verdict::kOk) << c.name;
    EXPECT_LT(result.reason.size(), 600U) << c.name;
  }
}

TEST(ClassifyCrossref, ACutAnswerIsNeverTakenForAWholeOne) {
  for (std::size_t size = 0; size < kWork.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyCrossref(JsonReply(200, kWork.substr(0, size)), false).verdict), "transient") << size;
  for (std::size_t size = 0; size < kList.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyCrossref(JsonReply(200, kList.substr(0, size)), true).verdict), "transient") << size;
  const std::string text = "Resource not found.";
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(VerdictName(ClassifyCrossref(Reply(404, text.substr(0, size)), false).verdict), "transient") << size;
}

TEST(ParseCrossref, TheWorksAndNotWhatTheyCite) {
  const auto work = ParseCrossref(kWork, false);
  const auto list = ParseCrossref(kList, true);
  ASSERT_THAT(work, IsOk());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(work->dois, ::testing::ElementsAre("10.5555/a"));
  EXPECT_THAT(list->dois, ::testing::ElementsAre("10.5555/a", "10.5555/b"));
  EXPECT_EQ(list->total, 2U);
  EXPECT_EQ(list->next_cursor, "x+/=");
}

TEST(ClassifyCrossref, RecordedAnswers) {
  LITMILL_NEEDS(RealDataFolder());
  int works = 0;
  int lists = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/responses")) {
    if (path.find("/api.crossref.org_") == std::string::npos || path.substr(path.size() - 5) != ".json") continue;
    const std::string body = ReadTestFile(path);
    const bool is_work = body.find(R"("message-type":"work",)") != std::string::npos;
    const bool is_list = body.find(R"("message-type":"work-list")") != std::string::npos;
    if (!is_work && !is_list) continue;
    const Classification result = ClassifyCrossref(JsonReply(200, body), is_list);
    EXPECT_EQ(VerdictName(result.verdict), "ok") << path << ": " << result.reason;
    EXPECT_NE(VerdictName(ClassifyCrossref(JsonReply(200, body), !is_list).verdict), "ok") << path;
    is_work ? ++works : ++lists;
    const std::size_t whole = body.rfind('}');
    for (std::size_t cut = 0; cut < 12; ++cut)
      EXPECT_EQ(VerdictName(ClassifyCrossref(JsonReply(200, body.substr(0, whole * cut / 11)), is_list).verdict),
                "transient")
          << path << " cut at " << whole * cut / 11;
  }
  EXPECT_GE(works, 50);
  EXPECT_GE(lists, 10);
}

TEST(ClassifyCrossref, RecordedErrors) {
  LITMILL_NEEDS(RealDataFolder());
  int seen = 0;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/errors/recorded")) {
    const std::size_t at = path.find("/api.crossref.org_");
    if (at == std::string::npos) continue;
    ++seen;
    const int status = std::stoi(path.substr(at + 18, 3));
    const std::string body = ReadTestFile(path);
    std::string expected = status == 429 ? "throttled" : status >= 500 ? "transient" : "permanent";
    if (body.find("cursor-invalid") != std::string::npos) expected = "session-lost";
    EXPECT_EQ(VerdictName(ClassifyCrossref(Reply(status, body), true).verdict), expected) << path;
    if (body == "Resource not found.") expected = "ok";
    EXPECT_EQ(VerdictName(ClassifyCrossref(Reply(status, body), false).verdict), expected) << path;
    EXPECT_NE(VerdictName(ClassifyCrossref(Reply(200, body), true).verdict), "ok") << path;
  }
  EXPECT_GE(seen, 15);
}

}  // namespace
}  // namespace litmill::fetch
