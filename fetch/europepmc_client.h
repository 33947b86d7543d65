// SPDX-License-Identifier: Apache-2.0
// Europe PMC's REST API: searches, page by page with whole records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fetch/search_service.h"

namespace litmill::fetch {

struct EuropePmcSettings {
  std::string base_url = "https://www.ebi.ac.uk/europepmc/webservices/rest/";
  std::string agent = "litmill";  ///< Name and version for the User-Agent.
  /// E-mail address, in the User-Agent: the parameter that there is for it could come back inside sound answers, where
  /// an address may be an author's. Sent, never kept.
  std::string contact;
  std::size_t page_size = 1'000;  ///< 1 to 1,000.
};

/// No limit is published; three requests a second are what others found to be welcome.
inline constexpr std::string_view kEuropePmcBudget = "www.ebi.ac.uk-europepmc";
inline constexpr std::int64_t kEuropePmcIntervalMs = 340;

class EuropePmcClient final : public SearchService {
 public:
  /// `source`: an HttpClient, or the archive of its answers. All pointers outlive this.
  EuropePmcClient(EuropePmcSettings settings, AnswerSource source, Logger* logger);
  [[nodiscard]] Result<ServiceSearch> Search(const std::string& query) const override;
  [[nodiscard]] Result<std::uint64_t> Count(const std::string& query) const override;

 private:
  EuropePmcSettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

/// One page of whole records; a query that is long is posted. The canonical request names the page, not the cursor.
[[nodiscard]] Call MakeEuropePmcPageCall(const EuropePmcSettings& settings, const std::string& query,
                                         const PagePosition& position);
/// How many hits there are; kind "count", since there are no records in it.
[[nodiscard]] Call MakeEuropePmcCountCall(const EuropePmcSettings& settings, const std::string& query);

/// The verdict on an answer. An unknown cursor and a trouble that passes look the same (a sound document with the
/// version alone, HTTP 200): it is asked for again, and counts as a lost cursor when it stays so and there was one
/// (`has_cursor`).
[[nodiscard]] Classification ClassifyEuropePmc(const HttpResponse& response, bool has_cursor);

/// kCorruptInput when `body` is no whole page. The ids are "MED/90000001", "PPR/...".
[[nodiscard]] Result<ResultPage> ParseEuropePmcPage(std::string_view body);

}  // namespace litmill::fetch
