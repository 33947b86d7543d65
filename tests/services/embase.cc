// SPDX-License-Identifier: Apache-2.0
#include "tests/services/embase.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/services/boolean_words.h"
#include "tests/services/scopus.h"

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::size_t kMostOnAPage = 100;

json Article(const RegisteredWork& work) {
  const std::string lui = work.databases.at("embase");
  json ids = {{"lui", lui}, {"pui", lui.starts_with('L') ? lui.substr(1) : lui}};
  if (!work.doi.empty()) ids["doi"] = work.doi;
  if (work.pmid != 0) ids["medl"] = std::to_string(work.pmid);
  json source = {{"sourceTitle", {work.journal}}};
  if (work.year != 0) source["publicationYear"] = std::to_string(work.year);
  if (!work.issn.empty()) source["issn"] = {work.issn};
  if (!work.volume.empty()) source["volume"] = work.volume;
  if (!work.issue.empty()) source["issue"] = work.issue;
  if (!work.pages.empty()) source["pageRange"] = work.pages;
  json head = {{"citationTitle", {{"titleText", {{{"ttltext", work.title}}}}}}, {"source", std::move(source)}};
  if (!work.abstract.empty()) head["abstracts"] = {{"abstracts", {{{"paras", {work.abstract}}}}}};
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    json person = {{"surname", author.substr(0, comma)}};
    if (comma != std::string::npos) {
      person["givenName"] = author.substr(comma + 2);
      person["initials"] = author.substr(comma + 2, 1) + ".";
    }
    head["authorList"]["authors"].push_back(std::move(person));
  }
  return {{"itemInfo", {{"itemIdList", std::move(ids)}}}, {"head", std::move(head)}};
}

}  // namespace

Reply SearchEmbase(WorksRegistry* registry, const Request& request) {
  if (auto refusal = RefuseElsevierRequest(registry, "embase", request)) return *std::move(refusal);
  const std::string start_text = request.Parameter("start", "1");
  const std::string count_text = request.Parameter("count", "25");
  const std::size_t start = std::strtoul(start_text.c_str(), nullptr, 10);
  const std::size_t count = std::strtoul(count_text.c_str(), nullptr, 10);
  if (!IsShortNumber(start_text) || !IsShortNumber(count_text) || start == 0 || count > kMostOnAPage)
    return ElsevierError(400, "INVALID_INPUT", "start or count is out of range");
  const auto words = BooleanWords::Read(request.Parameter("query"));
  if (!words) return ElsevierError(400, "INVALID_INPUT", "Error translating query");
  std::vector<const RegisteredWork*> found = registry->HeldBy("embase");
  found.erase(
      std::remove_if(found.begin(), found.end(), [&](const RegisteredWork* work) { return !words->Matches(*work); }),
      found.end());
  json results = json::array();
  for (std::size_t i = start - 1; i < std::min(found.size(), start - 1 + count); ++i)
    results.push_back(Article(*found[i]));
  Reply reply = JsonReplyOf(200, json({{"header", {{"hits", found.size()}}}, {"results", std::move(results)}}).dump());
  AddElsevierQuota(*registry, "embase", &reply);
  return reply;
}

}  // namespace litmill::services
