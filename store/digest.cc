// SPDX-License-Identifier: Apache-2.0
// Every part is one ordered query in which surrogate keys are replaced by what they stand for.
#include "store/digest.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "core/hash.h"
#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

struct Part {
  std::string name;
  std::string sql;
};

/// Rule sets that made tags which are still there; rules of others say nothing about this corpus.
constexpr std::string_view kUsedRuleSets = "(SELECT rule_set_id FROM source_records WHERE rule_set_id IS NOT NULL)";

/// The parts that are hashed apart: what was asked, not what is known.
constexpr std::string_view kSearchParts[] = {"search_membership", "strategy_membership"};

bool IsSearchPart(std::string_view name) {
  return std::find(std::begin(kSearchParts), std::end(kSearchParts), name) != std::end(kSearchParts);
}

std::vector<Part> NamedParts() {
  return {
      {"source_records",
       "SELECT r.source, r.source_id, r.version, r.record_type, r.status, r.owner, r.indexing_method, r.pub_model, "
       "r.publication_status, "
       "r.version_date, r.version_id, r.revised_on, r.content_sha256, s.sha256, r.is_deleted, r.title, r.title_markup, "
       "r.title_is_translated, "
       "r.vernacular_title, r.vernacular_title_markup, r.copyright, r.authors_complete, r.volume, r.issue, "
       "r.cited_medium, r.pages, r.start_page, "
       "r.end_page, r.coi_statement, r.number_of_references, j.title, j.iso_abbreviation, j.medline_ta, "
       "j.nlm_unique_id, j.country, j.issn_print, "
       "j.issn_electronic, j.issn_linking FROM source_records AS r LEFT JOIN journals AS j ON j.journal_id = "
       "r.journal_id "
       "LEFT JOIN rule_sets AS s ON s.rule_set_id = r.rule_set_id ORDER BY r.source, r.source_id"},
      {"works",
       "SELECT r.source, r.source_id, w.title, w.title_markup, w.year, w.publication_date, "
       "w.publication_date_precision, w.journal, w.volume, "
       "w.issue, w.pages, w.language, w.type, w.abstract_status, w.is_retracted, w.is_deleted FROM source_records AS r "
       "CROSS JOIN works AS w ON w.record_id = r.record_id ORDER BY r.source, r.source_id"},
      {"work_members",
       "SELECT r.source, r.source_id, c.source, c.source_id FROM source_records AS r CROSS JOIN works AS w ON "
       "w.work_id = r.work_id "
       "CROSS JOIN source_records AS c ON c.record_id = w.record_id ORDER BY r.source, r.source_id"},
      {"record_pairs",
       "SELECT r.source, r.source_id, o.source, o.source_id, l.verdict, l.relation, l.rule, l.evidence, l.title_score, "
       "l.authors_score, l.journal_score, l.place_score, l.year_score, l.abstract_score FROM record_pairs AS l "
       "JOIN source_records AS r ON r.record_id = l.record_id JOIN source_records AS o ON o.record_id = "
       "l.other_record_id ORDER BY r.source, r.source_id, o.source, o.source_id"},
      {"pair_decisions",
       "SELECT r.source, r.source_id, o.source, o.source_id, d.is_duplicate FROM (SELECT record_id AS a, "
       "other_record_id "
       "AS b, is_duplicate FROM pair_decisions UNION ALL SELECT other_record_id, record_id, is_duplicate FROM "
       "pair_decisions) AS d JOIN source_records AS r ON r.record_id = d.a JOIN source_records AS o ON o.record_id = "
       "d.b "
       "ORDER BY r.source, r.source_id, o.source, o.source_id"},
      {"work_field_sources",
       "SELECT r.source, r.source_id, f.field, g.source, g.source_id FROM work_field_sources AS f "
       "JOIN works AS w ON w.work_id = f.work_id JOIN source_records AS r ON r.record_id = w.record_id "
       "JOIN source_records AS g ON g.record_id = f.record_id ORDER BY r.source, r.source_id, f.field"},
      {"deletions",
       "SELECT DISTINCT r.source, r.source_id, d.version FROM source_records AS r CROSS JOIN deletions AS d ON "
       "d.record_id = r.record_id "
       "ORDER BY r.source, r.source_id, d.version"},
      {"mentions",
       "SELECT r.source, r.source_id, m.position, m.facet, m.concept, m.evidence, m.field, m.field_position, "
       "m.start_byte, m.end_byte, m.text, "
       "m.ui, m.is_major, m.section, m.assertion, m.weight, u.name, s.sha256 FROM source_records AS r CROSS JOIN "
       "mentions AS m ON m.record_id = "
       "r.record_id "
       "LEFT JOIN rules AS u ON u.rule_id = m.rule_id LEFT JOIN rule_sets AS s ON s.rule_set_id = u.rule_set_id "
       "ORDER BY r.source, r.source_id, m.position"},
      {"quantities",
       "SELECT r.source, r.source_id, q.position, q.kind, q.field, q.field_position, q.start_byte, q.end_byte, q.text, "
       "q.section, q.amount, q.upper, q.unit, q.per, q.basis, q.agent_facet, q.agent, q.ci_low, q.ci_high "
       "FROM source_records AS r CROSS JOIN quantities AS q ON q.record_id = r.record_id "
       "ORDER BY r.source, r.source_id, q.position"},
      {"findings",
       "SELECT r.source, r.source_id, f.position, f.intervention_facet, f.intervention, f.outcome_facet, f.outcome, "
       "f.direction, f.movement, f.benefit, f.comparator_facet, f.comparator, f.subgroup, f.confidence, f.assertion, "
       "f.section, f.field, f.field_position, f.start_byte, f.end_byte, f.sentence "
       "FROM source_records AS r CROSS JOIN findings AS f ON f.record_id = r.record_id "
       "ORDER BY r.source, r.source_id, f.position"},
      {"conclusions",
       "SELECT r.source, r.source_id, c.position, c.intervention_facet, c.intervention, c.outcome_facet, c.outcome, "
       "c.movement, c.benefit, c.is_mixed, c.finding_count "
       "FROM source_records AS r CROSS JOIN conclusions AS c ON c.record_id = r.record_id "
       "ORDER BY r.source, r.source_id, c.position"},
      {"tags",
       "SELECT r.source, r.source_id, t.facet, t.concept, t.mention_count, t.in_title, t.from_text, t.from_index, "
       "t.is_major, t.is_implied, t.assertion, t.weight, "
       "s.sha256 FROM source_records AS r CROSS JOIN works AS w ON w.record_id = r.record_id CROSS JOIN tags AS t ON "
       "t.work_id = w.work_id "
       "JOIN rule_sets AS s ON s.rule_set_id = t.rule_set_id ORDER BY r.source, r.source_id, t.facet, t.concept"},
      {"rule_sets", fmt::format("SELECT sha256, name, version FROM rule_sets WHERE rule_set_id IN {} ORDER BY sha256",
                                kUsedRuleSets)},
      {"rules",
       fmt::format(
           "SELECT s.sha256, u.name, u.facet, u.concept, u.kind, u.pattern, u.is_case_sensitive, u.gate, u.gate_scope, "
           "u.abbreviation "
           "FROM rules AS u "
           "JOIN rule_sets AS s ON s.rule_set_id = u.rule_set_id WHERE u.rule_set_id IN {} ORDER BY s.sha256, u.name",
           kUsedRuleSets)},
      {"concepts", fmt::format("SELECT facet, concept, label, definition, valence, rank FROM concepts WHERE "
                               "rule_set_id IN {} ORDER BY facet, concept",
                               kUsedRuleSets)},
      {"concept_uis",
       fmt::format(
           "SELECT i.facet, i.concept, i.ui, i.kind FROM concept_uis AS i JOIN concepts AS c USING (facet, concept) "
           "WHERE c.rule_set_id IN {} ORDER BY i.facet, i.concept, i.ui, i.kind",
           kUsedRuleSets)},
      {"concept_parents",
       fmt::format(
           "SELECT p.facet, p.concept, p.parent FROM concept_parents AS p JOIN concepts AS c USING (facet, concept) "
           "WHERE c.rule_set_id IN {} ORDER BY p.facet, p.concept, p.parent",
           kUsedRuleSets)},
      {std::string(kSearchParts[0]),
       "SELECT s.query_id, s.source, s.term, h.source_id FROM searches AS s LEFT JOIN search_hits AS h ON h.search_id "
       "= s.hits_search_id "
       "WHERE s.search_id = (SELECT max(l.search_id) FROM searches AS l WHERE l.query_id = s.query_id AND l.source = "
       "s.source) "
       "ORDER BY s.query_id, s.source, h.source_id"},
      {std::string(kSearchParts[1]),
       "SELECT r.source, r.source_id, s.sha256, m.query_id FROM strategy_decisions AS d JOIN source_records AS r ON "
       "r.record_id = d.record_id LEFT JOIN strategy_sets AS s ON s.strategy_set_id = d.strategy_set_id "
       "LEFT JOIN strategy_matches AS m ON m.record_id = d.record_id ORDER BY r.source, r.source_id, m.query_id"},
  };
}

/// The tables that hang on record_id, whole: from the schema, so that a table or column added later cannot be
/// forgotten.
Result<std::vector<Part>> ChildParts(sqlite3* db) {
  Statement tables(
      db,
      "SELECT t.name, (SELECT group_concat('c.' || name, ', ') FROM (SELECT name FROM pragma_table_info(t.name) "
      "WHERE name <> 'record_id' ORDER BY cid)), "
      "(SELECT group_concat('c.' || name, ', ') FROM (SELECT name FROM pragma_table_info(t.name) "
      "WHERE pk > 0 AND name <> 'record_id' ORDER BY pk)) FROM sqlite_schema AS t "
      "WHERE t.type = 'table' AND t.name NOT IN ('source_records', 'works', 'mentions', 'deletions', 'record_pairs', "
      "'pair_decisions', "
      "'strategy_decisions', 'strategy_matches') "
      "AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'record_id' AND pk = 1) ORDER BY t.name");
  LITMILL_CHECK(tables.Start());
  std::vector<Part> parts;
  while (true) {
    LITMILL_TRY(const bool row, tables.Step());
    if (!row) return parts;
    const std::string order = tables.Text(2).empty() ? std::string() : ", " + tables.Text(2);
    parts.push_back({tables.Text(0), fmt::format("SELECT r.source, r.source_id, {} FROM source_records AS r CROSS JOIN "
                                                 "{} AS c ON c.record_id = r.record_id "
                                                 "ORDER BY r.source, r.source_id{}",
                                                 tables.View(1), tables.View(0), order)});
  }
}

void AppendField(std::string_view text, std::string& out) {
  out += fmt::format_int(text.size()).str();
  out += ':';
  out += text;
}

/// Type, length and bytes of each value: different rows give different bytes.
void AppendRow(sqlite3_stmt* row, std::string& out) {
  const int columns = sqlite3_column_count(row);
  for (int i = 0; i < columns; ++i) {
    const int type = sqlite3_column_type(row, i);
    out.push_back(static_cast<char>('0' + type));
    if (type == SQLITE_NULL) continue;
    const void* text = sqlite3_column_text(row, i);
    AppendField({static_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(row, i))}, out);
  }
  out.push_back('\n');
}

Result<std::string> HashRows(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  const int prepared = sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  if (prepared != SQLITE_OK) return Fail(SqliteError(db, prepared, "digest"));
  Sha256 hash;
  std::string buffer;
  int result_code = sqlite3_step(raw);
  for (; result_code == SQLITE_ROW; result_code = sqlite3_step(raw)) {
    AppendRow(raw, buffer);
    if (buffer.size() < 64 * 1024) continue;
    hash.Update(buffer);
    buffer.clear();
  }
  if (result_code != SQLITE_DONE) return Fail(SqliteError(db, result_code, "digest"));
  hash.Update(buffer);
  return hash.HexDigest();
}

}  // namespace

Result<CorpusDigest> Digest(const Corpus& corpus) {
  LITMILL_TRY(std::vector<Part> parts, ChildParts(corpus.handle()));
  for (Part& part : NamedParts()) parts.push_back(std::move(part));
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.name < b.name; });
  CorpusDigest digest;
  Sha256 content, searches;
  for (const Part& part : parts) {
    LITMILL_TRY(std::string hash, HashRows(corpus.handle(), part.sql));
    Sha256& whole = IsSearchPart(part.name) ? searches : content;
    whole.UpdateField(part.name);
    whole.UpdateField(hash);
    digest.parts.emplace_back(part.name, std::move(hash));
  }
  digest.sha256 = content.HexDigest();
  digest.searches_sha256 = searches.HexDigest();
  return digest;
}

}  // namespace litmill::store
