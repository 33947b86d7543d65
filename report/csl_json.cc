// SPDX-License-Identifier: Apache-2.0
#include "report/csl_json.h"

#include <charconv>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/export_note.h"
#include "core/export_text.h"
#include "report/citation.h"

namespace litmill::report {
namespace {

using Json = nlohmann::ordered_json;

void Set(Json& item, const char* key, const std::string& text) {
  std::string value = OneLine(text);
  if (!value.empty()) item[key] = std::move(value);
}

Json Names(const std::vector<Name>& names) {
  Json list = Json::array();
  for (const Name& name : names) {
    Json entry = Json::object();
    Set(entry, "literal", name.group);
    Set(entry, "family", name.last);
    Set(entry, "given", name.given);
    Set(entry, "suffix", name.suffix);
    list.push_back(std::move(entry));
  }
  return list;
}

Json DateArray(const DateParts& date) {
  Json parts = Json::array();
  for (const std::string* part : {&date.year, &date.month, &date.day}) {
    int number = 0;
    const auto [end, error] = std::from_chars(part->data(), part->data() + part->size(), number);
    if (part->empty() || error != std::errc() || end != part->data() + part->size()) break;
    parts.push_back(number);
  }
  return parts;
}

Json Issued(const PartialDate& date) {
  Json dates = Json::array();
  dates.push_back(DateArray(PartsOf(&date)));
  PartialDate end;
  end.iso = date.iso_end;
  if (Json last = DateArray(PartsOf(&end)); !last.empty()) dates.push_back(std::move(last));
  return Json{{"date-parts", std::move(dates)}};
}

void SetPlace(Json& item, const Record& r) {
  const Journal& journal = r.journal;
  Set(item, "container-title", ContainerOf(r));
  Set(item, "container-title-short", journal.iso_abbreviation.empty() ? journal.medline_ta : journal.iso_abbreviation);
  if (const PartialDate* date = r.PublicationDate(); !PartsOf(date).year.empty()) item["issued"] = Issued(*date);
  Set(item, "volume", journal.volume);
  Set(item, "issue", journal.issue);
  Set(item, "page", r.pages);
  Set(item, "ISSN",
      !journal.issn_print.empty()        ? journal.issn_print
      : !journal.issn_electronic.empty() ? journal.issn_electronic
                                         : journal.issn_linking);
  if (!r.book) return;
  Set(item, "ISBN", r.book->isbns.empty() ? "" : r.book->isbns.front());
  Set(item, "publisher", r.book->publisher);
  Set(item, "publisher-place", r.book->publisher_location);
  Set(item, "edition", r.book->edition);
  Set(item, "collection-title", r.book->collection_title);
}

}  // namespace

void AppendCslItem(const store::WorkRecord& work, std::string& out) {
  const Record& r = work.record;
  const Kind kind = KindOf(r);
  Json item = Json::object();
  item["id"] = OneLine(r.source + ":" + r.source_id);
  item["type"] = kind == Kind::kBook ? "book" : kind == Kind::kChapter ? "chapter" : "article-journal";
  Set(item, "title", TitleOf(r));
  if (Json names = Names(NamesOf(r, PersonRole::kAuthor)); !names.empty()) item["author"] = std::move(names);
  if (Json names = Names(NamesOf(r, PersonRole::kEditor)); !names.empty()) item["editor"] = std::move(names);
  SetPlace(item, r);
  Set(item, "DOI", IdOf(r, "doi"));
  Set(item, "PMID", IdOf(r, "pmid"));
  Set(item, "PMCID", IdOf(r, "pmcid"));
  Set(item, "URL", LinkOf(r));
  Set(item, "language", JoinLines(r.languages, "; "));
  Set(item, "abstract", JoinedAbstract(r));
  Set(item, "keyword", JoinList(KeywordList(work)));
  Set(item, "genre", JoinLines(TypesOf(r), "; "));
  Set(item, "source", DatabaseName(r.source));
  if (r.IsRetracted()) item["status"] = "retracted";
  Set(item, "note", RetractionNote(r));
  item["custom"] = Json{{"litmill", ExportNote(r, work.tags.size())}};
  out += item.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace litmill::report
