// SPDX-License-Identifier: Apache-2.0
// Europe PMC, DataCite, OpenAlex and Unpaywall over real HTTP against their stand-ins: every fault they know, at each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/unicode.h"
#include "fetch/fetch.h"
#include "tests/fetch/standin_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kContact;
using testing::kServiceKey;
using ::testing::Not;
using ::testing::SizeIs;
using testing::StandinRig;

struct OpenServicesTest : StandinRig {
  void SetUp() override {
    StandinRig::SetUp();
    ASSERT_NE(http, nullptr);
    for (int i = 1; i <= 7; ++i) standin->AddWork(Numbered(i));
    services::RegisteredWork data{"10.5281/Data.1", "DataCite"};
    data.title = "A synthetic data set";
    data.abstract = "Magnesium measured in made-up sera.";
    data.authors = {"Muller, Ann B."};
    data.pages = "3-9";
    standin->AddWork(data);
    services::RegisteredWork alias{"10.5555/alias"};
    alias.alias_of = "10.5555/Syn.1";
    alias.databases = {{"openalex", "W9"}};
    standin->AddWork(alias);
    services::RegisteredWork comma{"10.5555/a,b"};
    comma.databases = {{"openalex", "W8"}};
    standin->AddWork(comma);
  }
  static services::RegisteredWork Numbered(int i) {
    services::RegisteredWork work{fmt::format("10.5555/Syn.{}", i), "Crossref", 90000000U + static_cast<unsigned>(i)};
    work.title = fmt::format("Magnesium and made-up migraine {}", i);
    work.abstract = i == 7 ? "" : "Low magnesium is frequent, low zinc is not.";
    work.authors = {"Muller, Ann B.", "Synthetic Group"};
    work.issn = "1234-5679";
    work.volume = "7";
    work.issue = "2";
    work.pages = "11-19";
    if (i == 2) work.pmcid = "PMC9900002";
    if (i == 3) work.retracted_by = "10.5555/notice";
    work.databases = {{"europepmc", fmt::format("{}/{}", i == 7 ? "PPR" : "MED", work.pmid)},
                      {"openalex", fmt::format("W{}", i)}};
    return work;
  }

  EuropePmcClient EuropePmc(std::size_t page_size = 3) {
    EuropePmcSettings settings;
    settings.base_url = standin->root_url() + "europepmc/webservices/rest/";
    settings.contact = kContact;
    settings.page_size = page_size;
    return {settings, http.get(), &log};
  }
  Result<std::vector<DoiAnswer>> LookUp(const DoiLookup& client, const std::vector<std::string>& dois) {
    bodies.clear();
    return client.LookUpAll(dois, [this](const Answer& answer) -> Result<void> {
      bodies.push_back(answer.response.body);
      return {};
    });
  }
  DataCiteClient DataCite() { return {{standin->root_url(), "litmill", kContact}, http.get(), &log}; }
  OpenAlexClient OpenAlex(const std::string& key = "") {
    OpenAlexSettings settings;
    settings.base_url = standin->root_url() + "openalex/";
    settings.api_key = key;
    settings.contact = kContact;
    return {settings, http.get(), &log};
  }
  UnpaywallClient Unpaywall() { return {{standin->root_url(), kContact}, http.get(), &log}; }

  std::vector<std::string> bodies;
};

TEST_F(OpenServicesTest, EuropePmcIsReadToItsLastPage) {
  const auto search = EuropePmc().Search("TITLE_ABS:\"magnesium\"");
  ASSERT_THAT(search, IsOk());
  EXPECT_EQ(search->count, 7U);
  EXPECT_THAT(search->ids, ElementsAre("MED/90000001", "MED/90000002", "MED/90000003", "MED/90000004", "MED/90000005",
                                       "MED/90000006", "PPR/90000007"));
  EXPECT_EQ(search->query_ran, "TITLE_ABS:\"magnesium\"");
  EXPECT_THAT(search->documents, SizeIs(3));
  EXPECT_EQ(standin->request_count("europepmc"), 3U);
  const auto count = EuropePmc().Count("TITLE_ABS:\"magnesium\"");
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(*count, 7U);
}

TEST_F(OpenServicesTest, EuropePmcKnowsNoHitsOneHitAndFullLastPages) {
  for (const auto& [query, page_size, hits] : {std::tuple<const char*, std::size_t, std::size_t>{"nonesuch", 3, 0},
                                               {"\"migraine 4\"", 3, 1},
                                               {"magnesium", 7, 7},
                                               {"magnesium", 1, 7}}) {
    const auto search = EuropePmc(page_size).Search(query);
    ASSERT_THAT(search, IsOk()) << query;
    EXPECT_EQ(search->count, hits) << query;
    EXPECT_THAT(search->ids, SizeIs(hits)) << query;
  }
}

TEST_F(OpenServicesTest, ALongQueryOfEuropePmcIsPostedAndMeansTheSame) {
  std::string query = "magnesium";
  for (int i = 0; i < 200; ++i) query += fmt::format(" OR \"nonesuch {}\"", i);
  const auto search = EuropePmc().Search(query);
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(7));
  EXPECT_EQ(search->query_ran, query);
  for (const services::LoggedRequest& request : standin->log()) EXPECT_EQ(request.method, "POST");
}

TEST_F(OpenServicesTest, EuropePmcsRecordsHoldWhatIsKnownOfAWork) {
  const auto search = EuropePmc(1'000).Search("magnesium");
  ASSERT_THAT(search, IsOk());
  const auto body = archive->Read(search->documents.front());
  ASSERT_THAT(body, IsOk());
  const json record = json::parse(*body)["resultList"]["result"][2];
  EXPECT_EQ(record["doi"], "10.5555/Syn.3");
  EXPECT_EQ(record["authorString"], "Muller AB, Synthetic Group.");
  EXPECT_EQ(record["journalInfo"]["journal"]["issn"], "1234-5679");
  EXPECT_EQ(record["journalInfo"]["volume"], "7");
  EXPECT_EQ(record["pageInfo"], "11-19");
  EXPECT_THAT(record["abstractText"].get<std::string>(), HasSubstr("Low magnesium"));
  EXPECT_THAT(record["pubTypeList"]["pubType"].dump(), HasSubstr("Retracted Publication"));
}

TEST_F(OpenServicesTest, EveryFaultAtAPageOfEuropePmc) {
  ForEachFault("europepmc", [this]() -> Result<void> {
    LITMILL_TRY(const ServiceSearch search, EuropePmc().Search("magnesium"));
    EXPECT_EQ(search.count, 7U);
    EXPECT_THAT(search.ids, SizeIs(7));
    return {};
  });
}

TEST_F(OpenServicesTest, FaultsAtEachLaterPageOfEuropePmc) {
  for (const char* fault : {"cut_body", "http_503", "malformed_json", "cursor_lost", "version_alone",
                            "search_not_found", "wrong_hit_count", "reset_in_body"})
    for (const int page : {2, 3}) {
      Schedule(fmt::format("{}@europepmc:{}", fault, page));
      const auto search = EuropePmc().Search("magnesium");
      ASSERT_THAT(search, IsOk()) << fault << " " << page;
      EXPECT_THAT(search->ids, SizeIs(7)) << fault << " " << page;
      EXPECT_EQ(search->count, 7U) << fault << " " << page;
    }
}

TEST_F(OpenServicesTest, AHitCountThatStaysWrongIsNeverACompleteSearch) {
  Schedule("wrong_hit_count@europepmc:1,times=50");
  EXPECT_THAT(EuropePmc().Search("magnesium"), IsError(ErrorCode::kIntegrity));
}

TEST_F(OpenServicesTest, ASearchOfEuropePmcThatWasInterruptedGoesOn) {
  Schedule("http_500@europepmc:2,times=9");
  ASSERT_THAT(EuropePmc().Search("magnesium"), IsError(ErrorCode::kTransientRemote));
  ASSERT_THAT(standin->SetFaults({}), IsOk());
  standin->ClearLog();
  EuropePmcSettings settings;
  settings.base_url = standin->root_url() + "europepmc/webservices/rest/";
  settings.contact = kContact;
  settings.page_size = 3;
  const EuropePmcClient resumed(settings, AnswerSource(http.get(), archive.get(), "run"), &log);
  const auto search = resumed.Search("magnesium");
  ASSERT_THAT(search, IsOk());
  EXPECT_THAT(search->ids, SizeIs(7));
  EXPECT_EQ(standin->request_count("europepmc"), 2U);  // the first page was not asked for again
  ASSERT_THAT(resumed.Search("magnesium"), IsOk());
  EXPECT_EQ(standin->request_count("europepmc"), 2U);
  standin->ForgetCursors();
  standin->ClearLog();
  const EuropePmcClient another(settings, AnswerSource(http.get(), archive.get(), "run-2"), &log);
  ASSERT_THAT(another.Search("magnesium"), IsOk());
  EXPECT_EQ(standin->request_count("europepmc"), 3U);
}

TEST_F(OpenServicesTest, DataCiteHoldsTheWorksOfItsAgency) {
  const auto answers = LookUp(DataCite(), {"10.5281/DATA.1", "10.5555/syn.1", "10.9999/none"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kNotFound);
  EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kNotFound);
  ASSERT_THAT(bodies, SizeIs(1));
  const json attributes = json::parse(bodies[0])["data"]["attributes"];
  EXPECT_EQ(attributes["titles"][0]["title"], "A synthetic data set");
  EXPECT_EQ(attributes["descriptions"][0]["descriptionType"], "Abstract");
  EXPECT_EQ(attributes["creators"][0]["familyName"], "Muller");
  EXPECT_EQ(attributes["container"]["lastPage"], "9");
}

TEST_F(OpenServicesTest, EveryFaultAtDataCite) {
  ForEachFault("datacite", [this]() -> Result<void> {
    LITMILL_TRY(const auto answers, LookUp(DataCite(), {"10.5281/data.1"}));
    EXPECT_EQ(answers[0].outcome, DoiOutcome::kFound);
    return {};
  });
  for (const char* fault : {"cut_body", "empty_body", "cut_body_at", "cut_connection", "http_502"}) {
    Schedule(fmt::format("{}@datacite:1", fault));
    const auto unknown = LookUp(DataCite(), {"10.9999/none"});
    ASSERT_THAT(unknown, IsOk()) << fault;
    EXPECT_EQ((*unknown)[0].outcome, DoiOutcome::kNotFound) << fault;
  }
}

TEST_F(OpenServicesTest, OpenAlexAnswersABatchAndAliasesSingly) {
  const auto answers = LookUp(
      OpenAlex(), {"10.5555/syn.1", "10.5555/SYN.3", "10.5555/a,b", "10.5555/alias", "10.9999/none", "10.5281/data.1"});
  ASSERT_THAT(answers, IsOk());
  std::vector<DoiOutcome> outcomes;
  for (const DoiAnswer& answer : *answers) outcomes.push_back(answer.outcome);
  EXPECT_THAT(outcomes, ElementsAre(DoiOutcome::kFound, DoiOutcome::kFound, DoiOutcome::kFound, DoiOutcome::kAlias,
                                    DoiOutcome::kNotFound, DoiOutcome::kNotFound));
  EXPECT_EQ((*answers)[3].found_as, "10.5555/syn.1");
  const json works = json::parse(bodies[0])["results"];
  ASSERT_THAT(works, SizeIs(2));
  EXPECT_EQ(works[0]["abstract_inverted_index"]["Low"], json::array({0}));
  EXPECT_EQ(works[0]["abstract_inverted_index"]["is"], json::array({2, 6}));
  EXPECT_EQ(works[0]["is_retracted"], false);
  EXPECT_EQ(works[1]["is_retracted"], true);
  EXPECT_EQ(works[1]["biblio"]["first_page"], "11");
  EXPECT_EQ(works[1]["authorships"][0]["author"]["display_name"], "Ann B. Muller");
}

TEST_F(OpenServicesTest, EveryFaultAtABatchAndAtAWorkOfOpenAlex) {
  ForEachFault("openalex", [this]() -> Result<void> {
    LITMILL_TRY(const auto answers, LookUp(OpenAlex(), {"10.5555/syn.1", "10.5555/syn.2"}));
    for (const DoiAnswer& answer : answers) EXPECT_EQ(answer.outcome, DoiOutcome::kFound);
    return {};
  });
  for (const char* fault : {"cut_body", "empty_body", "cut_body_at", "cut_connection", "http_502", "malformed_json"}) {
    Schedule(fmt::format("{}@openalex:1", fault));
    const auto one = LookUp(OpenAlex(), {"10.5555/a,b"});
    ASSERT_THAT(one, IsOk()) << fault;
    EXPECT_EQ((*one)[0].outcome, DoiOutcome::kFound) << fault;
    Schedule(fmt::format("{}@openalex:1", fault));
    const auto unknown = LookUp(OpenAlex(), {"10.9999/none"});
    ASSERT_THAT(unknown, IsOk()) << fault;
    EXPECT_EQ((*unknown)[0].outcome, DoiOutcome::kNotFound) << fault;
  }
}

TEST_F(OpenServicesTest, TheQuotaOfOpenAlexEndsTheLookUpAndAWrongKeyToo) {
  standin->SetServiceQuota("openalex", 1);
  ASSERT_THAT(LookUp(OpenAlex(), {"10.5555/syn.1", "10.5555/syn.2"}), IsOk());
  // A single work costs nothing.
  ASSERT_THAT(LookUp(OpenAlex(), {"10.5555/syn.1"}), IsOk());
  standin->SetServiceKey("openalex", "another key");
  const auto wrong = LookUp(OpenAlex(kServiceKey), {"10.5555/syn.1", "10.5555/syn.2"});
  ASSERT_THAT(wrong, IsError(ErrorCode::kPermanentRemote));
  standin->SetServiceKey("openalex", kServiceKey);
  const auto used_up = LookUp(OpenAlex(kServiceKey), {"10.5555/syn.1", "10.5555/syn.2"});
  ASSERT_THAT(used_up, IsError(ErrorCode::kThrottled));
  EXPECT_THAT(used_up.error().message, HasSubstr("43200 s"));
  EXPECT_THAT(used_up.error().message, HasSubstr("quota of the day"));
  std::string all = log.AllText() + wrong.error().message + used_up.error().message;
  for (const char* file : {"raw.sqlar", "raw.sqlar-wal"})
    if (const auto text = litmill::testing::ReadTestFile(folder.File(file)); !text.empty()) all += text;
  EXPECT_THAT(all, Not(HasSubstr(kServiceKey)));
  EXPECT_THAT(AsciiLower(all), Not(HasSubstr("someone+review")));
}

TEST_F(OpenServicesTest, UnpaywallKnowsTheWorksOfCrossref) {
  const auto answers = LookUp(Unpaywall(), {"10.5555/syn.1", "10.5555/SYN.2", "10.5281/data.1", "10.9999/none"});
  ASSERT_THAT(answers, IsOk());
  EXPECT_EQ((*answers)[0].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[1].outcome, DoiOutcome::kFound);
  EXPECT_EQ((*answers)[2].outcome, DoiOutcome::kNotFound);
  EXPECT_EQ((*answers)[3].outcome, DoiOutcome::kNotFound);
  EXPECT_EQ(json::parse(bodies[0])["is_oa"], false);
  EXPECT_THAT(json::parse(bodies[1])["best_oa_location"]["url_for_pdf"].get<std::string>(), HasSubstr("PMC9900002"));
  for (const services::LoggedRequest& request : standin->log()) EXPECT_TRUE(request.has_email);
}

TEST_F(OpenServicesTest, EveryFaultAtUnpaywall) {
  ForEachFault("unpaywall", [this]() -> Result<void> {
    LITMILL_TRY(const auto answers, LookUp(Unpaywall(), {"10.5555/syn.2"}));
    EXPECT_EQ(answers[0].outcome, DoiOutcome::kFound);
    return {};
  });
  for (const char* fault : {"cut_body", "empty_body", "cut_body_at", "cut_connection", "http_502"}) {
    Schedule(fmt::format("{}@unpaywall:1", fault));
    const auto unknown = LookUp(Unpaywall(), {"10.9999/none"});
    ASSERT_THAT(unknown, IsOk()) << fault;
    EXPECT_EQ((*unknown)[0].outcome, DoiOutcome::kNotFound) << fault;
  }
}

TEST_F(OpenServicesTest, TheContactWasSentToAllAndIsNowhere) {
  ASSERT_THAT(EuropePmc().Search("magnesium"), IsOk());
  ASSERT_THAT(LookUp(DataCite(), {"10.5281/data.1", "10.9999/none"}), IsOk());
  ASSERT_THAT(LookUp(OpenAlex(), {"10.5555/syn.1", "10.5555/syn.2", "10.9999/none"}), IsOk());
  ASSERT_THAT(LookUp(Unpaywall(), {"10.5555/syn.1", "10.9999/none"}), IsOk());
  Schedule("redirect_other_host@unpaywall:1");
  const auto refused = LookUp(Unpaywall(), {"10.5555/syn.4"});
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  for (const services::LoggedRequest& request : standin->log()) EXPECT_TRUE(request.has_email) << request.endpoint;
  std::string all = log.AllText() + refused.error().message;
  for (const auto& [source, kind] : {std::pair<const char*, const char*>{"europepmc", "search"},
                                     {"datacite", "doi"},
                                     {"openalex", "works"},
                                     {"unpaywall", "doi"}}) {
    int documents = 0;
    ASSERT_THAT(archive->ForEach(source, kind,
                                 [&](const Provenance& document) -> Result<void> {
                                   LITMILL_TRY(const std::string body, archive->Read(document));
                                   all += body + document.request;
                                   ++documents;
                                   return {};
                                 }),
                IsOk());
    EXPECT_GE(documents, 1) << source;
  }
  all = AsciiLower(all);
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
}

TEST_F(OpenServicesTest, TheRatesOfTheClientsAreTheOnesTheServicesAllow) {
  services::StandinOptions options;
  options.enforce_limit = true;
  auto strict = services::Standin::Start(options);
  ASSERT_THAT(strict, IsOk());
  (*strict)->AddWork({"10.5281/data", "DataCite"});
  auto paced = RateBudget::Open(folder.path(), "paced", DataCiteIntervalMs(/*has_contact=*/true), clock, sleeper);
  ASSERT_THAT(paced, IsOk());
  HttpClient client({transport.get(), paced->get(), archive.get(), &clock, &sleeper, &log}, {}, "run", {}, 1, kContact);
  const DataCiteClient datacite({(*strict)->root_url(), "litmill", kContact}, &client, &log);
  std::vector<std::string> dois{"10.5281/data"};
  for (int i = 0; i < 6; ++i) dois.push_back(fmt::format("10.5281/none.{}", i));
  ASSERT_THAT(datacite.LookUpAll(dois, [](const Answer&) -> Result<void> { return {}; }), IsOk());
  for (const services::LoggedRequest& request : (*strict)->log()) EXPECT_NE(request.status, 429);
}

}  // namespace
}  // namespace litmill::fetch
