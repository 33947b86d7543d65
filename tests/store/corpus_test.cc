// SPDX-License-Identifier: Apache-2.0
#include "store/corpus.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class CorpusTest : public ::testing::Test {
 protected:
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(CorpusTest, WritesOutsideABatchAreRefused) {
  EXPECT_THAT(corpus_->PutRecord(SmallRecord("1", "x"), {}, {}), IsError(ErrorCode::kInternal));
  EXPECT_THAT(corpus_->CommitBatch(), IsError(ErrorCode::kInternal));
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "0");
}

TEST_F(CorpusTest, ARolledBackBatchLeavesNothing) {
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->PutRecord(FullRecord("1"), SampleTags(SampleRules(), FullRecord("1")), {}), IsOk());
  corpus_->RollbackBatch();
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM source_records"), "0");
  EXPECT_EQ(Put(*corpus_, FullRecord("2")), store::PutOutcome::kInserted);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(CorpusTest, AFailedWriteSpoilsItsBatch) {
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->PutRecord(SmallRecord("1", "x"), {}, {}), IsOk());
  TaggedRecord impossible;
  impossible.mentions.push_back({99, 0, Evidence::kText, "title", 0, 0, 1, "x", "", false});
  EXPECT_THAT(corpus_->PutRecord(SmallRecord("2", "x"), impossible, {}), IsError(ErrorCode::kInternal));
  EXPECT_THAT(corpus_->CommitBatch(), IsError(ErrorCode::kInternal));
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM source_records"), "0");
  EXPECT_EQ(Put(*corpus_, SmallRecord("1", "x")), store::PutOutcome::kInserted);
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(CorpusTest, FindsByPmidPmcidDoiAndWork) {
  Put(*corpus_, SmallRecord("7", "other"));
  Put(*corpus_, FullRecord("12345"));
  const auto id = corpus_->FindRecord("12345");
  ASSERT_THAT(id, IsOk());
  EXPECT_EQ(corpus_->FindRecord("PMC12345").value(), *id);
  EXPECT_EQ(corpus_->FindRecord("https://doi.org/10.1000/X12345").value(), *id);
  EXPECT_EQ(corpus_->FindRecord("work:2").value(), *id);
  const auto missing = corpus_->FindRecord("999");
  ASSERT_THAT(missing, IsError(ErrorCode::kNotFound));
  EXPECT_THAT(missing.error().message, ::testing::HasSubstr("999"));
  EXPECT_THAT(corpus_->FindRecord("nonsense"), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(corpus_->FindRecord("10.1000/none"), IsError(ErrorCode::kNotFound));
}

TEST_F(CorpusTest, CountsWhatThereIs) {
  Put(*corpus_, FullRecord("1"));
  Put(*corpus_, SmallRecord("2", "nothing to tag"));
  PutDeletion(*corpus_, "3", 1);
  const auto counts = corpus_->Counts();
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->works, 2u);
  EXPECT_EQ(counts->records, 3u);
  EXPECT_EQ(counts->deleted, 1u);
  EXPECT_EQ(counts->retracted, 1u);
  EXPECT_EQ(counts->tagged_works, 1u);
}

TEST_F(CorpusTest, TagsAgainWithOtherRules) {
  Put(*corpus_, SmallRecord("1", "migraine"));
  Put(*corpus_, SmallRecord("2", "depression"));
  PutDeletion(*corpus_, "3", 1);
  EXPECT_TRUE(corpus_->RecordsWithOtherRules(0, 10)->empty());
  RuleSet rules = SampleRules();
  rules.concepts[1].rules[0].pattern = "changed";
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->UseRules(rules), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  const auto ids = corpus_->RecordsWithOtherRules(0, 10);
  EXPECT_EQ(*ids, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(*corpus_->RecordsWithOtherRules(1, 10), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(corpus_->RecordsWithOtherRules(0, 1)->size(), 1u);
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  for (const std::int64_t id : *ids)
    ASSERT_THAT(corpus_->ReplaceTags(id, SampleTags(rules, corpus_->LoadRecord(id)->record)), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_TRUE(corpus_->RecordsWithOtherRules(0, 10)->empty());
  EXPECT_EQ(Ask(*corpus_, "SELECT count(DISTINCT rule_set_id) FROM tags"), "1");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(CorpusTest, CommittedBatchesAreThereAfterReopeningWithoutClose) {
  Put(*corpus_, FullRecord("1"));
  const std::string digest = DigestOf(*corpus_);
  corpus_.reset();
  corpus_ = OpenCorpus(dir_.File("c.db"));
  EXPECT_EQ(DigestOf(*corpus_), digest);
}

}  // namespace
}  // namespace litmill::testing
