// SPDX-License-Identifier: Apache-2.0
// Same knowledge, same digest: whatever the order of arrival, the duplicates and the batch size.
#include "store/digest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

/// A record, or (without one) the deletion of `pmid`.
struct Arrival {
  std::optional<Record> record;
  std::string pmid;
  int version = 1;
  std::string retrieved_at;
};

std::vector<Arrival> MakeArrivals(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::string times[] = {"", "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"};
  std::vector<Arrival> arrivals;
  for (int pmid = 1; pmid <= 25; ++pmid) {
    const std::string id = std::to_string(pmid * 37 % 101);
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) {
      const Record record = RandomRecord(random, id);
      for (std::uint64_t copies = 1 + random() % 2; copies > 0; --copies)
        arrivals.push_back({record, id, 1, times[random() % 4]});
    }
    for (std::uint64_t n = random() % 3; n > 1; --n)
      arrivals.push_back({std::nullopt, id, 1 + static_cast<int>(random() % 2), times[random() % 4]});
  }
  arrivals.push_back({std::nullopt, "5000", 1, ""});
  return arrivals;
}

std::string DigestAfter(const std::vector<Arrival>& arrivals, std::size_t batch_size) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  const RuleSet rules = SampleRules();
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    if (i % batch_size == 0) {
      EXPECT_THAT(corpus->BeginBatch(), IsOk());
    }
    const Arrival& a = arrivals[i];
    const store::RecordOrigin origin{0, i, i, a.retrieved_at};
    const auto outcome = a.record ? corpus->PutRecord(*a.record, SampleTags(rules, *a.record), origin)
                                  : corpus->PutDeletion("pubmed", a.pmid, a.version, origin);
    EXPECT_THAT(outcome, IsOk());
    if ((i + 1) % batch_size == 0 || i + 1 == arrivals.size()) {
      EXPECT_THAT(corpus->CommitBatch(), IsOk());
    }
  }
  EXPECT_EQ(FailedChecks(*corpus), "");
  return DigestOf(*corpus);
}

TEST(Digest, DoesNotDependOnTheOrderOfArrivalOrTheBatchSize) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    std::vector<Arrival> arrivals = MakeArrivals(seed);
    const std::string expected = DigestAfter(arrivals, 200);
    EXPECT_EQ(DigestAfter(arrivals, 1), expected) << "seed " << seed;
    std::mt19937_64 random(seed);
    for (const std::size_t batch_size : {7u, 200u, 1u, 7u}) {
      std::shuffle(arrivals.begin(), arrivals.end(), random);
      ASSERT_EQ(DigestAfter(arrivals, batch_size), expected) << "seed " << seed << ", batch size " << batch_size;
    }
  }
}

TEST(Digest, ShowsEveryStoredFieldThatChanges) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Put(*corpus, FullRecord("1"));
  store::SearchRow search;
  search.query_id = "q";
  search.source = "pubmed";
  search.hits = 1;
  search.source_ids = {"1"};
  const auto run = corpus->BeginRun({0, "u", "run", "0", "c", "r", "t", "", ""});
  ASSERT_THAT(run, IsOk());
  ASSERT_THAT(corpus->PutSearch(search, run->run_id), IsOk());
  std::string last = DigestOf(*corpus);
  for (const char* change :
       {"UPDATE works SET year = 1900", "UPDATE source_records SET coi_statement = 'x'",
        "UPDATE journals SET country = 'x'", "UPDATE affiliation_identifiers SET value = 'x' WHERE position = 1",
        "UPDATE mesh_qualifiers SET is_major = 1 WHERE position = 1",
        "UPDATE book_sections SET title = 'x' WHERE position = 0",
        "UPDATE record_dates SET time = 'x' WHERE position = 2", "UPDATE mentions SET text = 'x' WHERE position = 0",
        "UPDATE tags SET mention_count = 99 WHERE concept = 'migraine'",
        "UPDATE rules SET pattern = 'x' WHERE rule_id = 1",
        "UPDATE concepts SET label = 'x' WHERE concept = 'migraine'", "UPDATE concept_uis SET ui = 'x'",
        "DELETE FROM concept_parents", "UPDATE search_hits SET source_id = '2'", "UPDATE searches SET term = 'x'",
        "UPDATE record_identifiers SET raw = 'x' WHERE position = 0",
        "UPDATE reference_identifiers SET is_valid = 0 WHERE position = 0",
        "UPDATE other_abstract_heads SET copyright = NULL"}) {
    Force(*corpus, change);
    const std::string now = DigestOf(*corpus);
    EXPECT_NE(now, last) << change;
    last = now;
  }
}

TEST(Digest, OfTheContentDoesNotShowWhatWasSearched) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Put(*corpus, SmallRecord("1", "x"));
  const auto before = store::Digest(*corpus);
  const auto run = corpus->BeginRun({0, "u", "run", "0", "c", "r", "t", "", ""});
  store::SearchRow search;
  search.query_id = "q";
  search.source = "pubmed";
  search.source_ids = {"1"};
  ASSERT_THAT(corpus->PutSearch(search, run->run_id), IsOk());
  const auto after = store::Digest(*corpus);
  EXPECT_EQ(after->sha256, before->sha256);
  EXPECT_NE(after->searches_sha256, before->searches_sha256);
  search.source = "scopus";
  ASSERT_THAT(corpus->PutSearch(search, run->run_id), IsOk());
  EXPECT_NE(store::Digest(*corpus)->searches_sha256, after->searches_sha256) << "the same query in another database";
}

TEST(Digest, DoesNotShowTimesRunsAndOldRules) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Put(*corpus, FullRecord("1"), "2024-01-01T00:00:00Z");
  const std::string before = DigestOf(*corpus);
  Put(*corpus, FullRecord("1"), "2025-01-01T00:00:00Z");
  ASSERT_THAT(corpus->BeginRun({0, "u", "run", "0", "c", "r", "t", "", ""}), IsOk());
  RuleSet other = SampleRules();
  other.concepts[0].rules[0].pattern = "other";
  ASSERT_THAT(corpus->BeginBatch(), IsOk());
  ASSERT_THAT(corpus->PutProblem({"parse", "warning", "x", "pubmed", "1", "m", 0, 0, 0, 0}, 0), IsOk());
  ASSERT_THAT(corpus->UseRules(other), IsOk());
  ASSERT_THAT(corpus->UseRules(SampleRules()), IsOk());
  ASSERT_THAT(corpus->CommitBatch(), IsOk());
  EXPECT_EQ(DigestOf(*corpus), before);
}

TEST(Digest, PartsTellWhereTwoCorporaDiffer) {
  TempDir dir;
  const auto corpus = OpenCorpus(dir.File("c.db"));
  Put(*corpus, FullRecord("1"));
  const auto before = store::Digest(*corpus);
  Force(*corpus, "UPDATE keywords SET owner = 'x' WHERE position = 0");
  const auto after = store::Digest(*corpus);
  ASSERT_EQ(before->parts.size(), after->parts.size());
  for (std::size_t i = 0; i < before->parts.size(); ++i)
    EXPECT_EQ(before->parts[i] == after->parts[i], before->parts[i].first != "keywords") << before->parts[i].first;
}

}  // namespace
}  // namespace litmill::testing
