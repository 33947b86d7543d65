// SPDX-License-Identifier: Apache-2.0
// PubMed's part of a run: its searches, what the plan needs of it, its records.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/pubmed_fetcher.h"
#include "core/clock.h"
#include "core/result.h"
#include "fetch/fetch.h"
#include "store/store.h"

namespace litmill::app {

class PubmedRun {
 public:
  struct Parts {  ///< All must outlive this.
    const Config* config;
    store::Corpus* corpus;
    const fetch::RawArchive* archive;
    fetch::PubmedClient* pubmed;
    Ingester* ingester;
    Console* console;
    const Clock* clock;
    std::int64_t run_id;
    bool offline;
    int threads;
  };
  explicit PubmedRun(Parts parts);
  PubmedRun(const PubmedRun&) = delete;  // its hooks point to it
  PubmedRun& operator=(const PubmedRun&) = delete;

  /// Documents that reached the archive but not the corpus.
  [[nodiscard]] Result<void> IngestArchived();
  /// Each query that this run has not had answered yet.
  [[nodiscard]] Result<void> Search() const;
  /// Stored records that PubMed has changed since the last complete run, or since `since` (an ISO date).
  [[nodiscard]] Result<std::vector<std::uint32_t>> Modified(const std::string& since) const;
  /// Everything that the plan says.
  [[nodiscard]] Result<void> FetchPending();
  /// Gives what is still pending its end: failed where a reason is known, else not found. `failure`: why PubMed could
  /// not be asked for the rest; empty when it could.
  [[nodiscard]] Result<void> SettleTheRest(const std::string& failure);

 private:
  [[nodiscard]] Result<void> SearchOne(const QueryConfig& query) const;
  [[nodiscard]] PubmedFetcher::Hooks Hooks();

  Parts parts_;
  PubmedFetcher fetcher_;
  std::vector<std::pair<std::string, std::string>> bad_records_;  ///< (PMID, reason) seen while fetching.
};

/// From when on a PMID that PubMed listed but did not deliver counts as missing without asking; see Corpus::Plan.
[[nodiscard]] std::string MissingSince(const Clock& clock);
/// From when on a modified record that was retrieved needs no second look; see Corpus::Plan.
[[nodiscard]] std::string FreshSince(const Clock& clock);

}  // namespace litmill::app
