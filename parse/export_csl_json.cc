// SPDX-License-Identifier: Apache-2.0
#include "parse/export_csl_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/crossref_terms.h"
#include "parse/csl_own.h"
#include "parse/csl_parts.h"
#include "parse/export_date.h"
#include "parse/json_reader.h"
#include "parse/json_slices.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"

namespace litmill::parse {
namespace {

// Fields that are read, sorted; what else an item has is kept as it came.
constexpr std::string_view kRead[] = {"DOI",
                                      "ISBN",
                                      "ISSN",
                                      "PMCID",
                                      "PMID",
                                      "URL",
                                      "abstract",
                                      "accessed",
                                      "author",
                                      "citation-key",
                                      "citation-label",
                                      "collection-title",
                                      "container-title",
                                      "container-title-short",
                                      "edition",
                                      "editor",
                                      "event",
                                      "event-date",
                                      "event-place",
                                      "event-title",
                                      "genre",
                                      "id",
                                      "issue",
                                      "issued",
                                      "journalAbbreviation",
                                      "keyword",
                                      "language",
                                      "note",
                                      "number",
                                      "original-title",
                                      "page",
                                      "page-first",
                                      "publisher",
                                      "publisher-place",
                                      "short-container-title",
                                      "shortTitle",
                                      "source",
                                      "status",
                                      "submitted",
                                      "subtitle",
                                      "title",
                                      "title-short",
                                      "type",
                                      "volume"};

class ItemReader {
 public:
  ItemReader(const Json& item, ExportRecord& out) : item_(item), out_(out), record_(out.record), json_(out.context) {}

  void Read() {
    ReadTitles();
    ReadType();
    for (const auto& [key, role] : {std::pair{"author", PersonRole::kAuthor}, std::pair{"editor", PersonRole::kEditor}})
      for (const Json* person : json_.Objects(item_, key)) AddPerson(CslPerson(json_, *person, role));
    out_.SetAbstract(json_.Raw(item_, "abstract"));
    ReadPlace();
    ReadDates();
    ReadIdentifiers();
    ReadWords();
    KeepRest();
  }

 private:
  std::string Text(const char* key) { return json_.Marked(item_, key).text; }

  void AddPerson(Author person) {
    if (AreInitials(person.fore_name)) {
      person.initials = BareInitials(person.fore_name);
      person.fore_name.clear();
    }
    if (!person.last_name.empty() || !person.collective_name.empty()) record_.authors.push_back(std::move(person));
  }

  void ReadTitles() {
    record_.title = json_.Marked(item_, "title");
    record_.vernacular_title = json_.Marked(item_, "original-title");
    for (const char* const key : {"title-short", "shortTitle"}) Other(out_, "short-title", Text(key));
    Other(out_, "subtitle", Text("subtitle"));
  }

  void ReadType() {
    type_ = json_.Text(item_, "type");
    const CrossrefType* known = CrossrefTypeNamed(type_);
    is_book_ = known != nullptr && known->is_book;
    is_part_ = type_ == "chapter" || type_ == "book-chapter" || type_ == "book-section" || type_ == "book-part" ||
               type_.starts_with("entry") || type_ == "reference-entry";
    is_book_ = is_book_ || is_part_;
    const std::string genre = json_.Text(item_, "genre");
    for (const std::string& name : SplitList(genre, ";")) out_.AddPublicationType(name);
    if (genre.empty() && known != nullptr)
      out_.AddPublicationType(known->name);
    else if (genre.empty())
      out_.AddPublicationType(type_);
  }

  void ReadPlace() {
    Journal& journal = record_.journal;
    const std::string container = Text("container-title");
    journal.volume = json_.Text(item_, "volume");
    journal.issue = json_.Text(item_, "issue");
    for (const char* const key : {"container-title-short", "short-container-title", "journalAbbreviation"})
      if (journal.iso_abbreviation.empty()) journal.iso_abbreviation = Text(key);
    const std::string series = Text("collection-title");
    if (is_book_) {
      record_.type = RecordType::kBook;
      Book& book = record_.book.emplace();
      book.title = is_part_ ? container : record_.title.text;
      book.collection_title = is_part_ || container.empty() ? series : container;
      book.publisher = Text("publisher");
      book.publisher_location = Text("publisher-place");
      book.edition = json_.Text(item_, "edition");
      book.volume = journal.volume;
    } else {
      journal.title = container;
      Other(out_, "publisher", Text("publisher"));
      Other(out_, "publisher-location", Text("publisher-place"));
      Other(out_, "edition", json_.Text(item_, "edition"));
      Other(out_, "series", series);
    }
    for (const char* const key : {"ISSN", "ISBN"})
      for (const std::string& number : json_.Texts(item_, key)) out_.AddIssnsAndIsbns(number);
    std::string pages = json_.Text(item_, "page");
    if (pages.empty()) pages = json_.Text(item_, "page-first");
    SetPagesOrNumber(out_, pages, {}, json_.Text(item_, "number"));
  }

  void AddDate(std::string_view kind, const char* key) {
    const Json* date = Find(item_, key);
    if (date == nullptr) return;
    PartialDate read;
    if (date->is_object()) {
      read = CslDate(json_, *date);
      for (const char* const word : {"raw", "literal"})
        if (read.raw.empty()) read = DateFromExport(json_.Text(*date, word));
    } else {
      read = DateFromExport(ScalarText(*date));
    }
    if (!read.raw.empty()) record_.dates.push_back({std::string(kind), std::move(read), {}});
  }

  void ReadDates() {
    AddDate("print", "issued");
    AddDate("submitted", "submitted");
    AddDate("event", "event-date");
  }

  void ReadIdentifiers() {
    if (const std::string doi = json_.Text(item_, "DOI"); !doi.empty() && !out_.AddDoiIn(doi, "DOI"))
      out_.AddIdentifier("doi", doi, "DOI");
    out_.AddIdentifier("pmid", json_.Text(item_, "PMID"), "PMID");
    out_.AddIdentifier("pmcid", json_.Text(item_, "PMCID"), "PMCID");
    if (const std::string url = json_.Text(item_, "URL"); !url.empty() && !out_.AddDoiIn(url, "URL"))
      Other(out_, "url", url);
    const std::string id = json_.Text(item_, "id");
    Other(out_, "citation-key", id);
    // Programs write the catalogue of the library here ("DOI.org (Crossref)"); a database that is known is one.
    const std::string source = json_.Text(item_, "source");
    if (AsciiLower(source).find("doi.org") != std::string::npos)
      Other(out_, "source-string", source);
    else
      out_.database = source;
  }

  void ReadWords() {
    for (const std::string& language : json_.Texts(item_, "language")) out_.AddLanguages(language);
    const std::string keywords = json_.Text(item_, "keyword");
    AddKeywords(out_, "NOTNLM", keywords, keywords.find(';') == std::string::npos ? "," : ";");
    // Zotero puts what CSL has no place for into the note: "PMID: 123".
    std::string note = json_.Raw(item_, "note");
    for (const std::string& line : SplitList(note, "\n")) {
      const std::string lower = AsciiLower(line);
      if (lower.starts_with("pmid:"))
        out_.AddIdentifier("pmid", std::string_view(line).substr(5), "note");
      else if (lower.starts_with("pmcid:"))
        out_.AddIdentifier("pmcid", std::string_view(line).substr(6), "note");
      else
        Other(out_, "note", line);
    }
    for (const char* const key : {"event", "event-title"})
      if (const Json* event = Find(item_, key); event != nullptr && !event->is_structured())
        Other(out_, "conference", Text(key));
    Other(out_, "conference-location", Text("event-place"));
    if (json_.Text(item_, "status") == "retracted")
      out_.AddPublicationType("Retracted Publication");
    else
      Other(out_, "status", Text("status"));
  }

  void KeepRest() {
    for (const auto& [key, value] : item_.items()) {
      if (std::binary_search(std::begin(kRead), std::end(kRead), std::string_view(key))) continue;
      if (value.is_null() || (value.is_structured() && value.empty())) continue;
      out_.AddUnmapped(
          key, value.is_structured() ? value.dump(-1, ' ', false, Json::error_handler_t::replace) : ScalarText(value));
    }
  }

  const Json& item_;
  ExportRecord& out_;
  Record& record_;
  JsonRecord json_;
  std::string type_;
  bool is_book_ = false, is_part_ = false;
};

bool TakeItem(const JsonSlice& slice, ExportSink& sink) {
  const Position position = sink.At(slice.line, slice.offset_bytes);
  if (slice.text.size() > sink.limits().max_record_bytes)
    return sink.Report(Severity::kError, "record-too-large",
                       fmt::format("the item is larger than {} bytes", sink.limits().max_record_bytes), position);
  if (!slice.has_end)
    return sink.Report(Severity::kError, "bad-record", "the item has no end: the file is cut off or damaged", position);
  const tl::expected<Json, Problem> item = ReadJsonBody(slice.text, "this file");
  if (!item || !item->is_object())
    return sink.Report(Severity::kError, "bad-record",
                       fmt::format("the item is no sound JSON: {}", item ? "no object" : item.error().message),
                       position);
  ExportRecord out(sink.limits(), position);
  if (!ReadOwnCslItem(*item, out)) ItemReader(*item, out).Read();
  return sink.Take(std::move(out));
}

}  // namespace

bool RecognisesCslJson(std::string_view head) {
  const std::string_view text = TrimAscii(head);
  if (text.empty() || (text.front() != '[' && text.front() != '{')) return false;
  JsonSlicer slicer(text);
  JsonSlice first;
  if (!slicer.Next(first) || !first.is_object) return false;
  const auto has = [&first](std::string_view name) {
    return first.text.find("\"" + std::string(name) + "\"") != std::string_view::npos;
  };
  // Answers of services have envelopes of their own.
  if (has("message-type") || has("search-results") || has("hitCount") || has("resultList")) return false;
  if (has("litmill")) return true;  // its own, whatever the first item lacks
  return has("title") && (has("type") || has("issued")) &&
         (has("author") || has("issued") || has("container-title") || has("DOI") || has("id"));
}

void ReadCslJson(std::string_view text, ExportSink& sink) {
  JsonSlicer slicer(text);
  for (JsonSlice slice; slicer.Next(slice);) {
    if (!slice.is_object) {
      if (!sink.Report(Severity::kError, "unexpected-content",
                       fmt::format("line {}: what stands between the items was not read: \"{}\"", slice.line,
                                   Excerpt(slice.text)),
                       {slice.offset_bytes, slice.line, 0}))
        return;
    } else if (!TakeItem(slice, sink)) {
      return;
    }
  }
}

}  // namespace litmill::parse
