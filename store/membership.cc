// SPDX-License-Identifier: Apache-2.0
#include "store/membership.h"

namespace litmill::store {

Result<void> MembershipWriter::Use(const StrategySet& set) {
  Statement known(db_, "SELECT strategy_set_id FROM strategy_sets WHERE sha256 = ?");
  LITMILL_TRY(const bool row, known.First(set.sha256));
  if (row) {
    set_id_ = known.Int(0);
    return {};
  }
  Statement insert(db_, "INSERT INTO strategy_sets (sha256) VALUES (?) RETURNING strategy_set_id");
  LITMILL_CHECK(insert.First(set.sha256));
  const std::int64_t id = insert.Int(0);
  insert.Reset();
  Statement insert_strategy(db_, "INSERT INTO strategies VALUES (?, ?, ?)");
  for (const auto& [query_id, strategy] : set.strategies) LITMILL_CHECK(insert_strategy.Run(id, query_id, strategy));
  set_id_ = id;
  return {};
}

void MembershipWriter::Insert(std::int64_t record_id, const Membership& membership) {
  new_decisions_.Add(record_id, set_id_);
  for (const std::string& query_id : membership.query_ids) new_matches_.Add(record_id, query_id);
}

Result<void> MembershipWriter::Replace(std::int64_t record_id, const Membership& membership) {
  Statement decide(db_,
                   "INSERT INTO strategy_decisions VALUES (?, ?) ON CONFLICT (record_id) DO UPDATE SET strategy_set_id "
                   "= excluded.strategy_set_id");
  LITMILL_CHECK(decide.Run(record_id, set_id_));
  Statement clear(db_, "DELETE FROM strategy_matches WHERE record_id = ?");
  LITMILL_CHECK(clear.Run(record_id));
  Statement insert(db_, "INSERT INTO strategy_matches VALUES (?, ?)");
  for (const std::string& query_id : membership.query_ids) LITMILL_CHECK(insert.Run(record_id, query_id));
  return {};
}

Result<void> MembershipWriter::DecideLater(std::int64_t record_id) {
  Statement later(db_,
                  "INSERT INTO strategy_decisions VALUES (?, NULL) ON CONFLICT (record_id) DO UPDATE SET "
                  "strategy_set_id = NULL");
  return later.Run(record_id);
}

Result<void> MembershipWriter::MarkChanged(std::int64_t record_id) {
  Statement mark(db_, "UPDATE strategy_decisions SET strategy_set_id = NULL WHERE record_id = ?");
  return mark.Run(record_id);
}

Result<void> MembershipWriter::Flush() {
  LITMILL_CHECK(new_decisions_.Flush());
  return new_matches_.Flush();
}

void MembershipWriter::Forget() {
  new_decisions_.Clear();
  new_matches_.Clear();
}

Result<std::vector<std::int64_t>> ReadRecordsToDecide(sqlite3* db, std::int64_t set_id, std::int64_t after_record_id,
                                                      int most) {
  Statement select(db,
                   "SELECT record_id FROM strategy_decisions WHERE record_id > ? AND strategy_set_id IS NOT ? ORDER BY "
                   "record_id LIMIT ?");
  LITMILL_CHECK(select.Start(after_record_id, set_id, most));
  std::vector<std::int64_t> ids;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return ids;
    ids.push_back(select.Int(0));
  }
}

}  // namespace litmill::store
