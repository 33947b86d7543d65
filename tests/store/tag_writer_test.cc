// SPDX-License-Identifier: Apache-2.0
#include "store/tag_writer.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class TagWriterTest : public ::testing::Test {
 protected:
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(TagWriterTest, AMentionNamesRuleVersionWordsAndPlace) {
  Put(*corpus_, SmallRecord("1", "On migraine"));
  EXPECT_EQ(Ask(*corpus_,
                "SELECT m.field || ' ' || m.start_byte || '-' || m.end_byte || ' ' || m.text || ' ' || u.name || ' ' "
                "|| s.version FROM mentions AS m "
                "JOIN rules AS u USING (rule_id) JOIN rule_sets AS s USING (rule_set_id)"),
            "title 3-11 migraine condition/migraine/include/1 sample 1");
}

TEST_F(TagWriterTest, UsingTheSameRulesAgainWritesNothing) {
  const std::string before = Ask(*corpus_, "SELECT total_changes()");
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  RuleSet shuffled = SampleRules();
  std::reverse(shuffled.concepts.begin(), shuffled.concepts.end());
  ASSERT_THAT(corpus_->UseRules(shuffled), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(Ask(*corpus_, "SELECT total_changes()"), before);
}

TEST_F(TagWriterTest, RulesOfARolledBackBatchAreWrittenAgain) {
  RuleSet rules = SampleRules();
  rules.concepts[1].rules[0].pattern = "changed";
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->UseRules(rules), IsOk());
  corpus_->RollbackBatch();
  Put(*corpus_, SmallRecord("1", "migraine"));
  EXPECT_EQ(Ask(*corpus_, "SELECT s.sha256 FROM tags JOIN rule_sets AS s USING (rule_set_id)"), rules.Hash());
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(TagWriterTest, TagsOfAWorkAreTheUnionOverItsRecords) {
  Put(*corpus_, SmallRecord("1", "migraine"));
  Record other = SmallRecord("2", "depression and migraine");
  other.source = "scopus";
  other.identifiers[0].value = other.identifiers[0].raw = "1";
  Put(*corpus_, other);
  ASSERT_THAT(corpus_->LinkWorks(), IsOk());
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  ASSERT_THAT(corpus_->ReplaceTags(2, SampleTags(SampleRules(), other)), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(Ask(*corpus_,
                "SELECT group_concat(concept || ' ' || mention_count || ' ' || is_implied, ', ') FROM "
                "(SELECT * FROM tags WHERE work_id = 1 ORDER BY concept)"),
            "depression 1 0, headache 0 1, migraine 2 0");
  EXPECT_EQ(FailedChecks(*corpus_), "");
  // A revision of the record that the text does not come from leaves title and text of the work alone.
  Record revised = other;
  revised.title.text = "sleep";
  revised.version = 2;
  Put(*corpus_, revised);
  EXPECT_EQ(Ask(*corpus_, "SELECT title FROM works"), "migraine");
  EXPECT_EQ(Ask(*corpus_, "SELECT concepts FROM tags_by_facet WHERE facet = 'outcome'"), "sleep");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(TagWriterTest, DerivedTagsEqualTheTaggersOwn) {
  std::mt19937_64 random(5);
  for (int i = 1; i <= 60; ++i) Put(*corpus_, RandomRecord(random, std::to_string(i)));
  const std::string before = DigestOf(*corpus_);
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  for (int i = 1; i <= 60; ++i)
    ASSERT_THAT(corpus_->ReplaceTags(i, SampleTags(SampleRules(), corpus_->LoadRecord(i)->record)), IsOk());
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(DigestOf(*corpus_), before);
}

}  // namespace
}  // namespace litmill::testing
