// SPDX-License-Identifier: Apache-2.0
// Scopus, Embase and Web of Science over real HTTP against their stand-ins: paging, rights, quotas, every fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/unicode.h"
#include "fetch/fetch.h"
#include "tests/services/standin.h"
#include "tests/support/fakes.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kApiKey = "ELSkey0123456789abcdef";
constexpr const char* kToken = "TOKENabcdef0123456789";
constexpr int kWorks = 7;  ///< On magnesium; one work more is on zinc.

struct SubscriptionTest : ::testing::Test {
  void SetUp() override {
    services::StandinOptions options;
    options.enforce_limit = false;
    auto started = services::Standin::Start(options);
    ASSERT_THAT(started, IsOk());
    standin = std::move(*started);
    for (int i = 1; i <= kWorks; ++i) AddWork(i, "Magnesium & low mood", 2014 + i);
    AddWork(kWorks + 1, "Zinc", 2020);
    for (const char* service : {"scopus", "embase", "wos"}) standin->SetServiceKey(service, kApiKey);
    time.Advance(SystemClock().Now() - time.Now());  // the stand-in's Retry-After dates are of today
    auto opened_budget = RateBudget::Open(folder.path(), "subscriptions", 1, time, time);
    auto opened_archive = RawArchive::Open(folder.File("raw.sqlar"));
    ASSERT_THAT(opened_budget, IsOk());
    ASSERT_THAT(opened_archive, IsOk());
    budget = std::move(*opened_budget);
    archive = std::move(*opened_archive);
    TransportLimits limits;
    limits.stall_timeout_s = 1;
    transport = std::make_unique<CurlTransport>(limits, "litmill-test", nullptr);
    RetryPolicy policy;
    policy.first_delay_ms = 1;
    http = std::make_unique<HttpClient>(
        HttpClient::Parts{transport.get(), budget.get(), archive.get(), &time, &time, &log}, policy, "run",
        std::vector<std::string>{kApiKey, kToken}, 1);
  }

  void AddWork(int number, const std::string& title, int year) {
    services::RegisteredWork work{fmt::format("10.5555/Syn.{}", number)};
    work.pmid = 90000000U + static_cast<std::uint32_t>(number);
    work.title = title;
    work.year = year;
    work.abstract = "Made up.";
    work.authors = {"Muller, Ann B."};
    work.databases = {{"scopus", fmt::format("2-s2.0-8500000{:04}", number)},
                      {"embase", fmt::format("L200000{:04}", number)},
                      {"wos", fmt::format("WOS:00000000000{:04}", number)}};
    standin->AddWork(work);
  }
  ScopusSettings ForScopus(const std::string& token = "") const {
    ScopusSettings settings;
    settings.base_url = standin->root_url();
    settings.keys = {kApiKey, token};
    settings.page_size = 3;
    return settings;
  }
  std::unique_ptr<SearchService> Scopus(const std::string& token = "") {
    return std::make_unique<ScopusClient>(ForScopus(token), http.get(), &log);
  }
  std::unique_ptr<SearchService> Embase() {
    return std::make_unique<EmbaseClient>(EmbaseSettings{standin->root_url(), {kApiKey, kToken}, 3}, http.get(), &log);
  }
  std::unique_ptr<SearchService> WebOfScience(WebOfScienceApi api) {
    WebOfScienceSettings settings;
    settings.api = api;
    settings.base_url = standin->root_url() + (api == WebOfScienceApi::kStarter ? "apis/wos-starter/v1/" : "api/wos");
    settings.api_key = kApiKey;
    settings.page_size = 3;
    return std::make_unique<WebOfScienceClient>(settings, http.get(), &log);
  }
  void Schedule(const std::string& rule) {
    const auto parsed = services::ParseFaultRule(rule);
    ASSERT_THAT(parsed, IsOk()) << rule;
    ASSERT_THAT(standin->SetFaults({*parsed}), IsOk()) << rule;
  }
  /// The search must come out whole through every fault of `endpoint` at each of its `requests`, or refuse where
  /// nothing else is right.
  void ForEachFault(const std::string& endpoint, int requests,
                    const std::function<std::unique_ptr<SearchService>()>& make, const std::string& query) {
    int seen = 0;
    for (const services::FaultInfo& fault : services::AllFaults()) {
      if (!services::FaultApplies(fault, endpoint)) continue;
      ++seen;
      // What the transport alone must notice is the same at every page.
      const bool is_wire = fault.name == "stall" || fault.name == "slow_bytes" || fault.name == "chunked_abort" ||
                           fault.name.starts_with("gzip") || fault.name.starts_with("reset_") ||
                           fault.name == "cut_connection" || fault.name == "length_too_short";
      for (int at = 1; at <= (is_wire ? 1 : requests); ++at) {
        Schedule(fmt::format("{}@{}:{}", fault.name, endpoint, at));
        const auto search = make()->Search(query);
        if (fault.name == "elsevier_quota") {
          EXPECT_THAT(search, IsError(ErrorCode::kThrottled)) << at;
        } else if (fault.remedy == services::Remedy::kRefuse) {
          EXPECT_THAT(search, IsError(ErrorCode::kPermanentRemote)) << fault.name << " " << at;
        } else {
          ASSERT_THAT(search, IsOk()) << fault.name << " " << at;
          EXPECT_THAT(search->ids, SizeIs(kWorks)) << fault.name << " " << at;
          EXPECT_EQ(search->count, static_cast<std::uint64_t>(kWorks)) << fault.name << " " << at;
        }
      }
    }
    EXPECT_GE(seen, 20);
    EXPECT_EQ(standin->request_count("other_host"), 0U);
  }

  litmill::testing::TempDir folder;
  litmill::testing::FakeTime time;  // no waiting for pauses
  litmill::testing::RecordingLogger log;
  std::unique_ptr<services::Standin> standin;
  std::unique_ptr<RateBudget> budget;
  std::unique_ptr<RawArchive> archive;
  std::unique_ptr<CurlTransport> transport;
  std::unique_ptr<HttpClient> http;
};

TEST_F(SubscriptionTest, EachDatabaseGivesAllItsHits) {
  const auto scopus = Scopus()->Search("TITLE-ABS-KEY(magnesium) AND PUBYEAR > 2014");
  ASSERT_THAT(scopus, IsOk());
  EXPECT_THAT(scopus->ids, SizeIs(kWorks));
  EXPECT_EQ(scopus->ids.front(), "2-s2.0-85000000001");
  EXPECT_EQ(scopus->query_ran, "TITLE-ABS-KEY(magnesium) AND PUBYEAR > 2014");
  EXPECT_THAT(scopus->documents, SizeIs(3));
  const auto embase = Embase()->Search("magnesium:ti,ab,kw AND [2015-2025]/py");
  ASSERT_THAT(embase, IsOk());
  EXPECT_THAT(embase->ids, SizeIs(kWorks));
  EXPECT_EQ(embase->ids.front(), "L2000000001");
  for (const WebOfScienceApi api : {WebOfScienceApi::kStarter, WebOfScienceApi::kExpanded}) {
    const auto wos = WebOfScience(api)->Search("TS=(magnesium) AND PY=(2015-2025)");
    ASSERT_THAT(wos, IsOk());
    EXPECT_THAT(wos->ids, SizeIs(kWorks));  // 7 = 3 + 3 + 1: the last page of the Expanded API has no list
    EXPECT_EQ(wos->ids.front(), "WOS:000000000000001");
    EXPECT_THAT(wos->messages, SizeIs(0));
  }
}

TEST_F(SubscriptionTest, NothingFoundIsAnAnswerAndACountIsOneRequest) {
  const std::vector<std::pair<std::unique_ptr<SearchService>, std::vector<std::string>>> services = [&] {
    std::vector<std::pair<std::unique_ptr<SearchService>, std::vector<std::string>>> all;
    all.emplace_back(Scopus(), std::vector<std::string>{"TITLE-ABS-KEY(iron)", "TITLE-ABS-KEY(magnesium)"});
    all.emplace_back(Scopus(kToken), std::vector<std::string>{"TITLE-ABS-KEY(iron)", "TITLE-ABS-KEY(magnesium)"});
    all.emplace_back(Embase(), std::vector<std::string>{"iron:ti", "magnesium:ti"});
    all.emplace_back(WebOfScience(WebOfScienceApi::kStarter), std::vector<std::string>{"TS=iron", "TS=magnesium"});
    all.emplace_back(WebOfScience(WebOfScienceApi::kExpanded), std::vector<std::string>{"TS=iron", "TS=magnesium"});
    return all;
  }();
  for (const auto& [service, queries] : services) {
    const auto none = service->Search(queries[0]);
    ASSERT_THAT(none, IsOk()) << queries[0];
    EXPECT_EQ(none->count, 0U);
    EXPECT_THAT(none->ids, SizeIs(0));
    const std::uint64_t before = standin->request_count();
    const auto count = service->Count(queries[1]);
    ASSERT_THAT(count, IsOk()) << queries[1];
    EXPECT_EQ(*count, static_cast<std::uint64_t>(kWorks));
    EXPECT_EQ(standin->request_count(), before + 1);
  }
}

TEST_F(SubscriptionTest, ACursorIsUsedWhereTheKeyMayUseOne) {
  ASSERT_THAT(Scopus(kToken)->Search("TITLE(magnesium)"), IsOk());
  EXPECT_EQ(standin->request_count("scopus"), 4U);  // may it? and three pages
  standin->ClearLog();
  const auto client = Scopus();
  ASSERT_THAT(client->Search("TITLE(magnesium)"), IsOk());
  ASSERT_THAT(client->Search("TITLE(zinc)"), IsOk());
  EXPECT_EQ(standin->request_count("scopus"), 5U);  // asked once
}

TEST_F(SubscriptionTest, TooManyHitsAreReadByYears) {
  ScopusSettings settings = ForScopus();
  settings.most_hits = 3;
  const auto search = ScopusClient(settings, http.get(), &log).Search("TITLE(magnesium)");
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, static_cast<std::uint64_t>(kWorks));
  EXPECT_THAT(search->ids, SizeIs(kWorks));
  EXPECT_THAT(search->messages, Contains(HasSubstr("7 hits are more than the 3")));
  for (int i = 10; i < 14; ++i) AddWork(i, "Magnesium", 2001);
  const auto dense = ScopusClient(settings, http.get(), &log).Search("TITLE(magnesium)");
  ASSERT_THAT(dense, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(dense.error().message, AllOf(HasSubstr("4 hits in the year 2001 alone"), HasSubstr("SCOPUS_INSTTOKEN")));
}

TEST_F(SubscriptionTest, AWorkWithoutAYearIsMissedLoudly) {
  AddWork(20, "Magnesium, undated", 0);
  ScopusSettings settings = ForScopus();
  settings.most_hits = 3;
  const auto search = ScopusClient(settings, http.get(), &log).Search("TITLE(magnesium)");
  ASSERT_THAT(search, IsError(ErrorCode::kIntegrity));
  EXPECT_THAT(search.error().message, HasSubstr("Scopus counts 8 records; its years of publication hold 7"));
}

TEST_F(SubscriptionTest, TheCompleteViewNeedsAToken) {
  ScopusSettings settings = ForScopus();
  settings.view = ScopusView::kComplete;
  const auto refused = ScopusClient(settings, http.get(), &log).Search("TITLE(magnesium)");
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("AUTHORIZATION_ERROR"), HasSubstr("view STANDARD")));
  settings.keys.insttoken = kToken;
  const auto search = ScopusClient(settings, http.get(), &log).Search("TITLE(magnesium)");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(archive->Read(search->documents.front()).value_or(""), HasSubstr("\"dc:description\":\"Made up.\""));
}

TEST_F(SubscriptionTest, ABadQueryIsRefusedInTheServicesWords) {
  const auto scopus = Scopus()->Search("TITLE(magnesium");
  ASSERT_THAT(scopus, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(scopus.error().message, HasSubstr("cannot read the query"));
  const auto embase = Embase()->Search("'magnesium:ti");
  ASSERT_THAT(embase, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(embase.error().message, HasSubstr("Error translating query"));
  for (const WebOfScienceApi api : {WebOfScienceApi::kStarter, WebOfScienceApi::kExpanded}) {
    const auto wos = WebOfScience(api)->Search("TS=(magnesium");
    ASSERT_THAT(wos, IsError(ErrorCode::kPermanentRemote));
    EXPECT_THAT(wos.error().message, HasSubstr("Search Error: Invalid query"));
  }
}

TEST_F(SubscriptionTest, AQuotaThatRunsOutIsSaidBeforeAndAtItsEnd) {
  standin->SetServiceQuota("scopus", 4);
  const auto client = Scopus();
  const auto search = client->Search("TITLE(magnesium)");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->messages, ElementsAre("0 of 20000 requests are left until 2030-01-01T00:00:00Z"));
  const std::uint64_t before = standin->request_count();
  const auto over = client->Search("TITLE(zinc)");
  ASSERT_THAT(over, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(over.error().message, HasSubstr("quota of this Scopus key (20000 requests) is used up until 2030-01-01"));
  EXPECT_EQ(standin->request_count(), before + 1);  // nothing is retried
  standin->SetServiceQuota("wos", 1);
  const auto wos = WebOfScience(WebOfScienceApi::kStarter)->Search("TS=magnesium");
  ASSERT_THAT(wos, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(wos.error().message, HasSubstr("50 requests a day"));
  standin->SetServiceQuota("embase", 0);
  EXPECT_THAT(Embase()->Search("magnesium:ti"), IsError(ErrorCode::kThrottled));
}

TEST_F(SubscriptionTest, EveryFaultAtScopusWithoutACursor) {
  ForEachFault(
      "scopus", 4, [this] { return Scopus(); }, "TITLE(magnesium)");
}

TEST_F(SubscriptionTest, EveryFaultAtScopusWithACursor) {
  ForEachFault(
      "scopus", 4, [this] { return Scopus(kToken); }, "TITLE(magnesium)");
}

TEST_F(SubscriptionTest, EveryFaultAtEmbase) {
  ForEachFault(
      "embase", 3, [this] { return Embase(); }, "magnesium:ti");
}

TEST_F(SubscriptionTest, EveryFaultAtWebOfScienceStarter) {
  ForEachFault(
      "wos_starter", 3, [this] { return WebOfScience(WebOfScienceApi::kStarter); }, "TS=magnesium");
}

TEST_F(SubscriptionTest, EveryFaultAtWebOfScienceExpanded) {
  ForEachFault(
      "wos_expanded", 3, [this] { return WebOfScience(WebOfScienceApi::kExpanded); }, "TS=magnesium");
}

TEST_F(SubscriptionTest, ALongQueryReachesEmbaseByPost) {
  std::string query = "magnesium:ti";
  for (int i = 0; i < 200; ++i) query += fmt::format(" OR 'made up term {}':ti,ab,kw", i);
  const auto search = Embase()->Search(query);
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(kWorks));
  EXPECT_EQ(standin->log().front().method, "POST");
}

TEST_F(SubscriptionTest, TheKeysWereSentAndAreNowhere) {
  for (const auto& service : {Scopus(kToken), Embase(), WebOfScience(WebOfScienceApi::kStarter)})
    ASSERT_THAT(service->Search("magnesium"), IsOk());
  std::string errors;
  for (const char* fault : {"http_500@*:1,times=9", "redirect_other_host@*:1", "garbage_200@*:1,times=9"}) {
    Schedule(fault);
    for (const auto& service : {Scopus(kToken), Embase(), WebOfScience(WebOfScienceApi::kExpanded)}) {
      const auto search = service->Search("magnesium");
      if (!search) errors += search.error().message;
    }
  }
  EXPECT_THAT(errors, HasSubstr("HTTP 500"));
  for (const services::LoggedRequest& request : standin->log()) EXPECT_TRUE(request.has_api_key) << request.endpoint;
  const std::string all = AsciiLower(log.AllText() + errors + litmill::testing::ReadTestFile(folder.File("raw.sqlar")) +
                                     litmill::testing::ReadTestFile(folder.File("raw.sqlar-wal")));
  EXPECT_THAT(all, HasSubstr("content/search/scopus"));
  EXPECT_THAT(all, Not(HasSubstr(AsciiLower(kApiKey))));
  EXPECT_THAT(all, Not(HasSubstr(AsciiLower(kToken))));
}

}  // namespace
}  // namespace litmill::fetch
