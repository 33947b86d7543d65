// SPDX-License-Identifier: Apache-2.0
// What Scopus' answers mean: the verdict, and which records a page holds.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/unicode.h"
#include "fetch/json_answer.h"
#include "fetch/scopus_client.h"
#include "fetch/service_errors.h"

namespace litmill::fetch {
namespace {

constexpr std::string_view kIdPrefix = "SCOPUS_ID:";
constexpr std::string_view kEidPrefix = "2-s2.0-";
constexpr std::string_view kEmpty = "Result set was empty";

tl::unexpected<Error> NotWhole(std::string_view what) {
  return Fail(ErrorCode::kCorruptInput, fmt::format("no whole answer of Scopus: {}", what));
}

/// Counts come as text here.
std::optional<std::uint64_t> ReadCount(const Json& results) {
  const std::string text = MemberText(results, "opensearch:totalResults");
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return count;
}

/// The eid; empty when the entry has no identifier at all.
std::string ReadId(const Json& entry) {
  std::string eid = MemberText(entry, "eid");
  if (!eid.empty()) return eid;
  const std::string id = MemberText(entry, "dc:identifier");
  if (id.size() <= kIdPrefix.size() || id.substr(0, kIdPrefix.size()) != kIdPrefix) return {};
  return std::string(kEidPrefix) + id.substr(kIdPrefix.size());
}

Result<void> ReadEntry(const Json& entry, ResultPage* page) {
  const std::string error = MemberText(entry, "error");
  if (error == kEmpty) return {};
  if (!error.empty()) return NotWhole(fmt::format("an entry says \"{}\"", Excerpt(error)));
  page->ids.push_back(ReadId(entry));
  if (page->ids.back().empty()) return NotWhole("an entry has no identifier");
  return {};
}

}  // namespace

Result<ResultPage> ParseScopusPage(std::string_view body) {
  const Json document = ParseJsonAnswer(body);
  if (document.is_discarded()) return NotWhole("no JSON document");
  const Json* results = FindMember(document, "search-results");
  if (results == nullptr) return NotWhole("\"search-results\" is missing");
  const auto total = ReadCount(*results);
  if (!total) return NotWhole("\"opensearch:totalResults\" is missing");
  ResultPage page;
  page.total = *total;
  const Json* entries = FindMember(*results, "entry");
  if (entries == nullptr && page.total > 0) return NotWhole("\"entry\" is missing");
  if (entries != nullptr && entries->is_array()) {
    for (const Json& entry : *entries) LITMILL_CHECK(ReadEntry(entry, &page));
  } else if (entries != nullptr) {
    LITMILL_CHECK(ReadEntry(*entries, &page));
  }
  if (const Json* cursor = FindMember(*results, "cursor")) page.next_cursor = MemberText(*cursor, "@next");
  if (const Json* query = FindMember(*results, "opensearch:Query")) page.query_ran = MemberText(*query, "@searchTerms");
  return page;
}

bool IsCursorRestricted(const HttpResponse& response) {
  if (response.status != 403) return false;
  const auto error = ReadElsevierError(response.body);
  if (!error) return false;
  const std::string text = AsciiLower(error->text);
  return text.find("cursor") != std::string::npos && text.find("restricted") != std::string::npos;
}

Classification ClassifyScopus(const HttpResponse& response, bool asked_for_cursor_right) {
  if (asked_for_cursor_right && IsCursorRestricted(response)) return {};
  if (auto fault = ClassifyElsevierFaults(response, "Scopus", "SCOPUS_API_KEY")) return *fault;
  const Result<ResultPage> page = ParseScopusPage(response.body);
  if (page) return {};
  return {Verdict::kTransient, page.error().message};
}

}  // namespace litmill::fetch
