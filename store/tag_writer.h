// SPDX-License-Identifier: Apache-2.0
// Rule sets, mentions, findings and tags into their tables.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"

struct sqlite3;

namespace litmill::store {

/// SQL that derives the tags of one work (?1) from the mentions of all its records: own mentions are counted, evidence
/// also flows up to the parents. Columns: facet, concept, mention_count, in_title, from_text, from_index, is_major,
/// is_implied, assertion, weight.
extern const char* const kDeriveTagsSql;

/// Writes what the tagger says. Mentions and tags gather in memory and reach the database with Flush. The connection
/// must outlive it.
class TagWriter {
 public:
  explicit TagWriter(sqlite3* db);
  ~TagWriter();
  TagWriter(const TagWriter&) = delete;
  TagWriter& operator=(const TagWriter&) = delete;

  /// Makes the rule set known; writes nothing that is there already.
  [[nodiscard]] Result<void> UseRules(const RuleSet& rules);
  /// The id of the rule set in use; 0 = none.
  [[nodiscard]] Result<std::int64_t> RuleSetId();

  /// Mentions, quantities, findings and conclusions of a record that has none yet.
  [[nodiscard]] Result<void> InsertMentions(std::int64_t record_id, const TaggedRecord& tags);
  [[nodiscard]] Result<void> DeleteMentions(std::int64_t record_id);
  /// Tags of a new work whose only record has these.
  [[nodiscard]] Result<void> InsertTags(std::int64_t work_id, const TaggedRecord& tags);
  /// Tags of any work, from the mentions of its records.
  [[nodiscard]] Result<void> DeriveTags(std::int64_t work_id);
  [[nodiscard]] Result<void> Flush();
  /// Memory that waiting rows take.
  [[nodiscard]] std::size_t waiting_bytes() const;
  /// To be called after a rollback: waiting rows and remembered ids are void.
  void Forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace litmill::store
