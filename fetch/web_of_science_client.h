// SPDX-License-Identifier: Apache-2.0
// Web of Science: all hits of a query by the Starter API (no abstracts) or, where the key allows it, the Expanded API.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/log.h"
#include "core/result.h"
#include "fetch/lookup.h"
#include "fetch/search_service.h"

namespace litmill::fetch {

enum class WebOfScienceApi { kStarter, kExpanded };

struct WebOfScienceSettings {
  WebOfScienceApi api = WebOfScienceApi::kStarter;
  std::string base_url;  ///< Empty = the API's own address.
  std::string api_key;   ///< WOS_API_KEY. Sent in the header X-ApiKey.
  std::string database = "WOS";
  std::size_t page_size = 0;          ///< 0 = the most that the API allows: 50, Expanded 100.
  std::uint64_t most_hits = 100'000;  ///< Expanded: that one search shows; the service's limit.
};

inline constexpr std::string_view kWebOfScienceBudget = "api.clarivate.com-wos";
inline constexpr std::int64_t kWebOfScienceIntervalMs = 500;  ///< 2 a second, either API.

/// Source "wos", kind "starter" or "expanded"; Count is of kind "count". Thread-safe.
class WebOfScienceClient final : public SearchService {
 public:
  WebOfScienceClient(WebOfScienceSettings settings, AnswerSource source, Logger* logger);

  /// kConfig without a key; kThrottled when the day's or year's quota is used up.
  [[nodiscard]] Result<ServiceSearch> Search(const std::string& query) const override;
  [[nodiscard]] Result<std::uint64_t> Count(const std::string& query) const override;

 private:
  WebOfScienceSettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

/// `kind` is "count" for the smallest page, else the API's name.
[[nodiscard]] Call MakeWebOfScienceCall(const WebOfScienceSettings& settings, const std::string& query, bool is_count,
                                        const PagePosition& position);

[[nodiscard]] Classification ClassifyWebOfScience(const HttpResponse& response, WebOfScienceApi api, bool is_count);

/// One second when the service says that this second's requests are used up (X-REQ-ReqPerSec-Remaining); 0 when some
/// are left; nothing when it says nothing.
[[nodiscard]] std::optional<std::int64_t> WebOfScienceAskedIntervalMs(const HttpResponse& response);

/// kCorruptInput when `body` is not one whole page, or a record has no UID. `is_count`: records need not be there.
[[nodiscard]] Result<ResultPage> ParseWebOfSciencePage(std::string_view body, WebOfScienceApi api, bool is_count);

}  // namespace litmill::fetch
