// SPDX-License-Identifier: Apache-2.0
// Which queries a record belongs to, where no search said it.
#include "store/membership.h"

#include <gtest/gtest.h>

#include "store/digest.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::Membership;

class MembershipTest : public ::testing::Test {
 protected:
  void SetUp() override { Use("set 1"); }
  void Use(const std::string& sha256) {
    ASSERT_THAT(corpus_->UseStrategies({sha256, {{"migraine", "migrain*[tiab]"}, {"sleep", "sleep[tiab]"}}}), IsOk());
  }
  store::PutOutcome PutWith(const Record& record, const Membership* membership, const std::string& retrieved_at = {}) {
    EXPECT_THAT(corpus_->BeginBatch(), IsOk());
    const auto outcome = corpus_->PutRecord(record, {}, {0, 0, 0, retrieved_at}, membership);
    EXPECT_THAT(outcome, IsOk());
    EXPECT_THAT(corpus_->CommitBatch(), IsOk());
    return outcome.value_or(store::PutOutcome::kInserted);
  }
  std::string FoundBy() {
    return Ask(*corpus_,
               "SELECT group_concat(x) FROM (SELECT query_id || ' ' || source_id || ' ' || decided_by AS x FROM "
               "found_by AS f JOIN source_records USING (record_id) ORDER BY 1)");
  }
  std::size_t ToDecide() { return corpus_->RecordsToDecide(0, 100)->size(); }

  const Membership both_{{"migraine", "sleep"}}, sleep_{{"sleep"}}, none_{};
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(MembershipTest, IsStoredWithTheRecordAndShownByFoundBy) {
  PutWith(SmallRecord("1", "x"), &both_);
  PutWith(SmallRecord("2", "y"), &none_);
  PutWith(SmallRecord("3", "z"), nullptr);
  EXPECT_EQ(FoundBy(), "migraine 1 record,sleep 1 record");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM strategy_decisions"), "2");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM strategies"), "2");
  EXPECT_EQ(ToDecide(), 0U);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(MembershipTest, IsReplacedWhenTheRecordComesAgain) {
  PutWith(SmallRecord("1", "x"), &both_);
  EXPECT_EQ(PutWith(SmallRecord("1", "x"), &sleep_), store::PutOutcome::kUnchanged);
  EXPECT_EQ(FoundBy(), "sleep 1 record");
  EXPECT_EQ(PutWith(SmallRecord("1", "changed"), &both_, "2024-01-01T00:00:00Z"), store::PutOutcome::kRevised);
  EXPECT_EQ(FoundBy(), "migraine 1 record,sleep 1 record");
}

TEST_F(MembershipTest, IsToBeDecidedAgainWhenAServiceRevisesTheRecord) {
  PutWith(SmallRecord("1", "x"), &both_);
  PutWith(SmallRecord("2", "y"), nullptr);
  PutWith(SmallRecord("1", "changed"), nullptr, "2024-01-01T00:00:00Z");
  PutWith(SmallRecord("2", "changed"), nullptr, "2024-01-01T00:00:00Z");
  EXPECT_EQ(*corpus_->RecordsToDecide(0, 100), std::vector<std::int64_t>{1}) << "searches decide of the other";
}

TEST_F(MembershipTest, OfAnOlderRevisionIsDecidedFromTheStoredOne) {
  PutWith(SmallRecord("1", "newer"), nullptr, "2024-01-01T00:00:00Z");
  EXPECT_EQ(PutWith(SmallRecord("1", "older"), &both_), store::PutOutcome::kSuperseded);
  EXPECT_EQ(FoundBy(), "NULL");
  EXPECT_EQ(ToDecide(), 1U);
}

TEST_F(MembershipTest, OtherStrategiesMakeItToBeDecidedAgain) {
  PutWith(SmallRecord("1", "x"), &both_);
  Use("set 2");
  EXPECT_EQ(ToDecide(), 1U);
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  EXPECT_THAT(corpus_->ReplaceMembership(1, sleep_), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(ToDecide(), 0U);
  EXPECT_EQ(FoundBy(), "sleep 1 record");
  Use("set 1");
  EXPECT_EQ(ToDecide(), 1U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM strategy_sets"), "2");
}

TEST_F(MembershipTest, IsNoContentButASearch) {
  const auto other = OpenCorpus(dir_.File("other.db"));
  Put(*other, SmallRecord("1", "x"));
  PutWith(SmallRecord("1", "x"), &both_);
  EXPECT_EQ(store::Digest(*corpus_)->sha256, store::Digest(*other)->sha256);
  EXPECT_NE(store::Digest(*corpus_)->searches_sha256, store::Digest(*other)->searches_sha256);
}

TEST_F(MembershipTest, OfARolledBackBatchIsForgotten) {
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  EXPECT_THAT(corpus_->PutRecord(SmallRecord("1", "x"), {}, {}, &both_), IsOk());
  corpus_->RollbackBatch();
  PutWith(SmallRecord("2", "y"), &sleep_);
  EXPECT_EQ(FoundBy(), "sleep 2 record");
}

}  // namespace
}  // namespace litmill::testing
