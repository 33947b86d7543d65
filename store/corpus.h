// SPDX-License-Identifier: Apache-2.0
// The corpus file as the pipeline sees it: runs, searches, documents, records, tags, problems.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"

struct sqlite3;

namespace litmill::store {

struct OpenOptions {
  bool read_only = false;
  bool create = true;  ///< Without it a missing file is kNotFound.
  std::string vfs;     ///< SQLite VFS name, the seam for fault tests; empty = default.
};

/// The raw document that records come from: an archived answer, or a file on disk (recorded, not copied).
struct Document {
  std::string source;  ///< "pubmed"
  std::string kind;    ///< "efetch" or "file"
  std::string name;    ///< Archive name, or the file's path as given.
  std::string sha256;
  std::uint64_t size_bytes = 0;
  std::string retrieved_at;  ///< UTC; empty for files.
  std::string format = {};   ///< Of an export file ("ris", "scopus-csv", ...); empty = the source's own form.
};

/// What a document held.
struct DocumentContent {
  std::uint64_t records = 0;
  std::uint64_t problems = 0;  ///< Records that could not be read.
};

/// Where a record stood in its document.
struct RecordOrigin {
  std::int64_t document_id = 0;
  std::uint64_t offset_bytes = 0;
  std::uint64_t ordinal = 0;
  std::string retrieved_at;  ///< Of the document; empty for files.
  bool is_listed = false;    ///< Of a file that somebody imported: the record is listed in document_records.
  bool is_export = false;    ///< The source's own form of the record, once known, is never replaced by an export's.
};

/// What PutRecord did. kUnchanged: the same revision is stored. kSuperseded: a newer one is.
enum class PutOutcome { kInserted, kRevised, kUnchanged, kSuperseded };

/// The counted end of one identifier that a run asked for. The names are stored in `outcomes.state`.
enum class OutcomeState { kPending, kStored, kUnchanged, kMergedInto, kDeletedAtSource, kNotFound, kFailed };
[[nodiscard]] std::string_view OutcomeName(
    OutcomeState state);  // "pending", "stored", "unchanged", "merged-into", "deleted-at-source", "not-found", "failed"

struct ProblemRow {
  std::string stage;     ///< "search", "fetch", "parse", "tag", "store"
  std::string severity;  ///< "error" (not stored) or "warning" (stored, something repaired)
  std::string code, source, source_id, message;
  std::int64_t document_id = 0;  ///< 0 = none.
  std::uint64_t offset_bytes = 0, line = 0, ordinal = 0;
};

/// PRISMA-S: what was asked of which platform, when, and what it answered.
struct SearchRow {
  std::string query_id;  ///< The query's key in pipeline.yaml.
  std::string label, source, platform, term, searched_at, query_translation, warnings_json;
  std::uint64_t hits = 0;
  std::vector<std::string> source_ids = {};  ///< In any order. Stored once: an unchanged hit list refers to the earlier
                                             ///< search's rows.
  std::string strategy = {};  ///< The strategy in PubMed syntax that `term` was translated from; empty = `term` is it.
  std::string limits = {};    ///< Limits that were set outside `term`.
};

/// What LinkWorks found. `conflicts` are identifiers that stand in records which cannot be one publication.
struct LinkCounts {
  std::uint64_t works = 0, records = 0;
  std::uint64_t merged_works = 0;  ///< Of several records.
  std::uint64_t conflicts = 0;
  std::uint64_t to_review = 0;  ///< Pairs that a person should look at.
};

struct RunRow {
  std::int64_t run_id = 0;
  std::string uuid, command, version, config_sha256, rule_set_sha256, started_at, finished_at;
  std::string status;    ///< running, complete, partial, failed, interrupted
  bool resumed = false;  ///< Set by BeginRun: an unfinished run was taken up.
};

/// What a run will ask for, and what it need not.
struct FetchPlan {
  std::uint64_t found = 0;  ///< Distinct identifiers of all searches of this run, of all databases, and DOIs looked up.
  std::uint64_t known = 0;  ///< Of these, already stored and not reported as modified.
  std::uint64_t known_missing = 0;  ///< Of these, not found by a recent run and not asked again.
  std::uint64_t left_out = 0;       ///< Of these, beyond --limit.
  std::uint64_t asked = 0;          ///< found - known - known_missing - left_out.
};

/// An identifier that a run asks of a database other than PubMed.
struct PendingId {
  std::string source, source_id;
  friend bool operator==(const PendingId&, const PendingId&) = default;
};

/// Where an identifier of a list that a run was given stands. The names are stored in
/// `requested_identifiers.state`.
enum class RequestedState {
  kPending,
  kStored,
  kRepeated,  ///< The same identifier stands earlier in the list.
  kNotAnIdentifier,
  kNotRegistered,  ///< The DOI does not exist.
  kNoMetadata,     ///< Registered, but by an agency that litmill cannot ask, or without a record.
  kNotFound,
  kFailed,
};
/// "pending", "stored", "repeated", "not-an-identifier", "not-registered", "no-metadata", "not-found", "failed"
[[nodiscard]] std::string_view RequestedStateName(RequestedState state);

/// One line of the lists of identifiers that a run was given, and what became of it.
struct RequestedIdentifier {
  std::uint64_t ordinal = 0;            ///< From 1, in the order of the lists.
  std::uint64_t line = 0;               ///< Of the file, from 1; 0 = not from a file.
  std::string input = {};               ///< As it was written.
  std::string scheme = {}, value = {};  ///< pmid, pmcid or doi, and the normal form; empty when it is no identifier.
  RequestedState state = RequestedState::kPending;
  std::string reason = {};
  std::string agency = {};    ///< Registration agency of the DOI, where it was asked.
  std::string resolved = {};  ///< The DOI that an alias leads to, or the DOI or PMID that was found for it.
  std::string source = {}, source_id = {};  ///< The source record that it led to.
  std::string list = {};                    ///< The file that it stands in, as it was given.
};

/// How many of the identifiers of a list ended where.
struct RequestedTotals {
  std::uint64_t pending = 0, stored = 0, repeated = 0, not_an_identifier = 0, not_registered = 0, no_metadata = 0,
                not_found = 0, failed = 0;
};

/// The sums of a run, read from the tables (never from counters in memory, so that a resumed run's table is whole).
struct RunTotals {
  FetchPlan plan;
  std::uint64_t stored = 0, unchanged = 0, merged_into = 0, deleted_at_source = 0, not_found = 0, failed = 0,
                pending = 0;
  std::uint64_t problems_error = 0, problems_warning = 0, documents = 0;
  std::uint64_t requested = 0;  ///< Identifiers of the lists that the run was given; 0 = there is none.
  RequestedTotals requested_states;
  /// found = known + known_missing + left_out + asked, and asked = the sum of the states with none pending; the same
  /// for the identifiers of a list.
  [[nodiscard]] bool Balanced() const;
};

/// `works` are those that are not deleted; `retracted` are among them.
struct CorpusCounts {
  std::uint64_t works = 0, records = 0, deleted = 0, retracted = 0, tags = 0, mentions = 0, tagged_works = 0,
                problems = 0;
};

/// The queries of a configuration as they decide here which records belong to them.
struct StrategySet {
  std::string sha256;                                           ///< Over everything that can change a decision.
  std::vector<std::pair<std::string, std::string>> strategies;  ///< (query_id, PubMed syntax).
};

/// The queries that a record belongs to, decided by the strategies in use.
struct Membership {
  std::vector<std::string> query_ids;
};

/// A record that must be tagged again because its tags come from other rules.
struct StoredRecord {
  std::int64_t record_id = 0;
  Record
      record;  ///< Only what tag reads: titles, abstracts, keywords, MeSH, chemicals, publication types, identifiers.
};

/// Not thread-safe.
class Corpus {
 public:
  /// Opens or creates, migrates forward (unless read_only), sets WAL and a busy time-out of 10 s. Foreign keys are kept
  /// by construction and checked by Validate (see store/schema.cc for why they are not enforced row by row).
  [[nodiscard]] static Result<std::unique_ptr<Corpus>> Open(const std::string& path, const OpenOptions& options = {});
  ~Corpus();  ///< Rolls an open batch back.
  Corpus(const Corpus&) = delete;
  Corpus& operator=(const Corpus&) = delete;

  /// Leaves one clean file behind: FTS merged, statistics analysed, WAL checkpointed and switched off.
  [[nodiscard]] Result<void> Close();

  // Runs
  // ---------------------------------------------------------------------------------------------------------------
  /// Starts a run, or takes up the latest one that is still "running" or "interrupted" with the same command and config
  /// hash (older unfinished runs are marked "abandoned").
  [[nodiscard]] Result<RunRow> BeginRun(const RunRow& run);
  [[nodiscard]] Result<void> FinishRun(std::int64_t run_id, std::string_view status, std::string_view finished_at);
  [[nodiscard]] Result<std::vector<RunRow>> Runs(int most) const;  ///< Latest first.
  [[nodiscard]] Result<RunTotals> Totals(std::int64_t run_id) const;
  [[nodiscard]] Result<CorpusCounts> Counts() const;

  // Searches and the plan (each call is its own transaction)
  // ---------------------------------------------------------------
  [[nodiscard]] Result<bool> IsSearchDone(std::int64_t run_id, std::string_view source,
                                          std::string_view query_id) const;
  [[nodiscard]] Result<void> PutSearch(const SearchRow& search, std::int64_t run_id);
  /// The searches of a run in the order they were made, without their hits.
  [[nodiscard]] Result<std::vector<SearchRow>> Searches(std::int64_t run_id) const;
  /// Start of the latest run that made this search in this database with the same term and in which nothing of this
  /// database failed (a problem of stage "search" is a failure too), or empty: the point to ask for modifications from.
  [[nodiscard]] Result<std::string> LastCompleteSearchTime(std::string_view source, std::string_view query_id,
                                                           std::string_view term) const;
  [[nodiscard]] Result<bool> IsPlanned(std::int64_t run_id) const;
  /// Turns the searches of the run into pending outcomes: every hit of another database than PubMed (their records come
  /// with the pages of the search), and every found PMID that is not stored, plus those of `modified`
  /// that are. PMIDs that an earlier run reported not found at or after `missing_since` (UTC; empty = never) are not
  /// asked again. `limit` 0 = none; the lowest PMIDs first. A modified record that was retrieved at or after
  /// `fresh_since` (UTC; empty = none is fresh) is taken as it is.
  [[nodiscard]] Result<FetchPlan> Plan(std::int64_t run_id, const std::vector<std::uint32_t>& modified,
                                       std::uint64_t limit, std::string_view missing_since,
                                       std::string_view fresh_since = {});
  /// PMIDs, ascending.
  [[nodiscard]] Result<std::vector<std::uint32_t>> Pending(std::int64_t run_id) const;
  /// Of other databases, by source and identifier.
  [[nodiscard]] Result<std::vector<PendingId>> PendingElsewhere(std::int64_t run_id) const;
  /// What is pending in another database and stored (and not deleted) becomes "unchanged".
  [[nodiscard]] Result<void> SettleKnown(std::int64_t run_id);

  // The lists of identifiers that a run was given (each call is its own transaction)
  // ---------------------------------------------------------------
  /// Replaces the list of the run.
  [[nodiscard]] Result<void> PutRequestedIdentifiers(std::int64_t run_id,
                                                     const std::vector<RequestedIdentifier>& identifiers);
  /// All of them, in the order of the list.
  [[nodiscard]] Result<std::vector<RequestedIdentifier>> RequestedIdentifiers(std::int64_t run_id) const;
  /// Replaces those of the same ordinal; kNotFound when the list has none.
  [[nodiscard]] Result<void> SetRequestedIdentifiers(std::int64_t run_id,
                                                     const std::vector<RequestedIdentifier>& identifiers);

  // Writing, between BeginBatch and CommitBatch
  // --------------------------------------------------------------------------- Once one of these has failed,
  // CommitBatch refuses: half a record is never committed.
  [[nodiscard]] Result<void> BeginBatch();
  [[nodiscard]] Result<void> CommitBatch();
  void RollbackBatch();

  /// Makes the rule set, its concepts and rules known; later tags refer to it. Changes nothing when it is known
  /// already.
  [[nodiscard]] Result<void> UseRules(const RuleSet& rules);
  /// The id of the document; added when new (same source, name and sha256 = the same document). What was listed of one
  /// that is not done is forgotten: it is read from its start.
  [[nodiscard]] Result<std::int64_t> AddDocument(const Document& document, std::int64_t run_id);
  [[nodiscard]] Result<bool> IsDocumentDone(const Document& document) const;
  [[nodiscard]] Result<void> MarkDocumentDone(std::int64_t document_id, const DocumentContent& content = {});

  /// Inserts or replaces the record with all its parts, its work, identifiers, mentions and tags. `membership`: the
  /// queries that it belongs to, decided here (UseStrategies must have been called); null = what searches found says
  /// it.
  [[nodiscard]] Result<PutOutcome> PutRecord(const Record& record, const TaggedRecord& tags, const RecordOrigin& origin,
                                             const Membership* membership = nullptr);
  /// kInserted: nothing was known of the record. kRevised: it is deleted now. kUnchanged: it was already. kSuperseded:
  /// it was retrieved later than this.
  [[nodiscard]] Result<PutOutcome> PutDeletion(std::string_view source, std::string_view source_id, int version,
                                               const RecordOrigin& origin);
  [[nodiscard]] Result<void> PutProblem(const ProblemRow& problem, std::int64_t run_id);
  /// Replaces the outcome of one identifier in this run. Without a row for it (an import, an unasked record) nothing
  /// happens.
  [[nodiscard]] Result<void> SetOutcome(std::int64_t run_id, std::string_view source, std::string_view source_id,
                                        OutcomeState state, std::string_view reason);

  // Linking
  // -------------------------------------------------------------------------------------------------------------
  /// Puts the records that are the same publication into one work (store/dedupe.h has the rules), takes apart what no
  /// longer belongs together, and lists contradictions in `problems` (stage "store", code "identifier-conflict"). Made
  /// anew from all records, so that the result does not depend on what came when; one transaction, no batch may be
  /// open.
  [[nodiscard]] Result<LinkCounts> LinkWorks();

  // Tagging again
  // -------------------------------------------------------------------------------------------------------
  /// Record ids whose tags were made by another rule set than the one in use, ascending, at most `most` after
  /// `after_record_id`.
  [[nodiscard]] Result<std::vector<std::int64_t>> RecordsWithOtherRules(std::int64_t after_record_id, int most) const;
  [[nodiscard]] Result<StoredRecord> LoadRecord(std::int64_t record_id) const;
  /// By PMID, PMCID, DOI or work id ("12345", "PMC1", "10.1/x", "work:7"). kNotFound says what was looked for.
  [[nodiscard]] Result<std::int64_t> FindRecord(std::string_view identifier) const;
  [[nodiscard]] Result<void> ReplaceTags(std::int64_t record_id, const TaggedRecord& tags);

  // Membership decided here
  // ---------------------------------------------------------------------------------------------------
  /// Makes the strategies known; later decisions refer to them. One transaction, no batch may be open.
  [[nodiscard]] Result<void> UseStrategies(const StrategySet& set);
  /// Ids of records whose membership was decided here, by other strategies than the ones in use or before the record
  /// changed; ascending, at most `most` after `after_record_id`.
  [[nodiscard]] Result<std::vector<std::int64_t>> RecordsToDecide(std::int64_t after_record_id, int most) const;
  /// Inside a batch.
  [[nodiscard]] Result<void> ReplaceMembership(std::int64_t record_id, const Membership& membership);

  /// For Digest, Validate and Query. Owned by this.
  [[nodiscard]] sqlite3* handle() const;

 private:
  struct Impl;
  explicit Corpus(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litmill::store
