// SPDX-License-Identifier: Apache-2.0
// The whole stage over real HTTP against the stand-in of NCBI: every fault it knows, at the search and at the fetch.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include <fmt/format.h>

#include "fetch/fetch.h"
#include "tests/services/standin.h"
#include "tests/support/fakes.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

std::string SyntheticRecords(const std::vector<std::uint32_t>& pmids) {
  std::string xml = "<?xml version=\"1.0\"?><PubmedArticleSet>";
  for (const std::uint32_t pmid : pmids)
    xml += fmt::format(
        "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID "
        "Version=\"1\">{}</PMID><DateRevised><Year>2026</Year><Month>{:02}</Month>"
        "<Day>01</Day></DateRevised><Article PubModel=\"Print\"><Journal><JournalIssue "
        "CitedMedium=\"Internet\"><PubDate><Year>2020</Year></PubDate>"
        "</JournalIssue><Title>J Synthetic</Title></Journal><ArticleTitle>A synthetic "
        "record.</ArticleTitle><Language>eng</Language>"
        "<PublicationTypeList><PublicationType UI=\"D016428\">Journal "
        "Article</PublicationType></PublicationTypeList></Article></MedlineCitation>"
        "<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId "
        "IdType=\"pubmed\">{}</ArticleId></ArticleIdList></PubmedData>"
        "</PubmedArticle>",
        pmid, 1 + pmid % 12, pmid);
  return xml + "</PubmedArticleSet>";
}

class StandinTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (std::uint32_t i = 0; i < 40; ++i) pmids_.push_back(i < 20 ? 100 + i : 2'000'000 * i + i);
    services::StandinOptions options;
    options.enforce_limit = false;
    auto started = services::Standin::Start(options);
    ASSERT_THAT(started, IsOk());
    standin_ = std::move(*started);
    standin_->LoadXml(SyntheticRecords(pmids_));
    ASSERT_THAT(standin_->pmids(), SizeIs(pmids_.size()));
    auto budget = RateBudget::Open(folder_.path(), "standin", 1, clock_, sleeper_);
    auto archive = RawArchive::Open(folder_.File("raw.sqlar"));
    ASSERT_THAT(budget, IsOk());
    ASSERT_THAT(archive, IsOk());
    budget_ = std::move(*budget);
    archive_ = std::move(*archive);
    TransportLimits limits;
    limits.stall_timeout_s = 1;
    transport_ = std::make_unique<CurlTransport>(limits, "litmill-test", nullptr);
    RetryPolicy policy;
    policy.first_delay_ms = 1;
    http_ = std::make_unique<HttpClient>(
        HttpClient::Parts{transport_.get(), budget_.get(), archive_.get(), &clock_, &sleeper_, &log_}, policy, "run",
        std::vector<std::string>{}, 1);
  }

  PubmedClient Client(std::uint32_t cap = 9'999) {
    PubmedSettings settings;
    settings.base_url = standin_->base_url();
    settings.search_cap = cap;
    settings.batch_size = 20;
    return {settings, http_.get(), &log_};
  }

  void Schedule(const std::string& rule) {
    auto parsed = services::ParseFaultRule(rule);
    ASSERT_THAT(parsed, IsOk()) << rule;
    ASSERT_THAT(standin_->SetFaults({*parsed}), IsOk()) << rule;
  }

  const std::string term_ = "synthetic[ti]";
  std::vector<std::uint32_t> pmids_;
  litmill::testing::TempDir folder_;
  SystemClock clock_;
  SystemSleeper sleeper_;
  litmill::testing::RecordingLogger log_;
  std::unique_ptr<services::Standin> standin_;
  std::unique_ptr<RateBudget> budget_;
  std::unique_ptr<RawArchive> archive_;
  std::unique_ptr<CurlTransport> transport_;
  std::unique_ptr<HttpClient> http_;
};

TEST_F(StandinTest, SearchesOverTheCapAndFindsWhatChanged) {
  standin_->set_search_cap(7);
  const auto result = Client(7).Search(term_);
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(result->pmids, ElementsAreArray(pmids_));
  EXPECT_GT(result->parts.size(), 5U);
  standin_->set_search_cap(9'999);
  const auto changed = Client().SearchModifiedSince(term_, "2026-10-01");
  ASSERT_THAT(changed, IsOk());
  std::vector<std::uint32_t> expected;
  for (const std::uint32_t pmid : pmids_)
    if (1 + pmid % 12 >= 10) expected.push_back(pmid);
  EXPECT_THAT(changed->pmids, ElementsAreArray(expected));
}

TEST_F(StandinTest, EveryFaultAtASearch) {
  for (const services::FaultInfo& fault : services::AllFaults()) {
    if (!services::FaultApplies(fault, "esearch")) continue;
    Schedule(fmt::format("{}@esearch:1", fault.name));
    const auto result = Client().Search(term_);
    if (fault.remedy == services::Remedy::kRefuse) {
      EXPECT_THAT(result, IsError(ErrorCode::kPermanentRemote)) << fault.name;
      continue;
    }
    ASSERT_THAT(result, IsOk()) << fault.name;
    EXPECT_THAT(result->pmids, ElementsAreArray(pmids_)) << fault.name;
  }
}

TEST_F(StandinTest, EveryFaultAtAFetch) {
  for (const services::FaultInfo& fault : services::AllFaults()) {
    if (!services::FaultApplies(fault, "efetch")) continue;
    Schedule(fmt::format("{}@efetch:1", fault.name));
    std::string documents;
    const auto result = Client().Fetch(
        {pmids_.begin(), pmids_.begin() + 20},
        [&](const Answer& answer) -> Result<void> {
          const auto kept = archive_->Read(answer.provenance);
          EXPECT_THAT(kept, IsOk());
          EXPECT_EQ(kept.value_or(""), answer.response.body);
          documents += answer.response.body;
          return {};
        },
        [&](std::uint32_t pmid, const Error& error) { ADD_FAILURE() << fault.name << " " << pmid << error.message; });
    if (fault.remedy == services::Remedy::kRefuse) {
      EXPECT_THAT(result, IsError(ErrorCode::kPermanentRemote)) << fault.name;
      continue;
    }
    ASSERT_THAT(result, IsOk()) << fault.name;
    if (fault.remedy == services::Remedy::kReconcile)
      continue;  // whole as a document; what it holds is for parse to say
    for (std::size_t i = 0; i < 20; ++i)
      EXPECT_NE(documents.find(fmt::format("<PMID Version=\"1\">{}</PMID>", pmids_[i])), std::string::npos)
          << fault.name << " " << pmids_[i];
  }
}

TEST_F(StandinTest, ARecordThatIsAlwaysBrokenIsNamedAndTheOthersAreServed) {
  for (const char* fault : {"http_500", "cut_body", "reset_before_headers", "reset_in_body", "gzip_cut"}) {
    Schedule(fmt::format("{}@efetch:pmid={}", fault, pmids_[0]));
    std::map<std::uint32_t, ErrorCode> failed;
    std::string documents;
    const auto result = Client().Fetch(
        {pmids_.begin(), pmids_.begin() + 20},
        [&](const Answer& answer) -> Result<void> {
          documents += answer.response.body;
          return {};
        },
        [&](std::uint32_t pmid, const Error& error) { failed[pmid] = error.code; });
    ASSERT_THAT(result, IsOk()) << fault;
    EXPECT_EQ(failed, (std::map<std::uint32_t, ErrorCode>{{pmids_[0], ErrorCode::kTransientRemote}})) << fault;
    for (std::size_t i = 1; i < 20; ++i)
      EXPECT_NE(documents.find(fmt::format(">{}</PMID>", pmids_[i])), std::string::npos) << fault << " " << pmids_[i];
  }
}

}  // namespace
}  // namespace litmill::fetch
