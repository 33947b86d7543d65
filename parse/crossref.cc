// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/crossref_parts.h"
#include "parse/crossref_terms.h"
#include "parse/crossref_updates.h"
#include "parse/csl_parts.h"
#include "parse/json_answers.h"
#include "parse/json_entries.h"
#include "parse/json_reader.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"
#include "parse/trial_numbers.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

class WorkReader {
 public:
  WorkReader(const Json& work, JsonRecord& json) : work_(work), json_(json) {}

  /// False when the work has no DOI.
  bool Read() {
    record_.source = "crossref";
    Identifier doi = json_.MakeIdentifier("doi", json_.Text(work_, "DOI"), "DOI");
    if (!doi.valid) return false;
    record_.source_id = doi.value;
    record_.identifiers.push_back(std::move(doi));
    ReadIdentifiers();
    ReadTitles();
    record_.abstract_sections = SectionsOfFragment(json_.context(), json_.Raw(work_, "abstract"));
    ReadType();
    ReadPeople();
    for (const std::string& language : json_.Texts(work_, "language")) json_.AddLanguage(record_, language);
    ReadJournal();
    ReadPages();
    ReadDates();
    ReadFunders();
    ReadTrials();
    ReadReferences();
    ReadCrossrefUpdates(json_, work_, record_);
    ReadRest();
    json_.CheckFields(work_, CrossrefFields(), "");
    return true;
  }
  Record Take() { return std::move(record_); }

 private:
  void Other(std::string_view kind, std::string source, std::string value) {
    AddOther(record_, kind, std::move(source), std::move(value));
  }

  void ReadIdentifiers() {
    for (std::string& alias : json_.Texts(work_, "aliases"))
      record_.identifiers.push_back(json_.MakeIdentifier("doi", std::move(alias), "aliases"));
    for (std::string& id : json_.Texts(work_, "alternative-id")) {
      const auto same = [&id](const Identifier& known) { return known.raw == id; };
      // Some publishers repeat the DOI here.
      if (AsciiLower(id) == record_.source_id ||
          std::any_of(record_.identifiers.begin(), record_.identifiers.end(), same))
        continue;
      record_.identifiers.push_back({"alternative-id", id, id, "alternative-id", true});
    }
    if (std::string number = json_.Text(work_, "article-number"); !number.empty())
      record_.identifiers.push_back({"article-number", number, number, "article-number", true});
  }

  void ReadTitles() {
    record_.title = json_.Marked(work_, "title");
    MoreTitles("title", "alternative-title", 1);
    MoreTitles("subtitle", "subtitle", 0);
    MoreTitles("short-title", "short-title", 0);
    record_.vernacular_title = json_.Marked(work_, "original-title");
    MoreTitles("original-title", "original-title", 1);
  }

  void MoreTitles(const char* key, std::string_view kind, std::size_t first) {
    const std::vector<std::string> titles = json_.Texts(work_, key);
    for (std::size_t i = first; i < titles.size(); ++i)
      Other(kind, {}, TextOfFragment(json_.context(), titles[i]).text);
  }

  void ReadType() {
    const std::string type = json_.Text(work_, "type");
    const std::string subtype = json_.Text(work_, "subtype");
    const CrossrefType* known = CrossrefTypeNamed(type);
    is_book_ = known != nullptr && known->is_book;
    is_posted_ = type == "posted-content";
    if (known != nullptr)
      record_.publication_types.push_back({std::string(known->ui), std::string(known->name)});
    else if (!type.empty())
      record_.publication_types.push_back({{}, type});
    if (subtype == "preprint")
      record_.publication_types.push_back({"D000076942", "Preprint"});
    else
      Other("subtype", {}, subtype);
    for (const std::string& degree : json_.Texts(work_, "degree")) Other("degree", {}, degree);
  }

  void ReadPeople() {
    for (const auto& [key, role] : {std::pair{"author", PersonRole::kAuthor}, std::pair{"editor", PersonRole::kEditor}})
      for (const Json* person : json_.Objects(work_, key)) record_.authors.push_back(Person(*person, role));
    for (const char* const key : {"translator", "chair"})
      for (const Json* json : json_.Objects(work_, key)) {
        const Author person = Person(*json, PersonRole::kAuthor);
        std::string name = person.collective_name.empty() ? person.last_name : person.collective_name;
        if (!person.fore_name.empty()) name += ", " + person.fore_name;
        Other(key, {}, std::move(name));
      }
  }

  Author Person(const Json& json, PersonRole role) { return CslPerson(json_, json, role); }

  void ReadIssns() {
    Journal& journal = record_.journal;
    std::vector<std::string> typed;
    for (const Json* issn : json_.Objects(work_, "issn-type")) {
      std::string value = json_.Text(*issn, "value");
      const std::string type = json_.Text(*issn, "type");
      typed.push_back(value);
      std::string& place = type == "print"        ? journal.issn_print
                           : type == "electronic" ? journal.issn_electronic
                                                  : journal.issn_linking;
      if (place.empty() && (type == "print" || type == "electronic" || type == "linking"))
        place = std::move(value);
      else
        Other("issn", type, std::move(value));
    }
    for (std::string& issn : json_.Texts(work_, "ISSN")) {
      if (std::find(typed.begin(), typed.end(), issn) != typed.end()) continue;
      // As in PubMed's old records: an ISSN without a type is the printed journal's.
      if (typed.empty() && journal.issn_print.empty())
        journal.issn_print = std::move(issn);
      else
        Other("issn", {}, std::move(issn));
    }
  }

  void ReadJournal() {
    Journal& journal = record_.journal;
    std::string container = json_.Marked(work_, "container-title").text;
    MoreTitles("container-title", "container-title", 1);
    journal.volume = json_.Text(work_, "volume");
    journal.issue = json_.Text(work_, "issue");
    if (const Json* issue = json_.Object(work_, "journal-issue"); issue != nullptr && journal.issue.empty())
      journal.issue = json_.Text(*issue, "issue");
    journal.iso_abbreviation = json_.Marked(work_, "short-container-title").text;
    ReadIssns();
    std::string publisher = json_.Marked(work_, "publisher").text;
    std::string place = json_.Text(work_, "publisher-location");
    std::vector<std::string> isbns = Isbns();
    std::string edition = json_.Text(work_, "edition-number");
    if (is_book_) {
      record_.type = RecordType::kBook;
      Book& book = record_.book.emplace();
      const std::string type = json_.Text(work_, "type");
      const bool is_part = type == "book-chapter" || type == "book-section" || type == "book-part" ||
                           type == "book-track" || type == "reference-entry" || type == "chapter";
      // Of a part, the container is the book; of a whole book, the series.
      if (is_part || container.empty()) {
        book.title = is_part ? std::move(container) : record_.title.text;
      } else {
        book.title = record_.title.text;
        book.collection_title = std::move(container);
      }
      book.publisher = std::move(publisher);
      book.publisher_location = std::move(place);
      book.volume = journal.volume;
      book.edition = std::move(edition);
      book.isbns = std::move(isbns);
    } else {
      journal.title = std::move(container);
      Other("publisher", {}, std::move(publisher));
      Other("publisher-location", {}, std::move(place));
      Other("edition", {}, std::move(edition));
      for (std::string& isbn : isbns) Other("isbn", {}, std::move(isbn));
    }
  }

  // "http://id.crossref.org/isbn/9780..." in old answers, the number alone in new ones.
  std::vector<std::string> Isbns() {
    std::vector<std::string> isbns = json_.Texts(work_, "ISBN");
    for (std::string& isbn : isbns)
      if (const std::size_t slash = isbn.rfind('/'); slash != std::string::npos) isbn.erase(0, slash + 1);
    return isbns;
  }

  void ReadPages() {
    record_.pages = json_.Text(work_, "page");
    if (record_.pages.empty()) record_.pages = json_.Text(work_, "article-number");
    FillPages(record_);
  }

  bool ReadDate(const char* key, std::string_view kind) {
    const Json* json = json_.Object(work_, key);
    if (json == nullptr) return false;
    PartialDate date = CslDate(json_, *json);
    if (date.raw.empty()) return false;
    const bool has_year = date.Year().has_value();
    record_.dates.push_back({std::string(kind), std::move(date), {}});
    return has_year;
  }

  void ReadDates() {
    const bool has_print = ReadDate("published-print", "print");
    const bool has_online = ReadDate("published-online", "electronic");
    const bool is_dated = has_print || has_online;
    ReadDate("posted", is_dated ? "posted" : "electronic");
    // What was neither printed nor put online by its publisher's word has "issued" alone.
    const bool has_date = is_dated || (is_posted_ && record_.PublicationDate() != nullptr);
    ReadDate("issued", has_date ? "issued" : "print");
    if (!has_date && record_.PublicationDate() == nullptr) ReadDate("published", "print");
    ReadDate("published-other", "published-other");
    ReadDate("accepted", "accepted");
    ReadDate("approved", "approved");
    ReadDate("content-created", "content-created");
    ReadDate("content-updated", "content-updated");
    ReadDate("created", "created");
    ReadDate("deposited", "revised");
    for (const Json* assertion : json_.Objects(work_, "assertion"))
      AddCrossrefAssertion(record_, json_.Text(*assertion, "name"), json_.Text(*assertion, "value"));
  }

  void ReadFunders() {
    for (const Json* funder : json_.Objects(work_, "funder")) {
      const std::string name = json_.Marked(*funder, "name").text;
      std::string doi = json_.Text(*funder, "DOI");
      const std::vector<std::string> awards = json_.Texts(*funder, "award");
      for (const std::string& award : awards) record_.grants.push_back({award, {}, name, {}});
      if (awards.empty() && !name.empty()) record_.grants.push_back({{}, {}, name, {}});
      Other("funder-doi", name, std::move(doi));
    }
  }

  void ReadTrials() {
    for (const Json* trial : json_.Objects(work_, "clinical-trial-number")) {
      AddTrial(record_, json_.Text(*trial, "registry"), json_.Text(*trial, "clinical-trial-number"));
    }
  }

  std::string CitationText(const Json& reference) {
    std::string text = json_.Marked(reference, "unstructured").text;
    if (!text.empty()) return text;
    CrossrefCitation parts;
    parts.author = json_.Marked(reference, "author").text;
    for (const char* const key : {"article-title", "volume-title", "series-title", "journal-title", "edition"})
      parts.titles.push_back(json_.Marked(reference, key).text);
    parts.year = json_.Text(reference, "year");
    parts.volume = json_.Text(reference, "volume");
    parts.issue = json_.Text(reference, "issue");
    parts.first_page = json_.Text(reference, "first-page");
    return CrossrefCitationText(parts);
  }

  // A cited work's DOI is its own, never this record's.
  void ReadReferences() {
    const std::vector<const Json*> references = json_.Objects(work_, "reference");
    record_.references.reserve(references.size());
    for (const Json* json : references) {
      Reference& reference = record_.references.emplace_back();
      reference.citation.text = CitationText(*json);
      if (std::string doi = json_.Text(*json, "DOI"); !doi.empty())
        reference.identifiers.push_back(json_.MakeIdentifier("doi", std::move(doi), "reference"));
    }
    record_.number_of_references = json_.Text(work_, "references-count");
    if (record_.number_of_references.empty()) record_.number_of_references = json_.Text(work_, "reference-count");
  }

  void ReadRest() {
    for (std::string& subject : json_.Texts(work_, "subject"))
      record_.keywords.push_back({"Crossref", false, TextOfFragment(json_.context(), subject)});
    for (const Json* license : json_.Objects(work_, "license"))
      Other("license", json_.Text(*license, "content-version"), json_.Text(*license, "URL"));
    if (const Json* event = Find(work_, "event")) Other("event", {}, json_.Marked(*event, "name").text);
    for (const Json* institution : json_.Objects(work_, "institution"))
      Other("institution", {}, json_.Text(*institution, "name"));
    Other("group-title", {}, json_.Marked(work_, "group-title").text);
    Other("description", {}, json_.Marked(work_, "description").text);
    if (const Json* version = Find(work_, "version"); version != nullptr && version->is_object())
      Other("version", {}, json_.Text(*version, "version"));
    else
      Other("version", {}, json_.Text(work_, "version"));
  }

  const Json& work_;
  JsonRecord& json_;
  Record record_;
  bool is_book_ = false;
  bool is_posted_ = false;
};

constexpr EntryKind kWork{"work", "no-doi", "has no DOI (or one that is none)"};

bool ReadWork(const Json& work, JsonRecord& json, Record& record) {
  WorkReader reader(work, json);
  if (!reader.Read()) return false;
  record = reader.Take();
  return true;
}

// What a refusal says: {"message": [{"type", "value", "message"}]} or {"message": {"message": "..."}}.
std::string ErrorText(const Json& answer) {
  const Json* message = Find(answer, "message");
  if (message == nullptr) return {};
  std::string text;
  const auto add = [&text](const Json* part) {
    if (part == nullptr) return;
    if (!text.empty()) text += "; ";
    text += ScalarText(*part);
  };
  if (message->is_array())
    for (const Json& one : *message) add(one.is_object() ? Find(one, "message") : &one);
  else
    add(message->is_object() ? Find(*message, "message") : message);
  return Excerpt(text);
}

Problem NotWorks(const Json& answer) {
  const Json* status = Find(answer, "status");
  if (status != nullptr && ScalarText(*status) != "ok")
    return AnswerProblem("error-answer", fmt::format("Crossref refused the request: {}", ErrorText(answer)));
  const Json* type = Find(answer, "message-type");
  return AnswerProblem("unexpected-answer",
                       fmt::format("the answer holds no works of Crossref{}",
                                   type == nullptr ? "" : fmt::format(" but \"{}\"", Excerpt(ScalarText(*type)))));
}

}  // namespace

std::vector<Item> ParseCrossref(std::string_view body) {
  std::vector<Item> items;
  tl::expected<Json, Problem> answer = ReadJsonBody(body, "Crossref");
  if (!answer) {
    items.emplace_back(std::move(answer.error()));
    return items;
  }
  const Json* status = Find(*answer, "status");
  const Json* type = Find(*answer, "message-type");
  const Json* message = Find(*answer, "message");
  const bool is_envelope = status != nullptr && type != nullptr;
  const bool is_works = !is_envelope || ScalarText(*type) == "work" || ScalarText(*type) == "work-list";
  if ((is_envelope && (ScalarText(*status) != "ok" || message == nullptr)) || !is_works) {
    items.emplace_back(NotWorks(*answer));
    return items;
  }
  const Json& holder = is_envelope ? *message : *answer;
  const Json* list = Find(holder, "items");
  if (list != nullptr && list->is_array()) {
    items = ReadEntries(*list, kWork, ReadWork);
  } else if (Find(holder, "DOI") != nullptr || (is_envelope && ScalarText(*type) == "work")) {
    items.push_back(ReadEntry(holder, 1, kWork, ReadWork));
  } else {
    items.emplace_back(NotWorks(*answer));
  }
  WarnOfInvalidUtf8(body, items);
  return items;
}

}  // namespace litmill::parse
