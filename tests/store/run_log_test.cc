// SPDX-License-Identifier: Apache-2.0
#include "store/run_log.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::OutcomeState;

class RunLogTest : public ::testing::Test {
 protected:
  store::RunRow Begin(const std::string& uuid, const std::string& config = "c",
                      const std::string& started_at = "2024-01-01T00:00:00Z") {
    const auto run = corpus_->BeginRun({0, uuid, "run", "0.1", config, "r", started_at, "", ""});
    EXPECT_THAT(run, IsOk());
    return run.value_or(store::RunRow{});
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(RunLogTest, AnUnfinishedRunIsTakenUp) {
  const store::RunRow first = Begin("a");
  EXPECT_FALSE(first.resumed);
  const store::RunRow again = Begin("b");
  EXPECT_TRUE(again.resumed);
  EXPECT_EQ(again.run_id, first.run_id);
  EXPECT_EQ(again.uuid, "a");
  ASSERT_THAT(corpus_->FinishRun(again.run_id, "interrupted", "2024-01-02T00:00:00Z"), IsOk());
  EXPECT_TRUE(Begin("c").resumed);
  ASSERT_THAT(corpus_->FinishRun(again.run_id, "complete", "2024-01-02T00:00:00Z"), IsOk());
  EXPECT_FALSE(Begin("d").resumed);
}

TEST_F(RunLogTest, OtherUnfinishedRunsAreAbandoned) {
  const std::int64_t first = Begin("a", "other configuration").run_id;
  const store::RunRow second = Begin("b");
  EXPECT_FALSE(second.resumed);
  const auto runs = corpus_->Runs(10);
  ASSERT_EQ(runs->size(), 2u);
  EXPECT_EQ((*runs)[0].run_id, second.run_id);
  EXPECT_EQ((*runs)[1].run_id, first);
  EXPECT_EQ((*runs)[1].status, "abandoned");
  EXPECT_EQ(corpus_->Runs(1)->size(), 1u);
}

TEST_F(RunLogTest, AnUnknownStatusIsRefused) {
  EXPECT_FALSE(corpus_->FinishRun(Begin("a").run_id, "splendid", "t").has_value());
}

TEST_F(RunLogTest, ADocumentIsTheSameByNameAndBytes) {
  const store::Document document{"pubmed", "efetch", "a.xml", "hash", 10, "2024-01-01T00:00:00Z"};
  store::Document other = document;
  other.sha256 = "changed";
  const std::int64_t run_id = Begin("a").run_id;
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  const auto id = corpus_->AddDocument(document, run_id);
  ASSERT_THAT(id, IsOk());
  EXPECT_EQ(corpus_->AddDocument(document, run_id).value(), *id);
  EXPECT_NE(corpus_->AddDocument(other, run_id).value(), *id);
  EXPECT_FALSE(corpus_->IsDocumentDone(document).value());
  ASSERT_THAT(corpus_->MarkDocumentDone(*id), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_TRUE(corpus_->IsDocumentDone(document).value());
  EXPECT_FALSE(corpus_->IsDocumentDone(other).value());
  EXPECT_EQ(corpus_->Totals(run_id)->documents, 2u);
}

TEST_F(RunLogTest, TheSameProblemIsCountedOnceARun) {
  const std::int64_t run_id = Begin("a").run_id;
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  const store::ProblemRow problem{"parse", "error", "bad", "pubmed", "1", "message", 0, 5, 6, 7};
  store::ProblemRow warning = problem;
  warning.severity = "warning";
  warning.offset_bytes = 99;
  for (const auto& p : {problem, problem, warning}) ASSERT_THAT(corpus_->PutProblem(p, run_id), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(corpus_->Totals(run_id)->problems_error, 1u);
  EXPECT_EQ(corpus_->Totals(run_id)->problems_warning, 1u);
}

TEST_F(RunLogTest, EveryOutcomeStateIsCountedAndTheSumsBalance) {
  const std::int64_t run_id = Begin("a").run_id;
  ASSERT_THAT(
      corpus_->PutSearch({"q", "", "pubmed", "", "t", "now", "", "", 6, {"1", "2", "3", "4", "5", "6"}}, run_id),
      IsOk());
  ASSERT_THAT(corpus_->Plan(run_id, {}, 0, ""), IsOk());
  EXPECT_FALSE(corpus_->Totals(run_id)->Balanced()) << "all pending";
  const OutcomeState states[] = {OutcomeState::kStored,          OutcomeState::kUnchanged, OutcomeState::kMergedInto,
                                 OutcomeState::kDeletedAtSource, OutcomeState::kNotFound,  OutcomeState::kFailed};
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  for (int i = 0; i < 6; ++i)
    ASSERT_THAT(corpus_->SetOutcome(run_id, "pubmed", std::to_string(i + 1), states[i], "why"), IsOk());
  ASSERT_THAT(corpus_->SetOutcome(run_id, "pubmed", "77", OutcomeState::kStored, ""), IsOk()) << "nobody asked for 77";
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  const auto totals = corpus_->Totals(run_id);
  EXPECT_TRUE(totals->Balanced());
  for (const std::uint64_t sum : {totals->stored, totals->unchanged, totals->merged_into, totals->deleted_at_source,
                                  totals->not_found, totals->failed})
    EXPECT_EQ(sum, 1u);
  EXPECT_TRUE(corpus_->Pending(run_id)->empty());
  EXPECT_THAT(corpus_->Totals(999), IsError(ErrorCode::kNotFound));
}

}  // namespace
}  // namespace litmill::testing
