// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// Every attribute, those that are read and those that are left out on purpose: counts, the original XML, places on the
// globe, file sizes, states of the registration. Sorted.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"doi",
                                            "prefix",
                                            "suffix",
                                            "identifiers",
                                            "alternateIdentifiers",
                                            "creators",
                                            "titles",
                                            "publisher",
                                            "container",
                                            "publicationYear",
                                            "subjects",
                                            "contributors",
                                            "dates",
                                            "language",
                                            "types",
                                            "relatedIdentifiers",
                                            "relatedItems",
                                            "sizes",
                                            "formats",
                                            "version",
                                            "rightsList",
                                            "descriptions",
                                            "geoLocations",
                                            "fundingReferences",
                                            "xml",
                                            "url",
                                            "contentUrl",
                                            "metadataVersion",
                                            "schemaVersion",
                                            "source",
                                            "isActive",
                                            "state",
                                            "reason",
                                            "viewCount",
                                            "viewsOverTime",
                                            "downloadCount",
                                            "downloadsOverTime",
                                            "referenceCount",
                                            "citationCount",
                                            "citationsOverTime",
                                            "partCount",
                                            "partOfCount",
                                            "versionCount",
                                            "versionOfCount",
                                            "created",
                                            "registered",
                                            "published",
                                            "updated",
                                            "landingPage",
                                            "agency",
                                            "clientId",
                                            "providerId",
                                            "media",
                                            "event",
                                            "mode"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

struct ResourceType {
  std::string_view datacite, name, ui;
};

// Names as PubMed has them where it has one; every other type keeps DataCite's name.
constexpr ResourceType kTypes[] = {{"JournalArticle", "Journal Article", "D016428"},
                                   {"Preprint", "Preprint", "D000076942"},
                                   {"Dissertation", "Academic Dissertation", "D019478"},
                                   {"Dataset", "Dataset", "D064886"},
                                   {"ConferencePaper", "Proceedings Article", ""},
                                   {"BookChapter", "Book Chapter", ""},
                                   {"PeerReview", "Peer Review", ""}};

// DataCite's kinds of date by the names the corpus has for them; the others are written in lower case.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kDateKinds = {{{"Issued", "electronic"},
                                                                                      {"Submitted", "received"},
                                                                                      {"Updated", "content-updated"},
                                                                                      {"Created", "content-created"}}};

class DoiReader {
 public:
  DoiReader(const Json& attributes, const std::string& id, JsonRecord& json)
      : attributes_(attributes), id_(id), json_(json) {}

  /// False when the record has no DOI.
  bool Read() {
    record_.source = "datacite";
    std::string doi = json_.Text(attributes_, "doi");
    Identifier identifier = json_.MakeIdentifier("doi", doi.empty() ? id_ : std::move(doi), "doi");
    if (!identifier.valid) return false;
    record_.source_id = identifier.value;
    record_.identifiers.push_back(std::move(identifier));
    ReadIdentifiers("identifiers", "identifierType", "identifier");
    ReadIdentifiers("alternateIdentifiers", "alternateIdentifierType", "alternateIdentifier");
    ReadTitles();
    ReadDescriptions();
    ReadPeople();
    for (const std::string& language : json_.Texts(attributes_, "language")) json_.AddLanguage(record_, language);
    ReadTypes();
    ReadContainer();
    ReadRelatedItems();
    ReadDates();
    ReadSubjects();
    ReadFunding();
    ReadRelated();
    ReadRest();
    json_.CheckFields(attributes_, KnownFields(), "");
    return true;
  }
  Record Take() { return std::move(record_); }

 private:
  void Other(std::string_view kind, std::string source, std::string value) {
    AddOther(record_, kind, std::move(source), std::move(value));
  }

  // Other names of the same thing. Both lists hold the same in today's answers, and the DOI itself once more.
  void ReadIdentifiers(const char* list, const char* type_key, const char* value_key) {
    for (const Json* json : json_.Objects(attributes_, list)) {
      std::string value = json_.Text(*json, value_key);
      const std::string type = AsciiLower(json_.Text(*json, type_key));
      if (value.empty()) continue;
      const std::string scheme = type == "pubmed" ? "pmid" : type == "pmc" ? "pmcid" : type.empty() ? "other" : type;
      if (scheme == "doi" && NormaliseDoi(value) == record_.source_id) continue;
      const auto same = [&](const Identifier& known) { return known.scheme == scheme && known.raw == value; };
      if (std::none_of(record_.identifiers.begin(), record_.identifiers.end(), same))
        record_.identifiers.push_back(json_.MakeIdentifier(scheme, std::move(value), list));
    }
  }

  void ReadTitles() {
    const std::vector<const Json*> titles = json_.Objects(attributes_, "titles");
    // The first one that is not empty, better one without a type.
    const auto has_text = [&](const Json* t) { return !json_.Text(*t, "title").empty(); };
    const auto is_main = [&](const Json* t) { return has_text(t) && json_.Text(*t, "titleType").empty(); };
    auto main = std::find_if(titles.begin(), titles.end(), is_main);
    if (main == titles.end()) main = std::find_if(titles.begin(), titles.end(), has_text);
    for (auto title = titles.begin(); title != titles.end(); ++title) {
      if (title == main) {
        record_.title = json_.Marked(**title, "title");
        continue;
      }
      const std::string type = json_.Text(**title, "titleType");
      const std::string_view kind = type == "Subtitle"          ? "subtitle"
                                    : type == "TranslatedTitle" ? "translated-title"
                                                                : "alternative-title";
      Other(kind, json_.Text(**title, "lang"), json_.Marked(**title, "title").text);
    }
  }

  void ReadDescriptions() {
    for (const Json* json : json_.Objects(attributes_, "descriptions")) {
      const std::string type = json_.Text(*json, "descriptionType");
      std::vector<AbstractSection> sections = SectionsOfFragment(json_.context(), json_.Raw(*json, "description"));
      if (sections.empty()) continue;
      if (type == "Abstract" && record_.abstract_sections.empty()) {
        record_.abstract_sections = std::move(sections);
      } else if (type == "SeriesInformation") {
        Other("series-information", {}, sections.front().body.text);
      } else {
        OtherAbstract& other = record_.other_abstracts.emplace_back();
        other.type = type;
        Record language;  // Only to have the language's code.
        json_.AddLanguage(language, json_.Text(*json, "lang"));
        if (!language.languages.empty()) other.language = std::move(language.languages.front());
        other.sections = std::move(sections);
      }
    }
  }

  Author Person(const Json& json, PersonRole role) {
    Author person;
    person.role = role;
    const std::string name = json_.Marked(json, "name").text;
    const std::string type = json_.Text(json, "nameType");
    person.last_name = json_.Marked(json, "familyName").text;
    person.fore_name = json_.Marked(json, "givenName").text;
    if (type == "Organizational") {
      person.collective_name = name;
      person.last_name.clear();
      person.fore_name.clear();
    } else if (person.last_name.empty()) {
      // DataCite takes names of persons apart itself; what it left whole and did not call a person is a group.
      const std::size_t comma = name.find(", ");
      if (type != "Personal" && person.fore_name.empty()) {
        person.collective_name = name;
      } else if (comma != std::string::npos) {
        person.last_name = name.substr(0, comma);
        person.fore_name = name.substr(comma + 2);
      } else {
        person.last_name = name;
        person.fore_name.clear();
      }
    }
    for (const Json* id : json_.Objects(json, "nameIdentifiers")) {
      std::string scheme = json_.Text(*id, "nameIdentifierScheme");
      if (scheme.find("orcid.org") != std::string::npos) scheme = "ORCID";
      json_.AddPersonIdentifier(person, scheme, json_.Text(*id, "nameIdentifier"));
    }
    ReadAffiliations(json, person);
    return person;
  }

  // Names alone, or with ?affiliation=true objects with an identifier.
  void ReadAffiliations(const Json& json, Author& person) {
    const Json* list = Find(json, "affiliation");
    if (list == nullptr) return;
    if (!list->is_array()) {
      for (std::string& name : json_.Texts(json, "affiliation")) person.affiliations.push_back({std::move(name), {}});
      return;
    }
    for (const Json& one : *list) {
      if (!one.is_object()) {
        if (std::string name = ScalarText(one); !name.empty()) person.affiliations.push_back({std::move(name), {}});
        continue;
      }
      Affiliation affiliation{json_.Marked(one, "name").text, {}};
      if (std::string id = json_.Text(one, "affiliationIdentifier"); !id.empty())
        affiliation.identifiers.push_back({json_.Text(one, "affiliationIdentifierScheme"), std::move(id)});
      if (!affiliation.text.empty() || !affiliation.identifiers.empty())
        person.affiliations.push_back(std::move(affiliation));
    }
  }

  void ReadPeople() {
    for (const Json* creator : json_.Objects(attributes_, "creators"))
      record_.authors.push_back(Person(*creator, PersonRole::kAuthor));
    for (const Json* contributor : json_.Objects(attributes_, "contributors")) {
      const std::string type = json_.Text(*contributor, "contributorType");
      if (type == "Editor")
        record_.authors.push_back(Person(*contributor, PersonRole::kEditor));
      else
        Other("contributor", type, json_.Marked(*contributor, "name").text);
    }
  }

  void ReadTypes() {
    const Json* types = json_.Object(attributes_, "types");
    if (types == nullptr) return;
    const std::string type = json_.Text(*types, "resourceTypeGeneral");
    const auto* const known = std::find_if(std::begin(kTypes), std::end(kTypes),
                                           [&type](const ResourceType& t) { return t.datacite == type; });
    if (known != std::end(kTypes))
      record_.publication_types.push_back({std::string(known->ui), std::string(known->name)});
    else if (!type.empty())
      record_.publication_types.push_back({{}, type});
    Other("resource-type", {}, json_.Marked(*types, "resourceType").text);
  }

  void SetIssn(std::string issn) {
    // The type of the ISSN is not told; as in PubMed's old records it counts as the printed journal's.
    if (record_.journal.issn_print.empty()) record_.journal.issn_print = std::move(issn);
  }

  void ReadContainer() {
    const Json* container = json_.Object(attributes_, "container");
    if (container == nullptr) return;
    record_.journal.title = json_.Marked(*container, "title").text;
    record_.journal.volume = json_.Text(*container, "volume");
    record_.journal.issue = json_.Text(*container, "issue");
    std::string id = json_.Text(*container, "identifier");
    const std::string type = json_.Text(*container, "identifierType");
    if (type == "ISSN")
      SetIssn(std::move(id));
    else
      Other("container", type, std::move(id));
    if (record_.pages.empty())
      SetPages(record_, json_.Text(*container, "firstPage"), json_.Text(*container, "lastPage"));
  }

  // The newer way to say where it was published. Other related items go to `related`.
  void ReadRelatedItems() {
    for (const Json* item : json_.Objects(attributes_, "relatedItems")) {
      const std::vector<const Json*> titles = json_.Objects(*item, "titles");
      const std::string title = titles.empty() ? std::string() : json_.Marked(*titles.front(), "title").text;
      std::string relation = json_.Text(*item, "relationType");
      if (relation != "IsPublishedIn") {
        record_.related.push_back({std::move(relation), title, {}, "related item"});
        continue;
      }
      Journal& journal = record_.journal;
      if (journal.title.empty()) journal.title = title;
      if (journal.volume.empty()) journal.volume = json_.Text(*item, "volume");
      if (journal.issue.empty()) journal.issue = json_.Text(*item, "issue");
      if (record_.pages.empty()) SetPages(record_, json_.Text(*item, "firstPage"), json_.Text(*item, "lastPage"));
      if (const Json* id = json_.Object(*item, "relatedItemIdentifier");
          id != nullptr && json_.Text(*id, "relatedItemIdentifierType") == "ISSN")
        SetIssn(json_.Text(*id, "relatedItemIdentifier"));
    }
  }

  void ReadDates() {
    for (const Json* json : json_.Objects(attributes_, "dates")) {
      const std::string type = json_.Text(*json, "dateType");
      const auto* const known =
          std::find_if(kDateKinds.begin(), kDateKinds.end(), [&type](const auto& k) { return k.first == type; });
      std::string kind = known == kDateKinds.end() ? AsciiLower(type) : std::string(known->second);
      if (kind.empty()) kind = "other";
      const std::string text = json_.Text(*json, "date");
      // Often twice, the year alone and the whole date: the finer one is the publication's.
      RecordDate* const before = kind == "electronic" ? FindDate(kind) : nullptr;
      if (before == nullptr) {
        json_.AddDate(record_, kind, text);
      } else if (text.size() > before->date.raw.size() && text.starts_with(before->date.iso)) {
        record_.dates.erase(record_.dates.begin() + (before - record_.dates.data()));
        json_.AddDate(record_, kind, text);
      } else if (text != before->date.raw) {
        json_.AddDate(record_, "issued", text);
      }
    }
    if (record_.PublicationDate() == nullptr)
      json_.AddDate(record_, "electronic", json_.Text(attributes_, "publicationYear"));
    if (record_.Date("created") == nullptr) json_.AddDate(record_, "created", json_.Text(attributes_, "created"));
    json_.AddDate(record_, "revised", json_.Text(attributes_, "updated"));
  }

  RecordDate* FindDate(std::string_view kind) {
    for (RecordDate& date : record_.dates)
      if (date.kind == kind) return &date;
    return nullptr;
  }

  void ReadSubjects() {
    for (const Json* json : json_.Objects(attributes_, "subjects")) {
      const std::string scheme = json_.Text(*json, "subjectScheme");
      Keyword keyword{scheme.empty() ? "DataCite" : scheme, false, json_.Marked(*json, "subject")};
      if (!keyword.text.text.empty()) record_.keywords.push_back(std::move(keyword));
    }
  }

  void ReadFunding() {
    for (const Json* json : json_.Objects(attributes_, "fundingReferences")) {
      const std::string funder = json_.Marked(*json, "funderName").text;
      record_.grants.push_back({json_.Text(*json, "awardNumber"), {}, funder, {}});
      Other("award-title", funder, json_.Marked(*json, "awardTitle").text);
      Other("funder-id", funder, json_.Text(*json, "funderIdentifier"));
    }
  }

  // Works that this one cites are references; all other relations keep DataCite's names.
  void ReadRelated() {
    for (const Json* json : json_.Objects(attributes_, "relatedIdentifiers")) {
      std::string id = json_.Text(*json, "relatedIdentifier");
      if (id.empty()) continue;
      const std::string type = AsciiLower(json_.Text(*json, "relatedIdentifierType"));
      std::string relation = json_.Text(*json, "relationType");
      if (relation == "References" || relation == "Cites") {
        const std::string scheme = type.empty() ? "other" : type;
        record_.references.push_back({{}, {json_.MakeIdentifier(scheme, std::move(id), "relatedIdentifiers")}});
        continue;
      }
      RelatedRecord related;
      related.ref_type = std::move(relation);
      if (type == "pmid" && ParsePmid(id))
        related.pmid = fmt::format_int(*ParsePmid(id)).str();
      else if (type == "doi")
        NameByDoi(related, id);
      else
        related.ref_source = type + ":" + id;
      related.note = json_.Text(*json, "resourceTypeGeneral");
      record_.related.push_back(std::move(related));
    }
  }

  void ReadRest() {
    const Json* publisher = Find(attributes_, "publisher");
    Other("publisher", {},
          publisher != nullptr && publisher->is_object() ? json_.Marked(*publisher, "name").text
                                                         : json_.Marked(attributes_, "publisher").text);
    for (const Json* rights : json_.Objects(attributes_, "rightsList")) {
      std::string uri = json_.Text(*rights, "rightsUri");
      if (uri.empty()) uri = json_.Text(*rights, "rights");
      Other("license", json_.Text(*rights, "rightsIdentifier"), std::move(uri));
    }
    Other("version", {}, json_.Text(attributes_, "version"));
  }

  const Json& attributes_;
  const std::string& id_;
  JsonRecord& json_;
  Record record_;
};

constexpr EntryKind kEntry{"entry", "no-doi", "has no DOI (or one that is none)"};

bool ReadDoi(const Json& data, JsonRecord& json, Record& record) {
  const std::string id = json.Text(data, "id");
  DoiReader reader(*Find(data, "attributes"), id, json);
  if (!reader.Read()) return false;
  record = reader.Take();
  return true;
}

Item ReadData(const Json& data, std::uint64_t ordinal) {
  const Json* attributes = Find(data, "attributes");
  if (attributes != nullptr && attributes->is_object()) return ReadEntry(data, ordinal, kEntry, ReadDoi);
  Problem problem = AnswerProblem("bad-record", fmt::format("entry {} of the answer has no attributes", ordinal));
  problem.position.ordinal = ordinal;
  return problem;
}

Problem Refusal(const Json& errors) {
  std::string text;
  bool is_not_found = false;
  const auto take = [&](const Json& error) {
    const Json* title = error.is_object() ? Find(error, "title") : &error;
    const Json* status = Find(error, "status");
    if (status != nullptr && ScalarText(*status) == "404") is_not_found = true;
    if (title == nullptr) return;
    if (!text.empty()) text += "; ";
    text += ScalarText(*title);
  };
  if (errors.is_array())
    for (const Json& error : errors) take(error);
  else
    take(errors);
  return is_not_found ? AnswerProblem("not-found", fmt::format("DataCite does not know this DOI: {}", Excerpt(text)))
                      : AnswerProblem("error-answer", fmt::format("DataCite refused the request: {}", Excerpt(text)));
}

bool IsDoi(const Json& data) {
  const Json* type = Find(data, "type");
  return data.is_object() && (type == nullptr || ScalarText(*type) == "dois") && Find(data, "attributes") != nullptr;
}

}  // namespace

std::vector<Item> ParseDataCite(std::string_view body) {
  std::vector<Item> items;
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "DataCite");
  if (!answer) {
    items.emplace_back(std::move(answer.error()));
    return items;
  }
  const Json* data = Find(*answer, "data");
  if (const Json* errors = Find(*answer, "errors"); data == nullptr && errors != nullptr) {
    items.emplace_back(Refusal(*errors));
  } else if (data != nullptr && data->is_array()) {
    items.reserve(data->size());
    std::uint64_t ordinal = 0;
    for (const Json& entry : *data) {
      ++ordinal;
      const Json* type = Find(entry, "type");
      if (type != nullptr && ScalarText(*type) != "dois")
        items.emplace_back(AnswerProblem("bad-record", fmt::format("entry {} of the answer is no DOI but one of \"{}\"",
                                                                   ordinal, Excerpt(ScalarText(*type)))));
      else
        items.push_back(ReadData(entry, ordinal));
    }
  } else if (const Json& one = data == nullptr ? *answer : *data; IsDoi(one)) {
    items.push_back(ReadData(one, 1));
  } else {
    items.emplace_back(AnswerProblem("unexpected-answer", "the answer holds no DOI records of DataCite"));
  }
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
