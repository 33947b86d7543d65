// SPDX-License-Identifier: Apache-2.0
// PubMed records by PMID: several requests in flight, their documents ingested in the order they were asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/console.h"
#include "app/ingest.h"
#include "core/result.h"
#include "fetch/fetch.h"
#include "store/corpus.h"

namespace litmill::app {

class PubmedFetcher {
 public:
  struct Parts {  ///< All must outlive this.
    fetch::PubmedClient* pubmed;
    store::Corpus* corpus;
    Ingester* ingester;
    int threads;
    std::int64_t run_id;
  };
  /// Any of them may be empty.
  struct Hooks {
    std::function<bool(const Record&)> wants;  ///< Besides that its PMID was asked for.
    std::function<void(const Record&)> on_record;
    /// A record that came but could not be read.
    std::function<void(const std::string& pmid, const std::string& reason)> on_bad_record;
    /// A PMID for which nothing sound could be had. The problem is written down already.
    std::function<Result<void>(std::uint32_t pmid, const Error&)> on_failed;
    std::function<Result<void>()> after_batch;
  };
  PubmedFetcher(Parts parts, Hooks hooks) : parts_(parts), hooks_(std::move(hooks)) {}

  /// In batches of `batch_size`. Errors as PubmedClient::Fetch, and of the corpus; documents that came before an error
  /// are ingested. With a batch of one, what is wrong with a record is final; else it will be asked for again alone.
  [[nodiscard]] Result<void> Fetch(const std::vector<std::uint32_t>& pmids, std::size_t batch_size) const;
  /// One document of these PMIDs (ascending), from the network or the archive.
  [[nodiscard]] Result<void> IngestDocument(const fetch::Provenance& document, std::string_view bytes,
                                            const std::vector<std::uint32_t>& asked, bool will_ask_again) const;

 private:
  struct Batch;
  [[nodiscard]] Batch Ask(const std::vector<std::uint32_t>& pmids) const;
  [[nodiscard]] Result<void> IngestBatch(const Batch& batch) const;

  Parts parts_;
  Hooks hooks_;
};

}  // namespace litmill::app
