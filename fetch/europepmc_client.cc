// SPDX-License-Identifier: Apache-2.0
#include "fetch/europepmc_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"
#include "fetch/service_request.h"

namespace litmill::fetch {
namespace {

/// Longer ones are posted: the service and those on the way stop reading an address somewhere between 2 and 8 kB.
constexpr std::size_t kLongestQueryInAddress = 1'500;
constexpr std::size_t kLargestPage = 1'000;

/// `cursor` as it travels: the first one is a star, which one server or another does not decode.
std::string EncodeCursor(const std::string& cursor) { return cursor.empty() ? "*" : PercentEncode(cursor); }

Call MakeCall(const EuropePmcSettings& settings, const std::string& query, const std::string& result_type,
              std::size_t page_size, const PagePosition& position) {
  const std::string asked = PercentEncode(query);
  const bool is_long = asked.size() > kLongestQueryInAddress;
  const std::string_view endpoint = is_long ? "searchPOST" : "search";
  // Synonyms are off, as the service's default says and its website does not.
  const std::string rest =
      fmt::format("pageSize={}&query={}&resultType={}&synonym=false", page_size, asked, result_type);
  const std::string parameters = fmt::format("cursorMark={}&format=json&{}", EncodeCursor(position.cursor), rest);
  Call call;
  call.source = "europepmc";
  call.canonical_request = fmt::format("{}?format=json&page={}&{}", endpoint, position.number, rest);
  call.classify = [has_cursor = !position.cursor.empty()](const HttpResponse& response) {
    return ClassifyEuropePmc(response, has_cursor);
  };
  call.request.url = JoinAddress(settings.base_url, endpoint);
  if (is_long) {
    call.request.method = "POST";
    call.request.body = parameters;
  } else {
    call.request.url += "?" + parameters;
  }
  AddContactAgent(settings.agent, settings.contact, &call.request);
  return call;
}

std::size_t PageSize(const EuropePmcSettings& settings) {
  return std::clamp<std::size_t>(settings.page_size, 1, kLargestPage);
}

/// "errCode" and "errMsg", which come with HTTP 200.
std::optional<Classification> ClassifyRefusal(const Json& document) {
  const auto code = MemberCount(document, "errCode");
  const std::string message = Excerpt(MemberText(document, "errMsg"));
  if (!code && message.empty()) return std::nullopt;
  std::string reason = fmt::format("Europe PMC says \"{}\" (error {})", message, code.value_or(0));
  if (code == 429U) return Classification{Verdict::kThrottled, std::move(reason)};
  if (code && *code >= 500) return Classification{Verdict::kTransient, std::move(reason)};
  return Classification{Verdict::kPermanent, std::move(reason)};
}

}  // namespace

Call MakeEuropePmcPageCall(const EuropePmcSettings& settings, const std::string& query, const PagePosition& position) {
  Call call = MakeCall(settings, query, "core", PageSize(settings), position);
  call.kind = "search";
  return call;
}

Call MakeEuropePmcCountCall(const EuropePmcSettings& settings, const std::string& query) {
  Call call = MakeCall(settings, query, "idlist", 1, PagePosition{});
  call.kind = "count";
  return call;
}

Classification ClassifyEuropePmc(const HttpResponse& response, bool has_cursor) {
  if (auto common = ClassifyCommonFaults(response, "Europe PMC")) return *common;
  // The search itself was seen to answer 404 now and then, and rightly a moment later.
  if (response.status == 404) return {Verdict::kTransient, "HTTP 404 (is its base_url right?)", 3};
  const Result<ResultPage> page = ParseEuropePmcPage(response.body);
  if (page && response.status < 400) return {};
  const Json document = ParseJsonKeeping(response.body, 4, {});  // without the records
  if (const auto refusal = ClassifyRefusal(document)) return *refusal;
  if (response.status >= 400) return {Verdict::kPermanent, fmt::format("Europe PMC answers HTTP {}", response.status)};
  Classification result = ClassifyUnreadable(response.body, page.error());
  const bool is_version_alone = document.is_object() && document.contains("version") && document.size() == 1;
  if (!is_version_alone) return result;
  result.reason = "the answer holds nothing but the service's version";
  if (has_cursor) result.then = Verdict::kSessionLost;
  return result;
}

Result<ResultPage> ParseEuropePmcPage(std::string_view body) {
  const auto fail = [](std::string_view what) {
    return Fail(ErrorCode::kCorruptInput, fmt::format("no page of Europe PMC: {}", what));
  };
  const Json document = ParseJsonKeeping(body, 4, {"id", "source"});  // of resultList.result[]
  const auto total = MemberCount(document, "hitCount");
  const Json* list = FindMember(document, "resultList");
  const Json* results = list == nullptr ? nullptr : FindMember(*list, "result");
  if (!total || results == nullptr || !results->is_array()) return fail("\"hitCount\" or \"resultList\" is missing");
  ResultPage page;
  page.total = *total;
  page.next_cursor = MemberText(document, "nextCursorMark");
  for (const Json& result : *results) {
    const std::string source = MemberText(result, "source");
    const std::string id = MemberText(result, "id");
    if (source.empty() || id.empty()) return fail("a result has no \"source\" and \"id\"");
    page.ids.push_back(fmt::format("{}/{}", source, id));
  }
  if (const Json* request = FindMember(document, "request")) {
    page.query_ran = MemberText(*request, "queryString");
    if (MemberText(*request, "synonym") == "true")
      page.messages.emplace_back("Europe PMC searched for synonyms too, though it was asked not to");
  }
  return page;
}

EuropePmcClient::EuropePmcClient(EuropePmcSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(std::move(source)), logger_(logger) {}

Result<ServiceSearch> EuropePmcClient::Search(const std::string& query) const {
  Paging paging;
  paging.service = "Europe PMC";
  paging.page_size = PageSize(settings_);
  paging.by_cursor = true;
  paging.make_call = [&](const PagePosition& position) { return MakeEuropePmcPageCall(settings_, query, position); };
  paging.read_page = [](const HttpResponse& response) { return ParseEuropePmcPage(response.body); };
  return ReadAllPages(paging, source_, logger_);
}

Result<std::uint64_t> EuropePmcClient::Count(const std::string& query) const {
  LITMILL_TRY(const Answer answer, source_.Ask(MakeEuropePmcCountCall(settings_, query), nullptr));
  LITMILL_TRY(const ResultPage page, ParseEuropePmcPage(answer.response.body));
  return page.total;
}

}  // namespace litmill::fetch
