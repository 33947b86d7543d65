// SPDX-License-Identifier: Apache-2.0
#include "store/enrichment.h"

#include <gmock/gmock.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::AskedId;
using store::OutcomeState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EnrichmentTest : public ::testing::Test {
 protected:
  std::int64_t Begin(const std::string& uuid, const std::string& started_at = "2024-01-10T00:00:00Z",
                     const std::string& command = "run") {
    const auto run = corpus_->BeginRun({0, uuid, command, "0.1", "c", "r", started_at, "", ""});
    EXPECT_THAT(run, IsOk());
    return run->run_id;
  }
  void PutWithDoi(const std::string& source, const std::string& source_id, const std::vector<std::string>& dois,
                  bool valid = true, const std::string& pmid = {}) {
    Record record = SmallRecord(source_id, "A title");
    record.source = source;
    record.identifiers.clear();
    for (const std::string& doi : dois) record.identifiers.push_back({"doi", doi, doi, "test", valid});
    if (!pmid.empty()) record.identifiers.push_back({"pmid", pmid, pmid, "test", true});
    Put(*corpus_, record);
  }
  std::vector<std::string> Without(const std::string& source, const std::string& since = {}) {
    const auto dois = store::DoisWithout(*corpus_, source, since);
    EXPECT_THAT(dois, IsOk());
    return dois.value_or(std::vector<std::string>{"failed"});
  }
  void Set(std::int64_t run_id, const std::string& source, const std::string& id, OutcomeState state) {
    ASSERT_THAT(corpus_->BeginBatch(), IsOk());
    ASSERT_THAT(corpus_->SetOutcome(run_id, source, id, state, "why"), IsOk());
    ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(EnrichmentTest, OneDoiOfEachWorkThatTheSourceLacksAscending) {
  PutWithDoi("pubmed", "1", {"10.5555/z"}, true, "1");
  PutWithDoi("pubmed", "2", {"10.5555/a", "10.5555/b"}, true, "2");
  PutWithDoi("pubmed", "3", {}, true, "3");
  PutWithDoi("pubmed", "4", {"10.5555/invalid"}, false, "4");
  PutWithDoi("scopus", "s3", {"10.5555/of-scopus"}, true, "3");  // the work has it from another database
  ASSERT_THAT(corpus_->LinkWorks(), IsOk());
  EXPECT_THAT(Without("crossref"), ElementsAre("10.5555/a", "10.5555/of-scopus", "10.5555/z"));
  PutWithDoi("crossref", "10.5555/z", {"10.5555/z"});
  ASSERT_THAT(corpus_->LinkWorks(), IsOk());
  EXPECT_THAT(Without("crossref"), ElementsAre("10.5555/a", "10.5555/of-scopus"));
  EXPECT_THAT(Without("openalex"), ElementsAre("10.5555/a", "10.5555/of-scopus", "10.5555/z"));
}

TEST_F(EnrichmentTest, DeletedWorksAreNotAskedFor) {
  PutWithDoi("pubmed", "1", {"10.5555/a"}, true, "1");
  PutDeletion(*corpus_, "1", 1, "2030-01-01T00:00:00Z");
  EXPECT_THAT(Without("crossref"), IsEmpty());
}

TEST_F(EnrichmentTest, ADoiOfSeveralWorksIsNotAskedFor) {
  PutWithDoi("pubmed", "1", {"10.5555/shared"}, true, "1");
  PutWithDoi("pubmed", "2", {"10.5555/shared"}, true, "2");
  PutWithDoi("pubmed", "3", {"10.5555/own"}, true, "3");
  ASSERT_THAT(corpus_->LinkWorks(), IsOk());
  EXPECT_THAT(Without("crossref"), ElementsAre("10.5555/own"));
}

TEST_F(EnrichmentTest, WhatTheSourceDidNotKnowLatelyIsNotAskedForAgain) {
  PutWithDoi("pubmed", "1", {"10.5555/a"}, true, "1");
  PutWithDoi("pubmed", "2", {"10.5555/b"}, true, "2");
  const std::int64_t run_id = Begin("a", "2024-01-10T00:00:00Z");
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "crossref", {"10.5555/a", "10.5555/b"}), IsOk());
  Set(run_id, "crossref", "10.5555/a", OutcomeState::kNotFound);
  Set(run_id, "crossref", "10.5555/b", OutcomeState::kFailed);
  EXPECT_THAT(Without("crossref", "2024-01-10T00:00:00Z"), ElementsAre("10.5555/b"));
  EXPECT_THAT(Without("crossref", "2024-01-10T00:00:01Z"), ElementsAre("10.5555/a", "10.5555/b"));
  EXPECT_THAT(Without("crossref", ""), ElementsAre("10.5555/a", "10.5555/b"));
  EXPECT_THAT(Without("openalex", "2024-01-10T00:00:00Z"), ElementsAre("10.5555/a", "10.5555/b"));
}

TEST_F(EnrichmentTest, ARunFromTheArchiveAloneSaysNothingAboutTheSource) {
  PutWithDoi("pubmed", "1", {"10.5555/a"}, true, "1");
  const std::int64_t run_id = Begin("a", "2024-01-10T00:00:00Z", "run --offline");
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "crossref", {"10.5555/a"}), IsOk());
  Set(run_id, "crossref", "10.5555/a", OutcomeState::kNotFound);
  EXPECT_THAT(Without("crossref", "2024-01-01T00:00:00Z"), ElementsAre("10.5555/a"));
}

TEST_F(EnrichmentTest, ARecordFitsTheWorkThatItWouldBeLinkedWith) {
  PutWithDoi("pubmed", "1", {"10.5555/a"}, true, "1");
  PutWithDoi("pubmed", "2", {"10.5555/b"}, true, "2");
  Force(*corpus_,
        "INSERT INTO related_records (record_id, position, ref_type) SELECT record_id, 90, 'ErratumFor' FROM "
        "source_records WHERE source_id = '2'");
  const auto fits = [this](const std::string& doi, const std::string& pmid, bool is_notice) {
    Record record = SmallRecord("W1", "A title");
    record.source = "openalex";
    record.identifiers = {{"doi", doi, doi, "test", true}};
    if (!pmid.empty()) record.identifiers.push_back({"pmid", pmid, pmid, "test", true});
    record.related.clear();
    record.publication_types.clear();
    if (is_notice) record.related.push_back({"RetractionOf", "", "", ""});
    const auto answer = store::FitsWork(*corpus_, record, doi);
    EXPECT_THAT(answer, IsOk());
    return answer.value_or(false);
  };
  EXPECT_TRUE(fits("10.5555/a", "", false));
  EXPECT_TRUE(fits("10.5555/a", "1", false));
  EXPECT_FALSE(fits("10.5555/a", "2", false)) << "another PMID";
  EXPECT_FALSE(fits("10.5555/a", "", true)) << "a notice about it";
  EXPECT_TRUE(fits("10.5555/a", "1", true)) << "the PMID decides";
  EXPECT_FALSE(fits("10.5555/b", "", false)) << "the work is a notice";
  EXPECT_TRUE(fits("10.5555/b", "", true));
  EXPECT_TRUE(fits("10.5555/nobody", "9", false));
}

TEST_F(EnrichmentTest, WhatIsAskedIsCountedOnceAndTheSumsBalance) {
  const std::int64_t run_id = Begin("a");
  ASSERT_THAT(corpus_->PutSearch({"q", "", "pubmed", "", "t", "now", "", "", 1, {"7"}}, run_id), IsOk());
  ASSERT_THAT(corpus_->Plan(run_id, {}, 0, ""), IsOk());
  for (int i = 0; i < 2; ++i)
    ASSERT_THAT(store::AddAsked(*corpus_, run_id, "crossref", {"10.5555/a", "10.5555/b"}), IsOk());
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "unpaywall", {"10.5555/a"}), IsOk());
  auto totals = corpus_->Totals(run_id);
  EXPECT_EQ(totals->plan.found, 4U);
  EXPECT_EQ(totals->plan.asked, 4U);
  EXPECT_EQ(totals->pending, 4U);
  EXPECT_FALSE(totals->Balanced());
  Set(run_id, "pubmed", "7", OutcomeState::kNotFound);
  Set(run_id, "crossref", "10.5555/a", OutcomeState::kNotFound);
  Set(run_id, "crossref", "10.5555/b", OutcomeState::kFailed);
  Set(run_id, "unpaywall", "10.5555/a", OutcomeState::kNotFound);
  EXPECT_TRUE(corpus_->Totals(run_id)->Balanced());
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(EnrichmentTest, WhatFailedIsAskedAgainByTheRunThatGoesOn) {
  const std::int64_t run_id = Begin("a");
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "crossref", {"10.5555/b", "10.5555/a", "10.5555/c"}), IsOk());
  Set(run_id, "crossref", "10.5555/a", OutcomeState::kFailed);
  Set(run_id, "crossref", "10.5555/b", OutcomeState::kNotFound);
  EXPECT_EQ(store::AskedIds(*corpus_, run_id, "crossref").value(),
            (std::vector<AskedId>{{"10.5555/a", false}, {"10.5555/b", false}, {"10.5555/c", true}}));
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "crossref", {"10.5555/a", "10.5555/b"}), IsOk());
  EXPECT_EQ(store::AskedIds(*corpus_, run_id, "crossref").value(),
            (std::vector<AskedId>{{"10.5555/a", true}, {"10.5555/b", false}, {"10.5555/c", true}}));
  EXPECT_EQ(Ask(*corpus_, "SELECT reason FROM outcomes WHERE source_id = '10.5555/a'"), "NULL");
  EXPECT_EQ(corpus_->Totals(run_id)->plan.asked, 3U);
}

TEST_F(EnrichmentTest, ARebuildThatSearchesNothingBalancesToo) {
  const std::int64_t run_id = Begin("a", "2024-01-10T00:00:00Z", "rebuild");
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "openalex", {"10.5555/a"}), IsOk());
  EXPECT_EQ(corpus_->Totals(run_id)->plan.found, 1U);
  PutWithDoi("openalex", "W1", {"10.5555/a"});
  Set(run_id, "openalex", "10.5555/a", OutcomeState::kStored);
  EXPECT_TRUE(corpus_->Totals(run_id)->Balanced());
  EXPECT_EQ(FailedChecks(*corpus_), "") << "the record is there under the source's own number";
}

TEST_F(EnrichmentTest, AStoredOutcomeWithoutARecordIsNoticed) {
  const std::int64_t run_id = Begin("a");
  ASSERT_THAT(store::AddAsked(*corpus_, run_id, "openalex", {"10.5555/a"}), IsOk());
  PutWithDoi("pubmed", "1", {"10.5555/a"});
  Set(run_id, "openalex", "10.5555/a", OutcomeState::kStored);
  EXPECT_NE(FailedChecks(*corpus_), "");
}

}  // namespace
}  // namespace litmill::testing
