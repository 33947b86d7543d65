// SPDX-License-Identifier: Apache-2.0
// What Crossref's answers mean: the verdict, the pace it asks for, and which works it holds.
#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "core/unicode.h"
#include "fetch/crossref_client.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kNotFoundText = "Resource not found.";

tl::unexpected<Error> NotWhole(std::string_view what) {
  return Fail(ErrorCode::kCorruptInput, fmt::format("no whole answer of Crossref: {}", what));
}

/// The type and message of the first entry of a failure's "message" list.
struct Failure {
  std::string type;
  std::string message;
};
Failure ReadFailure(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  const Json* list = FindMember(document, "message");
  if (list == nullptr || MemberText(document, "status") == "ok") return {};
  if (!list->is_array() || list->empty()) return {MemberText(document, "message-type"), MemberText(*list, "message")};
  return {MemberText(list->front(), "type"), MemberText(list->front(), "message")};
}

std::optional<std::int64_t> Number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

Classification ClassifyRefusal(const HttpResponse& response, bool is_list) {
  const std::string_view text = TrimAscii(response.body);
  if (response.status == 404 && !is_list) {
    if (text == kNotFoundText) return {};
    if (kNotFoundText.substr(0, text.size()) == text) return {Verdict::kTransient, "the answer (HTTP 404) was cut"};
  }
  const Failure failure = ReadFailure(response.body);
  if (failure.type.find("cursor") != std::string::npos)
    return {Verdict::kSessionLost, "Crossref no longer knows the cursor"};
  std::string reason = fmt::format("HTTP {}", response.status);
  if (!failure.type.empty()) reason += fmt::format(" ({}: {})", Excerpt(failure.type), Excerpt(failure.message));
  return {Verdict::kPermanent, std::move(reason)};
}

}  // namespace

std::optional<std::int64_t> CrossrefAskedIntervalMs(const HttpResponse& response) {
  const auto limit = Number(TrimAscii(response.Header("x-rate-limit-limit")));
  std::string_view interval = TrimAscii(response.Header("x-rate-limit-interval"));
  if (!limit || interval.empty()) return std::nullopt;
  std::int64_t unit_ms = 1'000;
  if (interval.size() > 2 && interval.substr(interval.size() - 2) == "ms") {
    unit_ms = 1;
    interval.remove_suffix(2);
  } else if (interval.back() == 's' || interval.back() == 'm') {
    if (interval.back() == 'm') unit_ms = 60'000;
    interval.remove_suffix(1);
  }
  const auto count = Number(interval);
  constexpr std::int64_t kLongestMs = 24 * 3'600'000;
  if (!count || *count > kLongestMs / unit_ms) return std::nullopt;
  return (*count * unit_ms + *limit - 1) / *limit;
}

Classification ClassifyCrossref(const HttpResponse& response, bool is_list) {
  if (auto common = ClassifyCommonFaults(response, "Crossref")) return *common;
  if (response.status >= 400) return ClassifyRefusal(response, is_list);
  const Result<CrossrefPage> page = ParseCrossref(response.body, is_list);
  if (page) return {};
  const Failure failure = ReadFailure(response.body);
  if (!failure.type.empty())
    return {Verdict::kTransient, fmt::format("Crossref says \"{}: {}\"", failure.type, Excerpt(failure.message)), 3};
  return {Verdict::kTransient, page.error().message};
}

Result<CrossrefPage> ParseCrossref(std::string_view body, bool is_list) {
  // A page of a thousand works is many megabytes, and its DOIs (message.DOI, message.items[].DOI) are few.
  const Json document = ParseJsonKeeping(body, is_list ? 4 : 2, {"DOI"});
  if (document.is_discarded()) return NotWhole("no JSON document");
  if (MemberText(document, "status") != "ok") return NotWhole("its status is not \"ok\"");
  const std::string_view expected = is_list ? "work-list" : "work";
  if (MemberText(document, "message-type") != expected) return NotWhole(fmt::format("it is no {}", expected));
  const Json* message = FindMember(document, "message");
  if (message == nullptr) return NotWhole("\"message\" is missing");
  CrossrefPage page;
  if (!is_list) {
    page.total = 1;
    page.dois.push_back(MemberText(*message, "DOI"));
    if (page.dois.front().empty()) return NotWhole("the work has no DOI");
    return page;
  }
  const auto total = MemberCount(*message, "total-results");
  const Json* items = FindMember(*message, "items");
  if (!total || items == nullptr || !items->is_array()) return NotWhole("\"total-results\" or \"items\" is missing");
  page.total = *total;
  page.next_cursor = MemberText(*message, "next-cursor");
  for (const Json& item : *items) {
    page.dois.push_back(MemberText(item, "DOI"));
    if (page.dois.back().empty()) return NotWhole("a work has no DOI");
  }
  return page;
}

}  // namespace litmill::fetch
