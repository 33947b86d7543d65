// SPDX-License-Identifier: Apache-2.0
#include "tests/services/openalex.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kPath = "/openalex/works";
constexpr std::size_t kMostValues = 100;
constexpr std::size_t kLargestPage = 200;

Reply Refused(int status, const std::string& error, const std::string& message) {
  return JsonReplyOf(status, json{{"error", error}, {"message", message}}.dump());
}

Reply NotFoundPage() {
  Reply reply;
  reply.status = 404;
  reply.content_type = "text/html; charset=utf-8";
  reply.body =
      "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
      "<p>The requested URL was not found on the server. The stand-in knows no such work.</p>\n";
  return reply;
}

/// {"word": [positions]}, as the service gives abstracts.
json InvertedIndex(const std::string& text) {
  if (text.empty()) return nullptr;
  json index = json::object();
  std::size_t position = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) index[text.substr(at, end - at)].push_back(position++);
    at = end + 1;
  }
  return index;
}

json Authorships(const RegisteredWork& work) {
  json list = json::array();
  for (std::size_t i = 0; i < work.authors.size(); ++i) {
    const std::string& author = work.authors[i];
    const std::size_t comma = author.find(", ");
    const std::string name =
        comma == std::string::npos ? author : author.substr(comma + 2) + " " + author.substr(0, comma);
    list.push_back({{"author_position", i == 0                         ? "first"
                                        : i + 1 == work.authors.size() ? "last"
                                                                       : "middle"},
                    {"author", {{"id", nullptr}, {"display_name", name}, {"orcid", nullptr}}},
                    {"institutions", json::array()},
                    {"is_corresponding", false},
                    {"raw_author_name", name},
                    {"raw_affiliation_strings", json::array()}});
  }
  return list;
}

json TextOrNull(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json Biblio(const RegisteredWork& work) {
  const std::size_t dash = work.pages.find('-');
  return {{"volume", TextOrNull(work.volume)},
          {"issue", TextOrNull(work.issue)},
          {"first_page", TextOrNull(work.pages.substr(0, dash))},
          {"last_page", TextOrNull(dash == std::string::npos ? work.pages : work.pages.substr(dash + 1))}};
}

json Work(const RegisteredWork& work) {
  const std::string id = "https://openalex.org/" + work.databases.at("openalex");
  const std::string doi = "https://doi.org/" + LowerAscii(work.doi);
  json ids = {{"openalex", id}, {"doi", doi}};
  if (work.pmid != 0) ids["pmid"] = fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}", work.pmid);
  if (!work.pmcid.empty()) ids["pmcid"] = "https://www.ncbi.nlm.nih.gov/pmc/articles/" + work.pmcid.substr(3);
  json source = {
      {"id", nullptr}, {"display_name", work.journal}, {"issn_l", TextOrNull(work.issn)}, {"type", "journal"}};
  source["issn"] = work.issn.empty() ? json(nullptr) : json::array({work.issn});
  json result = {{"id", id},
                 {"doi", doi},
                 {"title", work.title},
                 {"display_name", work.title},
                 {"ids", std::move(ids)},
                 {"language", "en"},
                 {"type", "article"},
                 {"primary_location", {{"is_oa", false}, {"landing_page_url", doi}, {"source", std::move(source)}}},
                 {"authorships", Authorships(work)},
                 {"biblio", Biblio(work)},
                 {"is_retracted", !work.retracted_by.empty()},
                 {"is_paratext", false},
                 {"mesh", json::array()},
                 {"keywords", json::array()},
                 {"referenced_works", json::array()},
                 {"cited_by_count", 0},
                 {"abstract_inverted_index", InvertedIndex(work.abstract)}};
  result["publication_year"] = work.year == 0 ? json(nullptr) : json(work.year);
  result["publication_date"] = work.year == 0 ? json(nullptr) : json(fmt::format("{}-01-01", work.year));
  return result;
}

/// The key and the quota. `costs`: one work by its name is free.
std::optional<Reply> Gate(WorksRegistry* registry, const Request& request, bool costs) {
  const auto key = registry->keys.find("openalex");
  const std::string sent = request.Parameter("api_key");
  if (!sent.empty() && key != registry->keys.end() && sent != key->second)
    return Refused(401, "Invalid API key", "the API key " + sent + " is not valid");
  const auto quota = registry->quotas.find("openalex");
  if (!costs || quota == registry->quotas.end()) return std::nullopt;
  if (quota->second > 0) {
    --quota->second;
    return std::nullopt;
  }
  Reply reply = Refused(429, "Rate limit exceeded", "Insufficient budget. Resets at midnight UTC.");
  reply.headers = {{"X-RateLimit-Remaining-USD", "0"}, {"X-RateLimit-Reset", "43200"}, {"Retry-After", "43200"}};
  return reply;
}

Reply One(WorksRegistry* registry, std::string name) {
  for (const std::string_view prefix : {"doi:", "https://doi.org/"})
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  const RegisteredWork* found = registry->FindDoi(name);
  for (const RegisteredWork* work : registry->HeldBy("openalex"))
    if (work->databases.at("openalex") == name) found = work;
  if (found != nullptr && !found->alias_of.empty()) {
    const RegisteredWork* target = registry->FindDoi(found->alias_of);
    if (target == nullptr || target->databases.count("openalex") == 0) return NotFoundPage();
    Reply reply = NotFoundPage();
    reply.status = 301;
    reply.headers.emplace_back("Location", fmt::format("{}/{}", kPath, target->databases.at("openalex")));
    return reply;
  }
  if (found == nullptr || found->databases.count("openalex") == 0) return NotFoundPage();
  return JsonReplyOf(200, Work(*found).dump());
}

Reply List(WorksRegistry* registry, const Request& request) {
  const std::string filter = request.Parameter("filter");
  if (!filter.starts_with("doi:"))
    return Refused(400, "Invalid query parameters error.", fmt::format("{} is not a valid field", filter));
  if (filter.find(',') != std::string::npos)
    return Refused(400, "Invalid query parameters error.", "a filter has the form field:value");
  std::set<std::string> asked;
  for (std::size_t at = 4; at <= filter.size();) {
    const std::size_t end = std::min(filter.find('|', at), filter.size());
    asked.insert(LowerAscii(filter.substr(at, end - at)));
    at = end + 1;
  }
  if (asked.size() > kMostValues)
    return Refused(400, "Invalid query parameters error.", "Maximum number of values exceeded for doi.");
  const std::string rows_text = request.Parameter("per-page", "25");
  const std::size_t rows = std::strtoul(rows_text.c_str(), nullptr, 10);
  if (!IsShortNumber(rows_text) || rows == 0 || rows > kLargestPage)
    return Refused(400, "Invalid query parameters error.", "per-page parameter must be between 1 and 200");
  json results = json::array();
  std::size_t count = 0;
  for (const RegisteredWork* work : registry->HeldBy("openalex")) {
    if (!work->alias_of.empty() || asked.count(LowerAscii(work->doi)) == 0) continue;
    if (count++ < rows) results.push_back(Work(*work));
  }
  return JsonReplyOf(200, json{{"meta", {{"count", count}, {"page", 1}, {"per_page", rows}, {"groups_count", nullptr}}},
                               {"results", std::move(results)},
                               {"group_by", json::array()}}
                              .dump());
}

}  // namespace

Reply AnswerOpenAlex(WorksRegistry* registry, const Request& request) {
  const bool is_list = request.path == kPath;
  if (auto refused = Gate(registry, request, is_list)) return std::move(*refused);
  return is_list ? List(registry, request) : One(registry, request.path.substr(kPath.size() + 1));
}

}  // namespace litmill::services
