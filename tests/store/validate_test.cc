// SPDX-License-Identifier: Apache-2.0
// Each promise, broken on purpose, is found by the check of its name.
#include "store/validate.h"

#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

struct Breakage {
  const char* check;
  const char* sql;
};

class Validate : public ::testing::TestWithParam<Breakage> {
 protected:
  Validate() {
    Put(*corpus_, FullRecord("1"), "2024-01-01T00:00:00Z");
    Put(*corpus_, SmallRecord("2", "migraine"));
    PutDeletion(*corpus_, "3", 1);
    Record elsewhere = SmallRecord("A", "migraine");
    elsewhere.source = "scopus";
    elsewhere.identifiers = {{"pmid", "2", "2", "test", true}};
    elsewhere.abstract_sections = {{"", "", {"abstract", ""}}};
    Put(*corpus_, elsewhere);
    EXPECT_THAT(corpus_->LinkWorks(), IsOk());
    const auto run = corpus_->BeginRun({0, "u", "run", "0", "c", "r", "t", "", ""});
    EXPECT_THAT(corpus_->PutSearch({"q", "", "pubmed", "", "t", "now", "", "", 2, {"7", "8"}}, run->run_id), IsOk());
    EXPECT_THAT(corpus_->Plan(run->run_id, {}, 0, ""), IsOk());
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(Validate, ASoundCorpusPassesAlsoWhenOnlyRead) {
  EXPECT_EQ(FailedChecks(*corpus_), "");
  ASSERT_THAT(corpus_->Close(), IsOk());
  EXPECT_EQ(FailedChecks(*OpenCorpus(dir_.File("c.db"), {true, false, ""})), "");
}

TEST_P(Validate, FindsWhatIsBroken) {
  Force(*corpus_, GetParam().sql);
  const auto checks = store::Validate(*corpus_);
  ASSERT_THAT(checks, IsOk());
  bool found = false;
  for (const store::Check& check : *checks)
    if (check.name == GetParam().check) {
      found = true;
      EXPECT_FALSE(check.passed) << check.detail;
      EXPECT_NE(check.detail, "");
    }
  EXPECT_TRUE(found) << "no check of this name";
}

INSTANTIATE_TEST_SUITE_P(
    Promises, Validate,
    ::testing::Values(Breakage{"foreign-keys", "DELETE FROM journals"}, Breakage{"foreign-keys", "DELETE FROM rules"},
                      Breakage{"one-work-per-record", "UPDATE source_records SET work_id = 1"},
                      Breakage{"one-work-per-record", "UPDATE source_records SET work_id = 99 WHERE record_id = 2"},
                      Breakage{"works-derived", "UPDATE works SET title = 'x' WHERE work_id = 2"},
                      Breakage{"works-derived", "UPDATE works SET is_retracted = 0"},
                      Breakage{"works-derived", "UPDATE work_field_sources SET record_id = 1"},
                      Breakage{"one-pmid-per-work", "UPDATE source_records SET work_id = 2"},
                      Breakage{"links-explain-works", "DELETE FROM record_pairs"},
                      Breakage{"links-explain-works", "UPDATE record_pairs SET other_record_id = 1"},
                      Breakage{"full-text-index", "DELETE FROM work_field_sources WHERE field = 'abstract'"},
                      Breakage{"deletions", "UPDATE source_records SET is_deleted = 0"},
                      Breakage{"spans-reread", "UPDATE mentions SET start_byte = start_byte + 1 WHERE record_id = 2"},
                      Breakage{"spans-reread", "UPDATE mentions SET field_position = 99 WHERE field = 'keyword'"},
                      Breakage{"spans-reread", "UPDATE source_records SET title = 'other' WHERE record_id = 2"},
                      Breakage{"mentions-explained", "UPDATE mentions SET rule_id = NULL"},
                      Breakage{"mentions-explained", "UPDATE mentions SET concept = 'depression' WHERE record_id = 2"},
                      Breakage{"tags-agree", "DELETE FROM tags WHERE work_id = 2 AND concept = 'migraine'"},
                      Breakage{"tags-agree", "UPDATE tags SET mention_count = 9 WHERE work_id = 2"},
                      Breakage{"tags-agree", "DELETE FROM mentions WHERE record_id = 2"},
                      Breakage{"searches-whole", "DELETE FROM search_hits WHERE source_id = '7'"},
                      Breakage{"runs-balance", "UPDATE runs SET found = 3"},
                      Breakage{"runs-balance", "DELETE FROM outcomes WHERE source_id = '7'"},
                      Breakage{"runs-balance", "UPDATE runs SET status = 'complete'"},
                      Breakage{"outcomes-stored", "UPDATE outcomes SET state = 'stored'"},
                      Breakage{"full-text-index", "UPDATE works SET title = 'nightmare' WHERE work_id = 2"},
                      Breakage{"full-text-index", "INSERT INTO works_fts (rowid, title) VALUES (77, 'ghost')"},
                      Breakage{"content-rereads", "UPDATE affiliation_identifiers SET value = 'x'"},
                      Breakage{"content-rereads", "DELETE FROM citation_subsets WHERE position = 1"}));

}  // namespace
}  // namespace litmill::testing
