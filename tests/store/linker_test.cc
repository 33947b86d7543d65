// SPDX-License-Identifier: Apache-2.0
// Which records are one publication, by identifiers alone.
#include "store/linker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace litmill::testing {
namespace {

using store::LinkableRecord;
using store::LinkedRecords;

using Ids = std::vector<std::pair<std::string, std::string>>;

LinkableRecord Of(const std::string& source, const std::string& source_id, Ids ids = {}) {
  return {source, source_id, std::move(ids)};
}

/// "pubmed 1 + scopus A | crossref 10.1/x": works and their records in the order of preference of the input's names.
std::string Works(const std::vector<LinkableRecord>& records) {
  const LinkedRecords linked = store::LinkRecords(records);
  std::map<std::string, std::set<std::string>> works;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const LinkableRecord& first = records[linked.representative[i]];
    works[first.source + " " + first.source_id].insert(records[i].source + " " + records[i].source_id);
  }
  std::string text;
  for (const auto& [first, members] : works) {
    text += (text.empty() ? "" : " | ") + first;
    for (const std::string& member : members)
      if (member != first) text += " + " + member;
  }
  return text;
}

std::string Rules(const std::vector<LinkableRecord>& records) {
  std::string text;
  for (const store::WorkLink& link : store::LinkRecords(records).links)
    text += (text.empty() ? "" : ", ") + records[link.record].source + "-" + records[link.other].source + " " +
            link.rule + " " + link.value;
  return text;
}

std::size_t Conflicts(const std::vector<LinkableRecord>& records) {
  return store::LinkRecords(records).conflicts.size();
}

TEST(LinkRecords, TheSamePmidPmcidOrDoiMakesOneWorkAndEachLinkNamesIt) {
  const std::vector<LinkableRecord> records = {
      Of("crossref", "10.1/x", {{"doi", "10.1/x"}}), Of("scopus", "A", {{"pmid", "1"}, {"doi", "10.1/x"}}),
      Of("europepmc", "MED/1", {{"pmcid", "PMC1"}}), Of("pubmed", "1", {{"pmid", "1"}, {"pmcid", "PMC1"}})};
  EXPECT_EQ(Works(records), "pubmed 1 + crossref 10.1/x + europepmc MED/1 + scopus A");
  EXPECT_EQ(Rules(records), "scopus-pubmed pmid 1, europepmc-pubmed pmcid PMC1, crossref-scopus doi 10.1/x");
  EXPECT_EQ(Conflicts(records), 0U);
}

TEST(LinkRecords, OneDatabasesOwnIdentifierLinks) {
  const std::vector<LinkableRecord> records = {Of("scopus", "2-s2.0-1"), Of("embase", "L5", {{"scopus", "2-s2.0-1"}}),
                                               Of("wos", "WOS:1", {{"pii", "2-s2.0-1"}})};
  EXPECT_EQ(Works(records), "embase L5 + scopus 2-s2.0-1 | wos WOS:1");
  EXPECT_EQ(Rules(records), "scopus-embase scopus 2-s2.0-1");
}

TEST(LinkRecords, TwoRecordsOfOneDatabaseAreNeverOneWork) {
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}}), Of("pubmed", "2", {{"doi", "10.1/x"}})}),
            "pubmed 1 | pubmed 2");
  EXPECT_EQ(Works({Of("scopus", "A", {{"pmid", "1"}}), Of("scopus", "B", {{"pmid", "1"}}), Of("pubmed", "1")}),
            "pubmed 1 + scopus A | scopus B");
  EXPECT_EQ(Conflicts({Of("scopus", "A", {{"pmid", "1"}}), Of("scopus", "B", {{"pmid", "1"}}), Of("pubmed", "1")}), 1U);
}

TEST(LinkRecords, ADoiOfTwoRecordsOfOneDatabaseLinksNeitherUnlessThePmidDecides) {
  const LinkableRecord article = Of("pubmed", "1", {{"doi", "10.1/x"}});
  const LinkableRecord erratum = Of("pubmed", "2", {{"doi", "10.1/x"}});
  EXPECT_EQ(Works({article, erratum, Of("crossref", "10.1/x", {{"doi", "10.1/x"}})}),
            "crossref 10.1/x | pubmed 1 | pubmed 2");
  EXPECT_EQ(Works({article, erratum, Of("scopus", "A", {{"doi", "10.1/x"}, {"pmid", "2"}})}),
            "pubmed 1 | pubmed 2 + scopus A");
  EXPECT_EQ(Works({article, erratum, Of("europepmc", "PMC/1", {{"doi", "10.1/x"}, {"pmcid", "PMC1"}}),
                   Of("embase", "L1", {{"pmid", "1"}, {"pmcid", "PMC1"}})}),
            "pubmed 1 + embase L1 + europepmc PMC/1 | pubmed 2");
}

TEST(LinkRecords, RecordsThatContradictEachOtherStayApart) {
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}}), Of("scopus", "A", {{"pmid", "2"}, {"doi", "10.1/x"}})}),
            "pubmed 1 | scopus A")
      << "PMIDs differ";
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}, {"pmcid", "PMC1"}}),
                   Of("scopus", "A", {{"doi", "10.1/y"}, {"pmcid", "PMC1"}})}),
            "pubmed 1 | scopus A")
      << "DOIs differ and no PMID agrees";
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}}), Of("scopus", "A", {{"pmid", "1"}, {"doi", "10.1/y"}})}),
            "pubmed 1 + scopus A")
      << "the PMID agrees";
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}, {"doi", "10.1/y"}}), Of("scopus", "A", {{"doi", "10.1/y"}})}),
            "pubmed 1 + scopus A")
      << "a record may have two DOIs";
}

TEST(LinkRecords, AChainDoesNotJoinWhatContradicts) {
  // Crossref's record has the DOI of one and the PMCID of the other.
  const std::vector<LinkableRecord> records = {Of("pubmed", "1", {{"doi", "10.1/x"}, {"pmcid", "PMC1"}}),
                                               Of("scopus", "A", {{"pmid", "2"}, {"pmcid", "PMC2"}}),
                                               Of("crossref", "10.1/x", {{"doi", "10.1/x"}, {"pmcid", "PMC2"}})};
  EXPECT_EQ(Works(records), "pubmed 1 | scopus A + crossref 10.1/x") << "the PMCID is the stronger evidence";
  EXPECT_EQ(Rules(records), "crossref-scopus pmcid PMC2");
  const LinkedRecords linked = store::LinkRecords(records);
  ASSERT_EQ(linked.conflicts.size(), 1U);
  EXPECT_EQ(linked.conflicts[0].scheme, "doi");
  EXPECT_EQ(linked.conflicts[0].value, "10.1/x");
  EXPECT_EQ(linked.conflicts[0].records, (std::vector<std::size_t>{0, 2}));
}

TEST(LinkRecords, WhatAgreesOnPmidAndDoiJoinsBeforeWhatAgreesOnThePmidAlone) {
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}}), Of("scopus", "A", {{"pmid", "1"}, {"doi", "10.1/z"}}),
                   Of("scopus", "B", {{"pmid", "1"}, {"doi", "10.1/x"}})}),
            "pubmed 1 + scopus B | scopus A");
}

TEST(LinkRecords, ADoiBesideTwoPmidsLinksNothing) {
  EXPECT_EQ(Works({Of("pubmed", "1", {{"doi", "10.1/x"}}), Of("embase", "L1", {{"pmid", "2"}, {"doi", "10.1/x"}}),
                   Of("crossref", "10.1/x", {{"doi", "10.1/x"}})}),
            "crossref 10.1/x | embase L1 | pubmed 1");
}

TEST(LinkRecords, ANoticeLinksWithNoticesOnly) {
  LinkableRecord notice = Of("pubmed", "9", {{"doi", "10.1/x"}});
  notice.is_notice = true;
  LinkableRecord deposited = Of("crossref", "10.1/x", {{"doi", "10.1/x"}});
  EXPECT_EQ(Works({notice, deposited}), "crossref 10.1/x | pubmed 9");
  deposited.is_notice = true;
  EXPECT_EQ(Works({notice, deposited}), "pubmed 9 + crossref 10.1/x");
  EXPECT_EQ(Works({notice, Of("scopus", "A", {{"pmid", "9"}})}), "pubmed 9 + scopus A") << "the PMID decides";
}

TEST(LinkRecords, ADeletedRecordLinksWithNothing) {
  LinkableRecord deleted = Of("pubmed", "1", {{"doi", "10.1/x"}});
  deleted.is_deleted = true;
  const std::vector<LinkableRecord> records = {deleted, Of("scopus", "A", {{"pmid", "1"}, {"doi", "10.1/x"}})};
  EXPECT_EQ(Works(records), "pubmed 1 | scopus A");
  EXPECT_EQ(Conflicts(records), 0U);
}

// --- Properties on random records

std::vector<LinkableRecord> RandomRecords(std::mt19937_64& random) {
  const std::string databases[] = {"pubmed", "scopus", "embase", "crossref", "unheard-of"};
  std::vector<LinkableRecord> records;
  const std::size_t count = 2 + random() % 14;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& source = databases[random() % 5];
    LinkableRecord record = Of(source, source == "pubmed" ? std::to_string(i + 1) : source + std::to_string(i));
    for (const char* scheme : {"pmid", "doi", "doi", "pmcid", "scopus"}) {
      if (random() % 3 != 0) continue;
      const std::string n = std::to_string(random() % 6 + 1);
      record.identifiers.emplace_back(scheme, std::string(scheme) == "scopus" ? "scopus" + n : n);
    }
    record.is_notice = random() % 12 == 0;
    record.is_deleted = random() % 15 == 0;
    records.push_back(std::move(record));
  }
  return records;
}

std::set<std::string> Values(const LinkableRecord& record, const std::string& scheme) {
  std::set<std::string> values;
  if (scheme == record.source) values.insert(record.source_id);
  if (record.source == "pubmed" && scheme == "pmid") return {record.source_id};
  for (const auto& [s, value] : record.identifiers)
    if (s == scheme) values.insert(value);
  return values;
}

bool Meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& value) { return b.count(value) > 0; });
}

/// The rule as the header words it.
bool MayBeOne(const LinkableRecord& a, const LinkableRecord& b) {
  if (a.source == b.source || a.is_deleted || b.is_deleted) return false;
  const auto pmids_a = Values(a, "pmid"), pmids_b = Values(b, "pmid");
  if (Meet(pmids_a, pmids_b)) return true;
  if (!pmids_a.empty() && !pmids_b.empty()) return false;
  const auto dois_a = Values(a, "doi"), dois_b = Values(b, "doi");
  const bool dois_differ = !dois_a.empty() && !dois_b.empty() && !Meet(dois_a, dois_b);
  return a.is_notice == b.is_notice && !dois_differ;
}

TEST(LinkRecords, NoWorkHoldsAContradictionAndEveryLinkHasItsEvidence) {
  std::mt19937_64 random(11);
  std::size_t links = 0, conflicts = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::vector<LinkableRecord> records = RandomRecords(random);
    const LinkedRecords linked = store::LinkRecords(records);
    std::set<std::size_t> works;
    for (std::size_t i = 0; i < records.size(); ++i) {
      works.insert(linked.representative[i]);
      for (std::size_t j = 0; j < i; ++j)
        ASSERT_TRUE(linked.representative[i] != linked.representative[j] || MayBeOne(records[i], records[j]))
            << "round " << round << ", records " << i << " and " << j;
    }
    ASSERT_EQ(linked.links.size() + works.size(), records.size()) << "round " << round;
    for (const store::WorkLink& link : linked.links) {
      ASSERT_EQ(linked.representative[link.record], linked.representative[link.other]);
      ASSERT_EQ(Values(records[link.record], link.rule).count(link.value), 1U) << "round " << round;
      ASSERT_EQ(Values(records[link.other], link.rule).count(link.value), 1U) << "round " << round;
    }
    links += linked.links.size();
    conflicts += linked.conflicts.size();
  }
  EXPECT_GT(links, 1000U);
  EXPECT_GT(conflicts, 1000U);
}

TEST(LinkRecords, WhatAPmidWouldJoinIsJoinedUnlessItContradicts) {
  std::mt19937_64 random(12);
  for (int round = 0; round < 5000; ++round) {
    const std::vector<LinkableRecord> records = RandomRecords(random);
    const LinkedRecords linked = store::LinkRecords(records);
    for (std::size_t i = 0; i < records.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (linked.representative[i] == linked.representative[j] || records[i].is_deleted || records[j].is_deleted ||
            !Meet(Values(records[i], "pmid"), Values(records[j], "pmid")))
          continue;
        bool contradicts = false;
        for (std::size_t x = 0; x < records.size(); ++x)
          for (std::size_t y = 0; y < records.size(); ++y)
            if (linked.representative[x] == linked.representative[i] &&
                linked.representative[y] == linked.representative[j])
              contradicts = contradicts || !MayBeOne(records[x], records[y]);
        ASSERT_TRUE(contradicts) << "round " << round << ", records " << i << " and " << j;
      }
    }
  }
}

TEST(LinkRecords, DoNotDependOnTheOrderOfTheInput) {
  std::mt19937_64 random(13);
  for (int round = 0; round < 2000; ++round) {
    std::vector<LinkableRecord> records = RandomRecords(random);
    const std::string works = Works(records), rules = Rules(records);
    std::shuffle(records.begin(), records.end(), random);
    for (LinkableRecord& record : records) std::shuffle(record.identifiers.begin(), record.identifiers.end(), random);
    ASSERT_EQ(Works(records), works) << "round " << round;
    ASSERT_EQ(Rules(records), rules) << "round " << round;
  }
}

}  // namespace
}  // namespace litmill::testing
