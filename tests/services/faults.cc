// SPDX-License-Identifier: Apache-2.0
// The table of faults and the schedule that decides when one strikes.
#include "tests/services/faults.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kEutils = "esearch efetch esummary epost einfo";
constexpr std::string_view kEndpoints =
    "esearch efetch esummary epost einfo idconv doira crossref_work crossref_list "
    "europepmc datacite openalex unpaywall scopus embase wos_starter wos_expanded";

/// A number in [0, 1) that depends on nothing but its arguments (SplitMix64).
double Chance(std::uint64_t seed, std::uint64_t n) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15U + n * 0xD1B54A32D192ED03U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  x ^= x >> 31U;
  return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

bool HasWord(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view first = list.substr(0, list.find(' '));
    if (first == word) return true;
    list.remove_prefix(std::min(list.size(), first.size() + 1));
  }
  return false;
}

Result<void> CheckRule(const FaultRule& rule) {
  const FaultInfo* info = FindFault(rule.fault);
  if (info == nullptr) return Fail(ErrorCode::kConfig, fmt::format("no fault is called '{}'", rule.fault));
  if (rule.endpoint != "*" && !HasWord(kEndpoints, rule.endpoint)) {
    return Fail(ErrorCode::kConfig,
                fmt::format("fault {}: no endpoint '{}' (there are: {})", rule.fault, rule.endpoint, kEndpoints));
  }
  if (rule.endpoint != "*" && !FaultApplies(*info, rule.endpoint)) {
    return Fail(ErrorCode::kConfig,
                fmt::format("fault {} cannot happen at {}, only at {}", rule.fault, rule.endpoint, info->endpoints));
  }
  if (rule.at == 0 && rule.probability <= 0 && rule.pmid == 0) {
    return Fail(ErrorCode::kConfig,
                fmt::format("fault {}: say when: the n-th request, a probability or a PMID", rule.fault));
  }
  return {};
}

}  // namespace

const std::vector<FaultInfo>& AllFaults() {
  static const std::vector<FaultInfo> faults = {
      {Fault::kThrottled, "throttled", "*", Remedy::kRetry, 1, "429, Retry-After: <parameter> seconds, JSON body"},
      {Fault::kThrottledHttpDate, "throttled_http_date", "*", Remedy::kRetry, 1,
       "429, Retry-After: HTTP date <parameter> seconds ahead"},
      {Fault::kThrottledNoRetryAfter, "throttled_no_retry_after", "*", Remedy::kRetry, 0, "429 without Retry-After"},
      {Fault::kHttp500, "http_500", "*", Remedy::kRetry, 0, "500 with an HTML page"},
      {Fault::kHttp502, "http_502", "*", Remedy::kRetry, 0, "502 with an HTML page"},
      {Fault::kHttp503, "http_503", "*", Remedy::kRetry, 0, "503 with an HTML page"},
      {Fault::kHttp504, "http_504", "*", Remedy::kRetry, 0, "504 with an HTML page"},
      {Fault::kProxyStream400, "proxy_stream_400", kEutils, Remedy::kRetry, 0,
       "400 with an ERROR that speaks of proxy_stream(): transient in spite of its status"},
      {Fault::kError200, "error_200", kEutils, Remedy::kRetry, 0,
       "200 with <ERROR> (JSON: \"ERROR\") 'External viewer error ... Status: Timeout'"},
      {Fault::kBackendFailed200, "backend_failed_200", "esearch", Remedy::kRetry, 0,
       "200 with ERROR 'Search Backend failed: Database is not supported: pubmed'"},
      {Fault::kHtmlPage200, "html_page_200", "*", Remedy::kRetry, 0, "200 with an HTML page in place of the answer"},
      {Fault::kEmptyBody, "empty_body", "*", Remedy::kRetry, 0, "200 with Content-Length: 0"},
      {Fault::kCutBody, "cut_body", "*", Remedy::kRetry, 60,
       "the first <parameter> % of the body, Content-Length that of the part: only the content tells"},
      {Fault::kCutBodyAt, "cut_body_at", "*", Remedy::kRetry, 1,
       "the first <parameter> bytes of the body, Content-Length that of the part"},
      {Fault::kCutConnection, "cut_connection", "*", Remedy::kRetry, 60,
       "Content-Length of the whole, <parameter> % of the body, then the connection closes"},
      {Fault::kLengthTooShort, "length_too_short", "*", Remedy::kRetry, 60,
       "Content-Length of <parameter> % of the body, but the whole body follows"},
      {Fault::kChunkedAbort, "chunked_abort", "*", Remedy::kRetry, 60,
       "chunked; closes after <parameter> % without the final chunk"},
      {Fault::kResetBeforeHeaders, "reset_before_headers", "*", Remedy::kRetry, 0,
       "TCP reset before any byte of the answer"},
      {Fault::kResetInBody, "reset_in_body", "*", Remedy::kRetry, 60,
       "headers, <parameter> % of the body, then a TCP reset"},
      {Fault::kStall, "stall", "*", Remedy::kRetry, 600'000,
       "headers and 10 % of the body, then silence for <parameter> ms or until the client gives up"},
      {Fault::kSlowBytes, "slow_bytes", "*", Remedy::kCarryOn, 10,
       "the true answer in 32 pieces, <parameter> ms apart"},
      {Fault::kGzip, "gzip", "*", Remedy::kCarryOn, 0, "the true answer with Content-Encoding: gzip"},
      {Fault::kGzipCut, "gzip_cut", "*", Remedy::kRetry, 60,
       "gzip, but only <parameter> % of the compressed bytes, Content-Length that of the part"},
      {Fault::kMalformedJson, "malformed_json",
       "esearch esummary idconv doira crossref_work crossref_list europepmc datacite openalex unpaywall scopus embase "
       "wos_starter wos_expanded",
       Remedy::kRetry, 0, "200, the JSON answer without its second half and with a stray bracket"},
      {Fault::kRedirectLoop, "redirect_loop", "*", Remedy::kRefuse, 0,
       "302 to a path of this host that redirects to itself"},
      {Fault::kRedirectOtherHost, "redirect_other_host", "*", Remedy::kRefuse, 0,
       "302 to another host (127.0.0.2), where any arrival is recorded as a leak"},
      {Fault::kSessionLost, "session_lost", "esearch efetch esummary", Remedy::kRetry, 0,
       "all history sessions are forgotten; 200 with ERROR 'Unable to obtain query #1'"},
      {Fault::kWrongRecord, "wrong_record", "efetch", Remedy::kReconcile, 0,
       "another record in the place of the first that was asked for"},
      {Fault::kMissingRecord, "missing_record", "efetch", Remedy::kReconcile, 1,
       "<parameter> of the records left out without a word"},
      {Fault::kDuplicateRecord, "duplicate_record", "efetch", Remedy::kCarryOn, 0, "the first record twice"},
      {Fault::kMalformedRecord, "malformed_record", "efetch", Remedy::kRetry, 0,
       "the first record is not well-formed (a tag is never closed), the rest is sound"},
      {Fault::kInvalidUtf8Record, "invalid_utf8_record", "efetch", Remedy::kRetry, 0,
       "the title of the first record holds a byte that is not UTF-8"},
      {Fault::kCountMismatch, "count_mismatch", "esearch", Remedy::kRetry, 1,
       "the id list is <parameter> shorter than the count promises"},
      {Fault::kDocsumBackendFailed, "docsum_backend_failed", "esummary", Remedy::kRetry, 0,
       "an XML set with status=\"OK\" and the failure in a comment, whatever was asked for"},
      {Fault::kException500, "exception_500", "crossref_work crossref_list", Remedy::kRetry, 0,
       "500 with JSON that tells of an exception, as Crossref's backend does"},
      {Fault::kVersionAlone, "version_alone", "europepmc", Remedy::kRetry, 0,
       "200 with JSON that holds nothing but the service's version"},
      {Fault::kSearchNotFound, "search_not_found", "europepmc", Remedy::kRetry, 0,
       "404 with an HTML page for a search that is there"},
      {Fault::kWrongHitCount, "wrong_hit_count", "europepmc", Remedy::kRetry, 1,
       "the count is <parameter> higher than there are hits"},
      {Fault::kCursorLost, "cursor_lost", "crossref_list europepmc scopus", Remedy::kRetry, 0,
       "all cursors are forgotten; the service's own refusal when the request has one"},
      {Fault::kElsevierQuota, "elsevier_quota", "scopus embase", Remedy::kRefuse, 0,
       "429 with X-ELS-Status QUOTA_EXCEEDED and X-RateLimit-Reset years ahead"},
      {Fault::kElsevierTooMany, "elsevier_too_many", "scopus embase", Remedy::kRetry, 0,
       "429 with service-error TOO_MANY_REQUESTS, without Retry-After"},
      {Fault::kElsevier500, "elsevier_500", "scopus embase", Remedy::kRetry, 0,
       "500 with service-error GENERAL_SYSTEM_ERROR"},
      {Fault::kGarbage200, "garbage_200", "scopus embase wos_starter wos_expanded", Remedy::kRetry, 0,
       "200 with bytes that are neither JSON nor a page, as Embase answers under load"},
      {Fault::kShortPage, "short_page", "scopus embase wos_starter wos_expanded", Remedy::kRetry, 0,
       "the last record of the page is left out without a word; the count stays"},
  };
  return faults;
}

std::vector<std::string> all_fault_names() {
  std::vector<std::string> names;
  for (const FaultInfo& info : AllFaults()) names.emplace_back(info.name);
  return names;
}

std::string_view RemedyName(Remedy remedy) {
  switch (remedy) {
    case Remedy::kRetry:
      return "retry";
    case Remedy::kReconcile:
      return "reconcile";
    case Remedy::kCarryOn:
      return "carry on";
    case Remedy::kRefuse:
      return "refuse";
  }
  return "";
}

const FaultInfo* FindFault(std::string_view name) {
  const auto& all = AllFaults();
  const auto found = std::find_if(all.begin(), all.end(), [&](const FaultInfo& info) { return info.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool FaultApplies(const FaultInfo& info, std::string_view endpoint) {
  return info.endpoints == "*" || HasWord(info.endpoints, endpoint);
}

Result<void> FaultSchedule::Set(std::vector<FaultRule> rules) {
  for (const FaultRule& rule : rules) LITMILL_CHECK(CheckRule(rule));
  rules_.clear();
  counts_.clear();
  total_ = 0;
  for (FaultRule& rule : rules) {
    const FaultInfo* info = FindFault(rule.fault);
    rules_.push_back({std::move(rule), info, 0});
  }
  return {};
}

std::optional<FaultHit> FaultSchedule::Next(const std::string& endpoint, const std::vector<std::uint32_t>& pmids) {
  ++total_;
  const std::uint64_t of_endpoint = ++counts_[endpoint];
  for (Armed& armed : rules_) {
    const FaultRule& rule = armed.rule;
    if (rule.endpoint != "*" && rule.endpoint != endpoint) continue;
    if (!FaultApplies(*armed.info, endpoint)) continue;
    if (rule.times >= 0 && armed.struck >= rule.times) continue;
    if (rule.pmid != 0 && std::find(pmids.begin(), pmids.end(), rule.pmid) == pmids.end()) continue;
    const std::uint64_t n = rule.endpoint == "*" ? total_ : of_endpoint;
    const bool has_more = rule.times > 1;
    if (rule.at != 0 && n != rule.at && !(has_more && n > rule.at)) continue;
    if (rule.at == 0 && rule.probability > 0 && Chance(rule.seed, n) >= rule.probability) continue;
    ++armed.struck;
    return FaultHit{armed.info, rule.parameter.value_or(armed.info->default_parameter)};
  }
  return std::nullopt;
}

Result<FaultRule> ParseFaultRule(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::size_t colon = text.find(':', at == std::string_view::npos ? 0 : at);
  if (at == std::string_view::npos || colon == std::string_view::npos) {
    return Fail(ErrorCode::kConfig,
                fmt::format("fault '{}': write NAME@ENDPOINT:N or NAME@ENDPOINT:p=0.2,seed=7", text));
  }
  FaultRule rule;
  rule.fault = text.substr(0, at);
  rule.endpoint = text.substr(at + 1, colon - at - 1);
  std::string_view rest = text.substr(colon + 1);
  while (!rest.empty()) {
    const std::string part(rest.substr(0, rest.find(',')));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    const std::string key = equals == std::string::npos ? "at" : part.substr(0, equals);
    const char* value = equals == std::string::npos ? part.c_str() : part.c_str() + equals + 1;
    char* end = nullptr;
    const double number = std::strtod(value, &end);
    if (end == value || *end != '\0' || number < -1)
      return Fail(ErrorCode::kConfig, fmt::format("fault '{}': '{}' is no number", text, part));
    if (key == "at")
      rule.at = static_cast<std::uint64_t>(std::max(number, 0.0));
    else if (key == "p")
      rule.probability = number;
    else if (key == "seed")
      rule.seed = static_cast<std::uint64_t>(std::max(number, 0.0));
    else if (key == "pmid")
      rule.pmid = static_cast<std::uint32_t>(std::max(number, 0.0));
    else if (key == "times")
      rule.times = static_cast<std::int64_t>(number);
    else if (key == "parameter")
      rule.parameter = static_cast<int>(number);
    else
      return Fail(ErrorCode::kConfig,
                  fmt::format("fault '{}': unknown '{}' (at, p, seed, pmid, times, parameter)", text, key));
  }
  LITMILL_CHECK(CheckRule(rule));
  return rule;
}

Result<std::vector<FaultRule>> ParseFaultRulesJson(std::string_view text) {
  json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_object()) document = json::array({document});
  if (!document.is_array()) return Fail(ErrorCode::kConfig, "faults: expected a JSON array of rules");
  std::vector<FaultRule> rules;
  for (const json& entry : document) {
    FaultRule rule;
    if (!entry.is_object()) return Fail(ErrorCode::kConfig, "faults: each rule is a JSON object");
    for (const auto& [key, value] : entry.items()) {
      if (key == "fault" && value.is_string())
        rule.fault = value.get<std::string>();
      else if (key == "endpoint" && value.is_string())
        rule.endpoint = value.get<std::string>();
      else if (key == "at" && value.is_number_unsigned())
        rule.at = value.get<std::uint64_t>();
      else if (key == "probability" && value.is_number())
        rule.probability = value.get<double>();
      else if (key == "seed" && value.is_number_unsigned())
        rule.seed = value.get<std::uint64_t>();
      else if (key == "pmid" && value.is_number_unsigned())
        rule.pmid = value.get<std::uint32_t>();
      else if (key == "times" && value.is_number_integer())
        rule.times = value.get<std::int64_t>();
      else if (key == "parameter" && value.is_number_integer())
        rule.parameter = value.get<int>();
      else
        return Fail(ErrorCode::kConfig, fmt::format("faults: '{}' is unknown or of the wrong type", key));
    }
    LITMILL_CHECK(CheckRule(rule));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace litmill::services
