// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

// Every field of a work, those that are read and those that are left out on purpose: counts, scores, prices, the
// guesses of OpenAlex's classifiers (topics, concepts, goals) and where else the text lies.
const std::vector<std::string_view>& KnownFields() {
  static const std::vector<std::string_view> kFields = [] {
    std::vector<std::string_view> fields = {"id",
                                            "doi",
                                            "ids",
                                            "title",
                                            "display_name",
                                            "publication_year",
                                            "publication_date",
                                            "language",
                                            "type",
                                            "type_crossref",
                                            "type_id",
                                            "authorships",
                                            "authorships_count",
                                            "authors_count",
                                            "is_authors_truncated",
                                            "primary_location",
                                            "locations",
                                            "locations_count",
                                            "best_oa_location",
                                            "open_access",
                                            "biblio",
                                            "abstract_inverted_index",
                                            "abstract_inverted_index_v3",
                                            "has_abstract",
                                            "mesh",
                                            "keywords",
                                            "referenced_works",
                                            "referenced_works_count",
                                            "related_works",
                                            "grants",
                                            "awards",
                                            "funders",
                                            "is_retracted",
                                            "is_paratext",
                                            "is_xpac",
                                            "is_oa",
                                            "license",
                                            "version",
                                            "created_date",
                                            "updated_date",
                                            "updated",
                                            "apc_list",
                                            "apc_paid",
                                            "cited_by_api_url",
                                            "cited_by_count",
                                            "cited_by_percentile_year",
                                            "citation_normalized_percentile",
                                            "corresponding_author_ids",
                                            "corresponding_institution_ids",
                                            "countries_distinct_count",
                                            "counts_by_year",
                                            "concepts",
                                            "concepts_count",
                                            "content_urls",
                                            "datasets",
                                            "fulltext",
                                            "fulltext_origin",
                                            "fwci",
                                            "has_content",
                                            "has_fulltext",
                                            "host_venue",
                                            "alternate_host_venues",
                                            "indexed_in",
                                            "institution_assertions",
                                            "institutions",
                                            "institutions_distinct_count",
                                            "ngrams_url",
                                            "primary_topic",
                                            "relevance_score",
                                            "sustainable_development_goals",
                                            "topics",
                                            "topics_count",
                                            "versions",
                                            "abstract"};
    std::sort(fields.begin(), fields.end());
    return fields;
  }();
  return kFields;
}

// "https://openalex.org/W123" or "W123" -> "W123"; empty when it is no work's.
std::string WorkId(std::string_view url) {
  std::string id(LastPathPart(url));
  if (!id.empty() && id.front() == 'w') id.front() = 'W';
  const bool is_work = id.size() > 1 && id.front() == 'W' &&
                       std::all_of(id.begin() + 1, id.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_work ? id : std::string();
}

class WorkReader {
 public:
  WorkReader(const Json& work, JsonRecord& json, Record& record) : work_(work), json_(json), record_(record) {}

  bool Read() {
    record_.source = "openalex";
    ids_ = json_.Object(work_, "ids");
    std::string raw = json_.Text(work_, "id");
    if (raw.empty() && ids_ != nullptr) raw = json_.Text(*ids_, "openalex");
    record_.source_id = WorkId(raw);
    if (record_.source_id.empty()) return false;
    record_.identifiers.push_back({"openalex", record_.source_id, std::move(raw), "id", true});
    ReadIdentifiers();
    record_.title = json_.Marked(work_, "title");
    if (record_.title.text.empty()) record_.title = json_.Marked(work_, "display_name");
    record_.abstract_sections = SectionsOfFragment(json_.context(), Abstract());
    ReadPeople();
    for (const std::string& language : json_.Texts(work_, "language")) json_.AddLanguage(record_, language);
    ReadType();
    ReadSource();
    ReadDates();
    ReadIndexing();
    ReadGrants();
    ReadReferences();
    ReadAccess();
    json_.CheckFields(work_, KnownFields(), "");
    return true;
  }

 private:
  void ReadIdentifiers() {
    std::string doi = json_.Text(work_, "doi");
    if (doi.empty() && ids_ != nullptr) doi = json_.Text(*ids_, "doi");
    if (!doi.empty()) record_.identifiers.push_back(json_.MakeIdentifier("doi", std::move(doi), "doi"));
    if (ids_ == nullptr) return;
    for (const char* const scheme : {"pmid", "pmcid"}) {  // Addresses: ".../pubmed.../123", ".../articles/PMC123".
      const std::string url = json_.Text(*ids_, scheme);
      if (url.empty()) continue;
      std::string id(LastPathPart(url));
      if (std::string_view(scheme) == "pmcid" && !id.empty() && id.front() >= '0' && id.front() <= '9')
        id.insert(0, "PMC");
      Identifier identifier = json_.MakeIdentifier(scheme, std::move(id), "ids");
      identifier.raw = url;
      record_.identifiers.push_back(std::move(identifier));
    }
    if (std::string mag = json_.Text(*ids_, "mag"); !mag.empty())
      record_.identifiers.push_back({"mag", mag, mag, "ids", true});
  }

  // {"word": [0, 7], ...}: the words in the order of their places. Only the places that are there cost memory, however
  // large their numbers are; gaps close.
  std::string Abstract() {
    const Json* index = json_.Object(work_, "abstract_inverted_index");
    if (index == nullptr) return json_.Raw(work_, "abstract");
    std::vector<std::pair<std::uint64_t, const std::string*>> places;
    for (const auto& member : index->items()) {
      if (!member.value().is_array()) {
        json_.Odd("abstract_inverted_index");
        continue;
      }
      for (const Json& place : member.value()) {
        if (place.is_number_unsigned())
          places.emplace_back(place.get<std::uint64_t>(), &member.key());
        else
          json_.Odd("abstract_inverted_index");
      }
    }
    std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string text;
    for (const auto& place : places) {
      if (!text.empty()) text += ' ';
      text += *place.second;
    }
    return json_.Clean(std::move(text));
  }

  void ReadPeople() {
    for (const Json* authorship : json_.Objects(work_, "authorships")) {
      const Json* named = json_.Object(*authorship, "author");
      std::string name = named == nullptr ? std::string() : json_.Marked(*named, "display_name").text;
      if (name.empty()) name = json_.Marked(*authorship, "raw_author_name").text;
      Author person = PersonFirstNameFirst(name);
      if (named != nullptr) {
        if (std::string orcid = json_.Text(*named, "orcid"); !orcid.empty())
          json_.AddPersonIdentifier(person, "ORCID", std::move(orcid));
        json_.AddPersonIdentifier(person, "openalex", std::string(LastPathPart(json_.Text(*named, "id"))));
      }
      ReadAffiliations(*authorship, person);
      if (!person.last_name.empty()) record_.authors.push_back(std::move(person));
    }
    if (json_.Text(work_, "is_authors_truncated") == "true") record_.authors_complete = false;
  }

  void ReadAffiliations(const Json& authorship, Author& person) {
    const std::vector<const Json*> institutions = json_.Objects(authorship, "institutions");
    for (const Json* json : json_.Objects(authorship, "affiliations")) {
      Affiliation affiliation;
      affiliation.text = json_.Marked(*json, "raw_affiliation_string").text;
      for (const std::string& id : json_.Texts(*json, "institution_ids"))
        for (const Json* institution : institutions)
          if (json_.Text(*institution, "id") == id) AddRor(*institution, affiliation);
      if (!affiliation.text.empty()) person.affiliations.push_back(std::move(affiliation));
    }
    if (!person.affiliations.empty()) return;
    for (const std::string& text : json_.Texts(authorship, "raw_affiliation_strings"))
      person.affiliations.push_back({TextOfFragment(json_.context(), text).text, {}});
    if (!person.affiliations.empty()) return;
    for (const Json* institution : institutions) {
      Affiliation affiliation;
      affiliation.text = json_.Marked(*institution, "display_name").text;
      AddRor(*institution, affiliation);
      if (!affiliation.text.empty()) person.affiliations.push_back(std::move(affiliation));
    }
  }

  void AddRor(const Json& institution, Affiliation& affiliation) {
    if (std::string ror = json_.Text(institution, "ror"); !ror.empty())
      affiliation.identifiers.push_back({"ROR", std::move(ror)});
  }

  void ReadType() {
    const std::string type = json_.Text(work_, "type");
    if (!type.empty()) record_.publication_types.push_back({{}, type});
    if (json_.Text(work_, "is_retracted") == "true")
      record_.publication_types.push_back({"D016441", "Retracted Publication"});
    else if (TitleSaysRetracted(record_.title.text))
      json_.context().Warn("retracted-in-title", "the title says that the work was retracted, but OpenAlex does not");
    is_part_ = type == "book-chapter" || type == "book-section" || type == "reference-entry";
    is_book_ = is_part_ || type == "book" || type == "monograph";
  }

  void ReadSource() {
    if (const Json* biblio = json_.Object(work_, "biblio")) {
      record_.journal.volume = json_.Text(*biblio, "volume");
      record_.journal.issue = json_.Text(*biblio, "issue");
      SetPages(record_, json_.Text(*biblio, "first_page"), json_.Text(*biblio, "last_page"));
    }
    const Json* location = json_.Object(work_, "primary_location");
    if (location == nullptr) location = json_.Object(work_, "host_venue");  // Before 2023.
    const Json* source = location == nullptr ? nullptr : json_.Object(*location, "source");
    if (source == nullptr) source = location;
    std::string title, publisher;
    if (source != nullptr) {
      title = json_.Marked(*source, "display_name").text;
      publisher = json_.Marked(*source, "host_organization_name").text;
      record_.journal.issn_linking = json_.Text(*source, "issn_l");
      for (std::string& issn : json_.Texts(*source, "issn"))
        if (issn != record_.journal.issn_linking) AddOther(record_, "issn", {}, std::move(issn));
    }
    if (title.empty() && location != nullptr) title = json_.Marked(*location, "raw_source_name").text;
    if (!is_book_) {
      record_.journal.title = std::move(title);
      AddOther(record_, "publisher", {}, std::move(publisher));
      return;
    }
    record_.type = RecordType::kBook;
    Book& book = record_.book.emplace();
    book.title = is_part_ ? std::move(title) : record_.title.text;
    if (!is_part_) book.collection_title = std::move(title);
    book.publisher = std::move(publisher);
    book.volume = record_.journal.volume;
  }

  // One date, whether of print or of its being put online is not told; it counts as Crossref's "issued" does.
  void ReadDates() {
    std::string published = json_.Text(work_, "publication_date");
    if (published.empty()) published = json_.Text(work_, "publication_year");
    json_.AddDate(record_, "print", published);
    json_.AddDate(record_, "created", json_.Text(work_, "created_date"));
    std::string updated = json_.Text(work_, "updated_date");
    if (updated.empty()) updated = json_.Text(work_, "updated");
    json_.AddDate(record_, "revised", updated);
  }

  // One entry a pair of heading and qualifier, the heading's repeated one after the other.
  void ReadIndexing() {
    for (const Json* json : json_.Objects(work_, "mesh")) {
      std::string ui = json_.Text(*json, "descriptor_ui");
      std::string name = json_.Text(*json, "descriptor_name");
      if (ui.empty() && name.empty()) continue;
      std::vector<MeshHeading>& headings = record_.mesh_headings;
      if (headings.empty() || headings.back().ui != ui || headings.back().name != name) {
        MeshHeading& heading = headings.emplace_back();
        heading.ui = std::move(ui);
        heading.name = std::move(name);
      }
      const bool is_major = json_.Text(*json, "is_major_topic") == "true";
      MeshQualifier qualifier{json_.Text(*json, "qualifier_ui"), json_.Text(*json, "qualifier_name"), is_major};
      if (qualifier.ui.empty() && qualifier.name.empty())
        headings.back().descriptor_major = headings.back().descriptor_major || is_major;
      else
        AddQualifier(headings.back(), std::move(qualifier));
    }
    for (const Json* json : json_.Objects(work_, "keywords")) {
      MarkedText text = json_.Marked(*json, "display_name");
      if (text.text.empty()) text = json_.Marked(*json, "keyword");
      if (!text.text.empty()) record_.keywords.push_back({"OpenAlex", false, std::move(text)});
    }
  }

  static void AddQualifier(MeshHeading& heading, MeshQualifier qualifier) {
    for (MeshQualifier& known : heading.qualifiers)
      if (known.ui == qualifier.ui && known.name == qualifier.name) {
        known.major = known.major || qualifier.major;
        return;
      }
    heading.qualifiers.push_back(std::move(qualifier));
  }

  void ReadGrants() {
    for (const Json* grant : json_.Objects(work_, "grants"))
      record_.grants.push_back(
          {json_.Text(*grant, "award_id"), {}, json_.Marked(*grant, "funder_display_name").text, {}});
    for (const Json* award : json_.Objects(work_, "awards"))
      record_.grants.push_back(
          {json_.Text(*award, "funder_award_id"), {}, json_.Marked(*award, "funder_display_name").text, {}});
    for (const Json* funder : json_.Objects(work_, "funders")) {
      std::string name = json_.Marked(*funder, "display_name").text;
      const auto same = [&name](const Grant& g) { return g.agency == name; };
      if (!name.empty() && std::none_of(record_.grants.begin(), record_.grants.end(), same))
        record_.grants.push_back({{}, {}, std::move(name), {}});
    }
  }

  void ReadReferences() {
    for (const std::string& url : json_.Texts(work_, "referenced_works")) {
      std::string id = WorkId(url);
      if (id.empty()) continue;
      record_.references.push_back({{}, {{"openalex", std::move(id), url, "referenced_works", true}}});
    }
    record_.number_of_references = json_.Text(work_, "referenced_works_count");
  }

  void ReadAccess() {
    if (const Json* access = json_.Object(work_, "open_access");
        access != nullptr && json_.Text(*access, "is_oa") == "true")
      AddOther(record_, "open-access-location", json_.Text(*access, "oa_status"), json_.Text(*access, "oa_url"));
    if (const Json* location = json_.Object(work_, "primary_location"))
      AddOther(record_, "license", json_.Text(*location, "version"), json_.Text(*location, "license"));
  }

  const Json& work_;
  JsonRecord& json_;
  Record& record_;
  const Json* ids_ = nullptr;
  bool is_part_ = false;
  bool is_book_ = false;
};

constexpr EntryKind kWork{"work", "no-id", "has no OpenAlex work id"};

bool ReadWork(const Json& work, JsonRecord& json, Record& record) { return WorkReader(work, json, record).Read(); }

// {"error": "Invalid query parameters error.", "message": "..."}; an unknown work is a page or {"error": "404 Not
// Found"}.
Problem NotWorks(const Json& answer) {
  const Json* error = Find(answer, "error");
  const Json* message = Find(answer, "message");
  if (error == nullptr && message == nullptr)
    return AnswerProblem("unexpected-answer", "the answer holds no works of OpenAlex");
  const std::string name = error == nullptr ? std::string() : ScalarText(*error);
  const std::string text = message == nullptr ? name : ScalarText(*message);
  if (name.find("404") != std::string::npos || AsciiLower(name) == "not found")
    return AnswerProblem("not-found", fmt::format("OpenAlex does not know this work: {}", Excerpt(text)));
  return AnswerProblem("error-answer", fmt::format("OpenAlex refused the request: {}", Excerpt(text)));
}

}  // namespace

std::vector<Item> ParseOpenAlex(std::string_view body) {
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "OpenAlex");
  if (!answer) return {std::move(answer.error())};
  std::vector<Item> items;
  if (const Json* list = Find(*answer, "results"); list != nullptr && list->is_array())
    items = ReadEntries(*list, kWork, ReadWork);
  else if (Find(*answer, "id") != nullptr || Find(*answer, "ids") != nullptr)
    items.push_back(ReadEntry(*answer, 1, kWork, ReadWork));
  else
    items.emplace_back(NotWorks(*answer));
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
