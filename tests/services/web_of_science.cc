// SPDX-License-Identifier: Apache-2.0
#include "tests/services/web_of_science.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/services/boolean_words.h"

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::size_t kStarterPage = 50;
constexpr std::size_t kExpandedPage = 100;
constexpr std::size_t kLastRecord = 100'000;

/// Either API's way to say no.
Reply Refusal(bool is_starter, int status, std::string_view title, std::string_view details) {
  if (is_starter)
    return JsonReplyOf(status, json({{"error", {{"status", status}, {"title", title}, {"details", details}}}}).dump());
  return JsonReplyOf(status,
                     json({{"code", status}, {"message", fmt::format("Server.invalidInput: {}", details)}}).dump());
}

std::optional<Reply> RefuseRequest(WorksRegistry* registry, const Request& request, bool is_starter) {
  const auto key = registry->keys.find("wos");
  const std::string_view sent = request.Header("x-apikey");
  if (sent.empty() || (key != registry->keys.end() && sent != key->second))  // the gateway says so, not the service
    return JsonReplyOf(401, R"({"message":"Invalid authentication credentials"})");
  const auto quota = registry->quotas.find("wos");
  if (quota == registry->quotas.end()) return std::nullopt;
  if (quota->second == 0) return Refusal(is_starter, 429, "Too Many Requests", "the quota of the day is used up");
  --quota->second;
  return std::nullopt;
}

/// The works that match; nothing when the query cannot be read.
std::optional<std::vector<const RegisteredWork*>> Find(const WorksRegistry& registry, const std::string& query) {
  const auto words = BooleanWords::Read(query);
  if (!words) return std::nullopt;
  std::vector<const RegisteredWork*> found = registry.HeldBy("wos");
  found.erase(
      std::remove_if(found.begin(), found.end(), [&](const RegisteredWork* work) { return !words->Matches(*work); }),
      found.end());
  return found;
}

/// "Muller, AB" of "Muller, Ann B."
std::string StandardName(const std::string& author) {
  const std::size_t comma = author.find(", ");
  if (comma == std::string::npos) return author;
  std::string name = author.substr(0, comma + 2);
  for (std::size_t i = comma + 2; i < author.size(); ++i)
    if (author[i - 1] == ' ' && author[i] != ' ') name += author[i];
  return name;
}

json StarterHit(const RegisteredWork& work) {
  json source = {{"sourceTitle", work.journal}};
  if (work.year != 0) source["publishYear"] = work.year;
  if (!work.volume.empty()) source["volume"] = work.volume;
  if (!work.issue.empty()) source["issue"] = work.issue;
  if (!work.pages.empty())
    source["pages"] = {{"range", work.pages}, {"begin", work.pages.substr(0, work.pages.find('-'))}};
  json authors = json::array();
  for (const std::string& author : work.authors)
    authors.push_back({{"displayName", author}, {"wosStandard", StandardName(author)}});
  json identifiers = {{"doi", work.doi}};
  if (!work.issn.empty()) identifiers["issn"] = work.issn;
  if (work.pmid != 0) identifiers["pmid"] = std::to_string(work.pmid);
  return {{"uid", work.databases.at("wos")},
          {"title", work.title},
          {"types", {"Article"}},
          {"sourceTypes", {"Article"}},
          {"source", std::move(source)},
          {"names", {{"authors", std::move(authors)}}},
          {"links", json::object()},
          {"citations", {{{"db", "WOS"}, {"count", 0}}}},
          {"identifiers", std::move(identifiers)},
          {"keywords", {{"authorKeywords", json::array()}}}};
}

/// One entry alone stands without its list, as everywhere in this API.
json OneOrList(json list) {
  if (list.size() == 1) return std::move(list.front());
  return list;
}

json ExpandedRecord(const RegisteredWork& work) {
  json info = {{"pubtype", "Journal"}, {"has_abstract", work.abstract.empty() ? "N" : "Y"}};
  if (work.year != 0) {
    info["pubyear"] = work.year;
    info["sortdate"] = fmt::format("{}-01-01", work.year);
  }
  if (!work.volume.empty()) info["vol"] = work.volume;
  if (!work.issue.empty()) info["issue"] = work.issue;
  if (!work.pages.empty())
    info["page"] = {{"content", work.pages}, {"begin", work.pages.substr(0, work.pages.find('-'))}};
  json names = json::array();
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    names.push_back({{"role", "author"},
                     {"seq_no", names.size() + 1},
                     {"display_name", author},
                     {"wos_standard", StandardName(author)},
                     {"last_name", author.substr(0, comma)},
                     {"first_name", comma == std::string::npos ? "" : author.substr(comma + 2)}});
  }
  const std::size_t name_count = names.size();
  json titles = {{{"type", "source"}, {"content", work.journal}}, {{"type", "item"}, {"content", work.title}}};
  json summary = {{"pub_info", std::move(info)},
                  {"titles", {{"count", titles.size()}, {"title", titles}}},
                  {"doctypes", {{"count", 1}, {"doctype", "Article"}}}};
  if (name_count > 0) summary["names"] = {{"count", name_count}, {"name", OneOrList(std::move(names))}};
  json identifiers = json::array({{{"type", "doi"}, {"value", work.doi}}});
  if (!work.issn.empty()) identifiers.push_back({{"type", "issn"}, {"value", work.issn}});
  if (work.pmid != 0) identifiers.push_back({{"type", "pmid"}, {"value", fmt::format("MEDLINE:{}", work.pmid)}});
  json metadata = json::object();
  if (!work.abstract.empty())
    metadata["abstracts"] = {{"count", 1}, {"abstract", {{"abstract_text", {{"count", 1}, {"p", work.abstract}}}}}};
  return {
      {"UID", work.databases.at("wos")},
      {"static_data", {{"summary", std::move(summary)}, {"fullrecord_metadata", std::move(metadata)}}},
      {"dynamic_data", {{"cluster_related", {{"identifiers", {{"identifier", OneOrList(std::move(identifiers))}}}}}}}};
}

std::size_t Number(const std::string& text) { return std::strtoul(text.c_str(), nullptr, 10); }

}  // namespace

Reply SearchWebOfScienceStarter(WorksRegistry* registry, const Request& request) {
  if (auto refusal = RefuseRequest(registry, request, /*is_starter=*/true)) return *std::move(refusal);
  const std::string limit_text = request.Parameter("limit", "10");
  const std::string page_text = request.Parameter("page", "1");
  const std::size_t limit = Number(limit_text);
  const std::size_t page = Number(page_text);
  if (!IsShortNumber(limit_text) || !IsShortNumber(page_text) || limit < 1 || limit > kStarterPage || page < 1)
    return Refusal(true, 400, "Bad Request", "limit must be 1 to 50 and page at least 1");
  const auto found = Find(*registry, request.Parameter("q"));
  if (!found) return Refusal(true, 400, "Bad Request", "Search Error: Invalid query");
  json hits = json::array();
  const std::size_t begin = std::min(found->size(), (page - 1) * limit);
  for (std::size_t i = begin; i < std::min(found->size(), begin + limit); ++i) hits.push_back(StarterHit(*(*found)[i]));
  return JsonReplyOf(
      200, json({{"metadata", {{"total", found->size()}, {"page", page}, {"limit", limit}}}, {"hits", std::move(hits)}})
               .dump());
}

Reply SearchWebOfScienceExpanded(WorksRegistry* registry, const Request& request) {
  if (auto refusal = RefuseRequest(registry, request, /*is_starter=*/false)) return *std::move(refusal);
  const std::string count_text = request.Parameter("count", "10");
  const std::string first_text = request.Parameter("firstRecord", "1");
  const std::size_t count = Number(count_text);
  const std::size_t first = Number(first_text);
  if (!IsShortNumber(count_text) || !IsShortNumber(first_text) || count > kExpandedPage || first < 1 ||
      first > kLastRecord || request.Parameter("databaseId").empty())
    return Refusal(false, 400, "", "count must be 0 to 100, firstRecord 1 to 100000, databaseId given");
  const auto found = Find(*registry, request.Parameter("usrQuery"));
  if (!found) return Refusal(false, 400, "", "Search Error: Invalid query");
  json records = json::array();
  for (std::size_t i = first - 1; i < std::min(found->size(), first - 1 + count); ++i)
    records.push_back(ExpandedRecord(*(*found)[i]));
  json held = records.empty() ? json("") : json({{"REC", OneOrList(std::move(records))}});
  Reply reply = JsonReplyOf(
      200, json({{"Data", {{"Records", {{"records", std::move(held)}}}}},
                 {"QueryResult", {{"QueryID", 1}, {"RecordsSearched", 90'000'000}, {"RecordsFound", found->size()}}}})
               .dump());
  reply.headers.emplace_back("X-REQ-ReqPerSec-Remaining", "1");
  reply.headers.emplace_back("X-REC-AmtPerYear-Remaining", "50000");
  return reply;
}

}  // namespace litmill::services
