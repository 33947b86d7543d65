// SPDX-License-Identifier: Apache-2.0
// Pairs of source records: what de-duplication decided, and what persons did.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "store/dedupe.h"

struct sqlite3;

namespace litmill::store {

class Corpus;

/// Replaces the table record_pairs when anything differs. `record_ids`: by the index that the decisions name.
[[nodiscard]] Result<void> WriteRecordPairs(sqlite3* db, const std::vector<DedupeDecision>& decisions,
                                            const std::vector<std::int64_t>& record_ids);

/// A source record by the name that stays the same in every corpus.
struct RecordName {
  std::string source, source_id;
};

/// What a person said of two records. Kept for ever; the last word on a pair counts.
struct PersonsDecision {
  RecordName record, other;
  bool is_duplicate = false;
  std::string decided_at;  ///< UTC.
  std::string note;
};

/// A pair that a person should look at, or has decided.
struct ReviewPair {
  RecordName record, other;
  std::string title, other_title, authors, other_authors, year, other_year, journal, other_journal;
  std::string rule, evidence;
  std::string decision;  ///< "duplicate", "different", or empty: not decided yet.
  std::string note;
};

/// Pairs to review, then those that a person has decided; each in the order of their names.
[[nodiscard]] Result<std::vector<ReviewPair>> ReadReviewPairs(const Corpus& corpus);

/// Stores decisions; one transaction. kNotFound names a record that the corpus does not have, and then none is stored.
/// LinkWorks must be called afterwards.
[[nodiscard]] Result<void> PutDecisions(Corpus& corpus, const std::vector<PersonsDecision>& decisions);

/// The records that are one work with `record`, itself left out. kNotFound when the corpus does not have it.
[[nodiscard]] Result<std::vector<RecordName>> ReadFellowRecords(const Corpus& corpus, const RecordName& record);

}  // namespace litmill::store
