// SPDX-License-Identifier: Apache-2.0
#include "store/run_log.h"

#include <fmt/format.h>

#include "store/requested_identifiers.h"

namespace litmill::store {
namespace {

std::uint64_t Count(const Statement& s, int column) { return static_cast<std::uint64_t>(s.Int(column)); }

RunRow ReadRun(const Statement& s) {
  RunRow run;
  run.run_id = s.Int(0);
  int column = 0;
  for (std::string* field : {&run.uuid, &run.command, &run.version, &run.config_sha256, &run.rule_set_sha256,
                             &run.started_at, &run.finished_at, &run.status})
    *field = s.Text(++column);
  return run;
}

std::uint64_t Sum(const RequestedTotals& t) {
  return t.pending + t.stored + t.repeated + t.not_an_identifier + t.not_registered + t.no_metadata + t.not_found +
         t.failed;
}

constexpr const char* kAbandonOthersSql =
    "UPDATE runs SET status = 'abandoned' WHERE status IN ('running', 'interrupted') AND run_id <> ?";

}  // namespace

bool RunTotals::Balanced() const {
  return plan.found == plan.known + plan.known_missing + plan.left_out + plan.asked && pending == 0 &&
         plan.asked == stored + unchanged + merged_into + deleted_at_source + not_found + failed &&
         requested_states.pending == 0 && requested == Sum(requested_states);
}

std::string_view OutcomeName(OutcomeState state) {
  switch (state) {
    case OutcomeState::kPending:
      return "pending";
    case OutcomeState::kStored:
      return "stored";
    case OutcomeState::kUnchanged:
      return "unchanged";
    case OutcomeState::kMergedInto:
      return "merged-into";
    case OutcomeState::kDeletedAtSource:
      return "deleted-at-source";
    case OutcomeState::kNotFound:
      return "not-found";
    case OutcomeState::kFailed:
      return "failed";
  }
  return "failed";
}

// --- Runs
// -------------------------------------------------------------------------------------------------------------

Result<RunRow> BeginRun(sqlite3* db, const RunRow& run) {
  Statement unfinished(
      db,
      "SELECT run_id, uuid, command, litmill_version, config_sha256, rule_set_sha256, started_at, finished_at, status "
      "FROM runs "
      "WHERE status IN ('running', 'interrupted') AND command = ? AND config_sha256 = ? ORDER BY run_id DESC LIMIT 1");
  LITMILL_TRY(const bool resumes, unfinished.First(run.command, run.config_sha256));
  RunRow begun = run;
  if (resumes) {
    begun = ReadRun(unfinished);
    begun.version = run.version;
    begun.rule_set_sha256 = run.rule_set_sha256;
    begun.finished_at.clear();
    begun.resumed = true;
    unfinished.Reset();
    Statement resume(
        db,
        "UPDATE runs SET status = 'running', finished_at = NULL, litmill_version = ?, rule_set_sha256 = ?, "
        "resume_count = resume_count + 1 WHERE run_id = ?");
    LITMILL_CHECK(resume.Run(run.version, run.rule_set_sha256, begun.run_id));
  } else {
    Statement insert(
        db,
        "INSERT INTO runs (uuid, command, litmill_version, config_sha256, rule_set_sha256, started_at, status) "
        "VALUES (?, ?, ?, ?, ?, ?, 'running')");
    LITMILL_CHECK(
        insert.Run(run.uuid, run.command, run.version, run.config_sha256, run.rule_set_sha256, run.started_at));
    Statement id(db, "SELECT run_id FROM runs WHERE uuid = ?");
    LITMILL_CHECK(id.First(run.uuid));
    begun.run_id = id.Int(0);
    begun.resumed = false;
  }
  begun.status = "running";
  Statement abandon(db, kAbandonOthersSql);
  LITMILL_CHECK(abandon.Run(begun.run_id));
  return begun;
}

Result<void> FinishRun(sqlite3* db, std::int64_t run_id, std::string_view status, std::string_view finished_at) {
  Statement finish(db, "UPDATE runs SET status = ?, finished_at = ? WHERE run_id = ?");
  return finish.Run(status, OrNull{finished_at}, run_id);
}

Result<std::vector<RunRow>> ReadRuns(sqlite3* db, int most) {
  Statement select(
      db,
      "SELECT run_id, uuid, command, litmill_version, config_sha256, rule_set_sha256, started_at, finished_at, status, "
      "resume_count FROM runs ORDER BY run_id DESC LIMIT ?");
  LITMILL_CHECK(select.Start(most));
  std::vector<RunRow> runs;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return runs;
    runs.push_back(ReadRun(select));
    runs.back().resumed = select.Int(9) > 0;
  }
}

Result<RunTotals> ReadTotals(sqlite3* db, std::int64_t run_id) {
  Statement select(db,
                   "SELECT found, known, known_missing, left_out, asked, "
                   "(SELECT count(*) FROM problems AS p WHERE p.run_id = r.run_id AND severity = 'error'), "
                   "(SELECT count(*) FROM problems AS p WHERE p.run_id = r.run_id AND severity = 'warning'), "
                   "(SELECT count(*) FROM documents AS d WHERE d.run_id = r.run_id) FROM runs AS r WHERE run_id = ?");
  LITMILL_TRY(const bool known, select.First(run_id));
  if (!known) return Fail(ErrorCode::kNotFound, fmt::format("no run {}", run_id));
  RunTotals totals;
  totals.plan = {Count(select, 0), Count(select, 1), Count(select, 2), Count(select, 3), Count(select, 4)};
  totals.problems_error = Count(select, 5);
  totals.problems_warning = Count(select, 6);
  totals.documents = Count(select, 7);
  LITMILL_TRY(totals.requested_states, ReadRequestedTotals(db, run_id));
  LITMILL_TRY(totals.requested, CountRequestedIdentifiers(db, run_id));
  Statement states(db, "SELECT state, count(*) FROM outcomes WHERE run_id = ? GROUP BY state");
  LITMILL_CHECK(states.Start(run_id));
  const std::pair<OutcomeState, std::uint64_t*> sums[] = {
      {OutcomeState::kPending, &totals.pending},     {OutcomeState::kStored, &totals.stored},
      {OutcomeState::kUnchanged, &totals.unchanged}, {OutcomeState::kMergedInto, &totals.merged_into},
      {OutcomeState::kNotFound, &totals.not_found},  {OutcomeState::kDeletedAtSource, &totals.deleted_at_source},
      {OutcomeState::kFailed, &totals.failed}};
  while (true) {
    LITMILL_TRY(const bool row, states.Step());
    if (!row) return totals;
    for (const auto& [state, sum] : sums)
      if (states.View(0) == OutcomeName(state)) *sum = Count(states, 1);
  }
}

Result<CorpusCounts> ReadCounts(sqlite3* db) {
  Statement select(
      db,
      "SELECT (SELECT count(*) FROM works WHERE is_deleted = 0), (SELECT count(*) FROM source_records), "
      "(SELECT count(*) FROM works WHERE is_deleted = 1), (SELECT count(*) FROM works WHERE is_deleted = 0 AND "
      "is_retracted = 1), "
      "(SELECT count(*) FROM tags), (SELECT count(*) FROM mentions), (SELECT count(DISTINCT work_id) FROM tags), "
      "(SELECT count(*) FROM problems)");
  LITMILL_CHECK(select.First());
  return CorpusCounts{Count(select, 0), Count(select, 1), Count(select, 2), Count(select, 3),
                      Count(select, 4), Count(select, 5), Count(select, 6), Count(select, 7)};
}

// --- Documents, problems, outcomes
// ------------------------------------------------------------------------------------

RunLog::RunLog(sqlite3* db)
    : find_document_(db, "SELECT document_id, is_done FROM documents WHERE source = ? AND name = ? AND sha256 = ?"),
      insert_document_(
          db,
          "INSERT INTO documents (run_id, source, kind, name, sha256, size_bytes, retrieved_at, format) VALUES "
          "(?, ?, ?, ?, ?, ?, ?, ?) "
          "RETURNING document_id"),
      unlist_document_(db, "DELETE FROM document_records WHERE document_id = ?"),
      done_document_(
          db, "UPDATE documents SET is_done = 1, records = ?, problems = ? WHERE document_id = ? AND is_done = 0"),
      insert_problem_(db,
                      "INSERT OR IGNORE INTO problems (run_id, stage, severity, code, source, source_id, message, "
                      "document_id, offset_bytes, "
                      "line, ordinal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      update_outcome_(
          db,
          "UPDATE outcomes SET state = ?4, reason = ?5 WHERE run_id = ?1 AND source = ?2 AND source_id = ?3 AND "
          // What this run has stored may stand on another page of it too: it is new all the same.
          "(state <> ?4 OR reason IS NOT ?5) AND NOT (state = 'stored' AND ?4 = 'unchanged')") {}

Result<std::int64_t> RunLog::AddDocument(const Document& d, std::int64_t run_id) {
  Statement* found = &find_document_;
  LITMILL_TRY(bool row, find_document_.First(d.source, d.name, d.sha256));
  if (!row) {
    found = &insert_document_;
    LITMILL_TRY(row, insert_document_.First(IdOrNull{run_id}, d.source, d.kind, d.name, d.sha256, d.size_bytes,
                                            OrNull{d.retrieved_at}, OrNull{d.format}));
  }
  const std::int64_t id = found->Int(0);
  const bool is_read_again = found == &find_document_ && !found->Bool(1);
  LITMILL_TRY(row, found->Step());
  if (is_read_again) LITMILL_CHECK(unlist_document_.Run(id));
  return id;
}

Result<bool> RunLog::IsDocumentDone(const Document& d) {
  LITMILL_TRY(const bool row, find_document_.First(d.source, d.name, d.sha256));
  const bool done = row && find_document_.Bool(1);
  find_document_.Reset();
  return done;
}

Result<void> RunLog::MarkDocumentDone(std::int64_t document_id, const DocumentContent& content) {
  return done_document_.Run(content.records, content.problems, document_id);
}

Result<void> RunLog::PutProblem(const ProblemRow& p, std::int64_t run_id) {
  // A document that is read again after an interruption reports its problems again: they are the same ones.
  return insert_problem_.Run(IdOrNull{run_id}, p.stage, p.severity, p.code, p.source, p.source_id, p.message,
                             IdOrNull{p.document_id}, p.offset_bytes, p.line, p.ordinal);
}

Result<void> RunLog::SetOutcome(std::int64_t run_id, std::string_view source, std::string_view source_id,
                                OutcomeState state, std::string_view reason) {
  return update_outcome_.Run(run_id, source, source_id, OutcomeName(state), OrNull{reason});
}

}  // namespace litmill::store
