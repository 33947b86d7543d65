// SPDX-License-Identifier: Apache-2.0
// Publications of one registered trial: related, never merged by it.
#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

constexpr const char* kT1 = "2024-01-01T00:00:00Z";

Record OfTrials(const std::string& pmid, const std::string& title, const std::vector<std::string>& numbers) {
  Record r = SmallRecord(pmid, title);
  r.accessions.clear();
  for (const std::string& number : numbers) r.accessions.push_back({"", number});
  return r;
}

Record InDatabase(Record r, const std::string& source, const std::string& source_id) {
  r.source = source;
  r.source_id = source_id;
  r.identifiers.clear();
  return r;
}

constexpr const char* kPairs =
    "SELECT group_concat(a.source_id || '-' || b.source_id || ': ' || p.evidence, '; ') FROM (SELECT * FROM "
    "related_works WHERE relation = 'same-trial' ORDER BY work_id, other_work_id) AS p JOIN works AS v ON v.work_id = "
    "p.work_id JOIN source_records AS a ON a.record_id = v.record_id JOIN works AS w ON w.work_id = p.other_work_id "
    "JOIN source_records AS b ON b.record_id = w.record_id";

class SameTrial : public ::testing::Test {
 protected:
  void Link() {
    EXPECT_THAT(corpus_->LinkWorks(), IsOk());
    EXPECT_EQ(FailedChecks(*corpus_), "");
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(SameTrial, PublicationsThatNameItAreRelatedInAnyWritingOfItsNumber) {
  Put(*corpus_, OfTrials("1", "Protocol of a synthetic trial", {"NCT00000001"}), kT1);
  Put(*corpus_, OfTrials("2", "What became of the tomatoes", {"nct 00000001", "GSE1234"}), kT1);
  Put(*corpus_, OfTrials("3", "Another trial on beans", {"NCT00000002"}), kT1);
  Put(*corpus_, OfTrials("4", "A data set that is no trial", {"GSE1234"}), kT1);
  Link();
  EXPECT_EQ(Ask(*corpus_, kPairs), "1-2: NCT00000001");
  EXPECT_EQ(Ask(*corpus_, "SELECT title || ' | ' || other_title FROM related_works"),
            "Protocol of a synthetic trial | What became of the tomatoes");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "4") << "a trial's number merges nothing";
}

TEST_F(SameTrial, OneWorkOfSeveralRecordsIsNotRelatedToItself) {
  Put(*corpus_, OfTrials("1", "What became of the invented tomatoes in the garden", {"NCT00000001"}), kT1);
  Record same =
      InDatabase(OfTrials("1", "What became of the invented tomatoes in the garden", {"NCT00000001"}), "embase", "L1");
  same.identifiers.push_back({"pmid", "1", "1", "test", true});
  Put(*corpus_, same, kT1);
  Put(*corpus_, OfTrials("2", "The tomatoes ten years later", {"NCT00000001", "ISRCTN00000001"}), kT1);
  Put(*corpus_, OfTrials("3", "The tomatoes and their peel", {"NCT00000001", "ISRCTN 00000001"}), kT1);
  Link();
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "3");
  EXPECT_EQ(Ask(*corpus_, kPairs), "1-2: NCT00000001; 1-3: NCT00000001; 2-3: ISRCTN00000001 and 1 more");
}

TEST_F(SameTrial, ADeletedRecordNamesNoTrial) {
  Put(*corpus_, OfTrials("1", "One", {"NCT00000001"}), kT1);
  Put(*corpus_, OfTrials("2", "Two", {"NCT00000001"}), kT1);
  PutDeletion(*corpus_, "2", 1, "2024-02-01T00:00:00Z");
  Link();
  EXPECT_EQ(Ask(*corpus_, kPairs), "NULL");
}

TEST_F(SameTrial, ANumberOfVeryManyIsSaidOnceInPlaceOfAThousandPairs) {
  const auto put = [this](int from, int to) {
    for (int i = from; i <= to; ++i)
      Put(*corpus_, OfTrials(std::to_string(i), "Work number " + std::to_string(i), {"NCT00000001"}), kT1);
    Link();
  };
  const std::string problems = "SELECT count(*) || ifnull(max(message), '') FROM problems WHERE code = 'trial-of-many'";
  put(1, 50);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM related_works"), std::to_string(50 * 49 / 2));
  EXPECT_EQ(Ask(*corpus_, problems), "0");
  put(51, 51);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM related_works"), "0");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM trial_works WHERE trial = 'NCT00000001'"), "51");
  EXPECT_EQ(Ask(*corpus_, problems).substr(0, 40), "1the trial number NCT00000001 stands in ");
  Link();
  EXPECT_EQ(Ask(*corpus_, problems).substr(0, 1), "1") << "once, however often the works are linked";
  PutDeletion(*corpus_, "51", 1, "2024-02-01T00:00:00Z");
  Link();
  EXPECT_EQ(Ask(*corpus_, problems), "0");
}

}  // namespace
}  // namespace litmill::testing
