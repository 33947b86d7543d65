// SPDX-License-Identifier: Apache-2.0
// Scopus Search: all hits of a query, by cursor where the key may use one, else within the first 5,000, else by year.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/log.h"
#include "core/result.h"
#include "fetch/elsevier.h"
#include "fetch/lookup.h"
#include "fetch/search_service.h"

namespace litmill::fetch {

enum class ScopusView {
  kStandard,  ///< No abstract, the first author alone.
  kComplete,  ///< Everything; needs the institution's entitlement.
};

struct ScopusSettings {
  std::string base_url = "https://api.elsevier.com/";
  ElsevierKeys keys;  ///< SCOPUS_API_KEY, SCOPUS_INSTTOKEN.
  ScopusView view = ScopusView::kStandard;
  std::size_t page_size = 0;        ///< 0 = the most that the view allows: 200, COMPLETE 25.
  std::uint64_t most_hits = 5'000;  ///< That can be reached without a cursor; the service's limit.
};

inline constexpr std::string_view kScopusBudget = "api.elsevier.com-scopus";
inline constexpr std::int64_t kScopusIntervalMs = 167;  ///< 6 a second; the service allows about 9.

/// Source "scopus", kind "search". Whether the key may use a cursor is asked once, by a request of kind "cursor" for
/// one record; Count is of kind "count". Thread-safe.
class ScopusClient final : public SearchService {
 public:
  ScopusClient(ScopusSettings settings, AnswerSource source, Logger* logger);

  /// More hits than can be reached without a cursor are read by ranges of years (`AND PUBYEAR ...`), whose counts must
  /// add up to the whole: kIntegrity when they do not, twice. kConfig without a key; kThrottled, with the time when it
  /// ends, when the quota is used up.
  [[nodiscard]] Result<ServiceSearch> Search(const std::string& query) const override;
  [[nodiscard]] Result<std::uint64_t> Count(const std::string& query) const override;

 private:
  enum class CursorRight { kUnknown, kAllowed, kRestricted };
  struct Notes;
  [[nodiscard]] Result<bool> MayUseCursor(const std::string& query) const;
  [[nodiscard]] Result<ServiceSearch> ReadByCursor(const std::string& query, Notes* notes) const;
  [[nodiscard]] Result<std::optional<ServiceSearch>> ReadByOffset(const std::string& query, const AnswerSource& source,
                                                                  Notes* notes) const;
  struct Years;
  [[nodiscard]] Result<void> ReadYears(const std::string& query, Years years, const AnswerSource& source, Notes* notes,
                                       ServiceSearch* sum) const;
  [[nodiscard]] Result<ServiceSearch> ReadByYears(const std::string& query, Notes* notes) const;

  ScopusSettings settings_;
  AnswerSource source_;
  Logger* logger_;
  mutable std::atomic<CursorRight> cursor_right_{CursorRight::kUnknown};
};

/// The page at `position`, with its cursor or its offset. The canonical request names the page, not the cursor.
[[nodiscard]] Call MakeScopusPageCall(const ScopusSettings& settings, const std::string& query, bool by_cursor,
                                      const PagePosition& position);

/// The verdict on an answer of Scopus. A restricted cursor is a sound answer when it was `asked_for_cursor_right`
/// (archived as "ok" with HTTP status 403).
[[nodiscard]] Classification ClassifyScopus(const HttpResponse& response, bool asked_for_cursor_right);
[[nodiscard]] bool IsCursorRestricted(const HttpResponse& response);

/// kCorruptInput when `body` is not one whole page, or an entry has no identifier.
[[nodiscard]] Result<ResultPage> ParseScopusPage(std::string_view body);

}  // namespace litmill::fetch
