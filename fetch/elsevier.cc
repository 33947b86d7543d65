// SPDX-License-Identifier: Apache-2.0
#include "fetch/elsevier.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/clock.h"
#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

bool CanBeHeader(std::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
}

bool Contains(std::string_view text, std::string_view part) { return AsciiLower(text).find(part) != std::string::npos; }

std::optional<std::int64_t> HeaderNumber(const HttpResponse& response, std::string_view name) {
  const std::string_view text = TrimAscii(response.Header(name));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// " until 2026-12-01T00:00:00Z", or nothing when the service does not say.
std::string UntilReset(const HttpResponse& response) {
  constexpr std::int64_t kYear2200 = 7'258'118'400;
  const auto seconds = HeaderNumber(response, "x-ratelimit-reset");
  if (!seconds || *seconds == 0 || *seconds > kYear2200) return {};
  return " until " + FormatUtc(WallTime(std::chrono::seconds(*seconds)));
}

Classification QuotaUsedUp(const HttpResponse& response, std::string_view service) {
  const std::string_view limit = TrimAscii(response.Header("x-ratelimit-limit"));
  Classification result;
  result.verdict = Verdict::kThrottled;
  result.reason = fmt::format("the quota of this {} key{} is used up{}; run again then", service,
                              limit.empty() ? "" : fmt::format(" ({} requests)", Excerpt(limit)), UntilReset(response));
  result.quota_used_up = true;
  return result;
}

/// What a person can do about a 401 or 403.
std::string_view Advice(const ElsevierError& error) {
  if (Contains(error.text, "view") || Contains(error.text, "fields"))
    return "; use the view STANDARD, or an institution token that allows COMPLETE";
  return "; check the key, and use an institution token when this host is outside the institution's network";
}

/// What an error of the service's own backend, sent with any status, means.
Classification Judge(const HttpResponse& response, const ElsevierError& error, std::string_view service,
                     std::string_view variable) {
  const int status = response.status;
  const std::string said = error.code.empty() && error.text.empty()
                               ? fmt::format("HTTP {}", status)
                               : fmt::format("HTTP {}, {}{}{}", status, Excerpt(error.code),
                                             error.code.empty() ? "" : ": ", Excerpt(error.text));
  if (status == 401 || status == 403)
    return {Verdict::kPermanent,
            fmt::format("{} refuses this use of {} ({}){}", service, variable, said, Advice(error)), 0, true};
  if (status == 413 || status == 414)
    return {Verdict::kPermanent, fmt::format("the query is too long for {} ({}); shorten or split it", service, said)};
  if (Contains(error.text, "translating query"))
    return {Verdict::kPermanent, fmt::format("{} cannot read the query ({})", service, said)};
  if (Contains(error.text, "cursor") && status >= 400)
    return {Verdict::kSessionLost, fmt::format("{} no longer knows the cursor ({})", service, said)};
  if (Contains(error.code, "general_system_error") || status < 400)
    return {Verdict::kTransient, fmt::format("{} says \"{}\"", service, said), status < 400 ? 3 : 0};
  if (Contains(error.text, "exceeds the number of search results"))
    return {Verdict::kPermanent, fmt::format("{} shows no more of these hits ({})", service, said)};
  return {Verdict::kPermanent, said};
}

}  // namespace

Result<void> CheckElsevierKeys(const ElsevierKeys& keys, std::string_view service, std::string_view variable) {
  const std::string_view prefix = variable.substr(0, variable.find('_'));
  if (keys.api_key.empty())
    return Fail(ErrorCode::kConfig, fmt::format("{} needs an API key: set {} (and {}_INSTTOKEN outside the "
                                                "institution's network)",
                                                service, variable, prefix));
  if (!CanBeHeader(keys.api_key) || !CanBeHeader(keys.insttoken))
    return Fail(ErrorCode::kConfig,
                fmt::format("{} or {}_INSTTOKEN holds a line break or another control character", variable, prefix));
  return {};
}

void AddElsevierHeaders(const ElsevierKeys& keys, HttpRequest* request) {
  request->headers.emplace_back("Accept", "application/json");
  request->headers.emplace_back("X-ELS-APIKey", keys.api_key);
  if (!keys.insttoken.empty()) request->headers.emplace_back("X-ELS-Insttoken", keys.insttoken);
}

std::optional<ElsevierError> ReadElsevierError(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  if (const Json* error = FindMember(document, "service-error")) {
    const Json* status = FindMember(*error, "status");
    if (status != nullptr) return ElsevierError{MemberText(*status, "statusCode"), MemberText(*status, "statusText")};
    return ElsevierError{"service-error", ""};
  }
  if (const Json* error = FindMember(document, "error-response"))
    return ElsevierError{MemberText(*error, "error-code"), MemberText(*error, "error-message")};
  if (const Json* fault = FindMember(document, "fault")) {
    const Json* detail = FindMember(*fault, "detail");
    return ElsevierError{detail == nullptr ? "fault" : MemberText(*detail, "errorcode"),
                         MemberText(*fault, "faultstring")};
  }
  const std::string message = MemberText(document, "message");
  if (!message.empty()) return ElsevierError{"message", message};
  return std::nullopt;
}

std::optional<Classification> ClassifyElsevierFaults(const HttpResponse& response, std::string_view service,
                                                     std::string_view variable) {
  const int status = response.status;
  const std::optional<ElsevierError> error = ReadElsevierError(response.body);
  if (status == 429) {
    if (Contains(response.Header("x-els-status"), "quota_exceeded") ||
        (error && (Contains(error->code, "quota") || Contains(error->text, "quota"))))
      return QuotaUsedUp(response, service);
    return ClassifyCommonFaults(response, service);
  }
  const std::string_view text = TrimAscii(response.body);
  const bool is_refusal = status >= 400 && status < 500 && status != 408 && status != 425;
  if (is_refusal && !error) {
    Classification refusal = Judge(response, {"", Excerpt(text)}, service, variable);
    // One that did not arrive whole says nothing yet: the cursor that is restricted is a refusal, too.
    if (!text.empty() && text.front() != '{') return refusal;
    refusal.verdict = Verdict::kTransient;
    refusal.permanent_after = 3;
    return refusal;
  }
  if (error && (is_refusal || status == 200)) return Judge(response, *error, service, variable);
  if (auto common = ClassifyCommonFaults(response, service)) {
    if (error && !error->code.empty())
      common->reason += fmt::format(" ({}: {})", Excerpt(error->code), Excerpt(error->text));
    return common;
  }
  return std::nullopt;
}

void NoteElsevierQuota(const HttpResponse& response, std::string* note) {
  const auto limit = HeaderNumber(response, "x-ratelimit-limit");
  const auto left = HeaderNumber(response, "x-ratelimit-remaining");
  if (!limit || !left) return;
  note->clear();
  if (*left < *limit / 20) *note = fmt::format("{} of {} requests are left{}", *left, *limit, UntilReset(response));
}

}  // namespace litmill::fetch
