// SPDX-License-Identifier: Apache-2.0
#include "tests/services/datacite.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::string_view kPath = "/dois/";

json Creators(const RegisteredWork& work) {
  json creators = json::array();
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    json creator = {{"name", author}, {"nameType", "Personal"}, {"affiliation", json::array()}};
    creator["familyName"] = author.substr(0, comma);
    if (comma != std::string::npos) creator["givenName"] = author.substr(comma + 2);
    creator["nameIdentifiers"] = json::array();
    creators.push_back(std::move(creator));
  }
  return creators;
}

json Container(const RegisteredWork& work) {
  json container = {{"type", "Journal"}, {"title", work.journal}};
  if (!work.issn.empty()) {
    container["identifier"] = work.issn;
    container["identifierType"] = "ISSN";
  }
  if (!work.volume.empty()) container["volume"] = work.volume;
  if (!work.issue.empty()) container["issue"] = work.issue;
  const std::size_t dash = work.pages.find('-');
  if (!work.pages.empty()) container["firstPage"] = work.pages.substr(0, dash);
  if (dash != std::string::npos) container["lastPage"] = work.pages.substr(dash + 1);
  return container;
}

json OtherNames(const RegisteredWork& work) {
  json names = json::array();
  if (work.pmid != 0)
    names.push_back({{"alternateIdentifierType", "PubMed"}, {"alternateIdentifier", std::to_string(work.pmid)}});
  if (!work.pmcid.empty()) names.push_back({{"alternateIdentifierType", "PMC"}, {"alternateIdentifier", work.pmcid}});
  return names;
}

json Attributes(const RegisteredWork& work, bool wants_publisher) {
  const std::string doi = LowerAscii(work.doi);  // DataCite writes them so
  const std::size_t slash = doi.find('/');
  json attributes = {{"doi", doi},
                     {"prefix", doi.substr(0, slash)},
                     {"suffix", doi.substr(slash + 1)},
                     {"identifiers", json::array()},
                     {"alternateIdentifiers", OtherNames(work)},
                     {"creators", Creators(work)},
                     {"titles", {{{"title", work.title}}}},
                     {"publisher", "Synthetic Repository"},
                     {"container", Container(work)},
                     {"subjects", json::array()},
                     {"contributors", json::array()},
                     {"dates", json::array()},
                     {"language", "en"},
                     {"types", {{"resourceTypeGeneral", "JournalArticle"}, {"ris", "JOUR"}}},
                     {"relatedIdentifiers", json::array()},
                     {"descriptions", json::array()},
                     {"state", "findable"}};
  if (wants_publisher) attributes["publisher"] = {{"name", "Synthetic Repository"}};
  if (work.year != 0) {
    attributes["publicationYear"] = work.year;
    attributes["dates"].push_back({{"date", std::to_string(work.year)}, {"dateType", "Issued"}});
  }
  if (!work.abstract.empty())
    attributes["descriptions"].push_back({{"description", work.abstract}, {"descriptionType", "Abstract"}});
  if (!work.retracted_by.empty())
    attributes["relatedIdentifiers"].push_back({{"relationType", "IsObsoletedBy"},
                                                {"relatedIdentifier", work.retracted_by},
                                                {"relatedIdentifierType", "DOI"}});
  return attributes;
}

}  // namespace

Reply AnswerDataCite(WorksRegistry* registry, const Request& request) {
  const RegisteredWork* work = registry->FindDoi(request.path.substr(kPath.size()));
  if (work == nullptr || work->agency != "DataCite")
    return JsonReplyOf(
        404,
        json{{"errors", {{{"status", "404"}, {"title", "The resource you are looking for doesn't exist."}}}}}.dump());
  const bool wants_publisher = request.Parameter("publisher") == "true";
  return JsonReplyOf(200, json{{"data",
                                {{"id", LowerAscii(work->doi)},
                                 {"type", "dois"},
                                 {"attributes", Attributes(*work, wants_publisher)},
                                 {"relationships", json::object()}}}}
                              .dump());
}

}  // namespace litmill::services
