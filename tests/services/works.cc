// SPDX-License-Identifier: Apache-2.0
#include "tests/services/works.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::size_t kMostIds = 200;
constexpr std::size_t kMostRows = 1'000;
constexpr std::string_view kAgencyPath = "/doiRA/";
constexpr std::string_view kWorkPath = "/works/";
Reply JsonReply(int status, const json& document) { return JsonReplyOf(status, document.dump()); }

Reply ConversionRefused(const std::string& message) {
  return JsonReply(400, {{"status", "error"}, {"message", message}});
}

Reply CrossrefFailure(int status, std::string_view kind, std::string_view type, const std::string& value) {
  return JsonReply(status, {{"status", "failed"},
                            {"message-type", kind},
                            {"message", {{{"type", type}, {"value", value}, {"message", "refused: " + value}}}}});
}

json CrossrefItem(const RegisteredWork& work) {
  json item = {{"DOI", work.doi},
               {"type", "journal-article"},
               {"title", {work.title}},
               {"container-title", {work.journal}},
               {"issued", {{"date-parts", {{work.year == 0 ? json(nullptr) : json(work.year)}}}}},
               {"reference", {{{"key", "1"}, {"DOI", "10.5555/cited"}}}}};
  if (!work.abstract.empty()) item["abstract"] = "<jats:p>" + work.abstract + "</jats:p>";
  if (!work.issn.empty()) item["ISSN"] = {work.issn};
  if (!work.volume.empty()) item["volume"] = work.volume;
  if (!work.issue.empty()) item["issue"] = work.issue;
  if (!work.pages.empty()) item["page"] = work.pages;
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    item["author"].push_back({{"family", author.substr(0, comma)},
                              {"given", comma == std::string::npos ? "" : author.substr(comma + 2)},
                              {"sequence", item.contains("author") ? "additional" : "first"}});
  }
  if (!work.retracted_by.empty())
    item["updated-by"] = {{{"DOI", work.retracted_by},
                           {"type", "retraction"},
                           {"label", "Retraction"},
                           {"source", "retraction-watch"},
                           {"updated", {{"date-parts", {{work.year + 1, 1, 9}}}}}}};
  return item;
}

/// The works that a filter lets through, by DOI; nothing when it names a filter that there is none of.
bool Filter(const WorksRegistry& registry, const std::string& filter, std::vector<const RegisteredWork*>* found,
            std::string* unknown) {
  std::set<std::string> dois;
  for (const std::string& part : SplitAtCommas(filter)) {
    const std::size_t colon = part.find(':');
    const std::string name = part.substr(0, colon);
    if (name == "doi")
      dois.insert(LowerAscii(part.substr(std::min(part.size(), colon + 1))));
    else if (name != "type" && name != "from-index-date" && name != "until-index-date") {
      *unknown = name;
      return false;
    }
  }
  for (const auto& [key, work] : registry.works())
    if (work.agency == "Crossref" && work.alias_of.empty() && (dois.empty() || dois.count(key) > 0))
      found->push_back(&work);
  return true;
}

}  // namespace

void WorksRegistry::Add(RegisteredWork work) {
  std::string key = LowerAscii(work.doi);
  works_.insert_or_assign(std::move(key), std::move(work));
}

const RegisteredWork* WorksRegistry::FindDoi(std::string_view doi) const {
  const auto found = works_.find(LowerAscii(doi));
  return found == works_.end() ? nullptr : &found->second;
}

const RegisteredWork* WorksRegistry::FindPmid(const std::string& pmid) const {
  if (!IsShortNumber(pmid)) return nullptr;
  for (const auto& [key, work] : works_)
    if (work.pmid != 0 && work.pmid == std::strtoul(pmid.c_str(), nullptr, 10)) return &work;
  return nullptr;
}

const RegisteredWork* WorksRegistry::FindPmcid(std::string_view pmcid) const {
  for (const auto& [key, work] : works_)
    if (!work.pmcid.empty() && LowerAscii(work.pmcid) == LowerAscii(pmcid)) return &work;
  return nullptr;
}

std::string WorksRegistry::MakeCursor(std::size_t offset) {
  std::string cursor = fmt::format("AoJ+/{}w==", ++made_);
  cursors_[cursor] = offset;
  return cursor;
}

const std::size_t* WorksRegistry::FindCursor(const std::string& cursor) const {
  const auto found = cursors_.find(cursor);
  return found == cursors_.end() ? nullptr : &found->second;
}

std::vector<const RegisteredWork*> WorksRegistry::HeldBy(const std::string& database) const {
  std::map<std::string, const RegisteredWork*> by_id;
  for (const auto& [key, work] : works_) {
    const auto entry = work.databases.find(database);
    if (entry != work.databases.end()) by_id[entry->second] = &work;
  }
  std::vector<const RegisteredWork*> held;
  for (const auto& [id, work] : by_id) held.push_back(work);
  return held;
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool IsShortNumber(const std::string& text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<std::string> SplitAtCommas(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

Reply JsonReplyOf(int status, std::string json_text) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json;charset=utf-8";
  reply.body = std::move(json_text);
  return reply;
}

Reply ConvertIds(WorksRegistry* registry, const Request& request) {
  const std::vector<std::string> ids = SplitAtCommas(request.Parameter("ids"));
  const std::string type = request.Parameter("idtype");
  if (ids.empty() || ids.size() > kMostIds) return ConversionRefused("between 1 and 200 ids are needed");
  if (type != "pmid" && type != "pmcid" && type != "doi") return ConversionRefused("unknown idtype");
  json records = json::array();
  for (const std::string& id : ids) {
    const bool fits = type == "pmid"  ? IsShortNumber(id)
                      : type == "doi" ? id.starts_with("10.")
                                      : LowerAscii(id).starts_with("pmc");
    if (!fits) return ConversionRefused(fmt::format("ID type '{}' mismatch for '{}'", type, id));
    const RegisteredWork* work = type == "pmid"  ? registry->FindPmid(id)
                                 : type == "doi" ? registry->FindDoi(id)
                                                 : registry->FindPmcid(id);
    json record = {{"requested-id", id}};
    if (work == nullptr || work->pmcid.empty()) {
      record["status"] = "error";
      record["errmsg"] = "Identifier not found in PMC";
    } else if (!work->live) {
      record["live"] = "false";
      record["status"] = "error";
      record["errmsg"] = "invalid article id";
    } else {
      record["pmcid"] = work->pmcid;
      record["doi"] = work->doi;
      if (work->pmid != 0) record["pmid"] = work->pmid;
      for (int version = 1; version <= work->pmc_versions; ++version)
        record["versions"].push_back({{"pmcid", fmt::format("{}.{}", work->pmcid, version)},
                                      {"current", version == work->pmc_versions ? "true" : "false"}});
    }
    records.push_back(std::move(record));
  }
  // The service repeats what it was asked, with the caller's address.
  return JsonReply(200, {{"status", "ok"},
                         {"response-date", "2026-01-02 00:00:00"},
                         {"request", {{"tool", request.Parameter("tool")}, {"email", request.Parameter("email")}}},
                         {"records", std::move(records)}});
}

Reply FindAgencies(WorksRegistry* registry, const Request& request) {
  json entries = json::array();
  for (const std::string& doi : SplitAtCommas(request.path.substr(kAgencyPath.size()))) {
    const RegisteredWork* work = registry->FindDoi(doi);
    if (!doi.starts_with("10."))
      entries.push_back({{"DOI", doi}, {"status", "Invalid DOI"}});
    else if (work == nullptr)
      entries.push_back({{"DOI", doi}, {"status", "DOI does not exist"}});
    else if (work->agency.empty())
      entries.push_back({{"DOI", doi}, {"status", "Unknown"}});
    else
      entries.push_back({{"DOI", doi}, {"RA", work->agency}});
  }
  return JsonReply(200, entries);
}

Reply CrossrefWork(WorksRegistry* registry, const Request& request) {
  const RegisteredWork* work = registry->FindDoi(request.path.substr(kWorkPath.size()));
  if (work == nullptr || work->agency != "Crossref") {
    Reply reply;
    reply.status = 404;
    reply.content_type = "text/plain;charset=utf-8";
    reply.body = "Resource not found.";
    return reply;
  }
  if (!work->alias_of.empty()) {
    Reply reply;
    reply.status = 301;
    reply.content_type = "text/plain";
    reply.headers.emplace_back("Location", std::string(kWorkPath) + work->alias_of);
    return reply;
  }
  return JsonReply(
      200,
      {{"status", "ok"}, {"message-type", "work"}, {"message-version", "1.0.0"}, {"message", CrossrefItem(*work)}});
}

Reply CrossrefList(WorksRegistry* registry, const Request& request) {
  std::vector<const RegisteredWork*> found;
  std::string unknown;
  if (!Filter(*registry, request.Parameter("filter"), &found, &unknown))
    return CrossrefFailure(400, "validation-failure", "filter-not-available", unknown);
  const std::string rows_text = request.Parameter("rows", "20");
  const std::size_t rows = std::strtoul(rows_text.c_str(), nullptr, 10);
  if (!IsShortNumber(rows_text) || rows > kMostRows)
    return CrossrefFailure(400, "validation-failure", "integer-not-valid", rows_text);
  const std::string cursor = request.Parameter("cursor");
  std::size_t offset = 0;
  if (!cursor.empty() && cursor != "*") {
    const std::size_t* known = registry->FindCursor(cursor);
    if (known == nullptr) return CrossrefFailure(404, "resource-failure", "cursor-invalid", cursor);
    offset = *known;
  }
  json items = json::array();
  for (std::size_t i = offset; i < std::min(found.size(), offset + rows); ++i) items.push_back(CrossrefItem(*found[i]));
  json message = {{"facets", json::object()},
                  {"total-results", found.size()},
                  {"items-per-page", rows},
                  {"query", {{"start-index", 0}, {"search-terms", nullptr}}}};
  if (!cursor.empty()) message["next-cursor"] = registry->MakeCursor(offset + items.size());
  message["items"] = std::move(items);
  return JsonReply(
      200,
      {{"status", "ok"}, {"message-type", "work-list"}, {"message-version", "1.0.0"}, {"message", std::move(message)}});
}

}  // namespace litmill::services
