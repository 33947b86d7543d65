// SPDX-License-Identifier: Apache-2.0
// Searches and the plan made of them.
#include <gtest/gtest.h>

#include "store/run_log.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class SearchLogTest : public ::testing::Test {
 protected:
  std::int64_t Run(const std::string& started_at = "2024-01-01T00:00:00Z") {
    const auto run =
        corpus_->BeginRun({0, "run " + std::to_string(++runs_), "run", "0.1", "c", "r", started_at, "", ""});
    EXPECT_THAT(run, IsOk());
    return run ? run->run_id : 0;
  }
  void Search(std::int64_t run_id, const std::string& query, const std::vector<std::uint32_t>& pmids,
              const std::string& term = "t") {
    std::vector<std::string> ids;
    for (const std::uint32_t pmid : pmids) ids.push_back(std::to_string(pmid));
    SearchIn("pubmed", run_id, query, ids, term);
  }
  void SearchIn(const std::string& source, std::int64_t run_id, const std::string& query,
                const std::vector<std::string>& ids, const std::string& term = "t") {
    EXPECT_THAT(corpus_->PutSearch({query, "label", source, "web", term, "now", "as \"t\"", "{}", ids.size(), ids,
                                    "strategy", "limits"},
                                   run_id),
                IsOk());
  }
  void Finish(std::int64_t run_id) {
    EXPECT_THAT(corpus_->FinishRun(run_id, "complete", "2024-01-01T01:00:00Z"), IsOk());
  }
  void Outcome(std::int64_t run_id, const std::string& pmid, store::OutcomeState state) {
    EXPECT_THAT(corpus_->BeginBatch(), IsOk());
    EXPECT_THAT(corpus_->SetOutcome(run_id, "pubmed", pmid, state, ""), IsOk());
    EXPECT_THAT(corpus_->CommitBatch(), IsOk());
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
  int runs_ = 0;
};

TEST_F(SearchLogTest, AnUnchangedHitListIsStoredOnce) {
  const std::int64_t first = Run();
  Search(first, "q", {3, 1, 2});
  Finish(first);
  const std::int64_t second = Run();
  Search(second, "q", {1, 2, 3});
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM search_hits"), "3");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(DISTINCT hits_search_id) FROM searches"), "1");
  Finish(second);
  const std::int64_t third = Run();
  Search(third, "q", {1, 2, 3, 4});
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM search_hits"), "7");
  EXPECT_EQ(corpus_->Plan(third, {}, 0, "")->found, 4u);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(SearchLogTest, ASearchMadeAgainInTheSameRunReplacesTheFirst) {
  const std::int64_t run_id = Run();
  EXPECT_FALSE(corpus_->IsSearchDone(run_id, "pubmed", "q").value());
  Search(run_id, "q", {1, 2});
  EXPECT_TRUE(corpus_->IsSearchDone(run_id, "pubmed", "q").value());
  Search(run_id, "q", {2, 3});
  EXPECT_EQ(corpus_->Plan(run_id, {}, 0, "")->found, 2u);
  const auto searches = corpus_->Searches(run_id);
  ASSERT_EQ(searches->size(), 1u);
  EXPECT_EQ((*searches)[0].query_translation, "as \"t\"");
  EXPECT_EQ((*searches)[0].hits, 2u);
  EXPECT_EQ((*searches)[0].strategy, "strategy");
  EXPECT_EQ((*searches)[0].limits, "limits");
}

TEST_F(SearchLogTest, TheLatestCompleteRunOfTheSameTermCounts) {
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "");
  const std::int64_t first = Run("2024-01-01T00:00:00Z");
  Search(first, "q", {1});
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "") << "not complete yet";
  Finish(first);
  Search(Run("2024-02-01T00:00:00Z"), "q", {1});
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "2024-01-01T00:00:00Z");
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "other").value(), "");
}

TEST_F(SearchLogTest, APartialRunCountsWhenNothingOfThisDatabaseFailed) {
  const std::int64_t failed = Run("2024-01-01T00:00:00Z");
  Search(failed, "q", {1});
  ASSERT_THAT(corpus_->Plan(failed, {}, 0, ""), IsOk());
  Outcome(failed, "1", store::OutcomeState::kFailed);
  ASSERT_THAT(corpus_->FinishRun(failed, "partial", "2024-01-01T01:00:00Z"), IsOk());
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "") << "a record of this database failed";

  const std::int64_t unplanned = Run("2024-02-01T00:00:00Z");
  Search(unplanned, "q", {1});
  ASSERT_THAT(corpus_->FinishRun(unplanned, "partial", "2024-02-01T01:00:00Z"), IsOk());
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "") << "stopped after searching";

  const std::int64_t other = Run("2024-03-01T00:00:00Z");
  Search(other, "q", {1});
  SearchIn("scopus", other, "q", {"2-s2.0-1"});
  ASSERT_THAT(corpus_->Plan(other, {}, 0, ""), IsOk());
  Outcome(other, "1", store::OutcomeState::kStored);
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->SetOutcome(other, "scopus", "2-s2.0-1", store::OutcomeState::kFailed, "down"), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  ASSERT_THAT(corpus_->FinishRun(other, "partial", "2024-03-01T01:00:00Z"), IsOk());
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "2024-03-01T00:00:00Z");
  EXPECT_EQ(corpus_->LastCompleteSearchTime("scopus", "q", "t").value(), "");

  store::ProblemRow problem;
  problem.stage = "search";
  problem.severity = "error";
  problem.source = "pubmed";
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->PutProblem(problem, other), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(corpus_->LastCompleteSearchTime("pubmed", "q", "t").value(), "") << "its changes could not be asked for";
}

TEST_F(SearchLogTest, ThePlanAsksForWhatIsNotStoredAndWhatChanged) {
  Put(*corpus_, SmallRecord("10", "stored"));
  Put(*corpus_, SmallRecord("20", "stored, changed since"));
  PutDeletion(*corpus_, "30", 1);
  const std::int64_t run_id = Run();
  Search(run_id, "a", {10, 20, 100, 9});
  Search(run_id, "b", {10, 30, 9});
  EXPECT_FALSE(corpus_->IsPlanned(run_id).value());
  const auto plan = corpus_->Plan(run_id, {20, 999}, 0, "");
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(corpus_->IsPlanned(run_id).value());
  EXPECT_EQ(plan->found, 5u);
  EXPECT_EQ(plan->known, 1u);
  EXPECT_EQ(plan->asked, 4u);
  EXPECT_EQ(*corpus_->Pending(run_id), (std::vector<std::uint32_t>{9, 20, 30, 100})) << "ascending as numbers";
}

TEST_F(SearchLogTest, DatabasesAreSearchedByTheSameQueryAndToldApart) {
  const std::int64_t run_id = Run();
  Search(run_id, "q", {1, 2});
  EXPECT_FALSE(corpus_->IsSearchDone(run_id, "scopus", "q").value());
  SearchIn("scopus", run_id, "q", {"2-s2.0-20", "2-s2.0-3", "2-s2.0-20"}, "TITLE(x)");
  EXPECT_TRUE(corpus_->IsSearchDone(run_id, "scopus", "q").value());
  SearchIn("scopus", run_id, "q", {"2-s2.0-20", "2-s2.0-3"}, "TITLE(x)");
  EXPECT_EQ(corpus_->Searches(run_id)->size(), 2u);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM search_hits"), "4");
  Finish(run_id);
  EXPECT_EQ(corpus_->LastCompleteSearchTime("scopus", "q", "t").value(), "");
  EXPECT_EQ(corpus_->LastCompleteSearchTime("scopus", "q", "TITLE(x)").value(), "2024-01-01T00:00:00Z");
  const std::int64_t second = Run();
  SearchIn("scopus", second, "q", {"2-s2.0-3", "2-s2.0-20"}, "TITLE(x)");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM search_hits"), "4") << "unchanged";
  SearchIn("scopus", second, "q", {"2-s2.0-3"}, "TITLE(x)");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM search_hits"), "5") << "one less";
}

TEST_F(SearchLogTest, EveryHitOfAnotherDatabaseIsPendingUntilItsRecordCame) {
  Put(*corpus_, SmallRecord("7", "stored"));
  Record known = SmallRecord("2-s2.0-1", "stored");
  known.source = "scopus";
  Put(*corpus_, known);
  const std::int64_t run_id = Run();
  Search(run_id, "q", {7, 8});
  SearchIn("scopus", run_id, "q", {"2-s2.0-2", "2-s2.0-1"});
  SearchIn("scopus", run_id, "r", {"2-s2.0-1"});
  SearchIn("europepmc", run_id, "q", {"MED/8"});
  const auto plan = corpus_->Plan(run_id, {}, 0, "");
  ASSERT_THAT(plan, IsOk());
  EXPECT_EQ(plan->found, 5u);
  EXPECT_EQ(plan->known, 1u);
  EXPECT_EQ(plan->asked, 4u);
  EXPECT_EQ(*corpus_->Pending(run_id), (std::vector<std::uint32_t>{8}));
  EXPECT_EQ(*corpus_->PendingElsewhere(run_id),
            (std::vector<store::PendingId>{{"europepmc", "MED/8"}, {"scopus", "2-s2.0-1"}, {"scopus", "2-s2.0-2"}}));
  ASSERT_THAT(corpus_->SettleKnown(run_id), IsOk());
  EXPECT_EQ(*corpus_->PendingElsewhere(run_id),
            (std::vector<store::PendingId>{{"europepmc", "MED/8"}, {"scopus", "2-s2.0-2"}}));
  EXPECT_EQ(corpus_->Totals(run_id)->unchanged, 1u);
  EXPECT_EQ(*corpus_->Pending(run_id), (std::vector<std::uint32_t>{8})) << "PubMed's are fetched";
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(SearchLogTest, TheLimitTakesTheLowestPmids) {
  const std::int64_t run_id = Run();
  Search(run_id, "a", {100, 9, 11});
  const auto plan = corpus_->Plan(run_id, {}, 2, "");
  EXPECT_EQ(plan->left_out, 1u);
  EXPECT_EQ(*corpus_->Pending(run_id), (std::vector<std::uint32_t>{9, 11}));
}

TEST_F(SearchLogTest, WhatWasMissingLatelyIsNotAskedAgain) {
  const std::int64_t first = Run("2024-05-01T00:00:00Z");
  Search(first, "a", {1, 2});
  ASSERT_THAT(corpus_->Plan(first, {}, 0, ""), IsOk());
  Outcome(first, "1", store::OutcomeState::kNotFound);
  Outcome(first, "2", store::OutcomeState::kFailed);
  Finish(first);
  const std::int64_t second = Run("2024-06-01T00:00:00Z");
  Search(second, "a", {1, 2});
  const auto plan = corpus_->Plan(second, {}, 0, "2024-04-01T00:00:00Z");
  EXPECT_EQ(plan->known_missing, 1u);
  EXPECT_EQ(*corpus_->Pending(second), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(corpus_->Plan(second, {}, 0, "2024-05-15T00:00:00Z")->asked, 2u) << "reported longer ago";
  EXPECT_EQ(corpus_->Plan(second, {}, 0, "")->asked, 2u);
}

TEST_F(SearchLogTest, MembershipIsAskedThroughFoundBy) {
  Put(*corpus_, SmallRecord("1", "x"));
  const std::int64_t first = Run();
  Search(first, "a", {1, 2});
  Search(first, "b", {2});
  EXPECT_EQ(Ask(*corpus_, "SELECT group_concat(query_id) FROM found_by WHERE work_id = 1"), "a");
  Finish(first);
  Search(Run(), "a", {2});
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM found_by"), "0");
}

}  // namespace
}  // namespace litmill::testing
