// SPDX-License-Identifier: Apache-2.0
// The book-keeping of the corpus: runs, searches, plans, documents, outcomes, problems and their sums.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {

/// Each function is a few statements on `db`; the caller holds the transaction where one is needed.
[[nodiscard]] Result<RunRow> BeginRun(sqlite3* db, const RunRow& run);
[[nodiscard]] Result<void> FinishRun(sqlite3* db, std::int64_t run_id, std::string_view status,
                                     std::string_view finished_at);
[[nodiscard]] Result<std::vector<RunRow>> ReadRuns(sqlite3* db, int most);
[[nodiscard]] Result<RunTotals> ReadTotals(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<CorpusCounts> ReadCounts(sqlite3* db);

[[nodiscard]] Result<bool> IsSearchDone(sqlite3* db, std::int64_t run_id, std::string_view source,
                                        std::string_view query_id);
[[nodiscard]] Result<void> PutSearch(sqlite3* db, const SearchRow& search, std::int64_t run_id);
[[nodiscard]] Result<std::vector<SearchRow>> ReadSearches(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<std::string> LastCompleteSearchTime(sqlite3* db, std::string_view source,
                                                         std::string_view query_id, std::string_view term);

[[nodiscard]] Result<bool> IsPlanned(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<FetchPlan> MakePlan(sqlite3* db, std::int64_t run_id, const std::vector<std::uint32_t>& modified,
                                         std::uint64_t limit, std::string_view missing_since,
                                         std::string_view fresh_since);
[[nodiscard]] Result<std::vector<std::uint32_t>> ReadPending(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<std::vector<PendingId>> ReadPendingElsewhere(sqlite3* db, std::int64_t run_id);
[[nodiscard]] Result<void> SettleKnown(sqlite3* db, std::int64_t run_id);

/// The statements that run once a record or a document. The connection must outlive it.
class RunLog {
 public:
  explicit RunLog(sqlite3* db);
  [[nodiscard]] Result<std::int64_t> AddDocument(const Document& document, std::int64_t run_id);
  [[nodiscard]] Result<bool> IsDocumentDone(const Document& document);
  [[nodiscard]] Result<void> MarkDocumentDone(std::int64_t document_id, const DocumentContent& content);
  [[nodiscard]] Result<void> PutProblem(const ProblemRow& problem, std::int64_t run_id);
  [[nodiscard]] Result<void> SetOutcome(std::int64_t run_id, std::string_view source, std::string_view source_id,
                                        OutcomeState state, std::string_view reason);

 private:
  Statement find_document_, insert_document_, unlist_document_, done_document_, insert_problem_, update_outcome_;
};

}  // namespace litmill::store
