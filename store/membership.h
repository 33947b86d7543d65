// SPDX-License-Identifier: Apache-2.0
// Which queries of the configuration a record belongs to, decided here from the record itself: for records that no
// search of a database brought (imports, mirrors).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "store/corpus.h"
#include "store/sqlite.h"
#include "store/waiting_rows.h"

namespace litmill::store {

/// Writes inside the transaction of its caller. Decisions of new records gather in memory until Flush. The
/// connection must outlive it.
class MembershipWriter {
 public:
  explicit MembershipWriter(sqlite3* db) : db_(db) {}

  /// Makes the strategies known; the transaction must be committed. Writes nothing that is there already.
  [[nodiscard]] Result<void> Use(const StrategySet& set);
  /// The set in use; 0 = none.
  [[nodiscard]] std::int64_t set_id() const { return set_id_; }

  /// Of a record that has no decision yet.
  void Insert(std::int64_t record_id, const Membership& membership);
  /// Of any record, stored and not waiting.
  [[nodiscard]] Result<void> Replace(std::int64_t record_id, const Membership& membership);
  /// Of any record: to be decided from what is stored.
  [[nodiscard]] Result<void> DecideLater(std::int64_t record_id);
  /// The record has changed: if its membership was decided here, it must be decided again.
  [[nodiscard]] Result<void> MarkChanged(std::int64_t record_id);

  [[nodiscard]] Result<void> Flush();
  [[nodiscard]] std::size_t waiting_bytes() const { return new_decisions_.bytes() + new_matches_.bytes(); }
  /// To be called after a rollback: waiting rows are void.
  void Forget();

 private:
  sqlite3* db_;
  std::int64_t set_id_ = 0;
  WaitingRows new_decisions_{db_, "strategy_decisions"}, new_matches_{db_, "strategy_matches"};
};

/// Ids of records whose membership other strategies decided, or that changed since, ascending, at most `most` after
/// `after_record_id`.
[[nodiscard]] Result<std::vector<std::int64_t>> ReadRecordsToDecide(sqlite3* db, std::int64_t set_id,
                                                                    std::int64_t after_record_id, int most);

}  // namespace litmill::store
