// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/elsevier_errors.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// Every field of an entry (and of "coredata", which has the same names), those that are read and those that are left
// out on purpose: links, counts of citations, the Scopus number of the journal. Sorted.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"@_fa",
                                            "@force-array",
                                            "@status",
                                            "affiliation",
                                            "article-number",
                                            "authkeywords",
                                            "author",
                                            "author-count",
                                            "citedby-count",
                                            "dc:creator",
                                            "dc:description",
                                            "dc:identifier",
                                            "dc:publisher",
                                            "dc:title",
                                            "dc:language",
                                            "eid",
                                            "error",
                                            "freetoread",
                                            "freetoreadLabel",
                                            "fund-acr",
                                            "fund-no",
                                            "fund-sponsor",
                                            "idxterms",
                                            "intid",
                                            "link",
                                            "openaccess",
                                            "openaccessFlag",
                                            "openArchiveArticle",
                                            "pii",
                                            "prism:aggregationType",
                                            "prism:copyright",
                                            "prism:coverDate",
                                            "prism:coverDisplayDate",
                                            "prism:doi",
                                            "prism:eIssn",
                                            "prism:edition",
                                            "prism:endingPage",
                                            "prism:isbn",
                                            "prism:issn",
                                            "prism:issueIdentifier",
                                            "prism:issueName",
                                            "prism:pageRange",
                                            "prism:publicationName",
                                            "prism:startingPage",
                                            "prism:teaser",
                                            "prism:url",
                                            "prism:volume",
                                            "pubmed-id",
                                            "pubmed-central-id",
                                            "source-id",
                                            "srctype",
                                            "subtype",
                                            "subtypeDescription"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

std::size_t NumberOf(const std::string& text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class EntryFields {
 public:
  /// `root` is the entry itself, or the answer that holds `core` with authors and keywords beside it.
  EntryFields(const Json& core, const Json& root, JsonRecord& json, Record& record)
      : core_(core), root_(root), json_(json), record_(record) {}

  bool Read() {
    record_.source = "scopus";
    const std::string raw = json_.ContentText(core_, "dc:identifier");
    std::string eid = json_.ContentText(core_, "eid");
    if (eid.empty() && raw.starts_with("SCOPUS_ID:") && raw.size() > 10) eid = "2-s2.0-" + raw.substr(10);
    if (eid.empty()) return false;
    record_.source_id = eid;
    record_.identifiers.push_back({"scopus", std::move(eid), raw.empty() ? record_.source_id : raw, "eid", true});
    for (const auto& [key, scheme] :
         {std::pair{"prism:doi", "doi"}, std::pair{"pubmed-id", "pmid"}, std::pair{"pubmed-central-id", "pmcid"}})
      if (std::string id = json_.ContentText(core_, key); !id.empty())
        record_.identifiers.push_back(json_.MakeIdentifier(scheme, std::move(id), key));
    for (const char* const key : {"pii", "article-number"})
      if (std::string id = json_.ContentText(core_, key); !id.empty())
        record_.identifiers.push_back({key, id, id, key, true});
    record_.title = Marked("dc:title");
    ReadAbstract();
    ReadAffiliations();
    ReadPeople();
    ReadSource();
    ReadDates();
    ReadTypes();
    ReadKeywords();
    ReadFunding();
    json_.CheckFields(core_, KnownFields(), "");
    return true;
  }

 private:
  // Scopus escapes text for HTML ("Salt &amp;amp; water", "&lt;sup&gt;"): read once, with its markup.
  MarkedText Marked(const char* key) { return Unescaped(json_.ContentText(core_, key)); }
  MarkedText Unescaped(const std::string& text) {
    const Json holder = {{"text", text}};
    return json_.Marked(holder, "text");
  }

  void ReadAbstract() {
    MarkedText text = Marked("dc:description");
    if (text.text.empty()) text = Marked("prism:teaser");
    if (!text.text.empty()) record_.abstract_sections.push_back({{}, {}, std::move(text)});
    record_.copyright = Marked("prism:copyright").text;
  }

  const std::vector<const Json*> InRoot(const char* list, const char* element) {
    const Json* holder = Find(root_, list);
    if (holder == nullptr) return {};
    return holder->is_object() && Find(*holder, element) != nullptr ? json_.Objects(*holder, element)
                                                                    : json_.Objects(root_, list);
  }

  void ReadAffiliations() {
    for (const Json* json : InRoot("affiliation", "affiliation")) {
      std::string text = Unescaped(json_.ContentText(*json, "affilname")).text;
      for (const char* const key : {"affiliation-city", "affiliation-country"})
        if (const std::string part = json_.ContentText(*json, key); !part.empty())
          text += (text.empty() ? "" : ", ") + part;
      std::string id = json_.ContentText(*json, "afid");
      if (id.empty()) id = json_.Text(*json, "@id");
      if (!text.empty()) affiliations_.push_back({std::move(id), std::move(text), false});
    }
  }

  void ReadPeople() {
    std::vector<const Json*> authors = InRoot("authors", "author");
    if (authors.empty()) authors = json_.Objects(root_, "author");
    for (const Json* author : authors) AddAuthor(*author);
    const std::vector<const Json*> counts = json_.Objects(core_, "author-count");
    if (!counts.empty()) {
      const std::size_t limit = NumberOf(json_.Text(*counts.front(), "@limit"));
      const std::size_t total = NumberOf(json_.Text(*counts.front(), "@total"));
      // The list ends at the limit, and the count says no more than that.
      record_.authors_complete = !(total > record_.authors.size() || (limit != 0 && record_.authors.size() >= limit));
    }
    const std::string creator = Marked("dc:creator").text;
    if (record_.authors.empty() && !creator.empty()) {
      record_.authors.push_back(PersonWithInitials(creator));
      record_.authors_complete = false;  // The first author alone.
    }
    for (const ListedAffiliation& affiliation : affiliations_)
      if (!affiliation.is_used) AddOther(record_, "affiliation", {}, affiliation.text);
  }

  // Search has "surname", abstract retrieval "ce:surname".
  std::string NamePart(const Json& json, const std::string& key) {
    std::string text = json_.ContentText(json, key.c_str());
    if (text.empty()) text = json_.ContentText(json, ("ce:" + key).c_str());
    return Unescaped(text).text;
  }

  void AddAuthor(const Json& json) {
    Author person;
    person.last_name = NamePart(json, "surname");
    person.fore_name = NamePart(json, "given-name");
    person.initials = BareInitials(NamePart(json, "initials"));
    if (person.last_name.empty()) {
      std::string name = NamePart(json, "authname");
      if (name.empty()) name = NamePart(json, "indexed-name");
      person = PersonWithInitials(name);
    }
    if (person.last_name.empty()) return;
    std::string id = json_.ContentText(json, "authid");
    if (id.empty()) id = json_.Text(json, "@auid");
    json_.AddPersonIdentifier(person, "scopus", std::move(id));
    if (std::string orcid = json_.ContentText(json, "orcid"); !orcid.empty())
      json_.AddPersonIdentifier(person, "ORCID", std::move(orcid));
    std::vector<std::string> places;
    for (const Json* afid : json_.Elements(json, "afid")) places.push_back(json_.Content(*afid));
    for (const Json* place : json_.Objects(json, "affiliation")) places.push_back(json_.Text(*place, "@id"));
    for (ListedAffiliation& affiliation : affiliations_) {
      if (affiliation.id.empty() || std::find(places.begin(), places.end(), affiliation.id) == places.end()) continue;
      affiliation.is_used = true;
      person.affiliations.push_back({affiliation.text, {{"scopus", affiliation.id}}});
    }
    record_.authors.push_back(std::move(person));
  }

  void ReadSource() {
    Journal& journal = record_.journal;
    std::string container = Marked("prism:publicationName").text;
    journal.volume = json_.ContentText(core_, "prism:volume");
    journal.issue = json_.ContentText(core_, "prism:issueIdentifier");
    journal.issn_print = HyphenatedIssn(json_.ContentText(core_, "prism:issn"));
    journal.issn_electronic = HyphenatedIssn(json_.ContentText(core_, "prism:eIssn"));
    std::vector<std::string> isbns;
    for (const Json* isbn : json_.Elements(core_, "prism:isbn"))
      if (std::string number = json_.Content(*isbn); !number.empty()) isbns.push_back(std::move(number));
    SetPages(record_, json_.ContentText(core_, "prism:pageRange"), {});
    if (record_.pages.empty())
      SetPages(record_, json_.ContentText(core_, "prism:startingPage"), json_.ContentText(core_, "prism:endingPage"));
    if (record_.pages.empty()) SetPages(record_, json_.ContentText(core_, "article-number"), {});
    const std::string subtype = json_.ContentText(core_, "subtype");
    if (subtype != "bk" && subtype != "ch") {
      journal.title = std::move(container);
      AddOther(record_, "publisher", {}, Marked("dc:publisher").text);
      for (std::string& isbn : isbns) AddOther(record_, "isbn", {}, std::move(isbn));
      return;
    }
    record_.type = RecordType::kBook;
    Book& book = record_.book.emplace();
    book.title = subtype == "bk" ? record_.title.text : container;
    if (subtype == "bk" && container != book.title) book.collection_title = std::move(container);
    book.volume = journal.volume;
    book.publisher = Marked("dc:publisher").text;
    book.isbns = std::move(isbns);
  }

  // The cover date has a day even where the journal prints a month or a year; the printed wording says how much is
  // known.
  void ReadDates() {
    const std::string printed = json_.ContentText(core_, "prism:coverDisplayDate");
    const std::string cover = json_.ContentText(core_, "prism:coverDate");
    PartialDate date = DateFromPrinted(printed);
    const bool fits = !date.iso.empty() && (cover.empty() || cover.starts_with(date.iso.substr(0, 7)));
    if (fits)
      record_.dates.push_back({"print", std::move(date), {}});
    else
      json_.AddDate(record_, "print", cover.empty() ? printed : cover);
  }

  // "July 2025", "1 July 2025", "2021", "July-August 2020".
  static PartialDate DateFromPrinted(const std::string& text) {
    const std::vector<std::string> words = SplitList(text, " ");
    PartialDate date;
    if (words.size() == 1) date = DateFromParts(words[0], {}, {});
    if (words.size() == 2) date = DateFromParts(words[1], std::string_view(words[0]).substr(0, 3), {});
    if (words.size() == 3) date = DateFromParts(words[2], std::string_view(words[1]).substr(0, 3), words[0]);
    date.raw = text;
    return date;
  }

  void ReadTypes() {
    std::string type = json_.ContentText(core_, "subtypeDescription");
    if (type.empty()) type = json_.ContentText(core_, "subtype");
    if (!type.empty()) record_.publication_types.push_back({{}, type});
    AddOther(record_, "aggregation-type", {}, json_.ContentText(core_, "prism:aggregationType"));
    if (const Json* labels = json_.Object(core_, "freetoreadLabel"))
      for (const Json* label : json_.Elements(*labels, "value"))
        AddOther(record_, "open-access-status", {}, json_.Content(*label));
    if (type == "Retracted") record_.publication_types.push_back({"D016441", "Retracted Publication"});
    if (TitleSaysRetracted(record_.title.text) && !record_.IsRetracted())
      json_.context().Warn("retracted-in-title", "the title says that the work was retracted, but its type does not");
    if (const Json* language = json_.Object(root_, "language"))
      json_.AddLanguage(record_, json_.Text(*language, "@xml:lang"));
    else
      json_.AddLanguage(record_, json_.ContentText(core_, "dc:language"));
  }

  void ReadKeywords() {
    const Json* listed = Find(root_, "authkeywords");
    if (listed != nullptr && listed->is_object())
      AddKeywords(*listed, "author-keyword", "NOTNLM");
    else
      for (const std::string& keyword : SplitList(json_.ContentText(core_, "authkeywords"), " | "))
        record_.keywords.push_back({"NOTNLM", false, Unescaped(keyword)});
    if (const Json* terms = json_.Object(root_, "idxterms")) AddKeywords(*terms, "mainterm", "SCOPUS");
  }

  void AddKeywords(const Json& list, const char* key, std::string_view owner) {
    for (const Json* json : json_.Elements(list, key)) {
      MarkedText text = Unescaped(json_.Content(*json));
      if (!text.text.empty()) record_.keywords.push_back({std::string(owner), false, std::move(text)});
    }
  }

  void ReadFunding() {
    Grant grant{
        json_.ContentText(core_, "fund-no"), json_.ContentText(core_, "fund-acr"), Marked("fund-sponsor").text, {}};
    if (grant.id == "undefined") grant.id.clear();
    if (!grant.id.empty() || !grant.acronym.empty() || !grant.agency.empty())
      record_.grants.push_back(std::move(grant));
  }

  struct ListedAffiliation {
    std::string id, text;
    bool is_used;
  };

  const Json& core_;
  const Json& root_;
  JsonRecord& json_;
  Record& record_;
  std::vector<ListedAffiliation> affiliations_;
};

constexpr EntryKind kEntry{"entry", "no-id", "has neither an EID nor a Scopus number"};

bool ReadScopus(const Json& entry, JsonRecord& json, Record& record) {
  const Json* core = Find(entry, "coredata");
  return EntryFields(core != nullptr && core->is_object() ? *core : entry, entry, json, record).Read();
}

// An empty result is one entry that says so.
bool SaysEmpty(const Json& list) {
  const Json& first = list.is_array() && !list.empty() ? list.front() : list;
  const Json* error = Find(first, "error");
  return error != nullptr && ScalarText(*error).find("set was empty") != std::string::npos;
}

}  // namespace

std::vector<Item> ParseScopus(std::string_view body) {
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Scopus");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  const Json* const results = Find(*answer, "search-results");
  const Json* const one = Find(*answer, "abstracts-retrieval-response");
  const Json* const list = Find(results, "entry");
  if (one != nullptr) {
    items.push_back(ReadEntry(one->is_array() && one->size() == 1 ? one->front() : *one, 1, kEntry, ReadScopus));
  } else if (list != nullptr && list->is_structured()) {
    if (!SaysEmpty(*list)) items = ReadEntries(*list, kEntry, ReadScopus);
  } else if (const Json* total = Find(results, "opensearch:totalResults");
             total == nullptr || ScalarText(*total) != "0") {
    items.emplace_back(ElsevierProblem(*answer, "Scopus"));
  }
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
