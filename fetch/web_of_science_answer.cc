// SPDX-License-Identifier: Apache-2.0
// What Web of Science's answers mean: the verdict, the pace it asks for, and which records a page holds.
#include <fmt/format.h>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/web_of_science_client.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kService = "Web of Science";

tl::unexpected<Error> NotWhole(std::string_view what) {
  return Fail(ErrorCode::kCorruptInput, fmt::format("no whole answer of Web of Science: {}", what));
}

/// The Expanded API was seen to write an empty set as XML within its JSON: "Records":<records>\n</records>.
Json ParseExpanded(std::string_view body) {
  Json document = ParseJsonAnswer(body);
  if (!document.is_discarded()) return document;
  constexpr std::string_view kName = "\"Records\":";
  constexpr std::string_view kOpen = "<records>";
  constexpr std::string_view kClose = "</records>";
  const std::size_t name = body.find(kName);
  if (name == std::string_view::npos) return document;
  const std::size_t open = name + kName.size();
  const std::size_t close = body.find(kClose, open);
  if (body.substr(open, kOpen.size()) != kOpen || close == std::string_view::npos) return document;
  const std::size_t inside = open + kOpen.size();
  if (!TrimAscii(body.substr(inside, close - inside)).empty()) return document;
  return ParseJsonAnswer(std::string(body.substr(0, open)) + "{\"records\":\"\"}" +
                         std::string(body.substr(close + kClose.size())));
}

Result<ResultPage> ParseStarter(std::string_view body, bool is_count) {
  const Json document = ParseJsonAnswer(body);
  if (document.is_discarded()) return NotWhole("no JSON document");
  const Json* metadata = FindMember(document, "metadata");
  const auto total = metadata == nullptr ? std::nullopt : MemberCount(*metadata, "total");
  if (!total) return NotWhole("\"total\" is missing");
  ResultPage page;
  page.total = *total;
  const Json* hits = FindMember(document, "hits");
  if (hits == nullptr || !hits->is_array()) {
    if (page.total > 0 && !is_count) return NotWhole("\"hits\" is missing");
    return page;
  }
  for (const Json& hit : *hits) {
    page.ids.push_back(MemberText(hit, "uid"));
    if (page.ids.back().empty()) return NotWhole("a record has no uid");
  }
  return page;
}

Result<ResultPage> ParseExpandedPage(std::string_view body, bool is_count) {
  const Json document = ParseExpanded(body);
  if (document.is_discarded()) return NotWhole("no JSON document");
  const Json* query = FindMember(document, "QueryResult");
  const auto total = query == nullptr ? std::nullopt : MemberCount(*query, "RecordsFound");
  if (!total) return NotWhole("\"RecordsFound\" is missing");
  ResultPage page;
  page.total = *total;
  const Json* held = FindMember(document, "Data");
  if (held != nullptr) held = FindMember(*held, "Records");
  if (held != nullptr) held = FindMember(*held, "records");
  if (held == nullptr && !is_count) return NotWhole("\"records\" is missing");
  const Json* records = held == nullptr ? nullptr : FindMember(*held, "REC");  // none at all are an empty string
  if (records == nullptr) return page;
  const auto read = [&page](const Json& record) {
    page.ids.push_back(MemberText(record, "UID"));
    return !page.ids.back().empty();
  };
  if (records->is_array()) {
    for (const Json& record : *records)
      if (!read(record)) return NotWhole("a record has no UID");
  } else if (!read(*records)) {
    return NotWhole("a record has no UID");
  }
  return page;
}

/// The message in any of the forms: the Starter's "error", the Expanded's "message", the gateway's "fault".
std::optional<std::string> ReadError(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  if (const Json* error = FindMember(document, "error")) {
    if (error->is_string()) return error->get<std::string>();
    return fmt::format("{}: {}", MemberText(*error, "title"), MemberText(*error, "details"));
  }
  if (const Json* fault = FindMember(document, "fault")) return MemberText(*fault, "faultstring");
  const std::string message = MemberText(document, "message");
  if (message.empty()) return std::nullopt;
  return message;
}

Classification ClassifyTooMany(const HttpResponse& response, const std::string& said) {
  const std::string lower = AsciiLower(said);
  const bool is_quota = lower.find("quota") != std::string::npos || lower.find("per day") != std::string::npos ||
                        lower.find("daily") != std::string::npos || lower.find("per year") != std::string::npos ||
                        TrimAscii(response.Header("x-rec-amtperyear-remaining")) == "0";
  Classification result;
  result.verdict = Verdict::kThrottled;
  result.quota_used_up = is_quota;
  result.reason = is_quota ? fmt::format(
                                 "the quota of this Web of Science key is used up (HTTP 429{}{}); run again "
                                 "when it begins anew (a free trial key has 50 requests a day)",
                                 said.empty() ? "" : ": ", said)
                           : "Web of Science's rate limit was exceeded (HTTP 429), or the day's quota is used up (a "
                             "free trial key has 50 requests a day)";
  return result;
}

Classification ClassifyRefusal(const HttpResponse& response, const std::string& said) {
  const int status = response.status;
  const std::string what = fmt::format("HTTP {}{}{}", status, said.empty() ? "" : ": ", said);
  if (status == 401 || status == 403)
    return {
        Verdict::kPermanent,
        fmt::format("Web of Science refuses the key ({}); check WOS_API_KEY, and that it is a key of this API", what),
        0, true};
  if (status == 413 || status == 414)
    return {Verdict::kPermanent,
            fmt::format("the query is too long for Web of Science ({}); shorten or split it", what)};
  return {Verdict::kPermanent, what};
}

}  // namespace

Result<ResultPage> ParseWebOfSciencePage(std::string_view body, WebOfScienceApi api, bool is_count) {
  return api == WebOfScienceApi::kStarter ? ParseStarter(body, is_count) : ParseExpandedPage(body, is_count);
}

std::optional<std::int64_t> WebOfScienceAskedIntervalMs(const HttpResponse& response) {
  const std::string_view left = TrimAscii(response.Header("x-req-reqpersec-remaining"));
  if (left.empty() || left.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return left.find_first_not_of('0') == std::string_view::npos ? 1'000 : 0;
}

Classification ClassifyWebOfScience(const HttpResponse& response, WebOfScienceApi api, bool is_count) {
  const int status = response.status;
  const std::optional<std::string> error = ReadError(response.body);
  const std::string said = error ? Excerpt(*error) : "";
  if (status == 429) return ClassifyTooMany(response, said);
  if (status >= 400 && status < 500 && status != 408 && status != 425) {
    Classification refusal = ClassifyRefusal(response, said);
    const std::string_view text = TrimAscii(response.body);
    if (error || (!text.empty() && text.front() != '{')) return refusal;
    refusal.verdict = Verdict::kTransient;  // it did not arrive whole
    refusal.permanent_after = 3;
    return refusal;
  }
  if (auto common = ClassifyCommonFaults(response, kService)) {
    if (!said.empty()) common->reason += fmt::format(" ({})", said);
    return *common;
  }
  const Result<ResultPage> page = ParseWebOfSciencePage(response.body, api, is_count);
  if (page) return {};
  if (error) return {Verdict::kTransient, fmt::format("Web of Science says \"{}\"", said), 3};
  return {Verdict::kTransient, page.error().message};
}

}  // namespace litmill::fetch
