// SPDX-License-Identifier: Apache-2.0
// The stand-in seen from outside, through libcurl.
#include "tests/services/standin.h"

#include <curl/curl.h>
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Got {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string body;
  std::map<std::string, std::string> headers;
};

std::size_t Append(char* data, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(data, size * count);
  return size * count;
}

Got Send(const std::string& url, const std::string* post = nullptr, long timeout_ms = 20'000) {
  Got got;
  CURL* curl = curl_easy_init();
  std::string head;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got.body);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &head);
  if (post != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(post->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post->data());
  }
  got.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &got.status);
  curl_easy_cleanup(curl);
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::string line = head.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) got.headers[line.substr(0, colon)] = line.substr(colon + 2);
    at = end == std::string::npos ? head.size() : end + 2;
  }
  return got;
}

std::string Escape(const std::string& text) {
  char* escaped = curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size()));
  std::string copy = escaped;
  curl_free(escaped);
  return copy;
}

constexpr const char* kMagnesium =
    "\"Magnesium\"[Mesh] OR \"Magnesium Compounds\"[Mesh] OR \"Magnesium Deficiency\"[Mesh] OR magnesium[tiab] OR "
    "hypomagnes*[tiab] OR "
    "hypermagnes*[tiab] OR magnesemia[tiab] OR magnesaemia[tiab] OR MgSO4[tiab] OR \"magnesium diglycinate\"[nm]";

class StandinTest : public ::testing::Test {
 protected:
  void StartWith(StandinOptions options) {
    auto started = Standin::Start(options);
    ASSERT_TRUE(started) << started.error().message;
    standin_ = std::move(*started);
    std::set<std::string> files;  // In the order of their names.
    for (const auto& entry : std::filesystem::directory_iterator(LITMILL_SAMPLE_DIR)) {
      if (entry.path().filename().string().starts_with("pubmed_sample_")) files.insert(entry.path().string());
    }
    for (const std::string& file : files) {
      const auto loaded = standin_->LoadFile(file);
      ASSERT_TRUE(loaded);
      EXPECT_THAT(loaded->problems, IsEmpty()) << file;
    }
  }
  void SetUp() override {
    StandinOptions options;
    options.enforce_limit = false;
    StartWith(options);
  }
  Got Get(const std::string& path) { return Send(standin_->base_url() + path); }
  Got Post(const std::string& path, const std::string& body) { return Send(standin_->base_url() + path, &body); }
  Got Control(const std::string& path, const std::string& body) {
    return Send(fmt::format("http://127.0.0.1:{}/__standin/{}", standin_->port(), path), &body);
  }
  json Search(const std::string& term, const std::string& more = "") {
    return json::parse(
        Post("esearch.fcgi", "db=pubmed&retmode=json&term=" + Escape(term) + more).body)["esearchresult"];
  }
  std::unique_ptr<Standin> standin_;
};

TEST_F(StandinTest, ServesTheWholeSample) {
  EXPECT_EQ(standin_->pmids().size(), 164U);
  EXPECT_EQ(Search("all[sb]")["count"], "164");
  EXPECT_THAT(standin_->RecordXml(90000162), HasSubstr("<PMID Version=\"2\">")) << "the highest version is served";
}

TEST_F(StandinTest, TopicsOfTheFoundingCaseHaveHitsAndNoWarnings) {
  const std::map<std::string, std::string> topics = {
      {"depression",
       "\"Depression\"[Mesh] OR \"Depressive Disorder\"[Mesh] OR depress*[tiab] OR dysthymi*[tiab] OR \"low "
       "mood\"[tiab]"},
      {"migraine", "\"Migraine Disorders\"[Mesh] OR migrain*[tiab] OR headache*[tiab]"},
      {"dementia", "\"Alzheimer Disease\"[Mesh] OR \"Dementia\"[Mesh] OR alzheimer*[tiab] OR dementia*[tiab]"},
      {"cognition",
       "\"Cognition\"[Mesh] OR \"Cognitive Dysfunction\"[Mesh] OR \"Cognition Disorders\"[Mesh] OR \"Memory\"[Mesh] OR "
       "cognit*[tiab] "
       "OR memory[tiab] OR \"brain fog\"[tiab]"}};
  for (const auto& [name, block] : topics) {
    const json result = Search(
        fmt::format("({}) AND ({}) AND (\"2000/01/01\"[dp] : \"2025/12/31\"[dp])", kMagnesium, block), "&retmax=9999");
    EXPECT_GE(result["idlist"].size(), 15U) << name;
    EXPECT_EQ(result["count"], std::to_string(result["idlist"].size())) << name;
    EXPECT_FALSE(result.contains("errorlist")) << result.dump();
    EXPECT_FALSE(result.contains("warninglist")) << result.dump();
  }
}

TEST_F(StandinTest, EmptySearchSaysSoAndMalformedOneIsAnError) {
  EXPECT_EQ(Search("magnesium[ti] AND 1800:1801[dp]")["warninglist"]["outputmessages"],
            json::array({"No items found."}));
  EXPECT_THAT(Search("((")["ERROR"].get<std::string>(), StartsWith("Search Backend failed"));
}

TEST_F(StandinTest, CapHidesWhatLiesBeyondAndRetstartAboveItIsRefusedWithARawNewline) {
  standin_->set_search_cap(10);
  const json result = Search("all[sb]", "&retmax=100000");
  EXPECT_EQ(result["count"], "164");
  EXPECT_EQ(result["idlist"].size(), 10U);
  EXPECT_THAT(result["warninglist"]["outputmessages"].dump(), HasSubstr("adjusted to 0, 10"));
  EXPECT_EQ(Search("all[sb]", "&retstart=7&retmax=20")["idlist"].size(), 3U);
  const Got refused = Get("esearch.fcgi?db=pubmed&retmode=json&term=all%5Bsb%5D&retstart=10");
  EXPECT_EQ(refused.status, 200);
  EXPECT_THAT(refused.body, HasSubstr("Exception:\n'retstart' cannot be larger than 9"));
  EXPECT_TRUE(json::parse(refused.body, nullptr, false).is_discarded());
}

TEST_F(StandinTest, EfetchLeavesUnknownIdsOutAndKeepsEachRecordByteForByte) {
  const Got got = Post("efetch.fcgi", "db=pubmed&retmode=xml&id=90000002,90000001,12345,0090000002");
  EXPECT_EQ(got.status, 200);
  EXPECT_THAT(got.body, HasSubstr("<!DOCTYPE PubmedArticleSet PUBLIC"));
  EXPECT_THAT(got.body, HasSubstr(standin_->RecordXml(90000001)));
  EXPECT_EQ(got.body.find("<PMID Version=\"1\">90000002</PMID>"),
            got.body.rfind("<PMID Version=\"1\">90000002</PMID>"));
  EXPECT_THAT(Get("efetch.fcgi?db=pubmed&id=12345").body, HasSubstr("<PubmedArticleSet></PubmedArticleSet>"));
  const Got zero = Get("efetch.fcgi?db=pubmed&id=0,abc");
  EXPECT_EQ(zero.status, 400);
  EXPECT_THAT(zero.body, HasSubstr("<ERROR>ID list is empty!"));
}

TEST_F(StandinTest, HistoryServesSlicesUntilItIsForgotten) {
  const json found = Search("migraine*[ti]", "&usehistory=y&retmax=0");
  const std::string session = "&query_key=1&WebEnv=" + found["webenv"].get<std::string>();
  const std::string fetch = "efetch.fcgi?db=pubmed&retstart=0&retmax=2" + session;
  const std::string body = Get(fetch).body;
  EXPECT_NE(body.find("<PubmedArticle>"), body.rfind("<PubmedArticle>"));
  EXPECT_EQ(Search("#1 AND oxide[ti]", session)["count"].get<std::string>(),
            Search("migraine*[ti] AND oxide[ti]")["count"].get<std::string>());
  standin_->ForgetSessions();
  EXPECT_THAT(Get(fetch).body, HasSubstr("<ERROR>Unable to obtain query #1</ERROR>"));
  EXPECT_EQ(Search("all[sb]", session)["ERROR"], "Unable to obtain query #1");
}

TEST_F(StandinTest, EpostThenEsummaryTellsMissingIdsApart) {
  const std::string posted = Post("epost.fcgi", "db=pubmed&id=90000001,12345,x").body;
  EXPECT_THAT(posted, HasSubstr("<InvalidIdList><Id>0</Id></InvalidIdList>"));
  const std::size_t start = posted.find("<WebEnv>") + 8;
  const std::string session = posted.substr(start, posted.find("</WebEnv>") - start);
  const json result =
      json::parse(Get("esummary.fcgi?db=pubmed&retmode=json&query_key=1&WebEnv=" + session).body)["result"];
  EXPECT_EQ(result["uids"], json::array({"90000001", "12345"}));
  EXPECT_EQ(result["12345"]["error"], "cannot get document summary");
  EXPECT_THAT(result["90000001"]["title"].get<std::string>(), StartsWith("Magnesium glycinate"));
}

TEST_F(StandinTest, EinfoCountsRecordsAndListsFields) {
  const json info = json::parse(Get("einfo.fcgi?db=pubmed&retmode=json").body)["einforesult"]["dbinfo"][0];
  EXPECT_EQ(info["count"], "164");
  EXPECT_GT(info["fieldlist"].size(), 20U);
}

TEST_F(StandinTest, TooLongAnAddressGetsAPageThatBeginsLikeXml) {
  const Got got = Get("efetch.fcgi?db=pubmed&id=" + std::string(9000, '1'));
  EXPECT_EQ(got.status, 414);
  EXPECT_THAT(got.body, StartsWith("<?xml"));
}

TEST_F(StandinTest, RecordsComeAndGoBetweenRuns) {
  const auto update = standin_->LoadFile(std::string(LITMILL_SAMPLE_DIR) + "/pubmed_update.xml");
  ASSERT_TRUE(update);
  EXPECT_EQ(update->added, 2U);
  EXPECT_EQ(update->replaced, 3U);
  EXPECT_EQ(update->deleted, 3U);
  EXPECT_EQ(standin_->pmids().size(), 163U);
  EXPECT_EQ(Search("90000030[uid] AND retracted publication[pt]")["count"], "1");
  EXPECT_EQ(json::parse(Control("delete?id=90000001,7", "").body)["deleted"], 1);
  const std::string one =
      "<PubmedArticle><MedlineCitation><PMID "
      "Version=\"1\">90000001</PMID><Article><ArticleTitle>Back</ArticleTitle></Article></MedlineCitation></"
      "PubmedArticle>";
  EXPECT_EQ(json::parse(Control("records", one + "<PubmedArticle><MedlineCitation/></PubmedArticle>").body)["problems"]
                .size(),
            1U);
  EXPECT_EQ(standin_->RecordXml(90000001), one);
}

TEST_F(StandinTest, LogHoldsEveryRequestButNoKey) {
  Get("efetch.fcgi?db=pubmed&id=90000001,90000002&api_key=hush&tool=t&email=e");
  Get("nosuch.fcgi");
  const std::string text = Send(fmt::format("http://127.0.0.1:{}/__standin/log", standin_->port())).body;
  const json log = json::parse(text);
  EXPECT_EQ(log["count"], 2);
  EXPECT_EQ(log["requests"][0]["endpoint"], "efetch");
  EXPECT_EQ(log["requests"][0]["pmids"], json::array({90000001, 90000002}));
  EXPECT_EQ(log["requests"][0]["status"], 400) << "a key when none is valid";
  EXPECT_TRUE(log["requests"][0]["has_email"]);
  EXPECT_THAT(text, Not(HasSubstr("hush")));
  standin_->ClearLog();
  EXPECT_EQ(standin_->request_count(), 0U);
}

TEST_F(StandinTest, LimitIsThreeASecondAndTenWithTheKey) {
  StandinOptions options;
  options.api_key = "goodkey";
  StartWith(options);
  std::vector<long> statuses;
  for (int i = 0; i < 4; ++i) statuses.push_back(Get("einfo.fcgi?db=pubmed").status);
  EXPECT_THAT(statuses, ::testing::ElementsAre(200, 200, 200, 429));
  const Got throttled = Get("einfo.fcgi?db=pubmed");
  EXPECT_EQ(throttled.headers.at("Retry-After"), "2");
  EXPECT_EQ(throttled.headers.at("X-RateLimit-Limit"), "3");
  EXPECT_EQ(json::parse(throttled.body)["limit"], "3");
  EXPECT_EQ(standin_->max_in_one_second(), 5) << "what is refused is counted too";
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Get("einfo.fcgi?db=pubmed&api_key=goodkey").status, 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  const Got bad = Get("einfo.fcgi?db=pubmed&api_key=badkey");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(json::parse(bad.body)["api-key"], "badkey");
}

TEST_F(StandinTest, ManyClientsAtOnceAreAllAnsweredAndCounted) {
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 10; ++n) good += Get("efetch.fcgi?db=pubmed&id=90000001").status == 200 ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 80);
  EXPECT_EQ(standin_->request_count("efetch"), 80U);
}

TEST_F(StandinTest, RedirectToAnotherHostIsSeenAsALeakWhenFollowed) {
  ASSERT_TRUE(standin_->SetFaults({*ParseFaultRule("redirect_other_host@efetch:1")}));
  const Got got = Get("efetch.fcgi?db=pubmed&id=90000001&api_key=");
  EXPECT_EQ(got.status, 302);
  EXPECT_EQ(standin_->request_count("other_host"), 0U);
  Send(got.headers.at("Location"));
  EXPECT_EQ(standin_->request_count("other_host"), 1U);
}

/// Each fault, once, at each endpoint where it can happen: the answer must differ from the true one (unless the fault
/// only changes how it is sent), and the next one must be true again.
class EveryFault : public StandinTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(EveryFault, StrikesOnceAndIsOver) {
  const FaultInfo& info = *FindFault(GetParam());
  const std::map<std::string, std::string> requests = {
      {"esearch", "esearch.fcgi?db=pubmed&retmode=json&retmax=50&term=migraine"},
      {"efetch", "efetch.fcgi?db=pubmed&id=90000001,90000002,90000003"},
      {"esummary", "esummary.fcgi?db=pubmed&retmode=json&id=90000001"},
      {"epost", "epost.fcgi?db=pubmed&id=90000001"},
      {"einfo", "einfo.fcgi?db=pubmed"}};
  for (const auto& [endpoint, path] : requests) {
    if (!FaultApplies(info, endpoint)) continue;
    SCOPED_TRACE(endpoint);
    const std::string before = Get(path).body;
    FaultRule rule;
    rule.fault = info.name;
    rule.endpoint = endpoint;
    rule.at = 1;
    ASSERT_TRUE(standin_->SetFaults({rule}));
    const Got broken = Send(standin_->base_url() + path, nullptr, info.fault == Fault::kStall ? 400 : 20'000);
    const bool is_true = broken.code == CURLE_OK && broken.status == 200 && broken.body == before;
    const bool only_delivery = info.fault == Fault::kSlowBytes || info.fault == Fault::kGzip;
    if (endpoint != "epost" || !only_delivery) {
      EXPECT_EQ(is_true, only_delivery) << broken.code << " " << broken.status << " " << broken.body.substr(0, 300);
    }
    EXPECT_EQ(standin_->log().back().fault, info.name);
    const Got after = Get(path);
    EXPECT_EQ(after.status, 200);
    if (endpoint != "epost") {  // Each EPost opens another session.
      EXPECT_EQ(after.body, before);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Standin, EveryFault, ::testing::ValuesIn(all_fault_names()),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace litmill::services
