// SPDX-License-Identifier: Apache-2.0
#include "fetch/web_of_science_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/unicode.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kService = "Web of Science";

std::string BaseUrl(const WebOfScienceSettings& settings) {
  if (!settings.base_url.empty()) return settings.base_url;
  return settings.api == WebOfScienceApi::kStarter ? "https://api.clarivate.com/apis/wos-starter/v1/"
                                                   : "https://api.clarivate.com/api/wos";
}

std::size_t PageSize(const WebOfScienceSettings& settings) {
  if (settings.page_size != 0) return settings.page_size;
  return settings.api == WebOfScienceApi::kStarter ? 50 : 100;
}

Result<void> CheckKey(const std::string& key) {
  if (key.empty()) return Fail(ErrorCode::kConfig, "Web of Science needs an API key: set WOS_API_KEY");
  if (std::any_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }))
    return Fail(ErrorCode::kConfig, "WOS_API_KEY holds a line break or another control character");
  return {};
}

/// What is left of the year's records, when that is less than the search has hits.
std::string YearNote(const HttpResponse& response, std::uint64_t hits) {
  const std::string_view text = TrimAscii(response.Header("x-rec-amtperyear-remaining"));
  std::uint64_t left = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), left);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || left >= hits) return {};
  return fmt::format("this key may fetch {} more records this year; the search has {} hits", left, hits);
}

}  // namespace

Call MakeWebOfScienceCall(const WebOfScienceSettings& settings, const std::string& query, bool is_count,
                          const PagePosition& position) {
  Call call;
  call.source = "wos";
  const std::string asked = PercentEncode(query);
  const std::string database = PercentEncode(settings.database);
  const std::string base = BaseUrl(settings);
  if (settings.api == WebOfScienceApi::kStarter) {
    call.kind = is_count ? "count" : "starter";
    call.canonical_request = fmt::format("documents?q={}&db={}&limit={}&page={}", asked, database,
                                         is_count ? 1 : PageSize(settings), position.number);
    call.request.url = base + (base.back() == '/' ? "" : "/") + call.canonical_request;
  } else {
    call.kind = is_count ? "count" : "expanded";
    call.canonical_request = fmt::format("?databaseId={}&usrQuery={}&count={}&firstRecord={}", database, asked,
                                         is_count ? 0 : PageSize(settings), position.offset + 1);
    call.request.url = base + call.canonical_request;
  }
  call.request.headers.emplace_back("Accept", "application/json");
  call.request.headers.emplace_back("X-ApiKey", settings.api_key);
  const WebOfScienceApi api = settings.api;
  call.classify = [api, is_count](const HttpResponse& response) {
    return ClassifyWebOfScience(response, api, is_count);
  };
  call.asked_interval_ms = WebOfScienceAskedIntervalMs;
  return call;
}

WebOfScienceClient::WebOfScienceClient(WebOfScienceSettings settings, AnswerSource source, Logger* logger)
    : settings_(std::move(settings)), source_(std::move(source)), logger_(logger) {}

Result<std::uint64_t> WebOfScienceClient::Count(const std::string& query) const {
  LITMILL_CHECK(CheckKey(settings_.api_key));
  LITMILL_TRY(const Answer answer, source_.Ask(MakeWebOfScienceCall(settings_, query, true, {}), nullptr));
  LITMILL_TRY(const ResultPage page, ParseWebOfSciencePage(answer.response.body, settings_.api, true));
  return page.total;
}

Result<ServiceSearch> WebOfScienceClient::Search(const std::string& query) const {
  LITMILL_CHECK(CheckKey(settings_.api_key));
  const bool is_expanded = settings_.api == WebOfScienceApi::kExpanded;
  std::string note;
  Paging paging;
  paging.service = kService;
  paging.page_size = PageSize(settings_);
  paging.make_call = [&](const PagePosition& at) { return MakeWebOfScienceCall(settings_, query, false, at); };
  paging.read_page = [&](const HttpResponse& response) -> Result<ResultPage> {
    LITMILL_TRY(ResultPage page, ParseWebOfSciencePage(response.body, settings_.api, false));
    if (is_expanded && page.total > settings_.most_hits)
      return Fail(ErrorCode::kPermanentRemote,
                  fmt::format("Web of Science has {} hits and shows {} of a search. Split it by years (AND PY=...)",
                              page.total, settings_.most_hits));
    if (note.empty()) note = YearNote(response, page.total);
    return page;
  };
  LITMILL_TRY(ServiceSearch search, ReadAllPages(paging, source_, logger_));
  if (!note.empty()) search.messages.push_back(note);
  // The Expanded API says "none" in a form that is no JSON: nobody should try to read records from it.
  if (search.count == 0) search.documents.clear();
  return search;
}

}  // namespace litmill::fetch
