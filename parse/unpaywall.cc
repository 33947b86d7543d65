// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// Every field, those that are read and those that are left out on purpose: what follows from the others, and which
// standard the data keep to.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"doi",
                                            "doi_url",
                                            "title",
                                            "genre",
                                            "year",
                                            "published_date",
                                            "updated",
                                            "publisher",
                                            "journal_name",
                                            "journal_issns",
                                            "journal_issn_l",
                                            "journal_is_oa",
                                            "journal_is_in_doaj",
                                            "z_authors",
                                            "is_oa",
                                            "oa_status",
                                            "is_paratext",
                                            "has_repository_copy",
                                            "best_oa_location",
                                            "first_oa_location",
                                            "first_oa_date",
                                            "oa_locations",
                                            "oa_locations_embargoed",
                                            "data_standard",
                                            "free_fulltext_url",
                                            "x_error",
                                            "x_reported_noncompliant_copies"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

void ReadPeople(const Json& work, JsonRecord& json, Record& record) {
  for (const Json* author : json.Objects(work, "z_authors")) {
    Author person;
    person.last_name = json.Marked(*author, "family").text;
    person.fore_name = json.Marked(*author, "given").text;
    person.suffix = json.Text(*author, "suffix");
    person.collective_name = json.Marked(*author, "name").text;
    if (person.last_name.empty() && person.collective_name.empty()) {
      // Since Unpaywall is served from OpenAlex's data, a name is one string.
      const std::string raw = json.Marked(*author, "raw_author_name").text;
      if (raw.empty())
        person.last_name = std::exchange(person.fore_name, {});
      else
        person = PersonFirstNameFirst(raw);
    } else if (!person.last_name.empty()) {
      person.collective_name.clear();
    }
    if (std::string orcid = json.Text(*author, "ORCID"); !orcid.empty())
      json.AddPersonIdentifier(person, "ORCID", std::move(orcid));
    for (const Json* affiliation : json.Objects(*author, "affiliation"))
      if (std::string text = json.Marked(*affiliation, "name").text; !text.empty())
        person.affiliations.push_back({std::move(text), {}});
    for (std::string& text : json.Texts(*author, "raw_affiliation_strings"))
      person.affiliations.push_back({std::move(text), {}});
    if (!person.last_name.empty() || !person.collective_name.empty()) record.authors.push_back(std::move(person));
  }
}

// The types of the ISSNs are not told; as in PubMed's old records the first counts as the printed journal's.
void ReadIssns(const Json& work, JsonRecord& json, Record& record) {
  Journal& journal = record.journal;
  journal.issn_linking = json.Text(work, "journal_issn_l");
  for (std::string& issn : SplitList(json.Text(work, "journal_issns"), ",")) {
    if (journal.issn_print.empty())
      journal.issn_print = std::move(issn);
    else
      AddOther(record, "issn", {}, std::move(issn));
  }
}

// Where the full text lies free of charge: source is the work's status ("gold", "green", ...) and the kind of host.
void ReadLocations(const Json& work, JsonRecord& json, Record& record) {
  if (json.Text(work, "is_oa") != "true") return;
  const std::string status = json.Text(work, "oa_status");
  std::vector<const Json*> locations = json.Objects(work, "best_oa_location");
  for (const Json* location : json.Objects(work, "oa_locations")) locations.push_back(location);
  for (const Json* location : locations) {
    std::string host = json.Text(*location, "host_type");
    if (host.empty()) host = json.Text(*location, "repository_type");
    std::string url = json.Text(*location, "url_for_pdf");
    if (url.empty()) url = json.Text(*location, "url");
    if (url.empty()) url = json.Text(*location, "url_for_landing_page");
    const std::string source = status.empty() || host.empty() ? status + host : status + "/" + host;
    AddOther(record, "open-access-location", source, std::move(url));
    AddOther(record, "license", json.Text(*location, "version"), json.Text(*location, "license"));
  }
}

bool ReadWork(const Json& work, JsonRecord& json, Record& record) {
  record.source = "unpaywall";
  Identifier doi = json.MakeIdentifier("doi", json.Text(work, "doi"), "doi");
  if (!doi.valid) return false;
  record.source_id = doi.value;
  record.identifiers.push_back(std::move(doi));
  record.title = json.Marked(work, "title");
  ReadPeople(work, json, record);
  record.journal.title = json.Marked(work, "journal_name").text;
  ReadIssns(work, json, record);
  AddOther(record, "publisher", {}, json.Marked(work, "publisher").text);
  if (std::string genre = json.Text(work, "genre"); !genre.empty())
    record.publication_types.push_back({{}, std::move(genre)});
  const std::string date = json.Text(work, "published_date");
  json.AddDate(record, "print", date.empty() ? json.Text(work, "year") : date);
  json.AddDate(record, "revised", json.Text(work, "updated"));
  ReadLocations(work, json, record);
  if (TitleSaysRetracted(record.title.text))
    json.context().Warn("retracted-in-title", "the title says that the work was retracted; Unpaywall never does");
  json.CheckFields(work, KnownFields(), "");
  return true;
}

constexpr EntryKind kWork{"work", "no-doi", "has no DOI (or one that is none)"};

// {"error": true, "message": "'10.5555/none' isn't in Unpaywall...", "HTTP_status_code": 404}.
Problem NotWorks(const Json& answer) {
  const Json* message = Find(answer, "message");
  const Json* status = Find(answer, "HTTP_status_code");
  if (message == nullptr && Find(answer, "error") == nullptr)
    return AnswerProblem("unexpected-answer", "the answer holds no work of Unpaywall (no DOI in it)");
  const std::string text = message == nullptr ? std::string() : Excerpt(ScalarText(*message));
  if (status != nullptr && ScalarText(*status) == "404")
    return AnswerProblem("not-found", fmt::format("Unpaywall does not know this DOI: {}", text));
  return AnswerProblem("error-answer", fmt::format("Unpaywall refused the request: {}", text));
}

}  // namespace

std::vector<Item> ParseUnpaywall(std::string_view body) {
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Unpaywall");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  if (const Json* list = Find(*answer, "results"); list != nullptr && list->is_array()) {
    // A search wraps each work: {"response": {...}, "score": 1, "snippet": "..."}.
    items.reserve(list->size());
    std::uint64_t ordinal = 0;
    for (const Json& result : *list) {
      const Json* work = Find(result, "response");
      items.push_back(ReadEntry(work == nullptr ? result : *work, ++ordinal, kWork, ReadWork));
    }
  } else if (Find(*answer, "doi") != nullptr) {
    items.push_back(ReadEntry(*answer, 1, kWork, ReadWork));
  } else {
    items.emplace_back(NotWorks(*answer));
  }
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
