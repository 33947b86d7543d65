// SPDX-License-Identifier: Apache-2.0
// One run of the whole pipeline: search, fetch, parse, tag, store. Resumable at any instant.
//
// Every step leaves its mark in the corpus before the next one starts, so a killed run is taken up where it was:
//   1. documents that reached the archive but not the corpus are ingested;
//   2. each query that this run has not yet answered is searched;
//   3. the plan is written: which PMIDs to ask for (found, not stored; or stored and modified since the last run);
//   4. pending PMIDs are fetched in batches; each document is archived, then ingested in one transaction with its
//   outcomes;
//   5. what is still pending is asked for once more, one by one, and then has its end: not found, or failed with the
//   reason.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/secrets.h"
#include "core/clock.h"
#include "core/result.h"
#include "fetch/fetch.h"
#include "store/store.h"
#include "tag/tag.h"

namespace litmill::app {

struct RunOptions {
  bool offline = false;
  bool strict = false;
  int threads = 2;
  std::uint64_t limit = 0;  ///< 0 = none.
  std::string since;        ///< ISO date: ask for records modified since then instead of since the last run.
};

struct RunSummary {
  store::RunRow run;
  store::RunTotals totals;
  std::vector<store::SearchRow> searches;  ///< Without their hits.
  std::uint64_t retagged = 0;
  std::uint64_t newly_retracted = 0;
  bool search_warnings = false;
  bool stopped_by_strict = false;  ///< Nothing was fetched because a search had warnings.
  fetch::ClientStatistics network;
};

/// All must outlive the pipeline. `http` is null when offline.
struct PipelineParts {
  const Config* config;
  const tag::Tagger* tagger;
  store::Corpus* corpus;
  fetch::RawArchive* archive;
  fetch::PubmedClient* pubmed;
  fetch::HttpClient* http;
  WorkerPool* workers;
  Console* console;
  const Clock* clock;
  const std::atomic<bool>* stop;
};

class Pipeline {
 public:
  Pipeline(PipelineParts parts, RunOptions options);

  /// `run` has been begun by the caller (Corpus::BeginRun) and is finished by it. Errors: of the source (kThrottled,
  /// kTransientRemote, kPermanentRemote), kInterrupted, kIntegrity (a search whose ids do not add up), and of corpus
  /// and archive.
  [[nodiscard]] Result<RunSummary> Run(const store::RunRow& run);

 private:
  struct FetchedBatch;
  Result<void> UseRules();
  Result<void> IngestArchived();
  Result<void> Search();
  Result<void> SearchOne(const QueryConfig& query);
  Result<void> MakePlan();
  Result<void> FetchPending();
  Result<void> FetchBatches(const std::vector<std::vector<std::uint32_t>>& batches);
  Result<void> IngestBatch(FetchedBatch& batch);
  Result<void> IngestDocument(const fetch::Provenance& document, std::string_view bytes,
                              const std::vector<std::uint32_t>& asked);
  Result<void> SettleTheRest();

  PipelineParts parts_;
  RunOptions options_;
  Ingester ingester_;
  RunSummary summary_;
  std::vector<std::pair<std::string, std::string>> bad_records_;  ///< (PMID, reason) seen while fetching.
};

}  // namespace litmill::app
