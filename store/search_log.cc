// SPDX-License-Identifier: Apache-2.0
// Searches, their hits, and the plan that is made of them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "store/run_log.h"

namespace litmill::store {
namespace {

/// The first column of all rows, ascending.
Result<std::vector<std::uint32_t>> ReadNumbers(Statement& started) {
  std::vector<std::uint32_t> numbers;
  while (true) {
    LITMILL_TRY(const bool row, started.Step());
    if (!row) break;
    numbers.push_back(static_cast<std::uint32_t>(started.Int(0)));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string_view Digits(std::uint32_t number, char (&buffer)[16]) {
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, static_cast<std::size_t>(end - buffer)};
}

/// The latest other search of the same query in the same database with the same hits, or 0.
Result<std::int64_t> EarlierHolder(sqlite3* db, const SearchRow& search) {
  Statement latest(
      db, "SELECT hits_search_id FROM searches WHERE query_id = ? AND source = ? ORDER BY search_id DESC LIMIT 1");
  LITMILL_TRY(const bool row, latest.First(search.query_id, search.source));
  if (!row) return 0;
  const std::int64_t holder = latest.Int(0);
  latest.Reset();
  // The key's order is that of the bytes, as in the sorted list of the search.
  Statement hits(db, "SELECT source_id FROM search_hits WHERE search_id = ? ORDER BY source_id");
  LITMILL_CHECK(hits.Start(holder));
  for (const std::string& source_id : search.source_ids) {
    LITMILL_TRY(const bool more, hits.Step());
    if (!more || hits.View(0) != source_id) return 0;
  }
  LITMILL_TRY(const bool more, hits.Step());
  return more ? 0 : holder;
}

Result<void> RemoveSearch(sqlite3* db, std::int64_t run_id, std::string_view source, std::string_view query_id) {
  Statement hits(db,
                 "DELETE FROM search_hits WHERE search_id IN (SELECT search_id FROM searches WHERE run_id = ? AND "
                 "source = ? AND query_id = ?)");
  LITMILL_CHECK(hits.Run(run_id, source, query_id));
  Statement search(db, "DELETE FROM searches WHERE run_id = ? AND source = ? AND query_id = ?");
  return search.Run(run_id, source, query_id);
}

/// Each hit of another database becomes a pending outcome: whether its record came is known when the pages of the
/// search are read, not before. Answers how many there are.
Result<std::uint64_t> PlanElsewhere(sqlite3* db, std::int64_t run_id) {
  Statement insert(db,
                   "INSERT INTO outcomes (run_id, source, source_id, state) SELECT DISTINCT ?1, s.source, h.source_id, "
                   "'pending' FROM searches AS s JOIN search_hits AS h ON h.search_id = s.hits_search_id "
                   "WHERE s.run_id = ?1 AND s.source <> 'pubmed'");
  LITMILL_CHECK(insert.Run(run_id));
  Statement count(db, "SELECT count(*) FROM outcomes WHERE run_id = ? AND source <> 'pubmed'");
  LITMILL_CHECK(count.First(run_id));
  return static_cast<std::uint64_t>(count.Int(0));
}

}  // namespace

Result<bool> IsSearchDone(sqlite3* db, std::int64_t run_id, std::string_view source, std::string_view query_id) {
  Statement select(db, "SELECT 1 FROM searches WHERE run_id = ? AND source = ? AND query_id = ?");
  return select.First(run_id, source, query_id);
}

Result<void> PutSearch(sqlite3* db, const SearchRow& given, std::int64_t run_id) {
  SearchRow search = given;
  std::sort(search.source_ids.begin(), search.source_ids.end());
  search.source_ids.erase(std::unique(search.source_ids.begin(), search.source_ids.end()), search.source_ids.end());
  LITMILL_CHECK(RemoveSearch(db, run_id, search.source, search.query_id));
  LITMILL_TRY(const std::int64_t holder, EarlierHolder(db, search));
  Statement next(db, "SELECT ifnull(max(search_id), 0) + 1 FROM searches");
  LITMILL_CHECK(next.First());
  const std::int64_t search_id = next.Int(0);
  next.Reset();
  Statement insert(db, "INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  LITMILL_CHECK(insert.Run(search_id, run_id, search.query_id, OrNull{search.label}, search.source,
                           OrNull{search.platform}, search.term, OrNull{search.strategy}, OrNull{search.limits},
                           search.searched_at, search.hits, OrNull{search.query_translation},
                           OrNull{search.warnings_json}, holder == 0 ? search_id : holder));
  // A database that came late to a run that was planned already: the plan must count its hits too.
  Statement replan(db, "UPDATE runs SET found = NULL WHERE run_id = ?");
  LITMILL_CHECK(replan.Run(run_id));
  if (holder != 0) return {};
  Statement hit(db, "INSERT INTO search_hits VALUES (?, ?)");
  for (const std::string& source_id : search.source_ids) LITMILL_CHECK(hit.Run(search_id, source_id));
  return {};
}

Result<std::vector<SearchRow>> ReadSearches(sqlite3* db, std::int64_t run_id) {
  Statement select(db,
                   "SELECT query_id, label, source, platform, term, searched_at, query_translation, warnings_json, "
                   "strategy, limits, hits FROM searches "
                   "WHERE run_id = ? ORDER BY search_id");
  LITMILL_CHECK(select.Start(run_id));
  std::vector<SearchRow> searches;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return searches;
    SearchRow& s = searches.emplace_back();
    int column = 0;
    for (std::string* field : {&s.query_id, &s.label, &s.source, &s.platform, &s.term, &s.searched_at,
                               &s.query_translation, &s.warnings_json, &s.strategy, &s.limits})
      *field = select.Text(column++);
    s.hits = static_cast<std::uint64_t>(select.Int(column));
  }
}

Result<std::string> LastCompleteSearchTime(sqlite3* db, std::string_view source, std::string_view query_id,
                                           std::string_view term) {
  // A run is partial when anything failed, of another database too; what counts is that nothing of this one did.
  Statement select(
      db,
      "SELECT r.started_at FROM searches AS s JOIN runs AS r ON r.run_id = s.run_id WHERE s.source = ? AND s.query_id "
      "= "
      "? AND s.term = ? AND (r.status = 'complete' OR r.status = 'partial' AND r.found IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM outcomes AS o WHERE o.run_id = r.run_id AND o.source = s.source AND o.state IN "
      "('failed', 'pending')) "
      "AND NOT EXISTS (SELECT 1 FROM problems AS p WHERE p.run_id = r.run_id AND p.source = s.source AND p.stage = "
      "'search' AND p.severity = 'error')) ORDER BY s.search_id DESC LIMIT 1");
  LITMILL_TRY(const bool row, select.First(source, query_id, term));
  return row ? select.Text(0) : std::string();
}

Result<bool> IsPlanned(sqlite3* db, std::int64_t run_id) {
  Statement select(db, "SELECT 1 FROM runs WHERE run_id = ? AND found IS NOT NULL");
  return select.First(run_id);
}

Result<FetchPlan> MakePlan(sqlite3* db, std::int64_t run_id, const std::vector<std::uint32_t>& modified,
                           std::uint64_t limit, std::string_view missing_since, std::string_view fresh_since) {
  // A record of which only the deletion holds counts as not stored: a search that finds it says that it is back.
  Statement select(
      db,
      "SELECT CAST(h.source_id AS INTEGER), r.record_id IS NOT NULL AND r.is_deleted = 0, "
      "?2 <> '' AND EXISTS (SELECT 1 FROM outcomes AS o JOIN runs AS earlier ON earlier.run_id = o.run_id WHERE "
      "o.source = h.source "
      "AND o.source_id = h.source_id AND o.state = 'not-found' AND o.run_id <> ?1 AND earlier.started_at >= ?2), "
      "?3 <> '' AND r.retrieved_at >= ?3 "
      "FROM (SELECT DISTINCT s.source, hit.source_id FROM searches AS s JOIN search_hits AS hit ON hit.search_id = "
      "s.hits_search_id "
      "WHERE s.run_id = ?1 AND s.source = 'pubmed') AS h "
      "LEFT JOIN source_records AS r ON r.source = h.source AND r.source_id = h.source_id");
  LITMILL_CHECK(select.Start(run_id, missing_since, fresh_since));
  std::vector<std::uint32_t> changed = modified;
  std::sort(changed.begin(), changed.end());
  FetchPlan plan;
  std::vector<std::uint32_t> wanted;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) break;
    ++plan.found;
    const auto pmid = static_cast<std::uint32_t>(select.Int(0));
    const bool stored = select.Bool(1);
    const bool fresh = select.Bool(3);
    if (stored && (fresh || !std::binary_search(changed.begin(), changed.end(), pmid))) {
      ++plan.known;
    } else if (!stored && select.Bool(2)) {
      ++plan.known_missing;
    } else {
      wanted.push_back(pmid);
    }
  }
  std::sort(wanted.begin(), wanted.end());
  if (limit != 0 && wanted.size() > limit) {
    plan.left_out = wanted.size() - limit;
    wanted.resize(limit);
  }
  plan.asked = wanted.size();
  Statement clear(db, "DELETE FROM outcomes WHERE run_id = ?");
  LITMILL_CHECK(clear.Run(run_id));
  Statement insert(db, "INSERT INTO outcomes (run_id, source, source_id, state) VALUES (?, 'pubmed', ?, 'pending')");
  char buffer[16];
  for (const std::uint32_t pmid : wanted) LITMILL_CHECK(insert.Run(run_id, Digits(pmid, buffer)));
  LITMILL_TRY(const std::uint64_t elsewhere, PlanElsewhere(db, run_id));
  plan.found += elsewhere;
  plan.asked += elsewhere;
  Statement update(db,
                   "UPDATE runs SET found = ?, known = ?, known_missing = ?, left_out = ?, asked = ? WHERE run_id = ?");
  LITMILL_CHECK(update.Run(plan.found, plan.known, plan.known_missing, plan.left_out, plan.asked, run_id));
  return plan;
}

Result<std::vector<std::uint32_t>> ReadPending(sqlite3* db, std::int64_t run_id) {
  Statement select(
      db,
      "SELECT CAST(source_id AS INTEGER) FROM outcomes WHERE run_id = ? AND source = 'pubmed' AND state = 'pending'");
  LITMILL_CHECK(select.Start(run_id));
  return ReadNumbers(select);
}

Result<std::vector<PendingId>> ReadPendingElsewhere(sqlite3* db, std::int64_t run_id) {
  Statement select(db,
                   "SELECT source, source_id FROM outcomes WHERE run_id = ? AND source <> 'pubmed' AND state = "
                   "'pending' ORDER BY source, source_id");
  LITMILL_CHECK(select.Start(run_id));
  std::vector<PendingId> pending;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return pending;
    pending.push_back({select.Text(0), select.Text(1)});
  }
}

Result<void> SettleKnown(sqlite3* db, std::int64_t run_id) {
  Statement update(db,
                   "UPDATE outcomes SET state = 'unchanged' WHERE run_id = ? AND source <> 'pubmed' AND state = "
                   "'pending' AND EXISTS (SELECT 1 FROM source_records AS r WHERE r.source = outcomes.source AND "
                   "r.source_id = outcomes.source_id AND r.is_deleted = 0)");
  return update.Run(run_id);
}

}  // namespace litmill::store
