// SPDX-License-Identifier: Apache-2.0
// A corpus from identifiers alone. Resumable: what the services answered a stopped run is read from the archive.
//
// PubMed first, since it says most: PMIDs as they are; PMCIDs and DOIs through PMC's ID converter; DOIs that are not in
// PMC by a search, where a record counts only when its own DOI is the one asked for. A DOI that PubMed does not have is
// looked up at the agency that registered it: Crossref or DataCite. Each identifier ends in one state with its reason
// (table requested_identifiers, view identifier_outcomes).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/connections.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/secrets.h"
#include "core/result.h"
#include "fetch/fetch.h"
#include "store/store.h"

namespace litmill::app {

class Rebuild {
 public:
  struct Parts {  ///< All must outlive this.
    const Config* config;
    const Secrets* secrets;
    store::Corpus* corpus;
    fetch::RawArchive* archive;
    Connections* connections;  ///< Null when offline.
    Ingester* ingester;
    Console* console;
    std::int64_t run_id;
    int threads;
    bool refresh;  ///< Ask again for what the corpus has.
  };
  explicit Rebuild(Parts parts) : parts_(parts) {}

  /// `list` as ReadIdentifierList gives it; the run remembers it. Errors: kInterrupted, and of corpus and archive. A
  /// service that fails costs the identifiers that needed it, each with the reason.
  [[nodiscard]] Result<void> Run(const std::vector<store::RequestedIdentifier>& list);
  /// Services that failed: (title, reason).
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& failures() const { return failures_; }

 private:
  using State = store::RequestedState;
  using Key = std::pair<std::string, std::string>;    // scheme, value
  using Found = std::pair<std::string, std::string>;  // source, source_id

  Result<void> Load(const std::vector<store::RequestedIdentifier>& list);
  Result<void> TakeKnown();
  Result<void> ConvertPmcids();
  Result<void> ConvertDois();
  Result<void> FindInPubmed();
  Result<void> FindInPubmed(fetch::PubmedClient& pubmed, const std::vector<std::string>& dois);
  Result<void> FetchFromPubmed();
  Result<void> EndPmids(const std::map<std::uint32_t, std::string>& reasons, const std::string& failure);
  Result<void> AskAgencies();
  Result<void> AskCrossref();
  Result<void> AskDataCite();
  Result<void> Settle();

  Result<fetch::AnswerSource> Source(const std::string& service, std::string_view limit, std::int64_t published_ms);
  Result<fetch::PubmedClient> Pubmed();
  Result<void> Note(std::string_view title, const Error& error);
  Result<void> IngestAnswer(const fetch::Answer& answer);
  void NoteRecord(const Record& record);
  void NoteAlias(const std::string& doi, const std::string& found_as, const std::string& source);
  [[nodiscard]] std::vector<std::string> OpenDois() const;
  [[nodiscard]] std::vector<std::string> OpenDoisOf(std::string_view agency) const;
  [[nodiscard]] bool IsOpen(const Key& key) const;
  void End(const Key& key, store::RequestedState state, std::string reason);

  /// Identifiers that are looked up before their answers are stored.
  static constexpr std::size_t kSlice = 1'000;
  [[nodiscard]] static std::vector<std::string> Slice(const std::vector<std::string>& all, std::size_t from);

  Parts parts_;
  std::vector<store::RequestedIdentifier> list_;
  std::map<Key, std::size_t> index_;               ///< Of the first one of each identifier in list_.
  std::map<Key, Found> found_;                     ///< The record that an identifier led to.
  std::map<std::uint32_t, std::string> pmcid_of_;  ///< PMID -> PMCID asked for, by the ID converter.
  std::set<std::string> converted_dois_;           ///< Those for which the ID converter named a PMID.
  std::set<std::uint32_t> asked_pmids_;            ///< Given, or by the ID converter.
  std::set<std::uint32_t> candidates_;             ///< By a search: only their own DOI decides.
  std::map<std::string, std::string> agency_of_;   ///< DOI -> agency.
  std::string pubmed_failure_;
  std::vector<std::pair<std::string, std::string>> failures_;
};

}  // namespace litmill::app
