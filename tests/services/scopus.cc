// SPDX-License-Identifier: Apache-2.0
#include "tests/services/scopus.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/services/boolean_words.h"

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::uint64_t kWeeklyRequests = 20'000;
constexpr std::string_view kQuotaReset = "1893456000";  // 2030-01-01, in Unix seconds
constexpr std::size_t kLastOffset = 5'000;

/// The service escapes what is markup in HTML.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

/// "Muller, Ann B." in its parts, with the initials as "A.B.".
struct Name {
  std::string surname, given, initials;
};
Name Split(const std::string& author) {
  Name name;
  const std::size_t comma = author.find(", ");
  name.surname = author.substr(0, comma);
  if (comma != std::string::npos) name.given = author.substr(comma + 2);
  for (std::size_t i = 0; i < name.given.size(); ++i)
    if (name.given[i] != ' ' && name.given[i] != '.' && (i == 0 || name.given[i - 1] == ' '))
      name.initials += std::string(1, name.given[i]) + ".";
  return name;
}

std::string InitialsLast(const Name& name) {
  return name.initials.empty() ? name.surname : name.surname + " " + name.initials;
}

std::string WithoutHyphen(std::string issn) {
  issn.erase(std::remove(issn.begin(), issn.end(), '-'), issn.end());
  return issn;
}

json Entry(const RegisteredWork& work, bool is_complete) {
  const std::string eid = work.databases.at("scopus");
  const std::string number = eid.substr(eid.rfind('-') + 1);
  json entry = {{"@_fa", "true"},
                {"prism:url", "https://api.elsevier.com/content/abstract/scopus_id/" + number},
                {"dc:identifier", "SCOPUS_ID:" + number},
                {"eid", eid},
                {"dc:title", Escaped(work.title)},
                {"prism:publicationName", Escaped(work.journal)},
                {"prism:pageRange", work.pages.empty() ? json(nullptr) : json(work.pages)},
                {"prism:aggregationType", "Journal"},
                {"subtype", "ar"},
                {"subtypeDescription", "Article"},
                {"citedby-count", "0"},
                {"openaccess", "0"},
                {"openaccessFlag", false}};
  if (!work.doi.empty()) entry["prism:doi"] = work.doi;
  if (!work.issn.empty()) entry["prism:issn"] = WithoutHyphen(work.issn);
  if (!work.volume.empty()) entry["prism:volume"] = work.volume;
  if (!work.issue.empty()) entry["prism:issueIdentifier"] = work.issue;
  if (work.pmid != 0) entry["pubmed-id"] = std::to_string(work.pmid);
  if (work.year != 0) {
    entry["prism:coverDate"] = fmt::format("{}-01-01", work.year);
    entry["prism:coverDisplayDate"] = fmt::format("January {}", work.year);
  }
  if (!work.authors.empty()) {
    entry["dc:creator"] = InitialsLast(Split(work.authors.front()));
  }
  if (!is_complete) return entry;
  if (!work.abstract.empty()) entry["dc:description"] = Escaped(work.abstract);
  for (std::size_t i = 0; i < work.authors.size(); ++i) {
    const Name name = Split(work.authors[i]);
    entry["author"].push_back({{"@_fa", "true"},
                               {"@seq", std::to_string(i + 1)},
                               {"authname", InitialsLast(name)},
                               {"surname", name.surname},
                               {"given-name", name.given},
                               {"initials", name.initials}});
  }
  entry["author-count"] = {{"@limit", "100"}, {"$", std::to_string(std::min<std::size_t>(work.authors.size(), 100))}};
  return entry;
}

/// What is asked for, once it is known to be allowed.
struct Window {
  std::size_t start = 0;
  std::size_t count = 25;
  bool is_complete = false;
  bool has_cursor = false;
};

/// The refusal, or nothing and the window.
std::optional<Reply> ReadWindow(const WorksRegistry& registry, const Request& request, Window* window) {
  const bool is_subscriber = !request.Header("x-els-insttoken").empty();
  const std::string view = request.Parameter("view", "STANDARD");
  window->is_complete = view == "COMPLETE";
  if (view != "STANDARD" && !window->is_complete) return ElsevierError(400, "INVALID_INPUT", "View parameter is wrong");
  if (window->is_complete && !is_subscriber)
    return ElsevierError(401, "AUTHORIZATION_ERROR",
                         "The requestor is not authorized to access the requested view or fields of the resource");
  const std::string count = request.Parameter("count", "25");
  const std::string start = request.Parameter("start", "0");
  if (!IsShortNumber(count) || !IsShortNumber(start)) return ElsevierError(400, "INVALID_INPUT", "No number");
  window->count = std::strtoul(count.c_str(), nullptr, 10);
  window->start = std::strtoul(start.c_str(), nullptr, 10);
  if (window->count > (window->is_complete ? 25U : 200U))
    return ElsevierError(400, "INVALID_INPUT", "Exceeds the maximum number allowed for the service level");
  const std::string cursor = request.Parameter("cursor");
  window->has_cursor = !cursor.empty();
  if (window->has_cursor && !is_subscriber)
    return ElsevierError(403, "AUTHORIZATION_ERROR", "Use of the cursor parameter is restricted");
  if (window->has_cursor && request.parameters.count("start") > 0)
    return ElsevierError(400, "INVALID_INPUT", "start and cursor exclude each other");
  if (window->has_cursor && cursor != "*") {
    const std::size_t* offset = registry.FindCursor(cursor);
    if (offset == nullptr) return ElsevierError(400, "INVALID_INPUT", "The cursor is invalid or has expired");
    window->start = *offset;
  }
  if (!window->has_cursor && window->start + window->count > kLastOffset)
    return ElsevierError(400, "INVALID_INPUT", "Exceeds the number of search results");
  return std::nullopt;
}

}  // namespace

Reply ElsevierError(int status, std::string_view code, std::string_view text) {
  return JsonReplyOf(status,
                     json({{"service-error", {{"status", {{"statusCode", code}, {"statusText", text}}}}}}).dump());
}

Reply ElsevierQuotaUsedUp() {
  Reply reply = ElsevierError(429, "QUOTA_EXCEEDED", "Quota Exceeded");
  reply.headers.emplace_back("X-ELS-Status", "QUOTA_EXCEEDED - Quota Exceeded");
  reply.headers.emplace_back("X-RateLimit-Limit", std::to_string(kWeeklyRequests));
  reply.headers.emplace_back("X-RateLimit-Remaining", "0");
  reply.headers.emplace_back("X-RateLimit-Reset", kQuotaReset);
  return reply;
}

std::optional<Reply> RefuseElsevierRequest(WorksRegistry* registry, const std::string& service,
                                           const Request& request) {
  // The real service would take them. Here a key in an address is a leak, and gets noticed.
  if (request.parameters.count("apiKey") > 0 || request.parameters.count("insttoken") > 0)
    return ElsevierError(400, "INVALID_INPUT", "stand-in: a key does not belong into an address");
  const auto key = registry->keys.find(service);
  const std::string_view sent = request.Header("x-els-apikey");
  if (sent.empty() || (key != registry->keys.end() && sent != key->second))
    return ElsevierError(403, "AUTHENTICATION_ERROR", "Invalid API Key or Client IP Address");
  const auto quota = registry->quotas.find(service);
  if (quota == registry->quotas.end()) return std::nullopt;
  if (quota->second == 0) return ElsevierQuotaUsedUp();
  --quota->second;
  return std::nullopt;
}

void AddElsevierQuota(const WorksRegistry& registry, const std::string& service, Reply* reply) {
  const auto quota = registry.quotas.find(service);
  reply->headers.emplace_back("X-RateLimit-Limit", std::to_string(kWeeklyRequests));
  reply->headers.emplace_back("X-RateLimit-Remaining",
                              std::to_string(quota == registry.quotas.end() ? kWeeklyRequests - 1 : quota->second));
  reply->headers.emplace_back("X-RateLimit-Reset", kQuotaReset);
}

Reply SearchScopus(WorksRegistry* registry, const Request& request) {
  if (auto refusal = RefuseElsevierRequest(registry, "scopus", request)) return *std::move(refusal);
  Window window;
  if (auto refusal = ReadWindow(*registry, request, &window)) return *std::move(refusal);
  const std::string query = request.Parameter("query");
  const auto words = BooleanWords::Read(query);
  if (!words) return ElsevierError(400, "INVALID_INPUT", "Error translating query");
  std::vector<const RegisteredWork*> found = registry->HeldBy("scopus");
  found.erase(
      std::remove_if(found.begin(), found.end(), [&](const RegisteredWork* work) { return !words->Matches(*work); }),
      found.end());
  json entries = json::array();
  const std::size_t end = std::min(found.size(), window.start + window.count);
  for (std::size_t i = window.start; i < end; ++i) entries.push_back(Entry(*found[i], window.is_complete));
  json results = {{"opensearch:totalResults", std::to_string(found.size())},
                  {"opensearch:startIndex", std::to_string(window.start)},
                  {"opensearch:itemsPerPage", std::to_string(entries.size())},
                  {"opensearch:Query", {{"@role", "request"}, {"@searchTerms", query}, {"@startPage", "0"}}},
                  {"link", {{{"@_fa", "true"}, {"@ref", "self"}, {"@type", "application/json"}}}}};
  if (window.has_cursor)
    results["cursor"] = {{"@current", request.Parameter("cursor")}, {"@next", registry->MakeCursor(end)}};
  if (entries.empty()) entries.push_back({{"@_fa", "true"}, {"error", "Result set was empty"}});
  results["entry"] = std::move(entries);
  Reply reply = JsonReplyOf(200, json({{"search-results", std::move(results)}}).dump());
  AddElsevierQuota(*registry, "scopus", &reply);
  return reply;
}

}  // namespace litmill::services
