// SPDX-License-Identifier: Apache-2.0
// The works of a corpus looked up, by their DOIs, at sources that are not searched: Crossref (retractions), OpenAlex
// (abstracts that other databases do not give away) and Unpaywall (free copies). Resumable at any instant.
//
// What a source is asked for is written into the corpus first, then asked in slices; each DOI ends in one outcome. A
// record is taken only when it will be linked with the work (it has that DOI itself, and no other PMID): another one
// would stand in the corpus as a publication that no search has found. A source that fails does not stop the
// others.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/connections.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/secrets.h"
#include "app/service_table.h"
#include "core/clock.h"
#include "core/result.h"
#include "fetch/fetch.h"
#include "store/enrichment.h"
#include "store/store.h"

namespace litmill::app {

class Enrichment {
 public:
  struct Parts {  ///< All must outlive this.
    const Config* config;
    const Secrets* secrets;
    store::Corpus* corpus;
    const fetch::RawArchive* archive;
    Connections* connections;  ///< Null when offline: then the archive's answers are all there is.
    Ingester* ingester;
    Console* console;
    const Clock* clock;
    std::int64_t run_id;
  };
  struct Failure {
    std::string source, title, reason;
    bool skipped = false;  ///< Not asked at all: it needs a contact address that is not there.
  };
  explicit Enrichment(Parts parts) : parts_(parts) {}

  /// Links the works, looks up what the configuration wants looked up, and links again what came. Errors: kInterrupted,
  /// and of corpus and archive.
  [[nodiscard]] Result<store::LinkCounts> Run();
  [[nodiscard]] const std::vector<Failure>& failures() const { return failures_; }

 private:
  using Asked = std::vector<store::AskedId>;  // ascending
  struct Taken {
    std::map<std::string, std::string> stored;  ///< DOI asked for -> source_id of the record that has it.
    std::set<std::string> refused;              ///< DOIs whose record is of another publication.
  };

  [[nodiscard]] bool IsWanted(std::string_view source) const;
  Result<bool> Plan(const ServiceFacts& source);
  Result<void> Ask(const ServiceFacts& source);
  Result<void> AskService(const ServiceFacts& source, const Asked& asked);
  Result<void> AskArchive(const ServiceFacts& source, const Asked& asked);
  Result<void> Take(const fetch::Provenance& document, std::string_view body, const Asked& asked, Taken* taken);
  Result<std::set<std::string>> Choose(const std::vector<parse::Item>& items, const Asked& asked, Taken* taken) const;
  Result<void> Settle(const ServiceFacts& source, const std::vector<fetch::DoiAnswer>& answers, const Taken& taken);
  Result<void> SettleTheRest(const ServiceFacts& source, const Taken& taken, store::OutcomeState state,
                             const std::string& reason);
  Result<std::unique_ptr<fetch::DoiLookup>> OpenClient(std::string_view source) const;
  Result<fetch::AnswerSource> Open(std::string_view source, std::string_view limit, std::int64_t published_ms) const;

  Parts parts_;
  std::vector<Failure> failures_;
  std::uint64_t failed_ = 0;  ///< DOIs of the source that is asked now, each with its reason in its outcome.
};

}  // namespace litmill::app
