// SPDX-License-Identifier: Apache-2.0
// Elsevier's Embase API: all hits of a query in the syntax of embase.com.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/log.h"
#include "core/result.h"
#include "fetch/elsevier.h"
#include "fetch/lookup.h"
#include "fetch/search_service.h"

namespace litmill::fetch {

struct EmbaseSettings {
  std::string base_url = "https://api.elsevier.com/";
  ElsevierKeys keys;            ///< EMBASE_API_KEY, EMBASE_INSTTOKEN. Plain keys are refused by the service.
  std::size_t page_size = 100;  ///< The most known to work.
};

inline constexpr std::string_view kEmbaseBudget = "api.elsevier.com-embase";
inline constexpr std::int64_t kEmbaseIntervalMs = 334;  ///< 3 a second: the service publishes no limit.

/// Source "embase", kind "search"; Count is of kind "count". Thread-safe.
class EmbaseClient final : public SearchService {
 public:
  EmbaseClient(EmbaseSettings settings, AnswerSource source, Logger* logger);

  /// kConfig without a key; kThrottled, with the time when it ends, when the quota is used up.
  [[nodiscard]] Result<ServiceSearch> Search(const std::string& query) const override;
  [[nodiscard]] Result<std::uint64_t> Count(const std::string& query) const override;

 private:
  EmbaseSettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

/// Records `offset` + 1 to `offset` + `count`; by POST when the query is too long for an address.
[[nodiscard]] Call MakeEmbaseCall(const EmbaseSettings& settings, std::string_view kind, const std::string& query,
                                  std::uint64_t offset, std::size_t count);

/// The verdict on an answer of Embase. What is no JSON comes under load and is asked for again.
[[nodiscard]] Classification ClassifyEmbase(const HttpResponse& response);

/// kCorruptInput when `body` is not one whole page, or a record has no identifier.
[[nodiscard]] Result<ResultPage> ParseEmbasePage(std::string_view body);

}  // namespace litmill::fetch
