// SPDX-License-Identifier: Apache-2.0
// Every way the stand-in can misbehave, by name, and when it does.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace litmill::services {

enum class Fault {
  kThrottled,
  kThrottledHttpDate,
  kThrottledNoRetryAfter,
  kHttp500,
  kHttp502,
  kHttp503,
  kHttp504,
  kProxyStream400,
  kError200,
  kBackendFailed200,
  kHtmlPage200,
  kEmptyBody,
  kCutBody,
  kCutBodyAt,
  kCutConnection,
  kLengthTooShort,
  kChunkedAbort,
  kResetBeforeHeaders,
  kResetInBody,
  kStall,
  kSlowBytes,
  kGzip,
  kGzipCut,
  kMalformedJson,
  kRedirectLoop,
  kRedirectOtherHost,
  kSessionLost,
  kWrongRecord,
  kMissingRecord,
  kDuplicateRecord,
  kMalformedRecord,
  kInvalidUtf8Record,
  kCountMismatch,
  kDocsumBackendFailed,
  kException500,
  kCursorLost,
  kVersionAlone,
  kSearchNotFound,
  kWrongHitCount,
  kElsevierQuota,
  kElsevierTooMany,
  kElsevier500,
  kGarbage200,
  kShortPage,
};

/// What a client that deserves the name does with it when it happens once.
enum class Remedy {
  kRetry,      ///< Asks again and gets the true answer.
  kReconcile,  ///< Compares what it asked for with what came, and asks for the rest.
  kCarryOn,    ///< Nothing is wrong: the answer is complete, only unusual.
  kRefuse,     ///< Gives up on this request with a clear error.
};

struct FaultInfo {
  Fault fault;
  std::string_view name;
  std::string_view endpoints;  ///< Space-separated, or "*": where it can happen.
  Remedy remedy;
  int default_parameter;  ///< Meaning depends on the fault; 0 when it has none.
  std::string_view what;  ///< What goes over the wire.
};

[[nodiscard]] const std::vector<FaultInfo>& AllFaults();
[[nodiscard]] std::vector<std::string> all_fault_names();
[[nodiscard]] std::string_view RemedyName(Remedy remedy);
[[nodiscard]] const FaultInfo* FindFault(std::string_view name);
[[nodiscard]] bool FaultApplies(const FaultInfo& info, std::string_view endpoint);

/// When a fault happens: at the n-th request of the endpoint, or at each with a probability, or whenever a PMID is
/// asked for.
struct FaultRule {
  std::string fault;
  std::string endpoint = "*";  ///< "esearch", "efetch", "esummary", "epost", "einfo", "idconv", "doira",
                               ///< "crossref_work", "crossref_list", "europepmc", "datacite", "openalex", "unpaywall",
                               ///< "scopus", "embase", "wos_starter", "wos_expanded";
                               ///< "*" = wherever the fault can happen.
  std::uint64_t at = 0;        ///< 1 = the first request after the schedule was set; 0 = not by number.
  double probability = 0;      ///< Decided by `seed` and the request's number alone, so that a run can be repeated.
  std::uint64_t seed = 1;
  std::uint32_t pmid =
      0;  ///< Only requests that name this PMID; alone (no `at`, no `probability`) it means each of them.
  std::int64_t times =
      -1;  ///< Happens at most this often; -1 = no bound. With `at` and times = 3: requests at, at+1, at+2.
  std::optional<int> parameter;
};

struct FaultHit {
  const FaultInfo* info = nullptr;
  int parameter = 0;
};

/// The rules and how often each has struck. Not thread-safe.
class FaultSchedule {
 public:
  /// Replaces the schedule and starts counting requests anew. kConfig names the rule that makes no sense; nothing is
  /// changed then.
  [[nodiscard]] Result<void> Set(std::vector<FaultRule> rules);
  /// Counts the request and says which fault strikes it, if any: the first rule that fits.
  [[nodiscard]] std::optional<FaultHit> Next(const std::string& endpoint, const std::vector<std::uint32_t>& pmids);

 private:
  struct Armed {
    FaultRule rule;
    const FaultInfo* info;
    std::int64_t struck = 0;
  };
  std::vector<Armed> rules_;
  std::map<std::string, std::uint64_t> counts_;
  std::uint64_t total_ = 0;
};

/// "NAME@ENDPOINT:2", "NAME@efetch:2,times=3", "NAME@*:p=0.2,seed=7", "NAME@efetch:pmid=90000004,parameter=100".
[[nodiscard]] Result<FaultRule> ParseFaultRule(std::string_view text);
/// A JSON array of objects with the fields of FaultRule, or one such object.
[[nodiscard]] Result<std::vector<FaultRule>> ParseFaultRulesJson(std::string_view json);

}  // namespace litmill::services
