// SPDX-License-Identifier: Apache-2.0
#include "store/export_ids.h"

#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {

Result<void> ExportIds(const Corpus& corpus, const std::function<Result<void>(const ExportedIds&)>& take) {
  // The order is that of the index over (source, source_id): nothing is gathered to be sorted.
  Statement select(corpus.handle(),
                   "SELECT e.pmid, e.pmcid, e.doi, r.source, r.source_id, (SELECT group_concat(m.source, '; ') FROM "
                   "(SELECT source FROM source_records WHERE work_id = w.work_id AND is_deleted = 0 GROUP BY source "
                   "ORDER BY source) AS m) FROM source_records AS r CROSS JOIN works AS w ON w.record_id = r.record_id "
                   "CROSS JOIN evidence AS e ON e.work_id = w.work_id ORDER BY r.source, r.source_id");
  LITMILL_CHECK(select.Start());
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return {};
    LITMILL_CHECK(
        take({select.Text(0), select.Text(1), select.Text(2), select.Text(3), select.Text(4), select.Text(5)}));
  }
}

}  // namespace litmill::store
