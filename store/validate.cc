// SPDX-License-Identifier: Apache-2.0
#include "store/validate.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>

#include "store/canonical.h"
#include "store/corpus.h"
#include "store/record_reader.h"
#include "store/sqlite.h"
#include "store/tag_writer.h"

namespace litmill::store {
namespace {

constexpr int kShownViolations = 5;

/// A promise that holds when its query answers no row. Each row is one violation, its first column says which.
struct Promise {
  const char* name;
  const char* counted;  ///< How many things were looked at.
  std::string violations;
};

/// Rows of `table` whose place in the record's stored text does not hold what they quote.
std::string SpansReread(std::string_view what, std::string_view table, std::string_view quoted) {
  return fmt::format(
      "SELECT '{0} ' || m.record_id || '/' || m.position || ': the stored text does not read \"' || m.{2} || '\"' "
      "FROM {1} AS m "
      "WHERE CAST(substr(CAST(CASE m.field "
      "WHEN 'title' THEN (SELECT title FROM source_records AS s WHERE s.record_id = m.record_id) "
      "WHEN 'abstract' THEN (SELECT text FROM abstract_sections AS s WHERE s.record_id = m.record_id AND s.position = "
      "m.field_position) "
      "WHEN 'other-abstract' THEN (SELECT text FROM other_abstract_sections AS s WHERE s.record_id = m.record_id AND "
      "s.position = m.field_position) "
      "WHEN 'keyword' THEN (SELECT text FROM keywords AS s WHERE s.record_id = m.record_id AND s.position = "
      "m.field_position) "
      "WHEN 'mesh' THEN (SELECT name FROM mesh_headings AS s WHERE s.record_id = m.record_id AND s.position = "
      "m.field_position) "
      "WHEN 'chemical' THEN (SELECT name FROM chemicals AS s WHERE s.record_id = m.record_id AND s.position = "
      "m.field_position) "
      "WHEN 'publication-type' THEN (SELECT name FROM publication_types AS s WHERE s.record_id = m.record_id AND "
      "s.position = m.field_position) "
      "END AS BLOB), m.start_byte + 1, m.end_byte - m.start_byte) AS TEXT) IS NOT m.{2}",
      what, table, quoted);
}

const std::vector<Promise>& Promises() {
  static const std::vector<Promise> promises = {
      {"foreign-keys", "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
       "SELECT \"table\" || ' row ' || ifnull(rowid, '?') || ' refers to a missing row of ' || parent FROM "
       "pragma_foreign_key_check"},
      {"one-work-per-record", "SELECT count(*) FROM source_records",
       "SELECT 'record ' || r.record_id || ' has no work' FROM source_records AS r LEFT JOIN works AS w ON w.work_id = "
       "r.work_id "
       "WHERE w.work_id IS NULL "
       "UNION ALL SELECT 'work ' || w.work_id || ' takes its text from record ' || w.record_id || ' of another work' "
       "FROM works AS w "
       "LEFT JOIN source_records AS r ON r.record_id = w.record_id WHERE r.work_id IS NOT w.work_id"},
      {"works-derived", "SELECT count(*) FROM works",
       "SELECT 'work ' || w.work_id || ' differs from its records' FROM works AS w "
       "LEFT JOIN work_field_sources AS tf ON tf.work_id = w.work_id AND tf.field = 'title' "
       "LEFT JOIN work_field_sources AS pf ON pf.work_id = w.work_id AND pf.field = 'pages' "
       "LEFT JOIN work_field_sources AS yf ON yf.work_id = w.work_id AND yf.field = 'type' "
       "LEFT JOIN source_records AS t ON t.record_id = ifnull(tf.record_id, w.record_id) "
       "LEFT JOIN source_records AS p ON p.record_id = ifnull(pf.record_id, w.record_id) "
       "LEFT JOIN source_records AS y ON y.record_id = ifnull(yf.record_id, w.record_id) "
       "WHERE w.title IS NOT t.title OR w.title_markup IS NOT t.title_markup OR w.volume IS NOT p.volume OR w.issue IS "
       "NOT p.issue "
       "OR w.pages IS NOT p.pages OR w.type IS NOT y.record_type "
       "OR w.is_deleted <> (SELECT min(is_deleted) FROM source_records WHERE work_id = w.work_id) "
       "OR w.is_retracted <> (EXISTS (SELECT 1 FROM source_records AS m CROSS JOIN publication_types AS x ON "
       "x.record_id "
       "= m.record_id WHERE m.work_id = w.work_id AND (x.name = 'Retracted Publication' OR x.ui = 'D016441')) "
       "OR EXISTS (SELECT 1 FROM source_records AS m CROSS JOIN related_records AS x ON x.record_id = m.record_id "
       "WHERE m.work_id = w.work_id AND x.ref_type = 'RetractionIn')) "
       "UNION ALL SELECT 'work ' || f.work_id || ' takes its ' || f.field || ' from record ' || f.record_id || "
       "' of another work' FROM work_field_sources AS f LEFT JOIN source_records AS r ON r.record_id = f.record_id "
       "WHERE r.work_id IS NOT f.work_id"},
      {"one-pmid-per-work", "SELECT count(*) FROM works",
       "SELECT 'work ' || r.work_id || ' has ' || count(*) || ' records of PubMed, and nobody said that they are one' "
       "FROM source_records AS r WHERE r.source = 'pubmed' AND NOT EXISTS (SELECT 1 FROM record_pairs AS p JOIN "
       "source_records AS m ON m.record_id = p.record_id WHERE m.work_id = r.work_id AND p.rule = 'person') GROUP BY "
       "r.work_id HAVING count(*) > 1"},
      {"links-explain-works", "SELECT count(*) FROM work_links",
       "SELECT 'records ' || l.record_id || ' and ' || l.other_record_id || ' are linked but of different works' FROM "
       "work_links AS l LEFT JOIN source_records AS r ON r.record_id = l.record_id "
       "LEFT JOIN source_records AS o ON o.record_id = l.other_record_id WHERE r.work_id IS NOT o.work_id OR r.work_id "
       "IS NULL "
       "UNION ALL SELECT 'work ' || work_id || ' has ' || count(*) || ' records and ' || sum(links) || ' links' FROM "
       "(SELECT r.work_id, (SELECT count(*) FROM work_links AS l WHERE l.record_id = r.record_id) AS links FROM "
       "source_records AS r) GROUP BY work_id HAVING count(*) <> sum(links) + 1"},
      {"deletions", "SELECT count(*) FROM deletions",
       "SELECT 'record ' || r.record_id || ' (' || r.source || ' ' || r.source_id || '): is_deleted does not follow "
       "from "
       "deletions' "
       "FROM source_records AS r WHERE r.is_deleted <> EXISTS (SELECT 1 FROM deletions AS d WHERE d.record_id = "
       "r.record_id "
       "AND d.version >= r.version AND NOT (r.last_seen_at IS NOT NULL AND d.reported_at <> '' AND r.last_seen_at > "
       "d.reported_at))"},
      {"spans-reread", "SELECT count(*) FROM mentions", SpansReread("mention", "mentions", "text")},
      {"quantities-reread", "SELECT count(*) FROM quantities", SpansReread("quantity", "quantities", "text")},
      {"findings-reread", "SELECT count(*) FROM findings", SpansReread("finding", "findings", "sentence")},
      {"mentions-explained", "SELECT count(*) FROM mentions",
       "SELECT 'mention ' || m.record_id || '/' || m.position || ' comes from ' || ifnull('rule ' || u.name || ' of "
       "another concept', 'text without a rule') "
       "FROM mentions AS m LEFT JOIN rules AS u ON u.rule_id = m.rule_id "
       "WHERE (m.evidence = 'text' AND m.rule_id IS NULL) OR u.facet <> m.facet "
       // What a raw movement means for an outcome ("lower pain": improved) is derived: the rule is the movement's.
       "OR (u.concept <> m.concept AND m.facet <> 'direction')"},
      {"tags-agree", "SELECT count(*) FROM tags",
       "SELECT 'work ' || work_id || ': ' || facet || ':' || concept || ' does not follow from its mentions' FROM ("
       "WITH own AS MATERIALIZED (SELECT r.work_id, m.facet, m.concept, count(*) AS mentions, max(m.field = 'title' "
       "AND "
       "m.evidence = 'text') AS in_title, "
       "max(m.evidence IN ('text', 'keyword')) AS from_text, max(m.evidence NOT IN ('text', 'keyword')) AS from_index, "
       "max(m.is_major) AS is_major, max(m.weight) AS weight, max(m.assertion = 'present') AS is_present "
       "FROM source_records AS r JOIN mentions AS m ON m.record_id = r.record_id GROUP BY 1, 2, 3) "
       "SELECT ifnull(o.work_id, t.work_id) AS work_id, ifnull(o.facet, t.facet) AS facet, ifnull(o.concept, "
       "t.concept) "
       "AS concept "
       "FROM own AS o LEFT JOIN tags AS t ON t.work_id = o.work_id AND t.facet = o.facet AND t.concept = o.concept "
       "WHERE t.work_id IS NULL OR t.mention_count <> o.mentions OR t.is_implied = 1 OR t.in_title < o.in_title OR "
       "t.from_text < o.from_text "
       "OR t.from_index < o.from_index OR t.is_major < o.is_major OR t.weight < o.weight OR (t.assertion = 'present') "
       "< "
       "o.is_present "
       "UNION ALL SELECT t.work_id, t.facet, t.concept FROM tags AS t LEFT JOIN own AS o ON o.work_id = t.work_id AND "
       "o.facet = t.facet "
       "AND o.concept = t.concept WHERE o.work_id IS NULL AND (t.is_implied = 0 OR t.mention_count <> 0 OR NOT EXISTS "
       "(SELECT 1 FROM concept_parents AS p JOIN tags AS c ON c.work_id = t.work_id AND c.facet = p.facet AND "
       "c.concept "
       "= p.concept "
       "WHERE p.facet = t.facet AND p.parent = t.concept)))"},
      {"searches-whole", "SELECT count(*) FROM searches",
       "SELECT 'search ' || s.search_id || ' (' || s.query_id || '): ' || s.hits || ' hits said, ' || "
       "(SELECT count(*) FROM search_hits AS h WHERE h.search_id = s.hits_search_id) || ' stored' FROM searches AS s "
       "WHERE s.hits <> (SELECT count(*) FROM search_hits AS h WHERE h.search_id = s.hits_search_id)"},
      {"runs-balance", "SELECT count(*) FROM runs WHERE found IS NOT NULL",
       "SELECT 'run ' || run_id || ' (' || status || '): found ' || found || ', known ' || known || ', known missing ' "
       "|| known_missing || "
       "', left out ' || left_out || ', asked ' || asked || ', outcomes ' || outcomes || ', pending ' || pending FROM ("
       "SELECT r.*, (SELECT count(*) FROM outcomes AS o WHERE o.run_id = r.run_id) AS outcomes, "
       "(SELECT count(*) FROM outcomes AS o WHERE o.run_id = r.run_id AND o.state = 'pending') AS pending FROM runs AS "
       "r "
       "WHERE found IS NOT NULL) "
       "WHERE found <> known + known_missing + left_out + asked OR asked <> outcomes OR (status IN ('complete', "
       "'partial') AND pending > 0)"},
      {"outcomes-stored", "SELECT count(*) FROM outcomes WHERE state IN ('stored', 'unchanged')",
       "SELECT 'run ' || o.run_id || ': ' || o.source || ' ' || o.source_id || ' is counted as ' || o.state || ' but "
       "is "
       "not there' FROM outcomes AS o "
       "LEFT JOIN source_records AS r ON r.source = o.source AND r.source_id = o.source_id "
       "WHERE o.state IN ('stored', 'unchanged') AND r.record_id IS NULL "
       // A work may be asked for by its DOI at a source that has numbers of its own.
       "AND NOT EXISTS (SELECT 1 FROM record_identifiers AS i JOIN source_records AS d ON d.record_id = i.record_id "
       "WHERE i.scheme = 'doi' AND i.value = o.source_id AND d.source = o.source)"},
  };
  return promises;
}

Result<Check> CheckPromise(sqlite3* db, const Promise& promise) {
  Check check{promise.name, true, {}};
  Statement violations(db, promise.violations.c_str());
  LITMILL_CHECK(violations.Start());
  std::uint64_t count = 0;
  while (true) {
    LITMILL_TRY(const bool row, violations.Step());
    if (!row) break;
    if (++count <= kShownViolations) check.detail += (check.detail.empty() ? "" : "; ") + violations.Text(0);
  }
  if (count > 0) {
    check.passed = false;
    check.detail = fmt::format("{} violations: {}", count, check.detail);
    return check;
  }
  Statement counted(db, promise.counted);
  LITMILL_CHECK(counted.First());
  check.detail = fmt::format("{} checked", counted.Int(0));
  return check;
}

Result<Check> CheckIntegrity(sqlite3* db) {
  Check check{"integrity", true, "the file's pages, indexes and constraints are sound"};
  Statement statement(db, "PRAGMA integrity_check(20)");
  LITMILL_CHECK(statement.Start());
  std::string found;
  while (true) {
    const Result<bool> row = statement.Step();
    if (!row) return Check{"integrity", false, row.error().message};
    if (!*row) break;
    if (statement.View(0) != "ok") found += (found.empty() ? "" : "; ") + statement.Text(0);
  }
  // A file that lost less than a page at its end still reads: SQLite takes the missing bytes for zeros.
  Statement page(db, "PRAGMA page_size");
  LITMILL_CHECK(page.First());
  const auto page_size = static_cast<std::uintmax_t>(page.Int(0));
  std::error_code no_file;  // a database in memory
  const std::uintmax_t size = std::filesystem::file_size(sqlite3_db_filename(db, "main"), no_file);
  page.Reset();
  Statement mode(db, "PRAGMA journal_mode");
  LITMILL_CHECK(mode.First());
  const bool has_wal = mode.View(0) == "wal";  // then the file may be behind, and what it lacks is in the WAL
  mode.Reset();
  const std::uintmax_t rest = no_file || has_wal ? 0 : size % page_size;
  if (rest != 0)
    found += fmt::format("{}the file ends in the middle of a page ({} bytes)", found.empty() ? "" : "; ", size);
  if (!found.empty()) check = {"integrity", false, found};
  return check;
}

/// FTS5 compares its index with the text that works_text answers now. The command is formally a write, so a corpus that
/// is open for reading only is checked through a second connection of its own.
Result<Check> CheckFullText(sqlite3* db) {
  constexpr const char* kSql = "INSERT INTO works_fts (works_fts, rank) VALUES ('integrity-check', 1)";
  Database second;
  sqlite3* target = db;
  if (sqlite3_db_readonly(db, "main") == 1) {
    const Result<void> opened = second.Open(sqlite3_db_filename(db, "main"), Database::Mode::kReadWrite, "");
    if (!opened || sqlite3_db_readonly(second.handle(), "main") == 1)
      return Check{"full-text-index", true, "not checked: FTS5 can only check a file that may be written"};
    target = second.handle();
  }
  const int result_code = sqlite3_exec(target, kSql, nullptr, nullptr, nullptr);
  if (result_code == SQLITE_OK) return Check{"full-text-index", true, "the index says what title and abstract say"};
  if ((result_code & 0xFF) == SQLITE_CORRUPT)
    return Check{
        "full-text-index", false,
        "the index differs from title and abstract; INSERT INTO works_fts (works_fts) VALUES ('rebuild') repairs it"};
  return Fail(SqliteError(target, result_code, "full-text check"));
}

/// Reads every record back from its tables and compares the hash of what comes with the hash of what was put.
Result<Check> CheckContent(sqlite3* db) {
  RecordReader reader(db);
  Statement records(
      db, "SELECT record_id, source, source_id, content_sha256 FROM source_records WHERE content_sha256 IS NOT NULL");
  LITMILL_CHECK(records.Start());
  std::uint64_t count = 0, wrong = 0;
  std::string scratch, shown;
  while (true) {
    LITMILL_TRY(const bool row, records.Step());
    if (!row) break;
    ++count;
    LITMILL_TRY(const Record record, reader.Read(records.Int(0)));
    if (ContentHash(record, scratch) == records.View(3)) continue;
    if (++wrong <= kShownViolations)
      shown += fmt::format("{}{} {}", shown.empty() ? "" : ", ", records.View(1), records.View(2));
  }
  if (wrong == 0) return Check{"content-rereads", true, fmt::format("{} records read back as they were put", count)};
  return Check{"content-rereads", false,
               fmt::format("{} of {} records differ from what was put: {}", wrong, count, shown)};
}

}  // namespace

Result<std::vector<Check>> Validate(const Corpus& corpus) {
  sqlite3* db = corpus.handle();
  std::vector<Check> checks;
  LITMILL_TRY(Check integrity, CheckIntegrity(db));
  checks.push_back(std::move(integrity));
  if (!checks.back().passed) return checks;  // what follows would only repeat it
  for (const Promise& promise : Promises()) {
    LITMILL_TRY(Check check, CheckPromise(db, promise));
    checks.push_back(std::move(check));
  }
  LITMILL_TRY(Check full_text, CheckFullText(db));
  checks.push_back(std::move(full_text));
  LITMILL_TRY(Check content, CheckContent(db));
  checks.push_back(std::move(content));
  return checks;
}

}  // namespace litmill::store
