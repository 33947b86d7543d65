// SPDX-License-Identifier: Apache-2.0
// PMC's ID converter: PMID, PMCID and DOI of the articles that are in PMC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log.h"
#include "core/result.h"
#include "fetch/http_client.h"
#include "fetch/lookup.h"

namespace litmill::fetch {

struct IdConverterSettings {
  std::string base_url = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/";
  std::string tool = "litmill";
  std::string email;             ///< Sent, never kept.
  std::size_t batch_size = 200;  ///< The service's limit.
};

/// The service belongs to NCBI and is to be asked as slowly as E-utilities.
inline constexpr std::string_view kIdConverterBudget = "idconv";
inline constexpr std::int64_t kIdConverterIntervalMs = 370;

/// One call takes ids of one type.
enum class ArticleIdType { kPmid, kPmcid, kDoi };

enum class ConversionOutcome {
  kConverted,  ///< The article is in PMC: the ids below are what the service knows.
  kNotInPmc,   ///< The service does not know it. That says nothing about PubMed.
  kInvalid,    ///< The service cannot read this id; `message` has its words.
  kFailed,     ///< Nothing sound could be had; `message` says why.
};

struct PmcVersion {
  std::string pmcid;  ///< With the version: "PMC123.2".
  bool current = false;
};

/// What became of one id.
struct IdConversion {
  std::string requested;  ///< As it was asked for.
  ConversionOutcome outcome = ConversionOutcome::kFailed;
  std::optional<std::uint32_t> pmid;
  std::string pmcid;  ///< Normal form, without version; empty = none.
  std::string doi;    ///< As the service writes it; empty = none.
  bool live = true;   ///< False: in PMC but not public (an embargo, or withdrawn).
  std::vector<PmcVersion> versions;
  std::string message;           ///< For people; empty when converted.
  std::int64_t document_id = 0;  ///< The archived answer it rests on; 0 = none.
};

class IdConverter {
 public:
  /// `source`: an HttpClient, or (offline) a RawArchive. All pointers outlive this.
  IdConverter(IdConverterSettings settings, AnswerSource source, Logger* logger);

  /// One result for each of `ids`, in their order. An id with a comma or white space cannot be asked for and fails. An
  /// error only when going on is pointless (interrupted, throttled for good, refused altogether, service gone,
  /// archive).
  [[nodiscard]] Result<std::vector<IdConversion>> Convert(ArticleIdType type,
                                                          const std::vector<std::string>& ids) const;

 private:
  IdConverterSettings settings_;
  AnswerSource source_;
  Logger* logger_;
};

/// The request for `ids` (at most batch_size of them).
[[nodiscard]] Call MakeIdConverterCall(const IdConverterSettings& settings, ArticleIdType type,
                                       const std::vector<std::string>& ids);

/// The verdict on an answer of the ID converter. kPermanent when the whole call was refused, with the service's words.
[[nodiscard]] Classification ClassifyIdConverter(const HttpResponse& response);

/// The records of a sound answer, unmatched: `requested` is what the record says, empty when it does not.
[[nodiscard]] Result<std::vector<IdConversion>> ParseIdConverter(std::string_view body);

}  // namespace litmill::fetch
