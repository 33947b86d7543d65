// SPDX-License-Identifier: Apache-2.0
#include "parse/crossref_xml_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/crossref_parts.h"
#include "parse/crossref_terms.h"
#include "parse/crossref_xml_item.h"
#include "parse/crossref_xml_programs.h"
#include "parse/markup_fragment.h"
#include "parse/record_parts.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// Children of such an element that are read, and those left out on purpose (where the text lies, policies, keys).
constexpr std::string_view kKnownChildren[] = {"titles",
                                               "contributors",
                                               "abstract",
                                               "publication_date",
                                               "posted_date",
                                               "review_date",
                                               "approval_date",
                                               "acceptance_date",
                                               "competing_interest_statement",
                                               "running_number",
                                               "database_date",
                                               "pages",
                                               "publisher_item",
                                               "item_number",
                                               "crossmark",
                                               "program",
                                               "archive_locations",
                                               "doi_data",
                                               "citation_list",
                                               "component_list",
                                               "component_number",
                                               "scn_policies",
                                               "version_info",
                                               "publisher",
                                               "isbn",
                                               "noisbn",
                                               "edition_number",
                                               "volume",
                                               "series_metadata",
                                               "set_metadata",
                                               "proceedings_title",
                                               "proceedings_subject",
                                               "person_name",
                                               "institution",
                                               "degree",
                                               "group_title",
                                               "full_title",
                                               "abbrev_title",
                                               "issn",
                                               "coden",
                                               "journal_volume",
                                               "issue",
                                               "special_numbering",
                                               "description",
                                               "format",
                                               "contract_number",
                                               "part_number",
                                               "publication"};

class XmlWorkReader {
 public:
  XmlWorkReader(CrossrefItem item, JsonRecord& fields, Record& record)
      : item_(item.node), top_(item.top), type_(std::move(item.type)), fields_(fields), record_(record) {}

  bool Read() {
    record_.source = "crossref";
    Identifier doi = fields_.MakeIdentifier("doi", CrossrefDoiOf(item_), "doi_data");
    if (!doi.valid) return false;
    record_.source_id = doi.value;
    record_.identifiers.push_back(std::move(doi));
    ReadPublisherItem();
    ReadTitles();
    ReadAbstracts();
    ReadType();
    ReadPeople();
    ReadLanguage();
    ReadJournal();
    ReadBook();
    ReadOthers();
    ReadPages();
    ReadDates();
    ReadCrossrefPrograms(item_, fields_, record_);
    ReadCitations();
    for (const pugi::xml_node child : item_.children())
      if (IsElement(child) &&
          std::find(std::begin(kKnownChildren), std::end(kKnownChildren), LocalName(child)) == std::end(kKnownChildren))
        fields_.context().UnknownElement(item_.name(), child);
    return true;
  }

 private:
  MarkedText Marked(pugi::xml_node node) { return MarkedOf(fields_, node); }
  std::string TextAt(pugi::xml_node node, std::string_view name) { return Marked(ChildNamed(node, name)).text; }
  std::string Attribute(pugi::xml_node node, const char* name) { return AttributeOf(fields_, node, name); }
  void Other(std::string_view kind, std::string source, std::string value) {
    AddOther(record_, kind, std::move(source), std::move(value));
  }

  void ReadPublisherItem() {
    const pugi::xml_node holder = ChildNamed(item_, "publisher_item");
    for (const pugi::xml_node id : ChildrenNamed(holder, "identifier")) {
      const std::string scheme = AsciiLower(Attribute(id, "id_type"));
      std::string value = Marked(id).text;
      if (value.empty() || scheme == "doi" || AsciiLower(value) == record_.source_id) continue;
      record_.identifiers.push_back({scheme.empty() ? "publisher-id" : scheme, value, value, "publisher_item", true});
    }
    std::vector<pugi::xml_node> numbers = ChildrenNamed(holder, "item_number");
    for (const pugi::xml_node number : ChildrenNamed(item_, "item_number")) numbers.push_back(number);
    for (const pugi::xml_node number : numbers) {
      std::string value = Marked(number).text;
      const std::string kind = Attribute(number, "item_number_type");
      if (value.empty() || AsciiLower(value) == record_.source_id) continue;  // Some publishers repeat the DOI here.
      const bool is_article = kind == "article_number" || kind == "article-number";
      if (is_article) article_number_ = value;
      record_.identifiers.push_back(
          {is_article ? "article-number" : "alternative-id", value, value, "item_number", true});
    }
  }

  void ReadTitles() {
    const std::vector<pugi::xml_node> all = ChildrenNamed(item_, "titles");
    for (const pugi::xml_node titles : all) {
      for (const pugi::xml_node title : ChildrenNamed(titles, "title")) {
        MarkedText text = Marked(title);
        if (record_.title.text.empty())
          record_.title = std::move(text);
        else
          Other("alternative-title", {}, std::move(text.text));
      }
      for (const pugi::xml_node subtitle : ChildrenNamed(titles, "subtitle"))
        Other("subtitle", {}, Marked(subtitle).text);
      const pugi::xml_node original = ChildNamed(titles, "original_language_title");
      if (original && record_.vernacular_title.text.empty()) record_.vernacular_title = Marked(original);
    }
    for (const char* const name : {"full_title", "proceedings_title", "description"})
      if (record_.title.text.empty()) record_.title = Marked(ChildNamed(item_, name));
  }

  void ReadAbstracts() {
    for (const pugi::xml_node abstract : ChildrenNamed(item_, "abstract")) {
      std::vector<AbstractSection> sections = SectionsOfFragment(fields_.context(), InnerXml(abstract));
      if (sections.empty()) continue;
      if (record_.abstract_sections.empty())
        record_.abstract_sections = std::move(sections);
      else
        record_.other_abstracts.push_back(
            {Attribute(abstract, "abstract-type"), Attribute(abstract, "xml:lang"), std::move(sections), {}});
    }
  }

  void ReadType() {
    if (const CrossrefType* known = CrossrefTypeNamed(type_)) {
      record_.publication_types.push_back({std::string(known->ui), std::string(known->name)});
      if (known->is_book) record_.type = RecordType::kBook;
    } else {
      record_.publication_types.push_back({{}, type_});
    }
    if (type_ != "posted-content") return;
    const std::string kind = Attribute(item_, "type");
    // The schema's default.
    if (kind.empty() || kind == "preprint")
      record_.publication_types.push_back({"D000076942", "Preprint"});
    else
      Other("subtype", {}, kind);
  }

  void ReadPeople() {
    const pugi::xml_node list = ChildNamed(item_, "contributors");
    for (const pugi::xml_node child : (list ? list : item_).children()) {
      const std::string_view name = LocalName(child);
      if (!IsElement(child) || (name != "person_name" && name != "organization")) continue;
      const std::string role = Attribute(child, "contributor_role");
      Author person = name == "person_name" ? Person(child) : Group(child);
      if (role == "chair" || role == "translator") {
        std::string written = person.collective_name.empty() ? person.last_name : person.collective_name;
        if (!person.fore_name.empty()) written += ", " + person.fore_name;
        Other(role, {}, std::move(written));
        continue;
      }
      person.role = role == "editor" ? PersonRole::kEditor : PersonRole::kAuthor;
      if (!person.last_name.empty() || !person.collective_name.empty()) record_.authors.push_back(std::move(person));
    }
  }

  Author Person(pugi::xml_node node) {
    Author person;
    person.last_name = TextAt(node, "surname");
    person.fore_name = TextAt(node, "given_name");
    person.suffix = TextAt(node, "suffix");
    if (person.last_name.empty()) person.last_name = std::exchange(person.fore_name, {});
    fields_.AddPersonIdentifier(person, "ORCID", TextAt(node, "ORCID"));
    for (const pugi::xml_node affiliation : ChildrenNamed(node, "affiliation"))
      AddAffiliation(person, {Marked(affiliation).text, {}});
    for (const pugi::xml_node institution : ChildrenNamed(ChildNamed(node, "affiliations"), "institution"))
      AddAffiliation(person, Institution(institution));
    return person;
  }

  Author Group(pugi::xml_node node) {
    Author group;
    group.collective_name = TextAt(node, "name");  // Newer schemas; before, the element's own text.
    if (group.collective_name.empty()) group.collective_name = Marked(node).text;
    for (const pugi::xml_node institution : ChildrenNamed(ChildNamed(node, "affiliations"), "institution"))
      AddAffiliation(group, Institution(institution));
    return group;
  }

  Affiliation Institution(pugi::xml_node node) {
    Affiliation affiliation;
    for (const char* const name : {"institution_name", "institution_department", "institution_place"})
      for (const pugi::xml_node part : ChildrenNamed(node, name)) {
        const std::string text = Marked(part).text;
        if (!text.empty()) affiliation.text += (affiliation.text.empty() ? "" : ", ") + text;
      }
    for (const pugi::xml_node id : ChildrenNamed(node, "institution_id"))
      if (std::string value = Marked(id).text; !value.empty())
        affiliation.identifiers.push_back({Attribute(id, "type"), std::move(value)});
    return affiliation;
  }

  static void AddAffiliation(Author& person, Affiliation affiliation) {
    if (!affiliation.text.empty() || !affiliation.identifiers.empty())
      person.affiliations.push_back(std::move(affiliation));
  }

  // The item's language, else that of what it stands in.
  void ReadLanguage() {
    for (pugi::xml_node node = item_; node && LocalName(node) != "crossref"; node = node.parent())
      if (const std::string language = Attribute(node, "language"); !language.empty())
        return fields_.AddLanguage(record_, language);
    for (const pugi::xml_node child : top_.children())
      if (const std::string language = Attribute(child, "language"); !language.empty())
        return fields_.AddLanguage(record_, language);
  }

  void AddIssns(pugi::xml_node holder) {
    Journal& journal = record_.journal;
    for (const pugi::xml_node node : ChildrenNamed(holder, "issn")) {
      std::string issn = HyphenatedIssn(Marked(node).text);
      const std::string type = Attribute(node, "media_type");
      std::string& place = type == "electronic" ? journal.issn_electronic : journal.issn_print;
      if (place.empty() && (type == "electronic" || type == "print" || type.empty()))
        place = std::move(issn);
      else
        Other("issn", type, std::move(issn));
    }
  }

  void ReadJournal() {
    const pugi::xml_node metadata = ChildNamed(top_, "journal_metadata");
    const pugi::xml_node issue = ChildNamed(top_, "journal_issue");
    Journal& journal = record_.journal;
    const std::vector<pugi::xml_node> titles = ChildrenNamed(metadata, "full_title");
    for (const pugi::xml_node title : titles)
      if (journal.title.empty())
        journal.title = Marked(title).text;
      else
        Other("container-title", {}, Marked(title).text);
    journal.iso_abbreviation = TextAt(metadata, "abbrev_title");
    AddIssns(metadata);
    journal.volume = TextAt(ChildNamed(issue, "journal_volume"), "volume");
    journal.issue = TextAt(issue, "issue");
    if (journal.issue.empty()) journal.issue = TextAt(issue, "special_numbering");
  }

  // The metadata of the book, report, proceedings or database that the item is or stands in.
  [[nodiscard]] pugi::xml_node ContainerMetadata() const {
    for (const pugi::xml_node child : top_.children()) {
      const std::string_view name = LocalName(child);
      if (name.ends_with("_metadata") && name != "event_metadata" && name != "journal_metadata") return child;
    }
    return LocalName(item_).ends_with("_metadata") ? item_ : pugi::xml_node();
  }

  void ReadBook() {
    const pugi::xml_node metadata = ContainerMetadata();
    const pugi::xml_node publisher = ChildNamed(metadata, "publisher");
    const pugi::xml_node series = ChildNamed(metadata, "series_metadata");
    std::string title = TextAt(ChildNamed(metadata, "titles"), "title");
    if (title.empty()) title = TextAt(metadata, "proceedings_title");
    const std::string series_title = TextAt(ChildNamed(series, "titles"), "title");
    std::vector<std::string> isbns;
    for (const pugi::xml_node isbn : ChildrenNamed(metadata, "isbn")) isbns.push_back(Marked(isbn).text);
    AddIssns(series);
    if (record_.journal.volume.empty()) record_.journal.volume = TextAt(metadata, "volume");
    if (record_.type == RecordType::kBook) {
      Book& book = record_.book.emplace();
      book.title = title;
      book.collection_title = series_title == title ? std::string() : series_title;
      book.publisher = TextAt(publisher, "publisher_name");
      book.publisher_location = TextAt(publisher, "publisher_place");
      book.edition = TextAt(metadata, "edition_number");
      book.volume = record_.journal.volume;
      book.isbns = std::move(isbns);
      return;
    }
    if (record_.journal.title.empty() && metadata != item_) record_.journal.title = std::move(title);
    Other("series-title", {}, series_title);
    Other("publisher", {}, TextAt(publisher, "publisher_name"));
    Other("publisher-location", {}, TextAt(publisher, "publisher_place"));
    for (std::string& isbn : isbns) Other("isbn", {}, std::move(isbn));
  }

  void ReadOthers() {
    Other("event", {}, TextAt(ChildNamed(top_, "event_metadata"), "conference_name"));
    for (const pugi::xml_node institution : ChildrenNamed(item_, "institution"))
      Other("institution", {}, TextAt(institution, "institution_name"));
    for (const pugi::xml_node degree : ChildrenNamed(item_, "degree")) Other("degree", {}, Marked(degree).text);
    Other("group-title", {}, TextAt(item_, "group_title"));
    if (std::string words = TextAt(item_, "description"); words != record_.title.text)
      Other("description", {}, std::move(words));
    record_.coi_statement = TextAt(item_, "competing_interest_statement");
  }

  void ReadPages() {
    const pugi::xml_node pages = ChildNamed(item_, "pages");
    SetPages(record_, TextAt(pages, "first_page"), TextAt(pages, "last_page"));
    if (std::string others = TextAt(pages, "other_pages"); !others.empty()) {
      if (record_.pages.empty())
        SetPages(record_, others, {});
      else
        record_.pages += ", " + others;
    }
    if (record_.pages.empty()) SetPages(record_, article_number_, {});
  }

  PartialDate DateOf(pugi::xml_node node) {
    PartialDate date = DateFromParts(TextAt(node, "year"), TextAt(node, "month"), TextAt(node, "day"));
    if (date.iso.empty() && !date.raw.empty())
      fields_.context().Warn("bad-date", fmt::format("the date \"{}\" could not be read", Excerpt(date.raw)));
    return date;
  }

  void AddDate(std::string_view kind, pugi::xml_node node) {
    if (!node || record_.Date(kind) != nullptr) return;
    PartialDate date = DateOf(node);
    if (!date.raw.empty()) record_.dates.push_back({std::string(kind), std::move(date), {}});
  }

  void AddPublicationDates(pugi::xml_node holder) {
    for (const pugi::xml_node node : ChildrenNamed(holder, "publication_date"))
      AddDate(Attribute(node, "media_type") == "online" ? "electronic" : "print", node);
  }

  // An item without a date of its own has that of its issue, book or proceedings.
  void ReadDates() {
    AddPublicationDates(item_);
    AddDate("electronic", ChildNamed(item_, "posted_date"));
    AddDate("electronic", ChildNamed(item_, "review_date"));
    if (type_ == "dissertation") AddDate("print", ChildNamed(item_, "approval_date"));
    AddDate("print", ChildNamed(ChildNamed(item_, "database_date"), "publication_date"));
    if (record_.PublicationDate() == nullptr) AddPublicationDates(ChildNamed(top_, "journal_issue"));
    if (record_.PublicationDate() == nullptr) AddPublicationDates(ContainerMetadata());
    AddDate("accepted", ChildNamed(item_, "acceptance_date"));
    AddDate("approved", ChildNamed(item_, "approval_date"));
  }

  void ReadCitations() {
    const std::vector<pugi::xml_node> citations = ChildrenNamed(ChildNamed(item_, "citation_list"), "citation");
    record_.references.reserve(citations.size());
    for (const pugi::xml_node node : citations) {
      Reference& reference = record_.references.emplace_back();
      reference.citation.text = TextAt(node, "unstructured_citation");
      if (reference.citation.text.empty()) reference.citation.text = CitationText(node);
      if (std::string doi = TextAt(node, "doi"); !doi.empty())
        reference.identifiers.push_back(fields_.MakeIdentifier("doi", std::move(doi), "citation"));
    }
    if (!citations.empty()) record_.number_of_references = fmt::format_int(citations.size()).str();
  }

  std::string CitationText(pugi::xml_node node) {
    CrossrefCitation parts;
    parts.author = TextAt(node, "author");
    for (const char* const name : {"article_title", "volume_title", "series_title", "journal_title", "edition_number"})
      parts.titles.push_back(TextAt(node, name));
    parts.year = TextAt(node, "cYear");
    parts.volume = TextAt(node, "volume");
    parts.issue = TextAt(node, "issue");
    parts.first_page = TextAt(node, "first_page");
    return CrossrefCitationText(parts);
  }

  pugi::xml_node item_, top_;
  std::string type_, article_number_;
  JsonRecord& fields_;
  Record& record_;
};

}  // namespace

bool ReadCrossrefXmlRecord(pugi::xml_node crossref, pugi::xml_node query, std::string_view timestamp,
                           JsonRecord& fields, Record& record) {
  CrossrefItem item = FindCrossrefItem(crossref, NormaliseDoi(ChildNamed(query, "doi").text().get()).value_or(""));
  if (!item.node || !XmlWorkReader(std::move(item), fields, record).Read()) return false;
  ReadCrossrefQuery(query, fields, record);
  if (record.Date("revised") == nullptr) fields.AddDate(record, "revised", timestamp);
  if (TitleSaysRetracted(record.title.text) && !record.IsRetracted())
    fields.context().Warn("retracted-in-title",
                          "the title says that the work was retracted, but Crossref has no update");
  return true;
}

}  // namespace litmill::parse
