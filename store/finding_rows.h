// SPDX-License-Identifier: Apache-2.0
// Quantities, findings and conclusions of records into their tables.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/result.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"
#include "store/sqlite.h"
#include "store/waiting_rows.h"

namespace litmill::store {

/// Rows gather in memory and reach the database with Flush. The connection must outlive it.
class FindingRows {
 public:
  explicit FindingRows(sqlite3* db);

  /// Of a record that has none yet. kInternal when `tagged` names a concept that `rules` has not.
  [[nodiscard]] Result<void> Add(std::int64_t record_id, const RuleSet& rules, const TaggedRecord& tagged);
  [[nodiscard]] Result<void> Delete(std::int64_t record_id);
  [[nodiscard]] Result<void> Flush();
  void Clear();
  [[nodiscard]] std::size_t waiting_bytes() const;

 private:
  WaitingRows quantities_, findings_, conclusions_;
  Statement delete_quantities_, delete_findings_, delete_conclusions_;
};

}  // namespace litmill::store
