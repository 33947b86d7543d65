// SPDX-License-Identifier: Apache-2.0
#include "store/record_pairs.h"

#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {
namespace {

constexpr std::int64_t kNoScore = -1;

/// A row of record_pairs; scores in percent, kNoScore = NULL.
struct PairRow {
  std::int64_t record_id = 0, other_record_id = 0;
  std::string verdict, relation, rule, evidence;
  std::int64_t title = kNoScore, authors = kNoScore, journal = kNoScore, locators = kNoScore, year = kNoScore,
               abstract_text = kNoScore;
  friend bool operator==(const PairRow&, const PairRow&) = default;
};

std::int64_t Percent(double score) { return score < 0 ? kNoScore : std::llround(score * 100); }

PairRow RowOf(const DedupeDecision& d, const std::vector<std::int64_t>& record_ids) {
  const DedupeScores& s = d.scores;
  return {record_ids[d.record],
          record_ids[d.other],
          std::string(DedupeVerdictName(d.verdict)),
          std::string(DedupeRelationName(d.relation)),
          d.rule,
          d.evidence,
          Percent(s.title),
          Percent(s.authors),
          Percent(s.journal),
          Percent(s.locators),
          Percent(s.year),
          Percent(s.abstract_text)};
}

Result<std::vector<PairRow>> ReadPairs(sqlite3* db) {
  std::vector<PairRow> rows;
  Statement s(db,
              "SELECT record_id, other_record_id, verdict, relation, rule, evidence, ifnull(title_score, -1), "
              "ifnull(authors_score, -1), ifnull(journal_score, -1), ifnull(place_score, -1), ifnull(year_score, -1), "
              "ifnull(abstract_score, -1) FROM record_pairs ORDER BY 1, 2");
  LITMILL_CHECK(s.Start());
  while (true) {
    LITMILL_TRY(const bool row, s.Step());
    if (!row) return rows;
    rows.push_back({s.Int(0), s.Int(1), s.Text(2), s.Text(3), s.Text(4), s.Text(5), s.Int(6), s.Int(7), s.Int(8),
                    s.Int(9), s.Int(10), s.Int(11)});
  }
}

Result<std::int64_t> FindRecordNamed(sqlite3* db, const RecordName& name) {
  Statement select(db, "SELECT record_id FROM source_records WHERE source = ? AND source_id = ?");
  LITMILL_TRY(const bool row, select.First(name.source, name.source_id));
  if (!row)
    return Fail(ErrorCode::kNotFound, fmt::format("the corpus has no record {} {}", name.source, name.source_id));
  return select.Int(0);
}

}  // namespace

Result<void> WriteRecordPairs(sqlite3* db, const std::vector<DedupeDecision>& decisions,
                              const std::vector<std::int64_t>& record_ids) {
  std::vector<PairRow> now;
  now.reserve(decisions.size());
  for (const DedupeDecision& decision : decisions) now.push_back(RowOf(decision, record_ids));
  std::sort(now.begin(), now.end(), [](const PairRow& a, const PairRow& b) {
    return std::tie(a.record_id, a.other_record_id) < std::tie(b.record_id, b.other_record_id);
  });
  LITMILL_TRY(const std::vector<PairRow> was, ReadPairs(db));
  if (now == was) return {};
  Statement clear(db, "DELETE FROM record_pairs");
  LITMILL_CHECK(clear.Run());
  Statement insert(db,
                   "INSERT INTO record_pairs VALUES (?, ?, ?, ?, ?, ?, nullif(?, -1), nullif(?, -1), nullif(?, -1), "
                   "nullif(?, -1), nullif(?, -1), nullif(?, -1))");
  for (const PairRow& r : now)
    LITMILL_CHECK(insert.Run(r.record_id, r.other_record_id, r.verdict, OrNull{r.relation}, r.rule, r.evidence, r.title,
                             r.authors, r.journal, r.locators, r.year, r.abstract_text));
  return {};
}

Result<std::vector<ReviewPair>> ReadReviewPairs(const Corpus& corpus) {
  std::vector<ReviewPair> pairs;
  Statement s(corpus.handle(),
              "SELECT source, source_id, other_source, other_source_id, title, other_title, authors, other_authors, "
              "year, other_year, journal, other_journal, rule, evidence, decision, note FROM review_pairs ORDER BY "
              "decision IS NOT NULL, source, source_id, other_source, other_source_id");
  LITMILL_CHECK(s.Start());
  while (true) {
    LITMILL_TRY(const bool row, s.Step());
    if (!row) return pairs;
    pairs.push_back({{s.Text(0), s.Text(1)},
                     {s.Text(2), s.Text(3)},
                     s.Text(4),
                     s.Text(5),
                     s.Text(6),
                     s.Text(7),
                     s.Text(8),
                     s.Text(9),
                     s.Text(10),
                     s.Text(11),
                     s.Text(12),
                     s.Text(13),
                     s.Text(14),
                     s.Text(15)});
  }
}

Result<void> PutDecisions(Corpus& corpus, const std::vector<PersonsDecision>& decisions) {
  LITMILL_CHECK(corpus.BeginBatch());
  const auto put_all = [&]() -> Result<void> {
    Statement put(corpus.handle(),
                  "INSERT INTO pair_decisions VALUES (?, ?, ?, ?, ?) ON CONFLICT (record_id, other_record_id) DO "
                  "UPDATE SET is_duplicate = excluded.is_duplicate, decided_at = excluded.decided_at, note = "
                  "excluded.note");
    for (const PersonsDecision& d : decisions) {
      LITMILL_TRY(std::int64_t a, FindRecordNamed(corpus.handle(), d.record));
      LITMILL_TRY(std::int64_t b, FindRecordNamed(corpus.handle(), d.other));
      if (a == b)
        return Fail(ErrorCode::kInvalidInput,
                    fmt::format("{} {} cannot be decided against itself", d.record.source, d.record.source_id));
      if (b < a) std::swap(a, b);
      LITMILL_CHECK(put.Run(a, b, d.is_duplicate, d.decided_at, OrNull{d.note}));
    }
    return {};
  };
  auto put = put_all();
  if (!put) {
    corpus.RollbackBatch();
    return put;
  }
  return corpus.CommitBatch();
}

Result<std::vector<RecordName>> ReadFellowRecords(const Corpus& corpus, const RecordName& record) {
  LITMILL_TRY(const std::int64_t record_id, FindRecordNamed(corpus.handle(), record));
  Statement s(corpus.handle(),
              "SELECT o.source, o.source_id FROM source_records AS r JOIN source_records AS o ON o.work_id = r.work_id "
              "WHERE r.record_id = ? AND o.record_id <> r.record_id ORDER BY 1, 2");
  LITMILL_CHECK(s.Start(record_id));
  std::vector<RecordName> fellows;
  while (true) {
    LITMILL_TRY(const bool row, s.Step());
    if (!row) return fellows;
    fellows.push_back({s.Text(0), s.Text(1)});
  }
}

}  // namespace litmill::store
