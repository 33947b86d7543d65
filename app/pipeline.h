// SPDX-License-Identifier: Apache-2.0
// One run of the whole pipeline: search, fetch, parse, tag, store, over all databases. Resumable at any instant.
//
// Every step leaves its mark in the corpus before the next one starts, so a killed run is taken up where it was:
//   1. the files of sources.files are imported, and what lists of identifiers among them name is asked of the services;
//      documents that reached the archive but not the corpus are ingested;
//   2. each query that this run has not yet had answered is searched, in PubMed and in each other database;
//   3. the plan is written: which PMIDs to ask for (found, not stored; or stored and modified since the last run), and
//      which records the pages of the other databases must hold;
//   4. pending PMIDs are fetched in batches; each document is archived, then ingested in one transaction with its
//      outcomes. The pages of the other databases are ingested likewise;
//   5. what is still pending is asked for once more, one by one, and then has its end: not found, or failed with the
//      reason;
//   6. records of different databases that are the same publication are linked, and the works looked up at the sources
//      that are not searched (app/enrich.h).
// A database that fails does not stop the others.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/connections.h"
#include "app/console.h"
#include "app/database_search.h"
#include "app/file_import.h"
#include "app/ingest.h"
#include "app/pubmed_run.h"
#include "app/secrets.h"
#include "core/clock.h"
#include "core/file_system.h"
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

/// A database that was not searched, or not to its end; or a source at which works were to be looked up.
struct SourceFailure {
  std::string source;
  std::string title;
  std::string reason;
  bool skipped = false;  ///< Not asked at all: it needs a key that is not there.
  /// What was to be asked: (query, the text in the database's syntax), for searching by hand.
  std::vector<std::pair<std::string, std::string>> queries;
};

struct RunSummary {
  store::RunRow run;
  store::RunTotals totals;
  std::vector<store::SearchRow> searches;  ///< Without their hits.
  std::vector<SourceFailure> failures;
  std::vector<FileReport> files;                        ///< Of sources.files.
  std::vector<store::RequestedIdentifier> identifiers;  ///< Of the lists among them.
  store::LinkCounts links;
  std::uint64_t retagged = 0;
  std::uint64_t newly_retracted = 0;
  bool search_warnings = false;    ///< A service did not run a query as it was sent.
  bool stopped_by_strict = false;  ///< Nothing was fetched because a search had warnings.
  fetch::ClientStatistics network;
};

/// All must outlive the pipeline.
struct PipelineParts {
  const Config* config;
  const Secrets* secrets;
  const tag::Tagger* tagger;
  FileSystem* files;
  store::Corpus* corpus;
  fetch::RawArchive* archive;
  fetch::PubmedClient* pubmed;  ///< Null when PubMed is disabled.
  Connections* connections;     ///< Null when offline.
  WorkerPool* workers;
  Console* console;
  const Clock* clock;
  const std::atomic<bool>* stop;
};

class Pipeline {
 public:
  Pipeline(PipelineParts parts, RunOptions options);

  /// `run` has been begun by the caller (Corpus::BeginRun) and is finished by it. Errors: of the source when it is the
  /// only one, or all failed (kThrottled, kTransientRemote, kPermanentRemote, kIntegrity: a search whose ids do not add
  /// up); kInterrupted; and of corpus and archive.
  [[nodiscard]] Result<RunSummary> Run(const store::RunRow& run);

 private:
  struct Database {
    std::unique_ptr<fetch::SearchService> service;
    DatabaseSearch search;
  };
  Result<void> ImportFiles();
  Result<void> SearchAll(PubmedRun* pubmed);
  Result<void> SearchDatabase(const ServiceFacts& facts);
  Result<void> Note(const Error& error, SourceFailure failure);
  Result<void> MakePlan(const PubmedRun* pubmed);
  Result<void> NoteUnknownChanges(const Error& error);
  Result<void> TakeRecords(PubmedRun* pubmed);
  Result<void> TakePages();
  Result<void> LinkAndLookUp();
  [[nodiscard]] bool Failed(std::string_view source) const;
  [[nodiscard]] std::string FailureOf(std::string_view source) const;

  PipelineParts parts_;
  RunOptions options_;
  Ingester ingester_;
  RunSummary summary_;
  std::vector<Database> databases_;  ///< Those that were opened.
  std::size_t sources_ = 0;          ///< Enabled ones.
  Error first_error_;
};

}  // namespace litmill::app
