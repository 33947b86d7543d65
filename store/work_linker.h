// SPDX-License-Identifier: Apache-2.0
// De-duplication (store/dedupe.h) applied to a corpus: records into works, and what follows for these.
#pragma once

#include "core/result.h"
#include "store/corpus.h"

struct sqlite3;

namespace litmill::store {

class WorkWriter;

/// The caller holds the transaction; nothing may wait to be written. Records that are deleted at their source do not
/// link. Works that stay as they are are not touched: revisions and deletions keep a shared work right as they arrive
/// (store/record_store.h). A work keeps its id as long as its representative keeps its work.
[[nodiscard]] Result<LinkCounts> LinkWorks(sqlite3* db, WorkWriter& works);

}  // namespace litmill::store
