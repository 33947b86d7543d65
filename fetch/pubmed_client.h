// SPDX-License-Identifier: Apache-2.0
// PubMed through NCBI's E-utilities: searching with a proof of completeness, fetching in batches.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

struct PubmedSettings {
  std::string base_url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/";
  std::string tool = "litmill";
  std::string email;    ///< Secret in the sense of the archive: sent, never kept.
  std::string api_key;  ///< Empty = none.
  int batch_size = 200;
  /// PubMed serves at most this many ids of one search (9,999); a test may lower it.
  std::uint32_t search_cap = 9'999;
};

/// What the service said about a search besides its ids. Every list is a reason to look (and with --strict to stop).
struct SearchReport {
  std::string query_translation;
  std::vector<std::string> phrases_not_found, fields_not_found, phrases_ignored, quoted_phrases_not_found, messages;
  [[nodiscard]] bool HasWarnings() const;  ///< "No items found." alone is no warning.
};

struct SearchResult {
  std::uint64_t count = 0;           ///< Hits as the service counted them.
  std::vector<std::uint32_t> pmids;  ///< Ascending, unique.
  SearchReport report;
  std::vector<std::string>
      parts;  ///< The PMID ranges searched when the cap made us split ("1:20000000"); empty otherwise.
  std::vector<Provenance> documents;  ///< The answers it rests on.
};

/// Sends requests with HttpClient, or answers them from the archive (offline): the same code reads both.
class PubmedClient {
 public:
  /// `source`: an HttpClient; or (offline) a RawArchive: searches are answered by the latest archived answer to the
  /// same request, kNotFound names the query when there is none; or both, with the memory of an interrupted run. All
  /// pointers outlive this.
  PubmedClient(PubmedSettings settings, AnswerSource source, Logger* logger);

  /// Runs `term` and returns all its PMIDs. Over the cap it splits on PMID ranges until each part fits. kIntegrity when
  /// the union's size differs from the count after one repetition (the index may move under us): the message has the
  /// arithmetic.
  [[nodiscard]] Result<SearchResult> Search(const std::string& term);

  /// The same for those records of `term` that PubMed added or changed on or after `iso_date` ("2026-11-01"): what a
  /// later run must fetch again. kInvalidInput for any other form of date.
  [[nodiscard]] Result<SearchResult> SearchModifiedSince(const std::string& term, std::string_view iso_date);

  /// One request: the count, and all PMIDs when there are no more than `most` of them, else none. For counting, and for
  /// searches that are not expected to find much.
  [[nodiscard]] Result<SearchResult> SearchUpTo(const std::string& term, std::uint32_t most);

  /// Fetches the XML of `pmids` (at most batch_size of them) by POST. The document is archived; what it holds is for
  /// parse to say. A cut or malformed document counts as transient and is asked for again; a batch that keeps failing
  /// is halved down to single ids. `on_document` takes each document; `on_failed` takes each PMID for which nothing
  /// sound could be had, with the reason. An error is returned only when going on is pointless (interrupted, archive
  /// failed, key refused, or every id of the batch failed because the service is unreachable).
  [[nodiscard]] Result<void> Fetch(const std::vector<std::uint32_t>& pmids,
                                   const std::function<Result<void>(const Answer&)>& on_document,
                                   const std::function<void(std::uint32_t, const Error&)>& on_failed);

  /// The requests that Search and Fetch would send first, for --dry-run: method, URL without secrets, body.
  [[nodiscard]] std::vector<std::string> DescribeRequests(const std::string& term) const;

  [[nodiscard]] const PubmedSettings& settings() const { return settings_; }

 private:
  [[nodiscard]] Result<Answer> Ask(const Call& call, SendOutcome* outcome) const;
  friend class PubmedSearch;
  friend class PubmedFetch;

  PubmedSettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

/// The verdict on an E-utilities answer: HTTP 429, transient 400s, 200 with ERROR, HTML pages, cut XML, "Unable to
/// obtain query", bad key. `expects_xml`: EFetch (must be a whole PubmedArticleSet); otherwise ESearch JSON.
[[nodiscard]] Classification ClassifyEutils(const HttpResponse& response, bool expects_xml);

}  // namespace litmill::fetch
