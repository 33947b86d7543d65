// SPDX-License-Identifier: Apache-2.0
// doi.org's register of agencies: who holds the metadata of a DOI, and whether the DOI exists at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

struct DoiAgencySettings {
  std::string base_url = "https://doi.org/doiRA/";
  std::size_t batch_size = 50;
};

/// doi.org publishes no limit: one request a second does not trouble anybody.
inline constexpr std::string_view kDoiAgencyBudget = "doi.org";
inline constexpr std::int64_t kDoiAgencyIntervalMs = 1'000;

enum class AgencyOutcome {
  kRegistered,     ///< `agency` holds its metadata.
  kNotRegistered,  ///< The DOI does not exist.
  kInvalid,        ///< What was asked for is no DOI.
  kUnknown,        ///< It exists, but doi.org does not know by whom it was registered.
  kFailed,         ///< Nothing sound could be had; `message` says why.
};

/// What became of one DOI.
struct DoiAgencyAnswer {
  std::string doi;  ///< As it was asked for.
  AgencyOutcome outcome = AgencyOutcome::kFailed;
  std::string agency;   ///< As doi.org names it: "Crossref", "DataCite", "mEDRA", "JaLC", "KISTI", "ISTIC", ...
  std::string message;  ///< For people; empty when registered.
  std::int64_t document_id = 0;  ///< The archived answer it rests on; 0 = none.
};

class DoiAgencyClient {
 public:
  /// `source`: an HttpClient, or (offline) a RawArchive. All pointers outlive this.
  DoiAgencyClient(DoiAgencySettings settings, AnswerSource source, Logger* logger);

  /// One answer for each of `dois`, in their order. A DOI with a comma cannot be asked for and fails. An error only
  /// when going on is pointless (interrupted, throttled for good, refused altogether, service gone, archive).
  [[nodiscard]] Result<std::vector<DoiAgencyAnswer>> LookUp(const std::vector<std::string>& dois) const;

 private:
  DoiAgencySettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

[[nodiscard]] Call MakeDoiAgencyCall(const DoiAgencySettings& settings, const std::vector<std::string>& dois);

/// The verdict on an answer of doi.org/doiRA.
[[nodiscard]] Classification ClassifyDoiAgency(const HttpResponse& response);

/// The entries of a sound answer; kCorruptInput when it is no list of entries that name a DOI and an agency or status.
[[nodiscard]] Result<std::vector<DoiAgencyAnswer>> ParseDoiAgency(std::string_view body);

}  // namespace litmill::fetch
