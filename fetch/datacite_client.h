// SPDX-License-Identifier: Apache-2.0
// DataCite's REST API: works (most of them data sets, theses and preprints) by DOI.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/doi_lookup.h"

namespace litmill::fetch {

struct DataCiteSettings {
  std::string base_url = "https://api.datacite.org/";
  std::string agent = "litmill";  ///< Name and version for the User-Agent.
  std::string contact;            ///< E-mail address that doubles the limit; in the User-Agent. Sent, never kept.
};

inline constexpr std::string_view kDataCiteBudget = "api.datacite.org";
/// 1,000 requests in five minutes with a contact, 500 without.
[[nodiscard]] constexpr std::int64_t DataCiteIntervalMs(bool has_contact) { return has_contact ? 310 : 620; }

class DataCiteClient final : public DoiLookup {
 public:
  /// `source`: an HttpClient, or (offline) a RawArchive. All pointers outlive this.
  DataCiteClient(DataCiteSettings settings, AnswerSource source, Logger* logger);
  /// One request a DOI.
  [[nodiscard]] Result<std::vector<DoiAnswer>> LookUpAll(const std::vector<std::string>& dois,
                                                         const OnDocument& on_document) const override;

 private:
  Logger* logger_;
  DoiService service_;
};

[[nodiscard]] Call MakeDataCiteCall(const DataCiteSettings& settings, const std::string& doi);

/// The verdict on an answer about one DOI. DataCite's own 404 is a sound answer (archived as "ok" with that status).
[[nodiscard]] Classification ClassifyDataCite(const HttpResponse& response);

/// The DOI of the one work that `body` holds; kCorruptInput when it is no whole answer.
[[nodiscard]] Result<std::string> ParseDataCiteDoi(std::string_view body);

}  // namespace litmill::fetch
