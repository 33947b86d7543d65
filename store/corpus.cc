// SPDX-License-Identifier: Apache-2.0
#include "store/corpus.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/identifiers.h"
#include "store/membership.h"
#include "store/record_reader.h"
#include "store/record_store.h"
#include "store/requested_identifiers.h"
#include "store/run_log.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/tag_writer.h"
#include "store/work_linker.h"
#include "store/work_writer.h"

namespace litmill::store {

struct Corpus::Impl {
  Database db;
  bool read_only = false;
  bool changed = false;  ///< Something was committed since the opening.
  bool batch_failed = false;
  std::uint64_t link_text_changes = 0;  ///< Works that LinkWorks put into or took out of the full-text index.
  std::optional<Transaction> batch;
  // Prepared statements: they must go before the connection does.
  std::optional<TagWriter> tags;
  std::optional<MembershipWriter> membership;
  std::optional<RecordStore> records;
  std::optional<RunLog> log;
  std::optional<RecordReader> reader;

  void Prepare() {
    tags.emplace(db.handle());
    membership.emplace(db.handle());
    records.emplace(db.handle(), *tags, *membership);
    log.emplace(db.handle());
    reader.emplace(db.handle());
  }
  void Release() {
    reader.reset();
    log.reset();
    records.reset();
    membership.reset();
    tags.reset();
  }
  void Rollback() {
    batch.reset();
    batch_failed = false;
    records->Forget();
    tags->Forget();
    membership->Forget();
  }

  /// f() inside the open batch; its failure spoils the batch.
  template <typename F>
  auto InBatch(const F& f) -> decltype(f()) {
    if (!batch) return Fail(ErrorCode::kInternal, "a write outside BeginBatch and CommitBatch");
    auto result = f();
    if (!result) batch_failed = true;
    return result;
  }
  /// f() in a transaction of its own.
  template <typename F>
  auto InTransaction(const F& f) -> decltype(f()) {
    if (batch) return Fail(ErrorCode::kInternal, "a batch is open");
    Transaction transaction(db);
    LITMILL_CHECK(transaction.Begin());
    auto result = f();
    if (!result) return result;
    LITMILL_CHECK(transaction.Commit());
    changed = true;
    return result;
  }
};

Corpus::Corpus(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Corpus::~Corpus() {
  impl_->batch.reset();
  impl_->Release();
}

Result<std::unique_ptr<Corpus>> Corpus::Open(const std::string& path, const OpenOptions& options) {
  auto impl = std::make_unique<Impl>();
  LITMILL_CHECK(OpenCorpusFile(impl->db, path, options));
  impl->read_only = options.read_only;
  impl->Prepare();
  return std::unique_ptr<Corpus>(new Corpus(std::move(impl)));
}

Result<void> Corpus::Close() {
  if (impl_->db.handle() == nullptr) return {};
  if (impl_->batch) return Fail(ErrorCode::kInternal, "a batch is open");
  const std::uint64_t full_text_changes = impl_->records->full_text_changes() + impl_->link_text_changes;
  impl_->Release();
  if (!impl_->read_only) {
    if (impl_->changed) {
      LITMILL_TRY(const std::int64_t works, impl_->db.QueryInt("SELECT count(*) FROM works"));
      // A few changes do not pay a rewrite of the whole index; they are merged in passing.
      const bool rewrite = full_text_changes > static_cast<std::uint64_t>(works) / 20;
      if (full_text_changes > 0)
        LITMILL_CHECK(impl_->db.Exec(rewrite ? "INSERT INTO works_fts (works_fts) VALUES ('optimize')"
                                             : "INSERT INTO works_fts (works_fts, rank) VALUES ('merge', 500)"));
      LITMILL_CHECK(impl_->db.Exec("PRAGMA analysis_limit = 1000; ANALYZE"));
    }
    LITMILL_CHECK(LeaveOneFile(impl_->db));
  }
  return impl_->db.Close();
}

sqlite3* Corpus::handle() const { return impl_->db.handle(); }

// --- Runs, searches, plan
// ---------------------------------------------------------------------------------------------

Result<RunRow> Corpus::BeginRun(const RunRow& run) {
  return impl_->InTransaction([&] { return store::BeginRun(handle(), run); });
}
Result<void> Corpus::FinishRun(std::int64_t run_id, std::string_view status, std::string_view finished_at) {
  return impl_->InTransaction([&] { return store::FinishRun(handle(), run_id, status, finished_at); });
}
Result<std::vector<RunRow>> Corpus::Runs(int most) const { return ReadRuns(handle(), most); }
Result<RunTotals> Corpus::Totals(std::int64_t run_id) const { return ReadTotals(handle(), run_id); }
Result<CorpusCounts> Corpus::Counts() const { return ReadCounts(handle()); }

Result<bool> Corpus::IsSearchDone(std::int64_t run_id, std::string_view source, std::string_view query_id) const {
  return store::IsSearchDone(handle(), run_id, source, query_id);
}
Result<std::vector<SearchRow>> Corpus::Searches(std::int64_t run_id) const { return ReadSearches(handle(), run_id); }
Result<void> Corpus::PutSearch(const SearchRow& search, std::int64_t run_id) {
  return impl_->InTransaction([&] { return store::PutSearch(handle(), search, run_id); });
}
Result<std::string> Corpus::LastCompleteSearchTime(std::string_view source, std::string_view query_id,
                                                   std::string_view term) const {
  return store::LastCompleteSearchTime(handle(), source, query_id, term);
}
Result<bool> Corpus::IsPlanned(std::int64_t run_id) const { return store::IsPlanned(handle(), run_id); }
Result<FetchPlan> Corpus::Plan(std::int64_t run_id, const std::vector<std::uint32_t>& modified, std::uint64_t limit,
                               std::string_view missing_since, std::string_view fresh_since) {
  return impl_->InTransaction([&] { return MakePlan(handle(), run_id, modified, limit, missing_since, fresh_since); });
}
Result<std::vector<std::uint32_t>> Corpus::Pending(std::int64_t run_id) const { return ReadPending(handle(), run_id); }
Result<std::vector<PendingId>> Corpus::PendingElsewhere(std::int64_t run_id) const {
  return ReadPendingElsewhere(handle(), run_id);
}
Result<void> Corpus::SettleKnown(std::int64_t run_id) {
  return impl_->InTransaction([&] { return store::SettleKnown(handle(), run_id); });
}

Result<void> Corpus::PutRequestedIdentifiers(std::int64_t run_id, const std::vector<RequestedIdentifier>& identifiers) {
  return impl_->InTransaction([&] { return store::PutRequestedIdentifiers(handle(), run_id, identifiers); });
}
Result<std::vector<RequestedIdentifier>> Corpus::RequestedIdentifiers(std::int64_t run_id) const {
  return ReadRequestedIdentifiers(handle(), run_id);
}
Result<void> Corpus::SetRequestedIdentifiers(std::int64_t run_id, const std::vector<RequestedIdentifier>& identifiers) {
  return impl_->InTransaction([&] { return store::SetRequestedIdentifiers(handle(), run_id, identifiers); });
}

// --- Writing
// ----------------------------------------------------------------------------------------------------------

Result<void> Corpus::BeginBatch() {
  if (impl_->batch) return Fail(ErrorCode::kInternal, "a batch is open already");
  impl_->batch.emplace(impl_->db);
  Result<void> begun = impl_->batch->Begin();
  if (!begun) impl_->batch.reset();
  return begun;
}

Result<void> Corpus::CommitBatch() {
  if (!impl_->batch) return Fail(ErrorCode::kInternal, "no batch is open");
  if (impl_->batch_failed) {
    impl_->Rollback();
    return Fail(ErrorCode::kInternal, "a write of this batch had failed; the batch was rolled back");
  }
  Result<void> committed = impl_->records->Flush();
  if (committed) committed = impl_->batch->Commit();
  if (!committed) {
    impl_->Rollback();
    return committed;
  }
  impl_->batch.reset();
  impl_->changed = true;
  return {};
}

void Corpus::RollbackBatch() {
  if (impl_->batch) impl_->Rollback();
}

Result<void> Corpus::UseRules(const RuleSet& rules) {
  return impl_->InBatch([&] { return impl_->tags->UseRules(rules); });
}
Result<std::int64_t> Corpus::AddDocument(const Document& document, std::int64_t run_id) {
  return impl_->InBatch([&] { return impl_->log->AddDocument(document, run_id); });
}
Result<bool> Corpus::IsDocumentDone(const Document& document) const { return impl_->log->IsDocumentDone(document); }
Result<void> Corpus::MarkDocumentDone(std::int64_t document_id, const DocumentContent& content) {
  return impl_->InBatch([&] { return impl_->log->MarkDocumentDone(document_id, content); });
}
Result<PutOutcome> Corpus::PutRecord(const Record& record, const TaggedRecord& tags, const RecordOrigin& origin,
                                     const Membership* membership) {
  return impl_->InBatch([&] { return impl_->records->PutRecord(record, tags, origin, membership); });
}
Result<PutOutcome> Corpus::PutDeletion(std::string_view source, std::string_view source_id, int version,
                                       const RecordOrigin& origin) {
  return impl_->InBatch([&] { return impl_->records->PutDeletion(source, source_id, version, origin); });
}
Result<void> Corpus::PutProblem(const ProblemRow& problem, std::int64_t run_id) {
  return impl_->InBatch([&] { return impl_->log->PutProblem(problem, run_id); });
}
Result<void> Corpus::SetOutcome(std::int64_t run_id, std::string_view source, std::string_view source_id,
                                OutcomeState state, std::string_view reason) {
  return impl_->InBatch([&] { return impl_->log->SetOutcome(run_id, source, source_id, state, reason); });
}
Result<void> Corpus::ReplaceTags(std::int64_t record_id, const TaggedRecord& tags) {
  return impl_->InBatch([&] { return impl_->records->ReplaceTags(record_id, tags); });
}

// --- Membership decided here
// ------------------------------------------------------------------------------------------

Result<void> Corpus::UseStrategies(const StrategySet& set) {
  return impl_->InTransaction([&] { return impl_->membership->Use(set); });
}
Result<std::vector<std::int64_t>> Corpus::RecordsToDecide(std::int64_t after_record_id, int most) const {
  return ReadRecordsToDecide(handle(), impl_->membership->set_id(), after_record_id, most);
}
Result<void> Corpus::ReplaceMembership(std::int64_t record_id, const Membership& membership) {
  return impl_->InBatch([&] { return impl_->membership->Replace(record_id, membership); });
}

// --- Linking
// ----------------------------------------------------------------------------------------------------------

Result<LinkCounts> Corpus::LinkWorks() {
  if (impl_->batch) return Fail(ErrorCode::kInternal, "a batch is open");  // and its rows must not be forgotten below
  WorkWriter works(handle());
  auto counts = impl_->InTransaction([&] { return store::LinkWorks(handle(), works); });
  impl_->link_text_changes += works.full_text_changes();
  impl_->records->Forget();  // the ids that it would give out next may be taken now
  return counts;
}

// --- Reading back
// -----------------------------------------------------------------------------------------------------

Result<std::vector<std::int64_t>> Corpus::RecordsWithOtherRules(std::int64_t after_record_id, int most) const {
  LITMILL_TRY(const std::int64_t rule_set_id, impl_->tags->RuleSetId());
  if (rule_set_id == 0) return Fail(ErrorCode::kInternal, "no rule set is in use");
  Statement select(handle(),
                   "SELECT record_id FROM source_records WHERE record_id > ? AND content_sha256 IS NOT NULL AND "
                   "rule_set_id IS NOT ? "
                   "ORDER BY record_id LIMIT ?");
  LITMILL_CHECK(select.Start(after_record_id, rule_set_id, most));
  std::vector<std::int64_t> ids;
  while (true) {
    LITMILL_TRY(const bool row, select.Step());
    if (!row) return ids;
    ids.push_back(select.Int(0));
  }
}

Result<StoredRecord> Corpus::LoadRecord(std::int64_t record_id) const {
  LITMILL_TRY(Record record, impl_->reader->Read(record_id));
  return StoredRecord{record_id, std::move(record)};
}

Result<std::int64_t> Corpus::FindRecord(std::string_view identifier) const {
  const auto find = [&](const char* sql, std::string_view value) -> Result<std::int64_t> {
    Statement select(handle(), sql);
    LITMILL_TRY(const bool row, select.First(value));
    return row ? select.Int(0) : 0;
  };
  // Of a work that several records are, the one that represents it goes first.
  constexpr const char* kByScheme =
      "SELECT i.record_id FROM record_identifiers AS i JOIN source_records AS r ON r.record_id = i.record_id "
      "JOIN works AS w ON w.work_id = r.work_id WHERE i.scheme = '{}' AND i.value = ? AND i.is_valid = 1 "
      "ORDER BY w.is_deleted, w.record_id <> i.record_id, i.record_id LIMIT 1";
  Result<std::int64_t> found = 0;
  if (identifier.substr(0, 5) == "work:") {
    found = find("SELECT record_id FROM works WHERE CAST(work_id AS TEXT) = ?", identifier.substr(5));
  } else if (const auto pmid = ParsePmid(identifier)) {
    found =
        find("SELECT record_id FROM source_records WHERE source = 'pubmed' AND source_id = ?", std::to_string(*pmid));
    if (found && *found == 0) found = find(fmt::format(kByScheme, "pmid").c_str(), std::to_string(*pmid));
  } else if (const auto pmcid = NormalisePmcid(identifier)) {
    found = find(fmt::format(kByScheme, "pmcid").c_str(), *pmcid);
  } else if (const auto doi = NormaliseDoi(identifier)) {
    found = find(fmt::format(kByScheme, "doi").c_str(), *doi);
  } else {
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("\"{}\" is no PMID, PMCID, DOI or work id (like 12345, PMC12345, 10.1000/x or work:7)",
                            identifier));
  }
  if (found && *found == 0) return Fail(ErrorCode::kNotFound, fmt::format("\"{}\" is not in this corpus", identifier));
  return found;
}

}  // namespace litmill::store
