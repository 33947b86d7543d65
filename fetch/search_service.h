// SPDX-License-Identifier: Apache-2.0
// A database that answers a search with pages of records (Europe PMC, Scopus, Embase, Web of Science), unlike PubMed,
// which answers with numbers that are fetched afterwards. What they share: one page after the other, counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

/// A search that was read to its end.
struct ServiceSearch {
  std::uint64_t count = 0;            ///< Hits as the service counts them.
  std::vector<std::string> ids;       ///< As parse gives them (Record::source_id); ascending, unique.
  std::string query_ran;              ///< The query as the service repeats it; empty when it does not.
  std::vector<std::string> messages;  ///< What it remarked on the query; each once.
  std::vector<Provenance> documents;  ///< The pages, in their order. They hold the records.
};

/// Thread-safe. `query` is in the database's own syntax.
class SearchService {
 public:
  virtual ~SearchService() = default;
  /// All hits. Every page is archived before the next one is asked for. kIntegrity, with the arithmetic, when the pages
  /// do not hold as many records as the service counts, twice; kPermanentRemote when the service refuses the query, or
  /// more of its hits cannot be reached than it hands out (the message says what to do); as HttpClient::Send otherwise.
  [[nodiscard]] virtual Result<ServiceSearch> Search(const std::string& query) const = 0;
  /// How many hits there are, in one request for the smallest page.
  [[nodiscard]] virtual Result<std::uint64_t> Count(const std::string& query) const = 0;
};

/// What fetch reads of a page.
struct ResultPage {
  std::uint64_t total = 0;
  std::vector<std::string> ids;  ///< In the page's order.
  std::string next_cursor;       ///< Empty where pages are numbered, or at the end.
  std::string query_ran;
  std::vector<std::string> messages;
};

/// Which page is asked for.
struct PagePosition {
  std::size_t number = 1;
  std::uint64_t offset = 0;  ///< Records on the pages before.
  std::string cursor;        ///< Of the page before; empty for the first one.
};

/// One service's way of paging.
struct Paging {
  std::string service;  ///< Its name for people.
  std::size_t page_size = 0;
  bool by_cursor = false;  ///< A page without next_cursor is the last; else a page is due while hits are missing.
  std::function<Call(const PagePosition&)> make_call;
  std::function<Result<ResultPage>(const HttpResponse&)> read_page;
};

/// All pages of one search. A cursor that was lost on the way (kSessionLost), or a sum that does not come out, starts
/// again from the first page, without the run's memory; three times at most.
[[nodiscard]] Result<ServiceSearch> ReadAllPages(const Paging& paging, const AnswerSource& source, Logger* logger);

}  // namespace litmill::fetch
