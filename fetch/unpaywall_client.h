// SPDX-License-Identifier: Apache-2.0
// Unpaywall: where a work of Crossref can be read for free, by DOI.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/doi_lookup.h"

namespace litmill::fetch {

struct UnpaywallSettings {
  std::string base_url = "https://api.unpaywall.org/";
  std::string email;  ///< The service demands it. Sent, never kept.
};

inline constexpr std::string_view kUnpaywallBudget = "api.unpaywall.org";
/// 100,000 requests a day are allowed; more than four a second would not be polite.
inline constexpr std::int64_t kUnpaywallIntervalMs = 250;

class UnpaywallClient final : public DoiLookup {
 public:
  /// `source`: an HttpClient, or (offline) a RawArchive. All pointers outlive this.
  UnpaywallClient(UnpaywallSettings settings, AnswerSource source, Logger* logger);
  /// One request a DOI. kConfig without an e-mail address.
  [[nodiscard]] Result<std::vector<DoiAnswer>> LookUpAll(const std::vector<std::string>& dois,
                                                         const OnDocument& on_document) const override;

 private:
  bool has_email_;
  Logger* logger_;
  DoiService service_;
};

[[nodiscard]] Call MakeUnpaywallCall(const UnpaywallSettings& settings, const std::string& doi);

/// The verdict on an answer about one DOI. A 404 in the service's words, or with its page, is a sound answer (archived
/// as "ok" with that status); 422 is about the e-mail address and holds for every request.
[[nodiscard]] Classification ClassifyUnpaywall(const HttpResponse& response);

/// The DOI of the one work that `body` holds; kCorruptInput when it is no whole answer.
[[nodiscard]] Result<std::string> ParseUnpaywallDoi(std::string_view body);

}  // namespace litmill::fetch
