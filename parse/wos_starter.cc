// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/record_parts.h"
#include "parse/wos_parts.h"

namespace litmill::parse {
namespace {

// Every field of a hit; links and counts of citations are left out on purpose. Sorted.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = {"citations", "identifiers", "keywords", "links", "names",
                                                        "source",    "sourceTypes", "title",    "types", "uid"};
  return kFields;
}

void ReadPeople(const Json& hit, JsonRecord& json, Record& record) {
  const Json* names = json.Object(hit, "names");
  if (names == nullptr) return;
  for (const auto& [key, role] :
       {std::pair{"authors", PersonRole::kAuthor}, std::pair{"bookEditors", PersonRole::kEditor},
        std::pair{"editors", PersonRole::kEditor}})
    for (const Json* name : json.Objects(*names, key)) {
      Author person = PersonLastNameFirst(json.Marked(*name, "displayName").text);
      const Author standard = PersonWithInitials(json.Marked(*name, "wosStandard").text);
      if (person.last_name.empty()) person = standard;
      person.role = role;
      person.initials = standard.initials;
      json.AddPersonIdentifier(person, "researcherid", json.Text(*name, "researcherId"));
      if (!person.last_name.empty()) record.authors.push_back(std::move(person));
    }
  for (const char* const key : {"corp", "bookCorp"})
    for (const Json* name : json.Objects(*names, key)) {
      Author group;
      group.collective_name = json.Marked(*name, "displayName").text;
      if (!group.collective_name.empty()) record.authors.push_back(std::move(group));
    }
  for (const char* const key : {"inventors", "books", "assignees", "issuers"})
    for (const Json* name : json.Objects(*names, key))
      AddOther(record, key, {}, json.Marked(*name, "displayName").text);
}

void ReadSource(const Json& hit, JsonRecord& json, Record& record) {
  const Json* source = json.Object(hit, "source");
  if (source == nullptr) return;
  record.journal.title = json.Marked(*source, "sourceTitle").text;
  record.journal.volume = json.Text(*source, "volume");
  record.journal.issue = json.Text(*source, "issue");
  if (const Json* pages = json.Object(*source, "pages")) {
    SetPages(record, json.Text(*pages, "range"), {});
    if (record.pages.empty()) SetPages(record, json.Text(*pages, "begin"), json.Text(*pages, "end"));
  }
  if (std::string number = json.Text(*source, "articleNumber"); !number.empty()) {
    if (record.pages.empty()) SetPages(record, number, {});
    record.identifiers.push_back({"article-number", number, number, "articleNumber", true});
  }
  AddWosDate(json, record, json.Text(*source, "publishYear"), json.Text(*source, "publishMonth"));
}

bool ReadHit(const Json& hit, JsonRecord& json, Record& record) {
  if (!SetWosIdentity(record, json.Text(hit, "uid"))) return false;
  record.title = json.Marked(hit, "title");
  ReadPeople(hit, json, record);
  ReadSource(hit, json, record);
  if (const Json* ids = json.Object(hit, "identifiers"))
    for (const auto& id : ids->items()) AddWosIdentifier(json, record, id.key(), json.Text(*ids, id.key().c_str()));
  // "sourceTypes" are the document's types as the source's database has them, finer than "types".
  for (const char* const key : {"types", "sourceTypes"})
    for (std::string& type : json.Texts(hit, key)) {
      const auto same = [&type](const PublicationType& known) { return known.name == type; };
      if (std::none_of(record.publication_types.begin(), record.publication_types.end(), same))
        record.publication_types.push_back({{}, std::move(type)});
    }
  if (const Json* keywords = json.Object(hit, "keywords"))
    for (std::string& keyword : json.Texts(*keywords, "authorKeywords"))
      record.keywords.push_back({"NOTNLM", false, {std::move(keyword), {}}});
  if (TitleSaysRetracted(record.title.text) && !record.IsRetracted())
    json.context().Warn("retracted-in-title", "the title says that the work was retracted, but its type does not");
  json.CheckFields(hit, KnownFields(), "");
  return true;
}

constexpr EntryKind kHit{"hit", "no-id", "has no uid"};

}  // namespace

std::vector<Item> ParseWebOfScienceStarter(std::string_view body) {
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Web of Science Starter");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  if (const Json* list = Find(*answer, "hits"); list != nullptr && list->is_structured())
    items = ReadEntries(*list, kHit, ReadHit);
  else if (Find(*answer, "uid") != nullptr)
    items.push_back(ReadEntry(*answer, 1, kHit, ReadHit));
  else
    items.emplace_back(WosProblem(*answer));
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
