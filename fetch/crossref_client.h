// SPDX-License-Identifier: Apache-2.0
// Crossref's REST API: works by DOI, singly and in batches, and whole lists by cursor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/doi_lookup.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

struct CrossrefSettings {
  std::string base_url = "https://api.crossref.org/";
  std::string agent = "litmill";  ///< Name and version for the User-Agent.
  std::string contact;            ///< E-mail address that opens the polite pool. Sent, never kept.
  std::size_t batch_size = 50;    ///< DOIs in one filter. More is slower for the service.
  std::size_t page_size = 1'000;  ///< Works on one page of a list; the service's limit.
};

/// Records and lists have limits of their own, so each has a budget.
inline constexpr std::string_view kCrossrefWorkBudget = "api.crossref.org-work";
inline constexpr std::string_view kCrossrefListBudget = "api.crossref.org-list";
/// With a contact: 9 records and 2.8 lists a second; without: 4.5 and 0.9. What the answers say can only slow us down.
[[nodiscard]] std::int64_t CrossrefIntervalMs(bool is_list, bool has_contact);

using CrossrefOutcome = DoiOutcome;
using CrossrefAnswer = DoiAnswer;

/// A list that was read to its end.
struct CrossrefList {
  std::uint64_t total = 0;            ///< As the service counted.
  std::vector<std::string> dois;      ///< In lower case, ascending, unique.
  std::vector<Provenance> documents;  ///< The answers of the last pass.
  int passes = 1;                     ///< More than one: a cursor was lost, or the list moved.
};

/// At most so many requests of this process at once as the service allows (x-concurrency-limit). Thread-safe.
class ConcurrencyGate;

/// Thread-safe.
class CrossrefClient final : public DoiLookup {
 public:
  /// `works` and `lists`: clients (or offline the archive) whose budgets are those named above. All pointers outlive
  /// this.
  CrossrefClient(CrossrefSettings settings, AnswerSource works, AnswerSource lists, Logger* logger);
  ~CrossrefClient() override;

  /// One work. `on_document` takes the answer when the work was found. An error only when going on is pointless.
  [[nodiscard]] Result<CrossrefAnswer> LookUp(const std::string& doi, const OnDocument& on_document) const;

  /// One answer for each of `dois`, in their order: batches by filter; what a batch does not hold is asked for singly,
  /// because an alias and a DOI that the filter cannot carry look the same there as an unknown one.
  [[nodiscard]] Result<std::vector<CrossrefAnswer>> LookUpAll(const std::vector<std::string>& dois,
                                                              const OnDocument& on_document) const override;

  /// All works of `filter` ("from-index-date:2026-01-01,type:journal-article"), by cursor. A cursor that was lost (it
  /// lives five minutes) starts the list again. kIntegrity, with the arithmetic, when the works are not as many as the
  /// service counted, twice.
  [[nodiscard]] Result<CrossrefList> List(const std::string& filter, const OnDocument& on_document) const;

 private:
  [[nodiscard]] DoiService Service() const;
  [[nodiscard]] Result<Answer> Ask(const AnswerSource& source, const Call& call, SendOutcome* outcome) const;
  [[nodiscard]] Result<std::optional<CrossrefList>> ListOnce(const std::string& filter,
                                                             const OnDocument& on_document) const;

  CrossrefSettings settings_;
  AnswerSource works_;
  AnswerSource lists_;
  Logger* logger_;
  std::unique_ptr<ConcurrencyGate> gate_;
};

[[nodiscard]] Call MakeCrossrefWorkCall(const CrossrefSettings& settings, const std::string& doi);
/// A batch of DOIs without commas.
[[nodiscard]] Call MakeCrossrefBatchCall(const CrossrefSettings& settings, const std::vector<std::string>& dois);
/// Page `page` (from 1) of a list. The canonical request names the page, not the cursor.
[[nodiscard]] Call MakeCrossrefPageCall(const CrossrefSettings& settings, const std::string& filter,
                                        const std::string& cursor, std::size_t page);

/// The verdict on an answer of Crossref. `is_list`: a work-list is expected, else a work. "Resource not found." is a
/// sound answer about a work (archived as "ok" with HTTP status 404); a lost cursor is kSessionLost.
[[nodiscard]] Classification ClassifyCrossref(const HttpResponse& response, bool is_list);

/// The least distance of two requests by x-rate-limit-limit and x-rate-limit-interval ("1s"); nothing when the headers
/// are missing or make no sense.
[[nodiscard]] std::optional<std::int64_t> CrossrefAskedIntervalMs(const HttpResponse& response);

/// What fetch reads of an answer.
struct CrossrefPage {
  std::vector<std::string> dois;  ///< As the service writes them.
  std::uint64_t total = 0;
  std::string next_cursor;
};
/// kCorruptInput when `body` is not one whole answer of the kind expected, or a work in it has no DOI.
[[nodiscard]] Result<CrossrefPage> ParseCrossref(std::string_view body, bool is_list);

}  // namespace litmill::fetch
