// SPDX-License-Identifier: Apache-2.0
#include "tests/services/europepmc.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace litmill::services {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestPage = 1'000;

// Stands here until there is one evaluator for all databases: quoted phrases and words, OR between alternatives,
// everything else AND; fields are not looked at.
bool MatchesWords(std::string_view query, const RegisteredWork& work) {
  const std::string text = LowerAscii(work.title + " " + work.abstract);
  const std::string rest = LowerAscii(query) + " ";
  bool alternative = true;
  std::string word;
  bool is_phrase = false;
  for (const char c : rest) {
    if (c == '"' && !is_phrase) {
      is_phrase = true;
      continue;
    }
    if ((is_phrase && c != '"') || std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_') {
      word += c;
      continue;
    }
    is_phrase = false;
    if (word == "or") {
      if (alternative) return true;
      alternative = true;
    } else if (c != ':' && !word.empty() && word != "and" && text.find(word) == std::string::npos) {
      alternative = false;
    }
    word.clear();
  }
  return alternative;
}

/// What the service says of a request that it cannot take: HTTP 200 all the same.
Reply Refused(int code, const std::string& message) {
  return JsonReplyOf(200, json{{"errCode", code}, {"errMsg", message}}.dump());
}

/// "Muller, Ann B." -> "Muller AB".
std::string ShortName(const std::string& author) {
  const std::size_t comma = author.find(", ");
  std::string name = author.substr(0, comma);
  if (comma == std::string::npos) return name;
  name += ' ';
  bool starts_name = true;
  for (const char c : author.substr(comma + 2)) {
    if (starts_name && c >= 'A' && c <= 'Z') name += c;
    starts_name = c == ' ' || c == '-';
  }
  return name;
}

json Authors(const RegisteredWork& work) {
  json list = json::array();
  for (const std::string& author : work.authors) {
    const std::size_t comma = author.find(", ");
    const std::string short_name = ShortName(author);
    json entry = {{"fullName", short_name}, {"lastName", author.substr(0, comma)}};
    if (comma != std::string::npos) {
      entry["firstName"] = author.substr(comma + 2);
      entry["initials"] = short_name.substr(short_name.rfind(' ') + 1);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

/// What every kind of answer says of a work.
json Ids(const RegisteredWork& work) {
  const std::string& name = work.databases.at("europepmc");
  const std::size_t slash = name.find('/');
  json result = {{"id", name.substr(slash + 1)}, {"source", name.substr(0, slash)}};
  if (work.pmid != 0) result["pmid"] = std::to_string(work.pmid);
  if (!work.pmcid.empty()) result["pmcid"] = work.pmcid;
  if (!work.doi.empty()) result["doi"] = work.doi;
  return result;
}

json Core(const RegisteredWork& work) {
  json result = Ids(work);
  result["title"] = work.title + ".";
  std::string author_string;
  for (const std::string& author : work.authors)
    author_string += (author_string.empty() ? "" : ", ") + ShortName(author);
  if (!author_string.empty()) {
    result["authorString"] = author_string + ".";
    result["authorList"] = {{"author", Authors(work)}};
  }
  json journal = {{"title", work.journal}, {"medlineAbbreviation", work.journal}};
  if (!work.issn.empty()) journal["issn"] = work.issn;
  json info = {{"journal", std::move(journal)}};
  if (!work.volume.empty()) info["volume"] = work.volume;
  if (!work.issue.empty()) info["issue"] = work.issue;
  if (work.year != 0) {
    info["yearOfPublication"] = work.year;
    info["dateOfPublication"] = std::to_string(work.year);
    result["pubYear"] = std::to_string(work.year);
  }
  result["journalInfo"] = std::move(info);
  if (!work.pages.empty()) result["pageInfo"] = work.pages;
  if (!work.abstract.empty()) result["abstractText"] = work.abstract;
  result["publicationStatus"] = "ppublish";
  result["language"] = "eng";
  result["pubTypeList"] = {{"pubType", {"Journal Article"}}};
  if (!work.retracted_by.empty()) {
    result["pubTypeList"]["pubType"].push_back("Retracted Publication");
    result["commentCorrectionList"] = {
        {"commentCorrection", {{{"type", "Retraction in"}, {"reference", work.retracted_by}, {"orderIn", 1}}}}};
  }
  for (const char* flag : {"isOpenAccess", "inEPMC", "inPMC", "hasPDF"}) result[flag] = "N";
  result["citedByCount"] = 0;
  return result;
}

json Lite(const RegisteredWork& work) {
  json result = Ids(work);
  result["title"] = work.title + ".";
  if (work.year != 0) result["pubYear"] = std::to_string(work.year);
  return result;
}

json Results(const std::vector<const RegisteredWork*>& found, std::size_t offset, std::size_t rows,
             const std::string& type) {
  json results = json::array();
  for (std::size_t i = offset; i < std::min(found.size(), offset + rows); ++i)
    results.push_back(type == "core" ? Core(*found[i]) : type == "lite" ? Lite(*found[i]) : Ids(*found[i]));
  return results;
}

}  // namespace

Reply AnswerEuropePmc(WorksRegistry* registry, const Request& request) {
  const std::string query = request.Parameter("query");
  const std::string type = request.Parameter("resultType", "lite");
  const std::string rows_text = request.Parameter("pageSize", "25");
  const std::string cursor = request.Parameter("cursorMark", "*");
  const std::size_t rows = std::strtoul(rows_text.c_str(), nullptr, 10);
  if (request.Parameter("format", "xml") != "json") {
    Reply reply;  // its default; the records are left out, since nobody should ask for it
    reply.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><responseWrapper><version>6.9</version></responseWrapper>";
    return reply;
  }
  if (query.empty()) return Refused(404, "Query is empty");
  if (!IsShortNumber(rows_text) || rows == 0 || rows > kLargestPage)
    return Refused(404, "Invalid page size provided. Valid size is between 1 and 1000");
  if (type != "core" && type != "lite" && type != "idlist") return Refused(404, "Invalid result type provided");
  std::vector<const RegisteredWork*> found;
  for (const RegisteredWork* work : registry->HeldBy("europepmc"))
    if (MatchesWords(query, *work)) found.push_back(work);
  std::size_t offset = 0;
  if (cursor != "*") {
    const std::size_t* known = registry->FindCursor(cursor);
    if (known == nullptr) return JsonReplyOf(200, R"({"version":"6.9"})");
    offset = *known;
  }
  json results = Results(found, offset, rows, type);
  json answer = {{"version", "6.9"},
                 {"hitCount", found.size()},
                 {"request",
                  {{"queryString", query},
                   {"resultType", type},
                   {"cursorMark", cursor},
                   {"pageSize", rows},
                   {"sort", ""},
                   {"synonym", LowerAscii(request.Parameter("synonym", "false")) == "true"}}}};
  // At the end the cursor stands still; a single hit has none.
  if (found.size() > 1)
    answer["nextCursorMark"] = results.empty() ? cursor : registry->MakeCursor(offset + results.size());
  answer["resultList"] = {{"result", std::move(results)}};
  return JsonReplyOf(200, answer.dump());
}

}  // namespace litmill::services
