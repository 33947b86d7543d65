// SPDX-License-Identifier: Apache-2.0
#include "fetch/openalex_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

/// More works than DOIs: some DOIs have several. What does not fit is asked for singly.
constexpr int kPerPage = 100;
/// With what else is in an address still below 4 kB, where services and those on the way stop reading.
constexpr std::size_t kMaxFilterBytes = 3'000;
constexpr std::string_view kDoiAddress = "https://doi.org/";

Call MakeCall(const OpenAlexSettings& settings, std::string canonical, bool is_list) {
  Call call;
  call.source = "openalex";
  call.kind = "works";
  call.classify = [is_list](const HttpResponse& response) { return ClassifyOpenAlex(response, is_list); };
  call.request.url = JoinAddress(settings.base_url, canonical);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    call.request.url += call.request.url.find('?') == std::string::npos ? '?' : '&';
    call.request.url += fmt::format("{}={}", name, PercentEncode(value));
  };
  add("api_key", settings.api_key);  // the service reads it from nowhere else
  add("mailto", settings.contact);
  call.canonical_request = std::move(canonical);
  return call;
}

std::string BareDoi(const Json& work) {
  std::string doi = MemberText(work, "doi");
  if (AsciiLower(doi.substr(0, kDoiAddress.size())) == kDoiAddress) doi.erase(0, kDoiAddress.size());
  return doi;
}

bool IsWork(const Json& work) { return MemberText(work, "id").find("/W") != std::string::npos; }

/// Seconds until the quota is renewed, in ms.
std::optional<std::int64_t> ResetMs(const HttpResponse& response) {
  const std::string_view text = TrimAscii(response.Header("x-ratelimit-reset"));
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr std::int64_t kDay = 24 * 3'600;
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > kDay)
    return std::nullopt;
  return seconds * 1'000;
}

bool IsZero(std::string_view header) {
  const std::string_view text = TrimAscii(header);
  return !text.empty() && text.find_first_not_of("0.-") == std::string_view::npos;
}

/// A second's limit passes by itself; a day's quota is told apart by what the headers say is left.
Classification ClassifyLimit(const HttpResponse& response) {
  const bool used_up = response.status == 402 || IsZero(response.Header("x-ratelimit-remaining")) ||
                       IsZero(response.Header("x-ratelimit-remaining-usd")) ||
                       AsciiLower(response.body).find("insufficient budget") != std::string::npos;
  Classification result{Verdict::kThrottled, "OpenAlex's rate limit was exceeded"};
  if (!used_up) return result;
  result.reason = "OpenAlex's quota of the day is used up; it is renewed at midnight UTC, and larger with an API key";
  result.asked_wait_ms = ResetMs(response);
  return result;
}

bool IsLimit(const HttpResponse& response) {
  if (response.status == 429 || response.status == 402) return true;
  return response.status == 403 && AsciiLower(response.body).find("rate limit") != std::string::npos;
}

}  // namespace

Call MakeOpenAlexCall(const OpenAlexSettings& settings, const std::string& doi) {
  return MakeCall(settings, "works/doi:" + EncodeDoiPath(doi), /*is_list=*/false);
}

Call MakeOpenAlexBatchCall(const OpenAlexSettings& settings, const std::vector<std::string>& dois) {
  std::string canonical = "works?filter=doi:";
  for (std::size_t i = 0; i < dois.size(); ++i) canonical += (i == 0 ? "" : "%7C") + PercentEncode(dois[i]);
  canonical += fmt::format("&per-page={}", kPerPage);
  return MakeCall(settings, std::move(canonical), /*is_list=*/true);
}

Classification ClassifyOpenAlex(const HttpResponse& response, bool is_list) {
  if (IsLimit(response)) return ClassifyLimit(response);
  if (auto common = ClassifyCommonFaults(response, "OpenAlex")) return *common;
  if (response.status < 400)
    return is_list ? ClassifyRead(response, ParseOpenAlexList(response.body))
                   : ClassifyRead(response, ParseOpenAlexWork(response.body));
  const Json document = ParseJsonAnswer(response.body);
  std::string words = MemberText(document, "message");
  if (words.empty()) words = MemberText(document, "error");
  if (response.status == 404 && !is_list) {
    if (!words.empty() || IsFlaskNotFound(response.body)) return {};
    return {Verdict::kTransient, "HTTP 404, but not as OpenAlex says it", 3};
  }
  std::string reason = fmt::format("OpenAlex answers HTTP {}", response.status);
  if (!words.empty()) reason += fmt::format(": \"{}\"", Excerpt(words));
  return {Verdict::kPermanent, std::move(reason), 0, response.status == 404};
}

Result<std::vector<std::string>> ParseOpenAlexList(std::string_view body) {
  const Json document = ParseJsonKeeping(body, 3, {"id", "doi"});  // of results[]
  const Json* works = FindMember(document, "results");
  const Json* meta = FindMember(document, "meta");
  if (works == nullptr || !works->is_array() || meta == nullptr)
    return Fail(ErrorCode::kCorruptInput, "no answer of OpenAlex: \"meta\" or \"results\" is missing");
  std::vector<std::string> dois;
  for (const Json& work : *works) {
    if (!IsWork(work))
      return Fail(ErrorCode::kCorruptInput, "no answer of OpenAlex: an entry of \"results\" is no work");
    if (std::string doi = BareDoi(work); !doi.empty()) dois.push_back(std::move(doi));
  }
  return dois;
}

Result<std::string> ParseOpenAlexWork(std::string_view body) {
  const Json work = ParseJsonKeeping(body, 1, {"id", "doi"});
  std::string doi = BareDoi(work);
  if (!IsWork(work) || doi.empty())
    return Fail(ErrorCode::kCorruptInput, "no answer of OpenAlex: it is no work with \"id\" and \"doi\"");
  return doi;
}

OpenAlexClient::OpenAlexClient(OpenAlexSettings settings, AnswerSource source, Logger* logger) : logger_(logger) {
  service_.name = "OpenAlex";
  service_.ask = [source = std::move(source)](const Call& call, SendOutcome* outcome) {
    return source.Ask(call, outcome);
  };
  service_.make_call = [settings](const std::string& doi) { return MakeOpenAlexCall(settings, doi); };
  service_.read = ParseOpenAlexWork;
  service_.batch_size = std::min<std::size_t>(settings.batch_size, kPerPage);
  service_.max_batch_bytes = kMaxFilterBytes;
  service_.fits_batch = [](const std::string& doi) { return doi.find_first_of(",|") == std::string::npos; };
  service_.make_batch_call = [settings](const Ids& dois) { return MakeOpenAlexBatchCall(settings, dois); };
  service_.read_batch = ParseOpenAlexList;
}

Result<std::vector<DoiAnswer>> OpenAlexClient::LookUpAll(const std::vector<std::string>& dois,
                                                         const OnDocument& on_document) const {
  return LookUpDois(service_, dois, on_document, logger_);
}

}  // namespace litmill::fetch
