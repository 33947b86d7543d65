// SPDX-License-Identifier: Apache-2.0
#include "store/enrichment.h"

#include <string>

#include <fmt/format.h>

#include "store/corpus.h"
#include "store/notice_records.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

Result<void> AddAskedInBatch(sqlite3* db, std::int64_t run_id, std::string_view source,
                             const std::vector<std::string>& ids) {
  Statement count(db, "SELECT count(*) FROM outcomes WHERE run_id = ? AND source = ?");
  LITMILL_CHECK(count.First(run_id, source));
  const std::int64_t before = count.Int(0);
  count.Reset();
  Statement insert(db,
                   "INSERT INTO outcomes (run_id, source, source_id, state) VALUES (?, ?, ?, 'pending') ON CONFLICT DO "
                   "UPDATE SET state = 'pending', reason = NULL WHERE state = 'failed'");
  for (const std::string& id : ids) LITMILL_CHECK(insert.Run(run_id, source, id));
  LITMILL_CHECK(count.First(run_id, source));
  const std::int64_t added = count.Int(0) - before;
  count.Reset();
  // A rebuild searches nothing: it has no plan before this.
  Statement update(db,
                   "UPDATE runs SET found = ifnull(found, 0) + ?1, known = ifnull(known, 0), known_missing = "
                   "ifnull(known_missing, 0), left_out = ifnull(left_out, 0), asked = ifnull(asked, 0) + ?1 "
                   "WHERE run_id = ?2");
  return update.Run(added, run_id);
}

}  // namespace

Result<bool> FitsWork(const Corpus& corpus, const Record& record, std::string_view doi) {
  const std::string sql = fmt::format(
      "SELECT DISTINCT m.record_id, {} FROM record_identifiers AS d JOIN source_records AS r ON r.record_id = "
      "d.record_id JOIN source_records AS m ON m.work_id = r.work_id WHERE d.scheme = 'doi' AND d.value = ?1 AND "
      "d.is_valid = 1 AND r.is_deleted = 0 AND m.is_deleted = 0 AND m.source <> ?2",
      IsNoticeSql("m.record_id"));
  Statement members(corpus.handle(), sql.c_str());
  Statement pmids(corpus.handle(),
                  "SELECT value FROM record_identifiers WHERE record_id = ? AND scheme = 'pmid' AND is_valid = 1");
  const Identifier* own = record.FindIdentifier("pmid");
  bool is_new = true, is_notice = false, has_other_pmid = false;
  LITMILL_CHECK(members.Start(doi, record.source));
  while (true) {
    LITMILL_TRY(const bool member, members.Step());
    if (!member) break;
    is_new = false;
    is_notice |= members.Bool(1);
    LITMILL_CHECK(pmids.Start(members.Int(0)));
    while (true) {
      LITMILL_TRY(const bool row, pmids.Step());
      if (!row) break;
      if (own != nullptr && pmids.View(0) == own->value) return true;
      has_other_pmid |= own != nullptr;
    }
  }
  return is_new || (!has_other_pmid && is_notice == IsNotice(record));
}

Result<std::vector<std::string>> DoisWithout(const Corpus& corpus, std::string_view source,
                                             std::string_view not_found_since) {
  Statement select(corpus.handle(),
                   "WITH lacking AS MATERIALIZED (SELECT w.work_id, e.doi FROM works AS w CROSS JOIN evidence AS e ON "
                   "e.work_id = w.work_id WHERE w.is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM source_records AS r "
                   "WHERE r.work_id = w.work_id AND r.source = ?1)) "
                   "SELECT l.doi FROM lacking AS l WHERE l.doi IS NOT NULL "
                   "AND NOT EXISTS (SELECT 1 FROM record_identifiers AS i JOIN source_records AS r ON r.record_id = "
                   "i.record_id WHERE i.scheme = 'doi' AND i.value = l.doi AND i.is_valid = 1 AND r.is_deleted = 0 AND "
                   "r.work_id <> l.work_id) "
                   "AND NOT (?2 <> '' AND EXISTS (SELECT 1 FROM outcomes AS o JOIN runs AS q ON q.run_id = o.run_id "
                   "WHERE o.source = ?1 AND o.source_id = l.doi AND o.state = 'not-found' AND q.started_at >= ?2 AND "
                   "q.command NOT LIKE '%--offline')) "
                   "ORDER BY l.doi");
  LITMILL_CHECK(select.Start(source, not_found_since));
  std::vector<std::string> dois;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return dois;
    dois.push_back(select.Text(0));
  }
}

Result<void> AddAsked(Corpus& corpus, std::int64_t run_id, std::string_view source,
                      const std::vector<std::string>& ids) {
  LITMILL_CHECK(corpus.BeginBatch());
  Result<void> added = AddAskedInBatch(corpus.handle(), run_id, source, ids);
  if (!added) {
    corpus.RollbackBatch();
    return added;
  }
  return corpus.CommitBatch();
}

Result<std::vector<AskedId>> AskedIds(const Corpus& corpus, std::int64_t run_id, std::string_view source) {
  Statement select(corpus.handle(),
                   "SELECT source_id, state = 'pending' FROM outcomes WHERE run_id = ? AND source = ? ORDER BY "
                   "source_id");
  LITMILL_CHECK(select.Start(run_id, source));
  std::vector<AskedId> asked;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return asked;
    asked.push_back({select.Text(0), select.Bool(1)});
  }
}

}  // namespace litmill::store
