// SPDX-License-Identifier: Apache-2.0
#include "fetch/embase_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kService = "Embase";
constexpr std::string_view kVariable = "EMBASE_API_KEY";
constexpr std::string_view kPath = "content/embase/article";
constexpr std::size_t kLongestAddress = 2'000;

tl::unexpected<Error> NotWhole(std::string_view what) {
  return Fail(ErrorCode::kCorruptInput, fmt::format("no whole answer of Embase: {}", what));
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The LUI as the service's addresses write it, "L2003456789", else the PUI; empty when there is neither.
std::string ReadId(const Json& record) {
  const Json* info = FindMember(record, "itemInfo");
  const Json* ids = info == nullptr ? nullptr : FindMember(*info, "itemIdList");
  if (ids == nullptr) return {};
  const std::string lui = MemberText(*ids, "lui");
  if (lui.empty()) return MemberText(*ids, "pui");
  return IsNumber(lui) ? "L" + lui : lui;
}

std::optional<std::uint64_t> ReadHits(const Json& header) {
  const std::string text = MemberText(header, "hits");
  std::uint64_t hits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hits);
  if (!IsNumber(text) || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return hits;
}

}  // namespace

Result<ResultPage> ParseEmbasePage(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  if (document.is_discarded()) return NotWhole("no JSON document");
  const Json* header = FindMember(document, "header");
  const auto hits = header == nullptr ? std::nullopt : ReadHits(*header);
  if (!hits) return NotWhole("\"hits\" is missing");
  ResultPage page;
  page.total = *hits;
  const Json* results = FindMember(document, "results");
  if (results == nullptr || results->is_null()) {
    if (page.total > 0) return NotWhole("\"results\" is missing");
    return page;
  }
  if (!results->is_array()) return NotWhole("\"results\" is no list");
  for (const Json& record : *results) {
    page.ids.push_back(ReadId(record));
    if (page.ids.back().empty()) return NotWhole("a record has no LUI and no PUI");
  }
  return page;
}

Classification ClassifyEmbase(const HttpResponse& response) {
  if (auto fault = ClassifyElsevierFaults(response, kService, kVariable)) return *fault;
  const Result<ResultPage> page = ParseEmbasePage(response.body);
  if (page) return {};
  return {Verdict::kTransient, page.error().message};
}

Call MakeEmbaseCall(const EmbaseSettings& settings, std::string_view kind, const std::string& query,
                    std::uint64_t offset, std::size_t count) {
  Call call;
  call.source = "embase";
  call.kind = kind;
  const std::string form = fmt::format("query={}&start={}&count={}", PercentEncode(query), offset + 1, count);
  call.canonical_request = fmt::format("{}?{}", kPath, form);
  const bool has_slash = !settings.base_url.empty() && settings.base_url.back() == '/';
  call.request.url = fmt::format("{}{}{}", settings.base_url, has_slash ? "" : "/", kPath);
  if (call.request.url.size() + 1 + form.size() > kLongestAddress) {
    call.request.method = "POST";
    call.request.body = form;
  } else {
    call.request.url += "?" + form;
  }
  AddElsevierHeaders(settings.keys, &call.request);
  call.classify = ClassifyEmbase;
  return call;
}

EmbaseClient::EmbaseClient(EmbaseSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(std::move(source)), logger_(logger) {}

Result<std::uint64_t> EmbaseClient::Count(const std::string& query) const {
  LITMILL_CHECK(CheckElsevierKeys(settings_.keys, kService, kVariable));
  LITMILL_TRY(const Answer answer, source_.Ask(MakeEmbaseCall(settings_, "count", query, 0, 1), nullptr));
  LITMILL_TRY(const ResultPage page, ParseEmbasePage(answer.response.body));
  return page.total;
}

Result<ServiceSearch> EmbaseClient::Search(const std::string& query) const {
  LITMILL_CHECK(CheckElsevierKeys(settings_.keys, kService, kVariable));
  std::string quota;
  Paging paging;
  paging.service = kService;
  paging.page_size = settings_.page_size;
  paging.make_call = [&](const PagePosition& at) {
    return MakeEmbaseCall(settings_, "search", query, at.offset, settings_.page_size);
  };
  paging.read_page = [&quota](const HttpResponse& response) {
    NoteElsevierQuota(response, &quota);
    return ParseEmbasePage(response.body);
  };
  LITMILL_TRY(ServiceSearch search, ReadAllPages(paging, source_, logger_));
  if (!quota.empty()) search.messages.push_back(quota);
  return search;
}

}  // namespace litmill::fetch
