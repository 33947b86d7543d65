// SPDX-License-Identifier: Apache-2.0
// The ID converter, doi.org and Crossref over real HTTP against their stand-ins: every fault they know, at each of
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "core/unicode.h"
#include "fetch/fetch.h"
#include "tests/fetch/standin_rig.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kContact;
using ::testing::Not;
using ::testing::SizeIs;
using testing::StandinRig;

const std::string kSici = "10.1002/(SICI)1096-8644(199610)101:2<159::AID-SYN4>3.0.CO;2-Y";

struct WorksTest : StandinRig {
  void SetUp() override {
    StandinRig::SetUp();
    ASSERT_NE(http, nullptr);
    for (std::uint32_t i = 1; i <= 5; ++i)
      standin->AddWork({fmt::format("10.5555/Syn.{}", i), "Crossref", 90000000 + i, fmt::format("PMC990000{}", i), 2});
    standin->AddWork({kSici});
    standin->AddWork({"10.5555/per%2fcent//x"});
    standin->AddWork({"10.5555/a,b"});
    services::RegisteredWork alias{"10.5555/alias"};
    alias.alias_of = "10.5555/Syn.1";
    standin->AddWork(alias);
    standin->AddWork({"10.5281/data", "DataCite"});
    standin->AddWork({"10.5555/nobody", ""});
    services::RegisteredWork hidden{"10.5555/hidden", "Crossref", 90000009, "PMC9900009"};
    hidden.live = false;
    standin->AddWork(hidden);
  }

  IdConverter Converter() {
    return {{standin->root_url() + "tools/idconv/api/v1/articles/", "litmill", kContact, 200}, http.get(), &log};
  }
  DoiAgencyClient Agencies() { return {{standin->root_url() + "doiRA/", 50}, http.get(), &log}; }
  CrossrefClient Crossref() {
    CrossrefSettings settings;
    settings.base_url = standin->root_url();
    settings.contact = kContact;
    settings.page_size = 3;
    return {settings, http.get(), http.get(), &log};
  }
  static CrossrefClient::OnDocument Ignore() {
    return [](const Answer&) -> Result<void> { return {}; };
  }
};

TEST_F(WorksTest, ThreeKindsOfIdsLeadToTheSameArticle) {
  const auto by_pmid = Converter().Convert(ArticleIdType::kPmid, {"90000002", "90000009", "7"});
  const auto by_pmcid = Converter().Convert(ArticleIdType::kPmcid, {"PMC9900002"});
  const auto by_doi = Converter().Convert(ArticleIdType::kDoi, {"10.5555/syn.2", kSici});
  ASSERT_THAT(by_pmid, IsOk());
  ASSERT_THAT(by_pmcid, IsOk());
  ASSERT_THAT(by_doi, IsOk());
  for (const IdConversion& found : {by_pmid->front(), by_pmcid->front(), by_doi->front()}) {
    EXPECT_EQ(found.outcome, ConversionOutcome::kConverted);
    EXPECT_EQ(found.pmid, 90000002U);
    EXPECT_EQ(found.pmcid, "PMC9900002");
    EXPECT_EQ(found.doi, "10.5555/Syn.2");
    ASSERT_THAT(found.versions, SizeIs(2));
    EXPECT_TRUE(found.versions[1].current);
  }
  EXPECT_EQ((*by_pmid)[1].outcome, ConversionOutcome::kInvalid);
  EXPECT_FALSE((*by_pmid)[1].live);
  EXPECT_EQ((*by_pmid)[2].outcome, ConversionOutcome::kNotInPmc);
  EXPECT_EQ((*by_doi)[1].outcome, ConversionOutcome::kNotInPmc);
  EXPECT_EQ(standin->request_count("idconv"), 3U);
}

TEST_F(WorksTest, AnIdOfTheWrongTypeCostsOneId) {
  const auto results = Converter().Convert(ArticleIdType::kDoi, {"10.5555/syn.1", "4711", "10.5555/syn.3"});
  ASSERT_THAT(results, IsOk());
  EXPECT_EQ((*results)[0].pmid, 90000001U);
  EXPECT_EQ((*results)[1].outcome, ConversionOutcome::kFailed);
  EXPECT_THAT((*results)[1].message, HasSubstr("mismatch for '4711'"));
  EXPECT_EQ((*results)[2].pmid, 90000003U);
}

TEST_F(WorksTest, EachDoiHasItsAgency) {
  const auto answers =
      Agencies().LookUp({"10.5555/syn.1", "10.5281/DATA", "10.9999/none", "10.5555/nobody", "doi", kSici});
  ASSERT_THAT(answers, IsOk());
  std::vector<std::string> seen;
  for (const DoiAgencyAnswer& answer : *answers)
    seen.push_back(fmt::format("{} {}", static_cast<int>(answer.outcome), answer.agency));
  EXPECT_THAT(seen, ElementsAre("0 Crossref", "0 DataCite", "1 ", "3 ", "2 ", "0 Crossref"));
  EXPECT_EQ(standin->request_count("doira"), 1U);
}

TEST_F(WorksTest, CrossrefKnowsOddDoisAliasesAndWhatItDoesNotHave) {
  std::string documents;
  const auto answers = Crossref().LookUpAll(
      {"10.5555/syn.1", kSici, "10.5555/per%2fcent//x", "10.5555/a,b", "10.5555/alias", "10.5281/data", "10.9999/none"},
      [&](const Answer& answer) -> Result<void> {
        documents += answer.response.body;
        return {};
      });
  ASSERT_THAT(answers, IsOk());
  std::vector<CrossrefOutcome> outcomes;
  for (const CrossrefAnswer& answer : *answers) outcomes.push_back(answer.outcome);
  constexpr auto kFound = CrossrefOutcome::kFound;
  EXPECT_THAT(outcomes, ElementsAre(kFound, kFound, kFound, kFound, CrossrefOutcome::kAlias, CrossrefOutcome::kNotFound,
                                    CrossrefOutcome::kNotFound));
  EXPECT_EQ((*answers)[4].found_as, "10.5555/Syn.1");
  EXPECT_EQ(standin->request_count("crossref_list"), 1U);
  for (const std::string& doi : {std::string("10.5555/Syn.1"), kSici, std::string("10.5555/a,b")})
    EXPECT_THAT(documents, HasSubstr(fmt::format("\"DOI\":\"{}\"", doi)));
}

TEST_F(WorksTest, EveryFaultAtTheIdConverter) {
  ForEachFault("idconv", [this]() -> Result<void> {
    LITMILL_TRY(const auto results, Converter().Convert(ArticleIdType::kPmid, {"90000001", "90000002", "7"}));
    EXPECT_EQ(results[0].pmcid, "PMC9900001");
    EXPECT_EQ(results[1].pmcid, "PMC9900002");
    EXPECT_EQ(results[2].outcome, ConversionOutcome::kNotInPmc);
    return {};
  });
}

TEST_F(WorksTest, EveryFaultAtTheRegisterOfAgencies) {
  ForEachFault("doira", [this]() -> Result<void> {
    LITMILL_TRY(const auto answers, Agencies().LookUp({"10.5555/syn.1", "10.5281/data"}));
    EXPECT_EQ(answers[0].agency, "Crossref");
    EXPECT_EQ(answers[1].agency, "DataCite");
    return {};
  });
}

TEST_F(WorksTest, EveryFaultAtAWorkAndAtAnUnknownOne) {
  ForEachFault("crossref_work", [this]() -> Result<void> {
    LITMILL_TRY(const CrossrefAnswer work, Crossref().LookUp("10.5555/syn.2", Ignore()));
    EXPECT_EQ(work.outcome, CrossrefOutcome::kFound);
    return {};
  });
  for (const char* fault : {"cut_body", "empty_body", "cut_body_at", "cut_connection", "http_502"}) {
    Schedule(fmt::format("{}@crossref_work:1", fault));
    const auto unknown = Crossref().LookUp("10.9999/none", Ignore());
    ASSERT_THAT(unknown, IsOk()) << fault;
    EXPECT_EQ(unknown->outcome, CrossrefOutcome::kNotFound) << fault;
  }
}

TEST_F(WorksTest, EveryFaultAtABatchAndAtEachPageOfAList) {
  ForEachFault("crossref_list", [this]() -> Result<void> {
    LITMILL_TRY(const auto answers, Crossref().LookUpAll({"10.5555/syn.1", "10.5555/syn.2"}, Ignore()));
    for (const CrossrefAnswer& answer : answers) EXPECT_EQ(answer.outcome, CrossrefOutcome::kFound);
    return {};
  });
  for (const char* fault : {"cut_body", "http_503", "exception_500", "cursor_lost", "malformed_json", "stall"})
    for (int page = 1; page <= 3; ++page) {
      Schedule(fmt::format("{}@crossref_list:{}", fault, page));
      const auto list = Crossref().List("type:journal-article", Ignore());
      ASSERT_THAT(list, IsOk()) << fault << " " << page;
      EXPECT_EQ(list->total, 9U);
      EXPECT_THAT(list->dois, SizeIs(9)) << fault << " " << page;
    }
}

TEST_F(WorksTest, ABadFilterIsRefusedInTheServicesWords) {
  const auto list = Crossref().List("has_abstract:1", Ignore());
  ASSERT_THAT(list, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(list.error().message, HasSubstr("filter-not-available"));
}

TEST_F(WorksTest, TheContactWasSentAndIsNowhere) {
  ASSERT_THAT(Converter().Convert(ArticleIdType::kPmid, {"90000001"}), IsOk());
  ASSERT_THAT(Crossref().LookUp("10.5555/syn.1", Ignore()), IsOk());
  ASSERT_THAT(Crossref().List("type:journal-article", Ignore()), IsOk());
  Schedule("http_500@crossref_work:1,times=9");
  const auto failed = Crossref().LookUp("10.5555/syn.1", Ignore());
  Schedule("redirect_other_host@crossref_list:1");
  const auto refused = Crossref().List("type:journal-article", Ignore());
  ASSERT_THAT(refused, IsError(ErrorCode::kPermanentRemote));
  for (const services::LoggedRequest& request : standin->log()) EXPECT_TRUE(request.has_email) << request.endpoint;
  std::string all = log.AllText() + refused.error().message + (failed ? failed->message : failed.error().message);
  for (const auto& [source, kind] :
       {std::pair<const char*, const char*>{"idconv", "convert"}, {"crossref", "work"}, {"crossref", "list"}}) {
    int documents = 0;
    ASSERT_THAT(archive->ForEach(source, kind,
                                 [&](const Provenance& document) -> Result<void> {
                                   LITMILL_TRY(const std::string body, archive->Read(document));
                                   all += body + document.request;
                                   ++documents;
                                   return {};
                                 }),
                IsOk());
    EXPECT_GE(documents, 1) << kind;
  }
  all = AsciiLower(all);
  EXPECT_THAT(all, Not(HasSubstr("someone+review")));
  EXPECT_THAT(all, Not(HasSubstr("someone%2breview")));
}

}  // namespace
}  // namespace litmill::fetch
