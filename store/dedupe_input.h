// SPDX-License-Identifier: Apache-2.0
// What de-duplication needs of each source record, read from the corpus in one pass.
#pragma once

#include <cstdint>
#include <functional>

#include "core/result.h"
#include "store/dedupe.h"

struct sqlite3;

namespace litmill::store {

struct StoredDedupeRecord {
  std::int64_t record_id = 0, work_id = 0;
  bool represents = false;  ///< It is the representative of its work.
  DedupeRecord record;
};

/// Calls `take` for every source record, by ascending record_id. One record is in memory at a time.
[[nodiscard]] Result<void> ForEachDedupeRecord(sqlite3* db, const std::function<void(const StoredDedupeRecord&)>& take);

}  // namespace litmill::store
