// SPDX-License-Identifier: Apache-2.0
// The lists of identifiers that a run was given: one row a line of a list, and what became of it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "store/corpus.h"

struct sqlite3;

namespace litmill::store {

/// The caller of the two that write holds the transaction.
[[nodiscard]] Result<std::uint64_t> CountRequestedIdentifiers(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<RequestedTotals> ReadRequestedTotals(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<std::vector<RequestedIdentifier>> ReadRequestedIdentifiers(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<void> PutRequestedIdentifiers(sqlite3* db, std::int64_t run_id,
                                                   const std::vector<RequestedIdentifier>& identifiers);
[[nodiscard]] Result<void> SetRequestedIdentifiers(sqlite3* db, std::int64_t run_id,
                                                   const std::vector<RequestedIdentifier>& identifiers);

}  // namespace litmill::store
