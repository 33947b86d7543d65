// SPDX-License-Identifier: Apache-2.0
// What de-duplication decides, and what persons say of it, in the corpus.
#include "store/record_pairs.h"

#include <gtest/gtest.h>

#include "store/digest.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

Record Exported(const std::string& source, const std::string& source_id, const std::string& title, const char* year,
                const std::string& pages) {
  Record r = SmallRecord(source_id, title);
  r.source = source;
  r.identifiers.clear();
  r.dates.clear();
  r.dates.push_back({"print", *DateFromIso(year), {}});
  r.authors.clear();
  for (const char* name : {"Roe", "Doe", "Poe"}) {
    Author& author = r.authors.emplace_back();
    author.last_name = name;
    author.initials = "J";
  }
  r.journal = {};
  r.journal.title = "Journal of Synthetic Salts";
  r.journal.volume = "7";
  r.pages = r.start_page = pages;
  return r;
}

constexpr const char* kTitle = "Effects of imaginary magnesium salts on the sleep of invented volunteers";

class RecordPairs : public ::testing::Test {
 protected:
  store::LinkCounts Link() {
    const auto counts = corpus_->LinkWorks();
    EXPECT_THAT(counts, IsOk());
    EXPECT_EQ(FailedChecks(*corpus_), "");
    return counts.value_or(store::LinkCounts{});
  }
  void Decide(const store::RecordName& record, const store::RecordName& other, bool is_duplicate,
              const std::string& at = "2026-01-01T00:00:00Z") {
    EXPECT_THAT(store::PutDecisions(*corpus_, {{record, other, is_duplicate, at, "looked"}}), IsOk());
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
  const store::RecordName scopus_{"scopus", "S1"}, embase_{"embase", "E1"};
};

TEST_F(RecordPairs, DuplicatesAreMergedWithRuleScoresAndBothTitles) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("embase", "E1", kTitle, "2020", "11"));
  const store::LinkCounts counts = Link();
  EXPECT_EQ(counts.works, 1U);
  EXPECT_EQ(counts.merged_works, 1U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM duplicates WHERE title = other_title AND rule <> ''"), "1");
  EXPECT_EQ(Ask(*corpus_, "SELECT title_score FROM record_pairs"), "100");
  EXPECT_EQ(Ask(*corpus_, "SELECT sources || works FROM source_overlap"), "embase; scopus1");
}

TEST_F(RecordPairs, OfOneDatabaseAreMergedToo) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("scopus", "S2", kTitle, "2020", "11"));
  EXPECT_EQ(Link().works, 1U);
}

TEST_F(RecordPairs, APersonsWordIsFollowedForEverAndCanBeTakenBack) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("embase", "E1", kTitle, "2020", "11"));
  const std::string before = [&] {
    Link();
    return store::Digest(*corpus_)->sha256;
  }();
  Decide(embase_, scopus_, false);
  EXPECT_EQ(Link().works, 2U);
  EXPECT_EQ(Ask(*corpus_, "SELECT verdict || rule FROM record_pairs"), "refusedperson");
  EXPECT_EQ(Ask(*corpus_, "SELECT decision || note FROM review_pairs"), "differentlooked");
  Record revised = Exported("embase", "E1", kTitle, "2020", "11");
  revised.abstract_sections.push_back({"", "", {"An abstract, invented.", ""}});
  Put(*corpus_, revised, "2026-02-01T00:00:00Z");
  EXPECT_EQ(Link().works, 2U) << "a new revision does not undo it";
  Decide(scopus_, embase_, true, "2026-03-01T00:00:00Z");
  EXPECT_EQ(Link().works, 1U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM pair_decisions"), "1");
  EXPECT_NE(store::Digest(*corpus_)->sha256, before);
}

TEST_F(RecordPairs, SplittingGivesEachRecordBackAsItWas) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  const std::string alone = Ask(*corpus_, "SELECT group_concat(title || year || pages) FROM works");
  Put(*corpus_, Exported("embase", "E1", kTitle, "2020", "11"));
  Link();
  EXPECT_EQ(store::ReadFellowRecords(*corpus_, scopus_)->size(), 1U);
  Decide(scopus_, embase_, false);
  Link();
  EXPECT_EQ(store::ReadFellowRecords(*corpus_, scopus_)->size(), 0U);
  EXPECT_EQ(Ask(*corpus_, "SELECT title || year || pages FROM works WHERE record_id = 1"), alone);
}

TEST_F(RecordPairs, APersonMayJoinWhatNoRuleWould) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("embase", "E1", "Something else altogether, invented as well", "2011", "99"));
  EXPECT_EQ(Link().works, 2U);
  Decide(scopus_, embase_, true);
  EXPECT_EQ(Link().works, 1U);
  EXPECT_EQ(Ask(*corpus_, "SELECT rule FROM work_links"), "person");
}

TEST_F(RecordPairs, ADecisionOnWhatIsNotThereStoresNothing) {
  Put(*corpus_, Exported("scopus", "S1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("embase", "E1", kTitle, "2020", "11"));
  const auto put = store::PutDecisions(
      *corpus_, {{scopus_, embase_, false, "2026-01-01T00:00:00Z", ""}, {scopus_, {"wos", "none"}, true, "", ""}});
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::kNotFound);
  EXPECT_NE(put.error().message.find("wos none"), std::string::npos);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM pair_decisions"), "0");
}

TEST_F(RecordPairs, PubmedAloneIsLeftAlone) {
  Put(*corpus_, Exported("pubmed", "1", kTitle, "2020", "11"));
  Put(*corpus_, Exported("pubmed", "2", kTitle, "2020", "11"));
  EXPECT_EQ(Link().works, 2U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM record_pairs"), "0");
}

TEST_F(RecordPairs, TheOrderOfArrivalMakesNoDifference) {
  const auto other = OpenCorpus(dir_.File("other.db"));
  const std::vector<Record> records{
      Exported("scopus", "S1", kTitle, "2020", "11"), Exported("embase", "E1", kTitle, "2020", "11"),
      Exported("wos", "WOS:000000000000001", kTitle, "2021", "11"), Exported("pubmed", "5", kTitle, "2020", "11")};
  for (const Record& record : records) {
    Put(*corpus_, record);
    Link();
  }
  for (auto record = records.rbegin(); record != records.rend(); ++record) Put(*other, *record);
  EXPECT_THAT(other->LinkWorks(), IsOk());
  EXPECT_EQ(store::Digest(*corpus_)->sha256, store::Digest(*other)->sha256);
}

}  // namespace
}  // namespace litmill::testing
