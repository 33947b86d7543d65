// SPDX-License-Identifier: Apache-2.0
// The strategy asked of a database other than PubMed: translated, searched, its pages ingested.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/connections.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/secrets.h"
#include "app/service_table.h"
#include "core/result.h"
#include "fetch/search_service.h"
#include "search/search.h"
#include "store/corpus.h"

namespace litmill::app {

/// One query as a database is asked it.
struct TranslatedQuery {
  const QueryConfig* query;
  search::Translation translation;
};

/// Through which interface litmill asks `database`.
[[nodiscard]] search::Interface InterfaceOf(const Config& config, const ServiceFacts& database);

/// The queries of `config` in the syntax of `database`. kConfig when the Emtree table cannot be read.
[[nodiscard]] Result<std::vector<TranslatedQuery>> TranslateQueries(FileSystem& files, const Config& config,
                                                                    const ServiceFacts& database);

/// The client of `database`, over `connections`, or (null) over the archive alone.
[[nodiscard]] Result<std::unique_ptr<fetch::SearchService>> OpenDatabase(const ServiceFacts& database,
                                                                         const Config& config, const Secrets& secrets,
                                                                         Connections* connections,
                                                                         const fetch::RawArchive& archive,
                                                                         Logger* logger);

class DatabaseSearch {
 public:
  struct Parts {  ///< All must outlive this.
    const ServiceFacts* database;
    const fetch::SearchService* service;
    const fetch::RawArchive* archive;
    store::Corpus* corpus;
    Ingester* ingester;
    Console* console;
    const Clock* clock;
  };
  DatabaseSearch(Parts parts, std::int64_t run_id) : parts_(parts), run_id_(run_id) {}

  /// Asks each query that this run has not had answered yet and writes down what came of it. Errors as
  /// SearchService::Search, with the query's name.
  [[nodiscard]] Result<void> Search(const std::vector<TranslatedQuery>& queries) const;
  /// Takes over what the archived pages hold and the corpus does not have yet.
  [[nodiscard]] Result<void> IngestPages() const;

 private:
  [[nodiscard]] Result<void> SearchOne(const TranslatedQuery& query) const;

  Parts parts_;
  std::int64_t run_id_;
};

/// The document of an archived answer.
[[nodiscard]] store::Document DocumentOf(const fetch::Provenance& answer);

}  // namespace litmill::app
