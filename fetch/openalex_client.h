// SPDX-License-Identifier: Apache-2.0
// OpenAlex: works by DOI, fifty in one request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/doi_lookup.h"

namespace litmill::fetch {

struct OpenAlexSettings {
  std::string base_url = "https://api.openalex.org/";
  std::string api_key;          ///< Optional; raises the day's quota. Sent, never kept.
  std::string contact;          ///< Optional e-mail address. Sent, never kept.
  std::size_t batch_size = 50;  ///< DOIs in one filter; the service takes 100, the length of an address fewer.
};

inline constexpr std::string_view kOpenAlexBudget = "api.openalex.org";
inline constexpr std::int64_t kOpenAlexIntervalMs = 200;

class OpenAlexClient final : public DoiLookup {
 public:
  /// `source`: an HttpClient that knows the key as a secret, or (offline) a RawArchive. All pointers outlive this.
  OpenAlexClient(OpenAlexSettings settings, AnswerSource source, Logger* logger);
  /// In batches; singly what no batch held. kThrottled, with the time until it is renewed, when the day's quota is used
  /// up.
  [[nodiscard]] Result<std::vector<DoiAnswer>> LookUpAll(const std::vector<std::string>& dois,
                                                         const OnDocument& on_document) const override;

 private:
  Logger* logger_;
  DoiService service_;
};

/// One work.
[[nodiscard]] Call MakeOpenAlexCall(const OpenAlexSettings& settings, const std::string& doi);
/// At most 100 DOIs without commas and pipes.
[[nodiscard]] Call MakeOpenAlexBatchCall(const OpenAlexSettings& settings, const std::vector<std::string>& dois);

/// The verdict on an answer. `is_list`: a list of works is expected, else one work, of which a 404 is a sound answer
/// (archived as "ok" with that status).
[[nodiscard]] Classification ClassifyOpenAlex(const HttpResponse& response, bool is_list);

/// The DOIs of the works on a page, without "https://doi.org/"; works without one are left out. kCorruptInput when
/// `body` is not one whole list.
[[nodiscard]] Result<std::vector<std::string>> ParseOpenAlexList(std::string_view body);
/// The DOI of the one work that `body` holds; kCorruptInput when it is no whole answer.
[[nodiscard]] Result<std::string> ParseOpenAlexWork(std::string_view body);

}  // namespace litmill::fetch
