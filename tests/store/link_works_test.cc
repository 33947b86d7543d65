// SPDX-License-Identifier: Apache-2.0
// Works of several records: how they are made, kept right while records change, and taken apart again.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "store/digest.h"
#include "store/export_ids.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

constexpr const char* kT1 = "2024-01-01T00:00:00Z";
constexpr const char* kT2 = "2024-02-01T00:00:00Z";

/// By the same people, so that a shared PMID decides even where the titles of these tests differ.
Record ByRoeAndDoe(Record r) {
  r.authors.clear();
  for (const char* name : {"Roe", "Doe"}) {
    Author& author = r.authors.emplace_back();
    author.last_name = name;
    author.initials = "J";
  }
  return r;
}

Record Pubmed(const std::string& pmid, const std::string& title) { return ByRoeAndDoe(SmallRecord(pmid, title)); }

Record Elsewhere(const std::string& source, const std::string& source_id, const std::string& title,
                 const std::vector<std::pair<std::string, std::string>>& ids) {
  Record r = Pubmed(source_id, title);
  r.source = source;
  r.identifiers.clear();
  for (const auto& [scheme, value] : ids) r.identifiers.push_back({scheme, value, value, "test", true});
  return r;
}

class LinkWorks : public ::testing::Test {
 protected:
  store::LinkCounts Link() {
    const auto counts = corpus_->LinkWorks();
    EXPECT_THAT(counts, IsOk());
    EXPECT_EQ(FailedChecks(*corpus_), "");
    return counts.value_or(store::LinkCounts{});
  }
  std::string Matches(const std::string& word) {
    return Ask(*corpus_, "SELECT group_concat(rowid) FROM works_fts WHERE works_fts MATCH '" + word + "'");
  }
  TempDir dir_;
  std::unique_ptr<store::Corpus> corpus_ = OpenCorpus(dir_.File("c.db"));
};

TEST_F(LinkWorks, OfOneDatabaseThereIsNothingToDo) {
  Put(*corpus_, Pubmed("1", "x"));
  Put(*corpus_, Pubmed("2", "y"));
  const std::string before = DigestOf(*corpus_);
  const store::LinkCounts counts = Link();
  EXPECT_EQ(counts.works, 2U);
  EXPECT_EQ(counts.records, 2U);
  EXPECT_EQ(counts.merged_works, 0U);
  EXPECT_EQ(DigestOf(*corpus_), before);
}

TEST_F(LinkWorks, RecordsOfOnePublicationBecomeOneWorkWithTheTagsOfAll) {
  Put(*corpus_, Elsewhere("scopus", "A", "depression", {{"pmid", "1"}}));
  Put(*corpus_, Pubmed("1", "migraine"));
  Put(*corpus_, Elsewhere("scopus", "B", "sleep", {{"pmid", "7"}}));
  const store::LinkCounts counts = Link();
  EXPECT_EQ(counts.works, 2U);
  EXPECT_EQ(counts.records, 3U);
  EXPECT_EQ(counts.merged_works, 1U);
  EXPECT_EQ(counts.conflicts, 0U);
  EXPECT_EQ(Ask(*corpus_, "SELECT title || ' ' || conditions FROM evidence WHERE pmid = '1'"),
            "migraine depression; headache; migraine");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT r.source || r.source_id || o.source || o.source_id || l.rule || l.value FROM work_links AS "
                "l JOIN source_records AS r USING (record_id) JOIN source_records AS o ON o.record_id = "
                "l.other_record_id"),
            "pubmed1scopusApmidpmid 1");
  EXPECT_EQ(Matches("migraine"), "2");
  EXPECT_EQ(Matches("depression"), "NULL") << "the title of another record is no text of the work";
  const std::string once = DigestOf(*corpus_);
  Link();
  EXPECT_EQ(DigestOf(*corpus_), once);
}

TEST_F(LinkWorks, AFieldThatTheBestRecordLacksComesFromTheNextThatHasItAndTheViewSaysSo) {
  Record pubmed = Pubmed("1", "");
  pubmed.dates.clear();
  pubmed.journal.title.clear();
  pubmed.languages.clear();
  Record scopus = Elsewhere("scopus", "A", "from Scopus", {{"pmid", "1"}});
  scopus.dates.clear();
  scopus.journal.volume = "7";
  Record crossref = Elsewhere("crossref", "10.1/x", "from Crossref", {{"pmid", "1"}});
  crossref.abstract_sections = {{"", "", {"magnesium works", ""}}};
  crossref.journal.volume = "8";
  crossref.pages = "1-9";
  crossref.related = {{"RetractionIn", "", "", "", "10.1/notice"}};
  for (const Record& record : {crossref, scopus, pubmed}) Put(*corpus_, record);
  Link();
  EXPECT_EQ(
      Ask(*corpus_,
          "SELECT group_concat(field || '=' || value || ' ' || source, ', ') FROM (SELECT * FROM work_fields ORDER "
          "BY field)"),
      "abstract=magnesium works crossref, is_retracted=1 crossref, journal=Journal of Invented Nutrition scopus, "
      "language=eng scopus, title=from Scopus scopus, type=article pubmed, volume=7 scopus, year=2010 crossref");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT title || year || journal || volume || abstract_status || is_retracted || ifnull(pages, "
                "' no pages') FROM works"),
            "from Scopus2010Journal of Invented Nutrition7present1 no pages")
      << "volume and pages come from one record";
  EXPECT_EQ(Ask(*corpus_, "SELECT source || ' ' || notice_dois FROM retracted_now"), "crossref 10.1/notice");
  EXPECT_EQ(Matches("magnesium"), Ask(*corpus_, "SELECT work_id FROM works"));
}

TEST_F(LinkWorks, AWholeAbstractGoesBeforeACutOne) {
  Record pubmed = Pubmed("1", "x");
  pubmed.abstract_sections = {{"", "", {"it begins (ABSTRACT TRUNCATED AT 250 WORDS)", ""}}};
  Record embase = Elsewhere("embase", "L1", "x", {{"pmid", "1"}});
  embase.abstract_sections = {{"", "", {"it begins and ends", ""}}};
  Put(*corpus_, pubmed);
  Put(*corpus_, embase);
  Link();
  EXPECT_EQ(Ask(*corpus_, "SELECT abstract FROM works_text"), "it begins and ends");
  EXPECT_EQ(Ask(*corpus_, "SELECT abstract_status FROM works"), "present");
}

TEST_F(LinkWorks, IdentifiersOfEveryRecordAreTheWorks) {
  Put(*corpus_, Pubmed("1", "x"));
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "1"}, {"doi", "10.1/x"}}));
  Put(*corpus_, Elsewhere("europepmc", "PMC/5", "x", {{"doi", "10.1/x"}, {"pmcid", "PMC5"}}));
  Link();
  EXPECT_EQ(Ask(*corpus_, "SELECT pmid || pmcid || doi FROM evidence"), "1PMC510.1/x");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM identifiers WHERE work_id = (SELECT work_id FROM works)"), "5");
}

TEST_F(LinkWorks, OverlapCountsEachSetOfDatabases) {
  for (const char* pmid : {"1", "2", "3"}) Put(*corpus_, Pubmed(pmid, "x"));
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "1"}}));
  Put(*corpus_, Elsewhere("scopus", "B", "x", {{"pmid", "2"}}));
  Put(*corpus_, Elsewhere("embase", "L1", "x", {{"pmid", "1"}}));
  PutDeletion(*corpus_, "3", 1);
  Link();
  EXPECT_EQ(Ask(*corpus_,
                "SELECT group_concat(sources || '=' || works, ', ') FROM (SELECT * FROM source_overlap ORDER BY 1)"),
            "embase; pubmed; scopus=1, pubmed; scopus=1");
  EXPECT_EQ(Ask(*corpus_,
                "SELECT group_concat(source || '/' || other_source || '=' || works, ', ') FROM (SELECT * FROM "
                "source_pairs ORDER BY 1, 2)"),
            "embase/embase=1, embase/pubmed=1, embase/scopus=1, pubmed/pubmed=2, pubmed/scopus=2, scopus/scopus=2");
}

TEST_F(LinkWorks, ARevisionOfEitherRecordKeepsTheSharedWorkRight) {
  Put(*corpus_, Pubmed("1", "migraine"), kT1);
  Put(*corpus_, Elsewhere("scopus", "A", "depression", {{"pmid", "1"}}), kT1);
  Link();
  Put(*corpus_, Elsewhere("scopus", "A", "trial of sleep", {{"pmid", "1"}}), kT2);
  EXPECT_EQ(FailedChecks(*corpus_), "");
  EXPECT_EQ(Ask(*corpus_, "SELECT title || ' ' || conditions || ' ' || designs FROM evidence"),
            "migraine headache; migraine trial");
  Put(*corpus_, Pubmed("1", ""), kT2);
  EXPECT_EQ(FailedChecks(*corpus_), "");
  EXPECT_EQ(Ask(*corpus_, "SELECT title FROM works"), "trial of sleep");
  EXPECT_EQ(Matches("migraine"), "NULL");
  EXPECT_EQ(Matches("sleep"), "1");
  Link();
  const std::string before = DigestOf(*corpus_);
  Link();
  EXPECT_EQ(DigestOf(*corpus_), before) << "linking again adds nothing";
}

TEST_F(LinkWorks, EvidenceThatIsGoneTakesTheWorkApart) {
  Put(*corpus_, Pubmed("1", "migraine"), kT1);
  const std::string alone = DigestOf(*corpus_);
  Put(*corpus_, Elsewhere("scopus", "A", "depression", {{"pmid", "1"}}), kT1);
  Link();
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "1");
  Put(*corpus_, Elsewhere("scopus", "A", "depression", {{"pmid", "2"}}), kT2);
  EXPECT_EQ(FailedChecks(*corpus_), "") << "sound until it is linked again";
  EXPECT_EQ(Link().merged_works, 0U);
  EXPECT_EQ(
      Ask(*corpus_, "SELECT group_concat(title || ' ' || conditions, ', ') FROM (SELECT * FROM evidence ORDER BY 1)"),
      "migraine headache; migraine, depression depression");
  EXPECT_EQ(Ask(*corpus_, "SELECT work_id FROM source_records WHERE source = 'pubmed'"), "1") << "it keeps its work";
  EXPECT_EQ(Matches("depression"), "2");
  const auto another = OpenCorpus(dir_.File("d.db"));
  Put(*another, Elsewhere("scopus", "A", "depression", {{"pmid", "2"}}), kT2);
  Put(*another, Pubmed("1", "migraine"), kT1);
  EXPECT_EQ(DigestOf(*another), DigestOf(*corpus_)) << "as if they had never been one";
}

TEST_F(LinkWorks, ADeletionOfOneRecordLeavesTheWorkToTheOther) {
  Put(*corpus_, Pubmed("1", "migraine"), kT1);
  Put(*corpus_, Elsewhere("scopus", "A", "depression", {{"pmid", "1"}}), kT1);
  Link();
  EXPECT_EQ(PutDeletion(*corpus_, "1", 1, kT2), store::PutOutcome::kRevised);
  EXPECT_EQ(FailedChecks(*corpus_), "");
  EXPECT_EQ(Ask(*corpus_, "SELECT title FROM evidence"), "depression");
  EXPECT_EQ(Matches("migraine"), "NULL");
  EXPECT_EQ(Link().works, 2U);
  EXPECT_EQ(Ask(*corpus_, "SELECT title || ' ' || conditions FROM evidence"), "depression depression");
  EXPECT_EQ(Ask(*corpus_, "SELECT sources || works FROM source_overlap"), "scopus1");
  Put(*corpus_, Pubmed("1", "migraine"), "2024-03-01T00:00:00Z");
  EXPECT_EQ(Link().works, 1U) << "it is back";
  EXPECT_EQ(Ask(*corpus_, "SELECT title FROM evidence"), "migraine");
}

TEST_F(LinkWorks, NewRecordsAfterLinkingGetWorksOfTheirOwn) {
  Put(*corpus_, Pubmed("1", "x"), kT1);
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "1"}}), kT1);
  Link();
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "9"}}), kT2);
  Link();
  Put(*corpus_, Pubmed("2", "y"));
  Put(*corpus_, Pubmed("3", "z"));
  EXPECT_EQ(FailedChecks(*corpus_), "");
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM works"), "4");
}

TEST_F(LinkWorks, ContradictionsAreListedOnceAndOnlyAsLongAsTheyStand) {
  Put(*corpus_, Pubmed("1", "x"), kT1);
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "1"}}));
  Record other = Elsewhere("scopus", "B", "Zinc and the growth of imaginary potatoes", {{"pmid", "1"}});
  other.authors.front().last_name = "Smith";
  other.authors.pop_back();
  Put(*corpus_, other, kT1);
  EXPECT_EQ(Link().conflicts, 1U);
  EXPECT_EQ(Link().conflicts, 1U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM problems"), "1");
  EXPECT_EQ(
      Ask(*corpus_, "SELECT stage || ' ' || severity || ' ' || code || ' ' || source || ' ' || message FROM problems"),
      "store warning identifier-conflict pubmed pmid 1 stands in 3 records that are not all one publication: "
      "pubmed 1, scopus A, scopus B; see record_pairs for what was decided and why");
  other.identifiers.front().value = other.identifiers.front().raw = "2";
  Put(*corpus_, other, kT2);
  EXPECT_EQ(Link().conflicts, 0U);
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM problems"), "0");
}

TEST_F(LinkWorks, IdentifiersOfRelatedAndCitedWorksNeverLink) {
  Record pubmed = Pubmed("1", "x");
  pubmed.related = {{"CommentOn", "", "", "", "10.1/x"}};
  pubmed.references = {{{"cited", ""}, {{"doi", "10.1/x", "10.1/x", "test", true}}}};
  pubmed.identifiers.push_back({"doi", "10.1/x", "10.1/x", "test", false});
  Put(*corpus_, pubmed);
  Put(*corpus_, Elsewhere("crossref", "10.1/x", "y", {{"doi", "10.1/x"}}));
  EXPECT_EQ(Link().works, 2U);
}

TEST_F(LinkWorks, IsRefusedInsideABatchWhichLosesNothing) {
  ASSERT_THAT(corpus_->BeginBatch(), IsOk());
  const Record record = FullRecord("1");
  ASSERT_THAT(corpus_->PutRecord(record, SampleTags(SampleRules(), record), {}), IsOk());
  EXPECT_THAT(corpus_->LinkWorks(), IsError(ErrorCode::kInternal));
  ASSERT_THAT(corpus_->CommitBatch(), IsOk());
  EXPECT_EQ(Ask(*corpus_, "SELECT count(*) FROM source_records"), "1");
  EXPECT_EQ(FailedChecks(*corpus_), "");
}

TEST_F(LinkWorks, ARecordIsFoundByTheIdentifiersOfEachDatabase) {
  Put(*corpus_, Pubmed("1", "x"));
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "1"}, {"doi", "10.1/x"}}));
  Put(*corpus_, Elsewhere("scopus", "B", "x", {{"pmid", "2"}}));
  Link();
  EXPECT_EQ(corpus_->FindRecord("1").value(), 1);
  EXPECT_EQ(corpus_->FindRecord("10.1/x").value(), 2);
  EXPECT_EQ(corpus_->FindRecord("2").value(), 3);
}

// --- Export

TEST_F(LinkWorks, TheExportNamesEachWorkOnce) {
  Put(*corpus_, Pubmed("2", "x"));
  Put(*corpus_, Pubmed("10", "x"));
  Put(*corpus_, Pubmed("3", "deleted"));
  PutDeletion(*corpus_, "3", 1);
  Put(*corpus_, Elsewhere("scopus", "A", "x", {{"pmid", "2"}, {"doi", "10.1/x"}}));
  Put(*corpus_, Elsewhere("crossref", "10.1/y", "x", {{"doi", "10.1/y"}}));
  Link();
  std::string lines;
  ASSERT_THAT(store::ExportIds(*corpus_,
                               [&](const store::ExportedIds& e) -> Result<void> {
                                 lines += e.pmid + "," + e.pmcid + "," + e.doi + "," + e.source + "," + e.source_id +
                                          "," + e.sources + "\n";
                                 return {};
                               }),
              IsOk());
  EXPECT_EQ(lines, ",,10.1/y,crossref,10.1/y,crossref\n10,,,pubmed,10,pubmed\n2,,10.1/x,pubmed,2,pubmed; scopus\n");
  int calls = 0;
  EXPECT_THAT(store::ExportIds(*corpus_,
                               [&](const store::ExportedIds&) -> Result<void> {
                                 ++calls;
                                 return Fail(ErrorCode::kIo, "full");
                               }),
              IsError(ErrorCode::kIo));
  EXPECT_EQ(calls, 1);
}

// --- Order of arrival

struct Arrival {
  std::optional<Record> record;
  std::string pmid;
  std::string retrieved_at;
};

std::vector<Arrival> RandomArrivals(std::mt19937_64& random) {
  const std::string times[] = {"", kT1, kT2, "2024-03-01T00:00:00Z"};
  std::vector<Arrival> arrivals;
  for (int i = 0; i < 60; ++i) {
    const std::string databases[] = {"pubmed", "scopus", "embase", "crossref"};
    const std::string& source = databases[random() % 4];
    Record r = RandomRecord(random, std::to_string(random() % 12 + 1));
    r.source = source;
    if (random() % 4 == 0) r.title = {};
    if (source != "pubmed") r.identifiers.clear();
    for (const char* scheme : {"pmid", "doi", "pmcid", "scopus"})
      if (random() % 3 == 0 && (source != "pubmed" || std::string(scheme) != "pmid")) {
        const std::string value = std::to_string(random() % 12 + 1);
        r.identifiers.push_back({scheme, value, value, "test", random() % 10 != 0});
      }
    arrivals.push_back({r, r.source_id, times[random() % 4]});
    if (random() % 10 == 0) arrivals.push_back({std::nullopt, std::to_string(random() % 12 + 1), times[random() % 4]});
  }
  return arrivals;
}

/// The digest after these arrivals; LinkWorks is also called after each one with a chance of one in `link_every`.
std::string DigestAfter(const std::vector<Arrival>& arrivals, std::mt19937_64& random, std::uint64_t link_every,
                        bool checks) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  for (const Arrival& a : arrivals) {
    if (a.record)
      Put(*corpus, *a.record, a.retrieved_at);
    else
      PutDeletion(*corpus, a.pmid, 1, a.retrieved_at);
    if (link_every == 0 || random() % link_every != 0) continue;
    EXPECT_THAT(corpus->LinkWorks(), IsOk());
    if (checks) {
      EXPECT_EQ(FailedChecks(*corpus), "");
    }
  }
  EXPECT_EQ(FailedChecks(*corpus), "");
  EXPECT_THAT(corpus->LinkWorks(), IsOk());
  EXPECT_EQ(FailedChecks(*corpus), "");
  EXPECT_THAT(corpus->Close(), IsOk());
  return DigestOf(*OpenCorpus(dir.File("c.db"), {true, false, ""}));
}

TEST(LinkedDigest, DoesNotDependOnTheOrderOfArrivalOrOnWhenItWasLinked) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    std::mt19937_64 random(seed);
    std::vector<Arrival> arrivals = RandomArrivals(random);
    const std::string expected = DigestAfter(arrivals, random, 0, false);
    for (const std::uint64_t link_every : {1U, 5U, 0U}) {
      std::shuffle(arrivals.begin(), arrivals.end(), random);
      ASSERT_EQ(DigestAfter(arrivals, random, link_every, seed == 1), expected)
          << "seed " << seed << ", linked every " << link_every;
    }
  }
}

}  // namespace
}  // namespace litmill::testing
