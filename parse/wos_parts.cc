// SPDX-License-Identifier: Apache-2.0
#include "parse/wos_parts.h"

#include <fmt/format.h>

#include <utility>

#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// "MEDLINE:123" -> "123".
std::string WithoutDatabase(std::string id) {
  const std::size_t colon = id.rfind(':');
  return colon == std::string::npos ? id : id.substr(colon + 1);
}

std::string_view SeasonOf(std::string_view month) {
  const std::string lower = AsciiLower(month);
  if (lower == "spr" || lower == "spring") return "Spring";
  if (lower == "sum" || lower == "summer") return "Summer";
  if (lower == "fal" || lower == "fall" || lower == "fal-win" || lower == "aut" || lower == "autumn") return "Fall";
  if (lower == "win" || lower == "winter") return "Winter";
  return {};
}

}  // namespace

bool SetWosIdentity(Record& record, std::string uid) {
  record.source = "wos";
  if (uid.empty()) return false;
  record.source_id = uid;
  record.identifiers.push_back({"wos", uid, uid, "UID", true});
  return true;
}

void AddWosIdentifier(JsonRecord& json, Record& record, std::string_view type, std::string value) {
  if (value.empty()) return;
  if (type == "doi" || type == "xref_doi") {
    AddIdentifierOnce(record, json.MakeIdentifier("doi", std::move(value), type));
  } else if (type == "pmid") {
    std::string raw = value;
    Identifier id = json.MakeIdentifier("pmid", WithoutDatabase(std::move(value)), type);
    id.raw = std::move(raw);
    AddIdentifierOnce(record, std::move(id));
  } else if (type == "issn" && record.journal.issn_print.empty()) {
    record.journal.issn_print = HyphenatedIssn(std::move(value));
  } else if (type == "eissn" && record.journal.issn_electronic.empty()) {
    record.journal.issn_electronic = HyphenatedIssn(std::move(value));
  } else if (type == "issn" || type == "eissn" || type == "isbn" || type == "eisbn") {
    if (record.book && type.ends_with("isbn"))
      record.book->isbns.push_back(std::move(value));
    else
      AddOther(record, type, {}, std::move(value));
  } else if (type == "art_no") {
    std::string number = value.starts_with("ARTN ") ? value.substr(5) : value;
    if (record.pages.empty()) SetPages(record, number, {});
    record.identifiers.push_back({"article-number", std::move(number), std::move(value), "art_no", true});
  } else {
    record.identifiers.push_back({std::string(type), value, value, std::string(type), true});
  }
}

void AddWosDate(JsonRecord& json, Record& record, const std::string& year, const std::string& month) {
  if (year.empty()) return;
  PartialDate date;
  if (month.empty())
    date = DateFromParts(year, {}, {});
  else if (const std::string_view season = SeasonOf(month); !season.empty())
    date = DateFromSeason(year, season);
  else
    date = DateFromMedlineDate(year + " " + month);
  if (date.iso.empty())
    json.context().Warn("bad-date", fmt::format("the date \"{} {}\" could not be read", year, Excerpt(month)));
  date.raw = month.empty() ? year : year + " " + month;
  record.dates.push_back({"print", std::move(date), {}});
}

// {"error": {"status": 400, "title": "Bad Request", "details": "..."}}, {"code": ..., "message": "Server.invalidInput:
// ..."}.
Problem WosProblem(const Json& answer) {
  const Json* error = Find(answer, "error");
  const Json& holder = error != nullptr && error->is_object() ? *error : answer;
  std::string said, status;
  for (const char* const key : {"status", "code", "title", "message", "details", "error"}) {
    const Json* part = Find(holder, key);
    const std::string text = part == nullptr ? std::string() : ScalarText(*part);
    if (text.empty()) continue;
    if (status.empty()) status = text;
    said += (said.empty() ? "" : ": ") + text;
  }
  if (said.empty()) return AnswerProblem("unexpected-answer", "the answer holds no records of the Web of Science");
  if (status == "404")
    return AnswerProblem("not-found", fmt::format("the Web of Science does not know this: {}", Excerpt(said)));
  return AnswerProblem("error-answer", fmt::format("the Web of Science refused the request: {}", Excerpt(said)));
}

}  // namespace litmill::parse
