// SPDX-License-Identifier: Apache-2.0
// What the views answer, on a corpus small enough to count by hand.
#include <gtest/gtest.h>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

class Views : public ::testing::Test {
 protected:
  Views() {
    Put(*corpus_, FullRecord("1"));  // retracted
    Put(*corpus_, SmallRecord("2", "magnesium in migraine and depression: a trial"));
    Put(*corpus_, SmallRecord("3", "magnesium in migraine: a trial"));
    Put(*corpus_, SmallRecord("4", "nothing"));
    Put(*corpus_, SmallRecord("5", "magnesium in migraine"));
    PutDeletion(*corpus_, "5", 1);
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(Views, EvidenceIsOneRowAWork) {
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM evidence"), "4");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT pmid || ' ' || year || ' ' || journal || ' ' || conditions || ' | ' || forms || ' | ' || "
                "designs FROM evidence WHERE work_id = 2"),
            "2 2010 Journal of Invented Nutrition depression; headache; migraine | magnesium | trial");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT pmcid || ' ' || doi || ' ' || is_retracted || ' ' || language FROM evidence WHERE work_id = 1"),
            "PMC1 10.1000/x1 1 eng; fre");
  EXPECT_EQ(Ask(*corpus_, "SELECT conditions FROM evidence WHERE work_id = 4"), "NULL");
}

TEST_F(Views, EvidenceMapCountsRetractedApartAndLeavesDeletedOut) {
  EXPECT_EQ(Ask(*corpus_,
                "SELECT works || ' ' || retracted FROM evidence_map WHERE condition = 'migraine' AND form = "
                "'magnesium' AND design = 'trial'"),
            "2 0");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT sum(works) || ' ' || sum(retracted) FROM evidence_map WHERE condition = 'migraine' AND form = "
                "'magnesium'"),
            "2 1");
  EXPECT_EQ(Ask(*corpus_, "SELECT sum(works) FROM evidence_map WHERE condition = 'depression'"), "1");
}

TEST_F(Views, FindingsMakeTheMapsDirectionAndTheMainDesignIsTheOneOfLowestRank) {
  Put(*corpus_, SmallRecord("20", "magnesium 12 mg in migraine, a review of a trial: better sleep"));
  EXPECT_EQ(Ask(*corpus_,
                "SELECT form || ' ' || outcome || ' ' || direction || ' ' || design || ' ' || works FROM "
                "evidence_map WHERE condition = 'migraine' AND outcome = 'sleep'"),
            "magnesium sleep better review 1");
  EXPECT_EQ(
      Ask(*corpus_, "SELECT main_design || ' | ' || doses || ' | ' || conclusions FROM evidence WHERE pmid = '20'"),
      "review | 12 mg | magnesium > sleep: better");
  EXPECT_EQ(Ask(*corpus_, "SELECT sentence FROM work_findings WHERE outcome = 'sleep'"),
            "magnesium 12 mg in migraine, a review of a trial: better sleep");
  EXPECT_EQ(Ask(*corpus_, "SELECT direction FROM evidence_map WHERE condition = 'depression'"), "NULL");
}

TEST_F(Views, WhatIsOnlyNegatedIsNoEvidence) {
  Put(*corpus_, SmallRecord("21", "no depression with magnesium"));
  EXPECT_EQ(Ask(*corpus_,
                "SELECT assertion FROM tags AS t JOIN works AS w USING (work_id) WHERE w.title LIKE 'no "
                "depression%' AND t.concept = 'depression'"),
            "negated");
  EXPECT_EQ(Ask(*corpus_, "SELECT conditions FROM evidence WHERE pmid = '21'"), "NULL");
  EXPECT_EQ(Ask(*corpus_, "SELECT sum(works) FROM evidence_map WHERE condition = 'depression'"), "1");
}

TEST_F(Views, IndexAgreementCountsWordsAndIndexTermsApart) {
  // FullRecord has words and heading of migraine; the small records have no headings at all.
  EXPECT_EQ(Ask(*corpus_,
                "SELECT \"both\" || ' ' || text_only || ' ' || index_only || ' ' || not_indexed FROM "
                "index_agreement WHERE concept = 'migraine'"),
            "1 0 0 2");
}

TEST_F(Views, TagsByFacetServesAnyFacet) {
  EXPECT_EQ(Ask(*corpus_, "SELECT concepts FROM tags_by_facet WHERE work_id = 2 AND facet = 'condition'"),
            "depression; headache; migraine");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM tags_by_facet WHERE work_id = 5"), "0");
}

TEST_F(Views, RetractedNowNamesTheNotice) {
  EXPECT_EQ(Ask(*corpus_, "SELECT source_id || ' ' || notice_pmids FROM retracted_now"), "1 999");
}

TEST_F(Views, IdentifiersComeWithTheirWork) {
  EXPECT_EQ(Ask(*corpus_, "SELECT work_id FROM identifiers WHERE scheme = 'doi' AND value = '10.1000/x1'"), "1");
  EXPECT_EQ(Ask(*corpus_, "SELECT raw FROM identifiers WHERE scheme = 'pmid' AND work_id = 2"), "2");
}

TEST_F(Views, WorksAreDatedByTheEarliestPublication) {
  EXPECT_EQ(
      Ask(*corpus_,
          "SELECT year || ' ' || publication_date || ' ' || publication_date_precision FROM works WHERE work_id = 1"),
      "1998 1998-12 month");
  EXPECT_EQ(Ask(*corpus_, "SELECT abstract_status FROM works WHERE work_id = 1"), "present");
}

TEST_F(Views, FullTextFoldsCaseAndAccents) {
  Put(*corpus_, SmallRecord("9", "Énergie du magnésium"));
  EXPECT_EQ(Ask(*corpus_, "SELECT rowid FROM works_fts WHERE works_fts MATCH 'energie AND MAGNESIUM'"), "6");
}

}  // namespace
}  // namespace litmill::testing
