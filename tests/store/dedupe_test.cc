// SPDX-License-Identifier: Apache-2.0
// Works made of pairs: order, batches, persons, transitivity. All records are synthetic.
#include "store/dedupe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace litmill::testing {
namespace {

using store::DedupeRecord;
using store::DedupeVerdict;
using store::PairDecision;

/// Small vocabularies, so that likeness by chance, contradictions and chains are frequent.
std::vector<DedupeRecord> RandomRecords(std::mt19937& random, std::size_t count) {
  const std::vector<std::string> titles = {"Magnesium and the quality of sleep in shift workers",
                                           "Magnesium and the quality of slepe in shift workers",
                                           "Magnesium and the quality of sleep in shift workers: a trial",
                                           "Magnesium for migraine in young adults: part I",
                                           "Magnesium for migraine in young adults: part II",
                                           "Editorial",
                                           "",
                                           "Рецензия"};
  const std::vector<std::string> names = {"Doe", "Muster", "Perez", "Nakamura"};
  const std::vector<std::string> sources = {"pubmed", "scopus", "embase", "wos"};
  const auto pick = [&random](const auto& list) { return list[random() % list.size()]; };
  std::vector<DedupeRecord> records(count);
  for (std::size_t i = 0; i < count; ++i) {
    DedupeRecord& record = records[i];
    record.source = pick(sources);
    record.source_id = std::to_string(1000 + i);
    record.title = pick(titles);
    record.authors = {{pick(names), "A", ""}};
    if (random() % 2 == 0) record.authors.push_back({pick(names), "B", ""});
    record.year_print = static_cast<int>(2010 + random() % 2);
    record.journals = {random() % 3 == 0 ? "Annals of Invented Nutrition" : "Journal of Synthetic Medicine"};
    if (random() % 2 == 0) record.volume = std::to_string(1 + random() % 2);
    if (random() % 2 == 0) record.pages = std::to_string(10 + random() % 3) + "-19";
    if (random() % 3 == 0) record.identifiers.emplace_back("doi", "10.9999/" + std::to_string(random() % 4));
    if (record.source != "pubmed" && random() % 4 == 0)
      record.identifiers.emplace_back("pmid", std::to_string(1000 + random() % count));
    record.is_deleted = random() % 20 == 0;
    record.is_notice = random() % 20 == 0;
  }
  return records;
}

using Names = std::vector<std::string>;
std::string NameOf(const DedupeRecord& record) { return record.source + " " + record.source_id; }

/// Everything that a result says, by the names of records.
std::multiset<Names> Said(const std::vector<DedupeRecord>& records, const store::DedupeResult& result) {
  std::multiset<Names> said;
  for (std::size_t i = 0; i < records.size(); ++i)
    said.insert({"work", NameOf(records[i]), NameOf(records[result.representative[i]])});
  for (const auto& decision : result.decisions)
    said.insert({std::string(store::DedupeVerdictName(decision.verdict)), NameOf(records[decision.record]),
                 NameOf(records[decision.other]), decision.rule, decision.evidence,
                 std::string(store::DedupeRelationName(decision.relation)), std::to_string(decision.scores.title)});
  for (const auto& conflict : result.conflicts) {
    Names names = {"conflict", conflict.scheme, conflict.value};
    for (const std::size_t record : conflict.records) names.push_back(NameOf(records[record]));
    said.insert(names);
  }
  for (const auto& contradiction : result.contradictions)
    said.insert({"contradiction", NameOf(records[contradiction.record]), NameOf(records[contradiction.other])});
  return said;
}

TEST(Deduplicate, TheOrderOfTheRecordsDoesNotMatter) {
  std::mt19937 random(1);
  for (int round = 0; round < 120; ++round) {
    const auto records = RandomRecords(random, 2 + random() % 60);
    const auto expected = Said(records, store::Deduplicate(records));
    for (int shuffle = 0; shuffle < 3; ++shuffle) {
      auto shuffled = records;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      ASSERT_EQ(Said(shuffled, store::Deduplicate(shuffled)), expected) << "round " << round;
    }
  }
}

TEST(Deduplicate, NewAgainstOldIsTheSameAsAllAtOnce) {
  std::mt19937 random(2);
  for (int round = 0; round < 60; ++round) {
    const auto records = RandomRecords(random, 40);
    store::Deduplicator growing;
    for (std::size_t i = 0; i < records.size(); ++i) {
      growing.Add(records[i]);
      if (random() % 8 == 0) (void)growing.Find();
    }
    EXPECT_EQ(Said(records, growing.Find()), Said(records, store::Deduplicate(records)));
  }
}

TEST(Deduplicate, AWorkOfNRecordsHasNMinusOneMergesAndNoTwoPmids) {
  std::mt19937 random(3);
  for (int round = 0; round < 120; ++round) {
    const auto records = RandomRecords(random, 60);
    const auto result = store::Deduplicate(records);
    std::map<std::size_t, std::size_t> sizes, merges;
    std::map<std::size_t, std::set<std::string>> pubmed;
    for (std::size_t i = 0; i < records.size(); ++i) {
      ++sizes[result.representative[i]];
      EXPECT_EQ(result.representative[result.representative[i]], result.representative[i]);
      if (records[i].source == "pubmed") pubmed[result.representative[i]].insert(records[i].source_id);
      if (records[i].is_deleted) {
        EXPECT_EQ(result.representative[i], i);
      }
    }
    for (const auto& decision : result.decisions) {
      const bool is_one = result.representative[decision.record] == result.representative[decision.other];
      EXPECT_EQ(is_one, decision.verdict == DedupeVerdict::kMerged);
      if (is_one) ++merges[result.representative[decision.record]];
    }
    for (const auto& [work, size] : sizes) EXPECT_EQ(merges[work], size - 1);
    for (const auto& [work, pmids] : pubmed) EXPECT_EQ(pmids.size(), 1U);
  }
}

TEST(Deduplicate, ThePersonWinsAndNotADuplicateWinsOverDuplicate) {
  std::mt19937 random(4);
  for (int round = 0; round < 150; ++round) {
    auto records = RandomRecords(random, 30);
    for (DedupeRecord& record : records) record.is_deleted = false;
    std::vector<PairDecision> decisions;
    for (int i = 0; i < 8; ++i) decisions.push_back({random() % 30, random() % 30, random() % 2 == 0});
    const auto result = store::Deduplicate(records, decisions);
    std::size_t unmet = 0;
    for (const PairDecision& decision : decisions) {
      if (decision.record == decision.other) continue;
      const bool is_one = result.representative[decision.record] == result.representative[decision.other];
      EXPECT_TRUE(decision.is_duplicate || !is_one);
      if (decision.is_duplicate && !is_one) ++unmet;
    }
    EXPECT_EQ(unmet == 0, result.contradictions.empty()) << "what is not followed is reported, and nothing else";
    std::shuffle(decisions.begin(), decisions.end(), random);
    EXPECT_EQ(Said(records, store::Deduplicate(records, decisions)), Said(records, result));
  }
}

DedupeRecord Paper(const std::string& id, const std::string& title, const std::string& pages,
                   const std::string& doi = "") {
  DedupeRecord record;
  record.source = "scopus";
  record.source_id = id;
  record.title = title;
  record.authors = {{"Doe", "J", ""}};
  record.year_print = 2015;
  record.journals = {"Journal of Synthetic Medicine"};
  record.volume = pages.empty() ? "" : "12";
  record.pages = pages;
  if (!doi.empty()) record.identifiers = {{"doi", doi}};
  return record;
}

TEST(Deduplicate, ARecordThatIsLikeTwoDifferentWorksJoinsOnlyOne) {
  const std::string title = "Magnesium and the quality of sleep in shift workers";
  // B has no place in print: it could be A or C, and these are two papers.
  const std::vector<DedupeRecord> records = {Paper("A", title, "10-19", "10.9999/a"), Paper("B", title, ""),
                                             Paper("C", title, "50-59", "10.9999/c")};
  const auto result = store::Deduplicate(records);
  EXPECT_NE(result.representative[0], result.representative[2]);
  EXPECT_EQ(result.representative[0], result.representative[1]);
  const auto held = std::find_if(result.decisions.begin(), result.decisions.end(),
                                 [](const auto& d) { return d.verdict == DedupeVerdict::kReview; });
  ASSERT_NE(held, result.decisions.end()) << "the person is asked";
}

TEST(Deduplicate, AnIdentifierInTwoWorksIsAConflict) {
  const auto result = store::Deduplicate({Paper("A", "Magnesium and the quality of sleep", "10", "10.9999/s"),
                                          Paper("B", "Zinc against the common cold in children", "10", "10.9999/s")});
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(result.conflicts[0].value, "10.9999/s");
  EXPECT_EQ(result.conflicts[0].records, (std::vector<std::size_t>{0, 1}));
}

TEST(Deduplicate, HubsOfCommonTitlesStayApartAndAreBounded) {
  std::vector<DedupeRecord> records;
  for (int i = 0; i < 6000; ++i) {
    DedupeRecord record = Paper(std::to_string(i), i % 2 == 0 ? "Editorial" : "Рецензия", std::to_string(10 * i + 3),
                                "10.9999/" + std::to_string(i));
    record.volume = std::to_string(i % 40);
    records.push_back(record);
  }
  const auto result = store::Deduplicate(records);
  for (std::size_t i = 0; i < records.size(); ++i) ASSERT_EQ(result.representative[i], i);
  EXPECT_LT(result.decisions.size(), 100U) << "a queue that nobody can work through helps nobody";
}

TEST(Deduplicate, ManyCopiesOfOneRecordAreOneWork) {
  std::vector<DedupeRecord> records;
  for (int i = 0; i < 500; ++i)
    records.push_back(Paper(std::to_string(i), "Magnesium and the quality of sleep in shift workers", "10-19"));
  const auto result = store::Deduplicate(records);
  for (std::size_t i = 0; i < records.size(); ++i) EXPECT_EQ(result.representative[i], result.representative[0]);
}

TEST(Deduplicate, NothingGivesNothing) {
  EXPECT_TRUE(store::Deduplicate({}).representative.empty());
  EXPECT_EQ(store::Deduplicate({DedupeRecord{}}).representative, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace litmill::testing
