// SPDX-License-Identifier: Apache-2.0
#include "tests/services/unpaywall.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kPath = "/v2/";

Reply Refused(int status, const std::string& message) {
  return JsonReplyOf(status, json{{"HTTP_status_code", status}, {"error", true}, {"message", message}}.dump());
}

json Authors(const RegisteredWork& work) {
  json authors = json::array();
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    json entry = {{"family", author.substr(0, comma)}, {"sequence", authors.empty() ? "first" : "additional"}};
    if (comma != std::string::npos) entry["given"] = author.substr(comma + 2);
    authors.push_back(std::move(entry));
  }
  return authors;
}

/// A work of PMC can be read there.
json Location(const RegisteredWork& work) {
  const std::string address = "https://www.ncbi.nlm.nih.gov/pmc/articles/" + work.pmcid;
  return {{"url", address + "/pdf"}, {"url_for_pdf", address + "/pdf"}, {"url_for_landing_page", address},
          {"license", nullptr},      {"version", "publishedVersion"},   {"host_type", "repository"},
          {"is_best", true},         {"evidence", "deprecated"},        {"updated", "deprecated"}};
}

}  // namespace

Reply AnswerUnpaywall(WorksRegistry* registry, const Request& request) {
  const std::string email = request.Parameter("email");
  if (email.empty()) return Refused(422, "Email address required in API call");
  if (email.find('@') == std::string::npos) return Refused(422, "Please use your own email address: " + email);
  const std::string doi = request.path.substr(kPath.size());
  if (!doi.starts_with("10.")) return Refused(404, fmt::format("'{}' is an invalid doi.", doi));
  const RegisteredWork* work = registry->FindDoi(doi);
  if (work == nullptr || work->agency != "Crossref" || !work->alias_of.empty())
    return Refused(404, fmt::format("'{}' isn't in Unpaywall.", doi));
  const bool is_oa = !work->pmcid.empty();
  json answer = {{"doi", LowerAscii(work->doi)},
                 {"doi_url", "https://doi.org/" + LowerAscii(work->doi)},
                 {"title", work->title},
                 {"genre", "journal-article"},
                 {"is_paratext", false},
                 {"journal_name", work->journal},
                 {"journal_issns", work->issn.empty() ? json(nullptr) : json(work->issn)},
                 {"publisher", "Synthetic Press"},
                 {"is_oa", is_oa},
                 {"oa_status", is_oa ? "green" : "closed"},
                 {"best_oa_location", is_oa ? Location(*work) : json(nullptr)},
                 {"oa_locations", is_oa ? json::array({Location(*work)}) : json::array()},
                 {"z_authors", Authors(*work)},
                 {"data_standard", 2}};
  answer["year"] = work->year == 0 ? json(nullptr) : json(work->year);
  return JsonReplyOf(200, answer.dump());
}

}  // namespace litmill::services
