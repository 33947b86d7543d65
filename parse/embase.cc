// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/elsevier_errors.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

std::vector<std::string_view> Sorted(std::vector<std::string_view> names) {
  std::sort(names.begin(), names.end());
  return names;
}

// The members of a result's "head" that are read, and those left out on purpose (what only the service itself needs).
const std::vector<std::string_view>& HeadFields() {
  static const std::vector<std::string_view> kFields =
      Sorted({"abstracts", "authorList", "citationInfo", "citationTitle", "correspondence", "enhancement", "source",
              "relatedItem", "grantList", "headers"});
  return kFields;
}

class ResultReader {
 public:
  ResultReader(const Json& result, JsonRecord& json, Record& record) : result_(result), json_(json), record_(record) {}

  bool Read() {
    record_.source = "embase";
    const Json* info = json_.Object(result_, "itemInfo");
    const Json* ids = info == nullptr ? nullptr : json_.Object(*info, "itemIdList");
    if (ids == nullptr || !ReadIdentifiers(*ids)) return false;
    ReadHistory(*info);
    static const Json kNothing = Json::object();
    const Json* head = json_.Object(result_, "head");
    if (head == nullptr) head = &kNothing;
    ReadTitles(*head);
    ReadAbstracts(*head);
    ReadPeople(*head);
    ReadCitationInfo(*head);
    if (const Json* source = json_.Object(*head, "source")) ReadSource(*source);
    ReadIndexing(*head);
    if (TitleSaysRetracted(record_.title.text) && !record_.IsRetracted())
      json_.context().Warn("retracted-in-title", "the title says that the work was retracted, but its type does not");
    json_.CheckFields(*head, HeadFields(), "head");
    return true;
  }

 private:
  bool ReadIdentifiers(const Json& ids) {
    std::string lui = json_.ContentText(ids, "lui");
    if (!lui.empty() && lui.front() >= '0' && lui.front() <= '9') lui.insert(0, "L");
    const std::string pui = json_.ContentText(ids, "pui");
    record_.source_id = lui.empty() ? pui : lui;
    if (record_.source_id.empty()) return false;
    record_.identifiers.push_back({"embase", record_.source_id, record_.source_id, lui.empty() ? "pui" : "lui", true});
    if (!pui.empty()) AddIdentifierOnce(record_, {"embase", pui, pui, "pui", true});
    if (std::string doi = json_.ContentText(ids, "doi"); !doi.empty())
      record_.identifiers.push_back(json_.MakeIdentifier("doi", std::move(doi), "doi"));
    for (const char* const key : {"medl", "pmid"})
      if (std::string pmid = json_.ContentText(ids, key); !pmid.empty())
        AddIdentifierOnce(record_, json_.MakeIdentifier("pmid", std::move(pmid), key));
    if (std::string pii = json_.ContentText(ids, "pii"); !pii.empty())
      record_.identifiers.push_back({"pii", pii, pii, "pii", true});
    return true;
  }

  // {"year": "2020", "month": "3", "day": "1"}, or text.
  void AddDate(std::string_view kind, const Json* json) {
    if (json == nullptr) return;
    if (!json->is_object()) {
      json_.AddDate(record_, kind, json_.Content(*json));
      return;
    }
    PartialDate date = DateFromParts(json_.ContentText(*json, "year"), json_.ContentText(*json, "month"),
                                     json_.ContentText(*json, "day"));
    if (!date.iso.empty()) record_.dates.push_back({std::string(kind), std::move(date), {}});
  }

  void ReadHistory(const Json& info) {
    const Json* history = json_.Object(info, "history");
    AddDate("created", Find(history, "dateCreated"));
    AddDate("completed", Find(history, "dateCompleted"));
    AddDate("revised", Find(history, "dateRevised"));
  }

  // The English title is the title; the original one stands beside it.
  void ReadTitles(const Json& head) {
    const Json* titles = json_.Object(head, "citationTitle");
    if (titles == nullptr) return;
    for (const Json* title : json_.Elements(*titles, "titleText")) {
      MarkedText text =
          title->is_object() ? json_.Marked(*title, "ttltext") : TextOfFragment(json_.context(), json_.Content(*title));
      if (text.text.empty()) continue;
      const std::string language = title->is_object() ? AsciiLower(json_.Text(*title, "lang")) : std::string();
      const bool is_original = title->is_object() && AsciiLower(json_.Text(*title, "original")).starts_with("y");
      if (record_.title.text.empty())
        record_.title = std::move(text);
      else if (record_.vernacular_title.text.empty() && (is_original || !language.starts_with("en")))
        record_.vernacular_title = std::move(text);
      else
        AddOther(record_, "alternative-title", language, std::move(text.text));
    }
  }

  void ReadAbstracts(const Json& head) {
    const Json* holder = json_.Object(head, "abstracts");
    if (holder == nullptr) return;
    for (const Json* abstract : json_.Objects(*holder, "abstracts")) {
      std::vector<AbstractSection> sections;
      for (const Json* paragraph : json_.Elements(*abstract, "paras"))
        for (AbstractSection& section : SectionsOfFragment(json_.context(), ParagraphOf(*paragraph)))
          sections.push_back(std::move(section));
      if (sections.empty()) continue;
      if (record_.abstract_sections.empty())
        record_.abstract_sections = std::move(sections);
      else
        record_.other_abstracts.push_back({{}, AsciiLower(json_.Text(*abstract, "lang")), std::move(sections), {}});
    }
  }

  std::string ParagraphOf(const Json& paragraph) {
    std::string text = json_.Content(paragraph);
    return text.empty() ? json_.Raw(paragraph, "para") : text;
  }

  void ReadPeople(const Json& head) {
    const Json* list = json_.Object(head, "authorList");
    if (list == nullptr) return;
    for (const Json* json : json_.Objects(*list, "authors")) {
      Author person;
      person.last_name = json_.Marked(*json, "surname").text;
      person.fore_name = json_.Marked(*json, "givenName").text;
      person.initials = BareInitials(json_.ContentText(*json, "initials"));
      person.suffix = json_.ContentText(*json, "suffix");
      if (person.last_name.empty()) person = PersonWithInitials(json_.Marked(*json, "indexedName").text);
      if (std::string orcid = json_.ContentText(*json, "orcid"); !orcid.empty())
        json_.AddPersonIdentifier(person, "ORCID", std::move(orcid));
      for (const char* const key : {"affiliation", "affiliations"})
        for (const Json* affiliation : json_.Elements(*json, key)) AddAffiliation(*affiliation, person);
      if (!person.last_name.empty()) record_.authors.push_back(std::move(person));
    }
    for (const Json* json : json_.Elements(*list, "collaborations")) {
      Author group;
      group.collective_name = json->is_object() ? json_.Marked(*json, "text").text : json_.Content(*json);
      if (!group.collective_name.empty()) record_.authors.push_back(std::move(group));
    }
  }

  void AddAffiliation(const Json& json, Author& person) {
    std::string text = json_.Content(json);
    if (json.is_object() && text.empty()) {
      text = json_.Marked(json, "text").text;
      for (const char* const key : {"organization", "organizations", "city", "country"})
        for (const Json* part : json_.Elements(json, key))
          if (const std::string words = json_.Content(*part); !words.empty())
            text += (text.empty() ? "" : ", ") + words;
    }
    if (!text.empty()) person.affiliations.push_back({std::move(text), {}});
  }

  void ReadCitationInfo(const Json& head) {
    const Json* info = json_.Object(head, "citationInfo");
    if (info == nullptr) return;
    for (const Json* type : json_.Elements(*info, "citationType")) {
      std::string name = json_.Content(*type);
      if (name.empty()) name = json_.Text(*type, "code");
      if (name.empty()) continue;
      if (AsciiLower(name) == "tb" || AsciiLower(name) == "retracted article")
        record_.publication_types.push_back({"D016441", "Retracted Publication"});
      record_.publication_types.push_back({{}, std::move(name)});
    }
    for (const Json* language : json_.Elements(*info, "citationLanguage")) {
      const std::string code = json_.Text(*language, "lang");
      json_.AddLanguage(record_, code.empty() ? json_.Content(*language) : code);
    }
    const Json* keywords = Find(*info, "authorKeywords");
    if (keywords == nullptr) return;
    const Json& holder = keywords->is_object() ? *keywords : *info;
    for (const Json* keyword : json_.Elements(holder, keywords->is_object() ? "authorKeyword" : "authorKeywords"))
      AddKeyword("NOTNLM", *keyword, false);
  }

  void AddKeyword(std::string_view owner, const Json& json, bool is_major) {
    std::string words = json_.Content(json);
    if (words.empty()) words = json_.Text(json, "text");
    MarkedText text = TextOfFragment(json_.context(), words);
    if (!text.text.empty()) record_.keywords.push_back({std::string(owner), is_major, std::move(text)});
  }

  void ReadSource(const Json& source) {
    Journal& journal = record_.journal;
    journal.title = json_.Marked(source, "sourceTitle").text;
    journal.iso_abbreviation = json_.Marked(source, "sourceTitleAbbrev").text;
    journal.country = json_.ContentText(source, "country");
    for (const Json* issn : json_.Elements(source, "issn")) {
      const std::string type = AsciiLower(json_.Text(*issn, "type"));
      std::string& place = type.starts_with("e") ? journal.issn_electronic : journal.issn_print;
      std::string number = HyphenatedIssn(json_.Content(*issn));
      if (place.empty())
        place = std::move(number);
      else
        AddOther(record_, "issn", type, std::move(number));
    }
    for (const Json* isbn : json_.Elements(source, "isbn")) AddOther(record_, "isbn", {}, json_.Content(*isbn));
    ReadPlace(source);
    const Json* published = Find(source, "publicationDate");
    if (published == nullptr) published = Find(source, "publicationYear");
    AddDate("print", published);
    if (record_.Date("print") == nullptr) AddDate("print", Find(source, "publicationYear"));
  }

  // Volume, issue and pages stand in the source itself or in "volumeIssue" (and there in "volume").
  void ReadPlace(const Json& source) {
    const Json* holder = json_.Object(source, "volumeIssue");
    if (holder == nullptr) holder = json_.Object(source, "volisspag");
    if (holder == nullptr) holder = &source;
    const Json* numbers = Find(*holder, "volume");
    if (numbers == nullptr || !numbers->is_object()) numbers = holder;
    record_.journal.volume = json_.ContentText(*numbers, "volume");
    if (record_.journal.volume.empty()) record_.journal.volume = json_.ContentText(*numbers, "first");
    record_.journal.issue = json_.ContentText(*numbers, "issue");
    if (record_.journal.issue.empty()) record_.journal.issue = json_.ContentText(*holder, "issue");
    const Json* pages = json_.Object(*holder, "pagination");
    // Elsevier publishes no schema: a range has been seen as an object, and others write it as one string.
    for (const Json* place : {holder, &source}) {
      const Json* range = Find(*place, "pageRange");
      if (pages == nullptr && range != nullptr && range->is_object()) pages = range;
      if (pages == nullptr && range != nullptr && record_.pages.empty()) SetPages(record_, json_.Content(*range), {});
    }
    if (pages != nullptr) SetPages(record_, json_.ContentText(*pages, "first"), json_.ContentText(*pages, "last"));
    if (record_.pages.empty()) SetPages(record_, json_.ContentText(source, "articleNumber"), {});
  }

  // Emtree: groups of descriptors, each a main term with its links (subheadings).
  void ReadIndexing(const Json& head) {
    const Json* enhancement = json_.Object(head, "enhancement");
    if (enhancement == nullptr) return;
    const Json* groups = Find(*enhancement, "descriptorGroup");
    const Json& holder = groups != nullptr && groups->is_object() ? *groups : *enhancement;
    for (const Json* group : json_.Objects(holder, "descriptors")) {
      const std::vector<const Json*> inner = json_.Objects(*group, "descriptors");
      if (inner.empty())
        AddDescriptor(*group);
      else
        for (const Json* descriptor : inner) AddDescriptor(*descriptor);
    }
  }

  void AddDescriptor(const Json& descriptor) {
    const Json* term = Find(descriptor, "mainTerm");
    if (term == nullptr) term = &descriptor;
    const Json& weighted = term->is_object() ? *term : descriptor;
    const std::string weight = AsciiLower(json_.Text(weighted, "weight"));
    AddKeyword("EMTREE", *term, weight == "a" || weight == "major");
  }

  const Json& result_;
  JsonRecord& json_;
  Record& record_;
};

constexpr EntryKind kResult{"result", "no-id", "has neither a LUI nor a PUI"};

bool ReadResult(const Json& result, JsonRecord& json, Record& record) {
  return ResultReader(result, json, record).Read();
}

}  // namespace

std::vector<Item> ParseEmbase(std::string_view body) {
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Embase");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  const Json* const list = Find(*answer, "results");
  const Json* const hits = Find(Find(*answer, "header"), "hits");
  if (list != nullptr && list->is_structured())
    items = ReadEntries(*list, kResult, ReadResult);
  else if (Find(*answer, "itemInfo") != nullptr)
    items.push_back(ReadEntry(*answer, 1, kResult, ReadResult));
  else if (hits == nullptr || ScalarText(*hits) != "0")
    items.emplace_back(ElsevierProblem(*answer, "Embase"));
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
