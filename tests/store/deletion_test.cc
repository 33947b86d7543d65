// SPDX-License-Identifier: Apache-2.0
// Revisions and deletions as they arrive at a corpus.
#include <gtest/gtest.h>

#include <random>

#include "store/record_store.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::PutOutcome;
constexpr const char* kT1 = "2024-01-01T00:00:00Z";
constexpr const char* kT2 = "2024-02-01T00:00:00Z";
constexpr const char* kT3 = "2024-03-01T00:00:00Z";

class Arrivals : public ::testing::Test {
 protected:
  std::string Matches(const std::string& word) {
    return Ask(*corpus_, "SELECT group_concat(rowid) FROM works_fts WHERE works_fts MATCH '" + word + "'");
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(Arrivals, TheSameRecordAgainChangesNothing) {
  EXPECT_EQ(Put(*corpus_, FullRecord("1")), PutOutcome::kInserted);
  const std::string before = DigestOf(*corpus_);
  EXPECT_EQ(Put(*corpus_, FullRecord("1")), PutOutcome::kUnchanged);
  EXPECT_EQ(DigestOf(*corpus_), before);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "1");
}

TEST_F(Arrivals, AnOlderRevisionIsSuperseded) {
  Record newer = SmallRecord("1", "newer");
  newer.dates[1].date.iso = "2012-01-01";
  Put(*corpus_, newer);
  EXPECT_EQ(Put(*corpus_, SmallRecord("1", "older")), PutOutcome::kSuperseded);
  EXPECT_EQ(Ask(*corpus_, "SELECT title FROM works"), "newer");
  EXPECT_EQ(Matches("newer"), "1");
  EXPECT_EQ(Matches("older"), "NULL");
}

TEST_F(Arrivals, ANewerRevisionReplacesTextTagsAndIndex) {
  Put(*corpus_, SmallRecord("1", "migraine"), kT1);
  EXPECT_EQ(Put(*corpus_, SmallRecord("1", "depression"), kT2), PutOutcome::kRevised);
  EXPECT_EQ(Ask(*corpus_, "SELECT conditions FROM evidence"), "depression");
  EXPECT_EQ(Matches("migraine"), "NULL");
  EXPECT_EQ(Matches("depression"), "1");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(Arrivals, ADeletionTakesTheWorkOutOfTheViewsAndLosesNothing) {
  Put(*corpus_, FullRecord("1"), kT1);
  EXPECT_EQ(PutDeletion(*corpus_, "1", 2, kT2), PutOutcome::kRevised);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM evidence"), "0");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM evidence_map"), "0");
  EXPECT_EQ(Ask(*corpus_, "SELECT is_deleted FROM works"), "1");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM abstract_sections"), "2");
  EXPECT_EQ(Matches("magnesium"), "NULL");
  EXPECT_EQ(PutDeletion(*corpus_, "1", 2, kT2), PutOutcome::kUnchanged);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(Arrivals, ADeletionOfAnUnknownRecordIsKept) {
  EXPECT_EQ(PutDeletion(*corpus_, "404", 1, kT1), PutOutcome::kInserted);
  EXPECT_EQ(Ask(*corpus_, "SELECT source_id FROM source_records WHERE is_deleted = 1"), "404");
  const auto id = corpus_->FindRecord("404");
  ASSERT_THAT(id, IsOk());
  EXPECT_THAT(corpus_->LoadRecord(*id), IsError(ErrorCode::kNotFound));
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(Arrivals, ADeletionWinsOverARecordThatArrivesLaterButWasRetrievedBefore) {
  PutDeletion(*corpus_, "1", 1, kT2);
  EXPECT_EQ(Put(*corpus_, SmallRecord("1", "x"), kT1), PutOutcome::kInserted);
  EXPECT_EQ(Ask(*corpus_, "SELECT is_deleted FROM works"), "1");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(Arrivals, ARecordRetrievedAfterItsDeletionIsBack) {
  Put(*corpus_, SmallRecord("1", "x"), kT1);
  PutDeletion(*corpus_, "1", 1, kT2);
  EXPECT_EQ(Put(*corpus_, SmallRecord("1", "x"), kT3), PutOutcome::kUnchanged);
  EXPECT_EQ(Ask(*corpus_, "SELECT is_deleted FROM works"), "0");
  EXPECT_EQ(Matches("x"), "1");
  EXPECT_EQ(PutDeletion(*corpus_, "1", 1, kT1), PutOutcome::kSuperseded);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(Arrivals, DeletingAnOldVersionLeavesTheNewOne) {
  Put(*corpus_, FullRecord("1"));
  EXPECT_EQ(PutDeletion(*corpus_, "1", 1), PutOutcome::kSuperseded);
  EXPECT_EQ(Ask(*corpus_, "SELECT is_deleted FROM works"), "0");
}

TEST_F(Arrivals, NewRulesReplaceTheTagsOfAnUnchangedRecord) {
  Put(*corpus_, SmallRecord("1", "migraine"));
  RuleSet rules = SampleRules();
  rules.concepts.erase(rules.concepts.begin(), rules.concepts.begin() + 2);
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->UseRules(rules), IsOk());
  const Record record = SmallRecord("1", "migraine");
  EXPECT_EQ(corpus_->PutRecord(record, SampleTags(rules, record), {}).value(), PutOutcome::kUnchanged);
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM tags"), "0");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

// New rows wait in memory until the batch ends: whatever comes for the same record meanwhile must see them.
TEST(ArrivalsInOneBatch, EndInTheSameCorpusAsEachInItsOwn) {
  const RuleSet rules = SampleRules();
  std::mt19937_64 random(20261122);
  for (int round = 0; round < 20; ++round) {
    const TempDir dir;
    const auto apart = OpenCorpus(dir.File("apart.db"));
    const auto together = OpenCorpus(dir.File("together.db"));
    ASSERT_THAT(together->BeginBatch(), IsOk());
    for (int i = 0; i < 40; ++i) {
      const std::string pmid = std::to_string(1 + random() % 8);
      const std::string when = std::string("2024-0") + static_cast<char>('1' + random() % 9) + "-01T00:00:00Z";
      if (random() % 4 == 0) {
        const int version = static_cast<int>(1 + random() % 2);
        const PutOutcome outcome = PutDeletion(*apart, pmid, version, when);
        const auto put = together->PutDeletion("pubmed", pmid, version, {0, 0, 0, when});
        ASSERT_THAT(put, IsOk());
        EXPECT_EQ(*put, outcome);
        continue;
      }
      Record record = random() % 2 == 0 ? RandomRecord(random, pmid) : SmallRecord(pmid, "migraine");
      record.version = static_cast<int>(1 + random() % 2);
      const PutOutcome outcome = Put(*apart, record, when);
      const auto put = together->PutRecord(record, SampleTags(rules, record), {0, 0, 0, when});
      ASSERT_THAT(put, IsOk());
      EXPECT_EQ(*put, outcome);
    }
    ASSERT_THAT(together->CommitBatch(), IsOk());
    EXPECT_EQ(DigestOf(*together), DigestOf(*apart)) << "round " << round;
    EXPECT_EQ(FailedChecks(*together), "") << "round " << round;
  }
}

}  // namespace
}  // namespace litmill::testing
