// SPDX-License-Identifier: Apache-2.0
// Tables that people and their tools make (screening tools, reference managers, scripts): columns by their usual names.
#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

// The separator is not known: what stands most often outside brackets of semicolons, bars and commas.
void AddAnyKeywords(Out out, Cell cell, std::string_view owner) {
  for (const std::string_view separator : {";", "||", "|", "\n"})
    if (cell.find(separator) != Cell::npos) return AddKeywords(out, owner, cell, separator);
  // A list of a scripting language: "['a', 'b']".
  if (cell.starts_with('[') && cell.ends_with(']')) {
    for (const std::string& part : SplitTerms(cell.substr(1, cell.size() - 2))) {
      std::string_view term = part;
      while (!term.empty() && (term.front() == '\'' || term.front() == '"')) term.remove_prefix(1);
      while (!term.empty() && (term.back() == '\'' || term.back() == '"')) term.remove_suffix(1);
      out.AddKeyword(owner, term);
    }
    return;
  }
  for (const std::string& term : SplitTerms(cell)) out.AddKeyword(owner, term);
}

void Title(Out out, Cell cell) {
  if (out.record.title.text.empty())
    out.record.title = out.Marked(cell);
  else
    Other(out, "alternative-title", cell);
}
void Authors(Out out, Cell cell) { AddPeople(out, PeopleInAnyWording(cell)); }
void Editors(Out out, Cell cell) { AddPeople(out, PeopleInAnyWording(cell), PersonRole::kEditor); }
void Doi(Out out, Cell cell) {
  if (!out.AddDoiIn(cell, "doi")) out.AddIdentifier("doi", cell, "doi");
}
void Pmid(Out out, Cell cell) {
  Cell number = cell;
  if (AsciiLower(number.substr(0, 5)) == "pmid:") number.remove_prefix(5);
  out.AddIdentifier("pmid", WithoutDecimals(number), "pmid");
}
void Pmcid(Out out, Cell cell) { out.AddIdentifier("pmcid", cell, "pmcid"); }
void Abstract(Out out, Cell cell) {
  if (out.record.abstract_sections.empty()) out.SetAbstract(cell);
}
void Keywords(Out out, Cell cell) { AddAnyKeywords(out, cell, "NOTNLM"); }
void IndexTerms(Out out, Cell cell) { AddAnyKeywords(out, cell, "INDEX"); }
void Volume(Out out, Cell cell) { out.record.journal.volume = WithoutDecimals(cell); }
void Issue(Out out, Cell cell) { out.record.journal.issue = WithoutDecimals(cell); }
void Languages(Out out, Cell cell) { out.AddLanguages(cell); }
void Database(Out out, Cell cell) { out.database = std::string(cell); }
void Abbreviation(Out out, Cell cell) { out.record.journal.iso_abbreviation = out.Marked(cell).text; }
void Types(Out out, Cell cell) {
  for (const std::string& type : SplitList(cell, ";")) out.AddPublicationType(type);
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"title", Title},
      {"titles", Title},
      {"article title", Title},
      {"document title", Title},
      {"paper title", Title},
      {"study title", Title},
      {"primary_title", Title},
      {"primary title", Title},
      {"translated title", Title},
      {"short title", As<"short-title">},
      {"authors", Authors},
      {"author", Authors},
      {"author(s)", Authors},
      {"author names", Authors},
      {"author_names", Authors},
      {"first_authors", Authors},
      {"author full names", nullptr},
      {"editor", Editors},
      {"editors", Editors},
      {"year", nullptr},
      {"publication year", nullptr},
      {"publication_year", nullptr},
      {"published year", nullptr},
      {"pub year", nullptr},
      {"year of publication", nullptr},
      {"publication date", nullptr},
      {"publication_date", nullptr},
      {"date of publication", nullptr},
      {"date", nullptr},
      {"journal", nullptr},
      {"journal title", nullptr},
      {"journal_title", nullptr},
      {"journal name", nullptr},
      {"journal/book", nullptr},
      {"source title", nullptr},
      {"source_title", nullptr},
      {"publication title", nullptr},
      {"secondary_title", nullptr},
      {"secondary title", nullptr},
      {"container_title", nullptr},
      {"container-title", nullptr},
      {"booktitle", nullptr},
      {"venue", nullptr},
      {"journal abbreviation", Abbreviation},
      {"abbreviated source title", Abbreviation},
      {"volume", Volume},
      {"vol", Volume},
      {"issue", Issue},
      {"number", Issue},
      {"journal number", Issue},
      {"pages", nullptr},
      {"page", nullptr},
      {"page range", nullptr},
      {"start page", nullptr},
      {"start_page", nullptr},
      {"page start", nullptr},
      {"first page", nullptr},
      {"end page", nullptr},
      {"end_page", nullptr},
      {"page end", nullptr},
      {"last page", nullptr},
      {"art. no.", nullptr},
      {"article number", nullptr},
      {"doi", Doi},
      {"doi link", Doi},
      {"pmid", Pmid},
      {"pubmed id", Pmid},
      {"pubmed_id", Pmid},
      {"pubmedid", Pmid},
      {"pmcid", Pmcid},
      {"pmc id", Pmcid},
      {"pmc_id", Pmcid},
      {"abstract", Abstract},
      {"abstract note", Abstract},
      {"notes_abstract", Abstract},
      {"keywords", Keywords},
      {"keyword", Keywords},
      {"author keywords", Keywords},
      {"author_keywords", Keywords},
      {"index keywords", IndexTerms},
      {"ieee terms", IndexTerms},
      {"mesh terms", IndexTerms},
      {"mesh_terms", IndexTerms},
      {"manual tags", As<"tags">},
      {"automatic tags", As<"tags">},
      {"tags", As<"tags">},
      {"url", As<"url">},
      {"urls", As<"url">},
      {"link", As<"url">},
      {"links", As<"url">},
      {"pdf link", As<"url">},
      {"issn", nullptr},
      {"isbn", nullptr},
      {"isbns", nullptr},
      {"language", Languages},
      {"language of original document", Languages},
      {"type", nullptr},
      {"item type", nullptr},
      {"publication type", nullptr},
      {"publication_type", nullptr},
      {"publication_types", nullptr},
      {"document type", nullptr},
      {"type_of_reference", nullptr},
      {"reference type", nullptr},
      {"entrytype", nullptr},
      {"publisher", As<"publisher">},
      {"place", As<"publisher-location">},
      {"conference name", As<"conference">},
      {"conference date", As<"conference-date">},
      {"conference location", As<"conference-location">},
      {"publication stage", As<"publication-stage">},
      {"open access", As<"open-access-status">},
      {"cited by", As<"times-cited">},
      {"note", As<"note">},
      {"notes", As<"note">},
      {"affiliations", As<"affiliation">},
      {"author affiliations", As<"affiliation">},
      {"database", Database},
      {"source database", Database},
      {"source_database", Database},
      {"eid", nullptr},
      {"accession number", nullptr},
      {"accession_number", nullptr},
  };
  return kColumns;
}

// The first filled of columns that say the same thing; what another of them says differently is kept.
std::string TakeFirst(const TableRow& row, Out out, std::initializer_list<std::string_view> columns) {
  std::string taken;
  for (const std::string_view column : columns) {
    std::string cell = row.Cell(column);
    if (taken.empty())
      taken = std::move(cell);
    else if (taken.find(cell) == std::string::npos)
      out.AddUnmapped(column, cell);
  }
  return taken;
}

constexpr std::string_view kTitles[] = {"title",       "titles",        "article title", "document title",
                                        "paper title", "primary_title", "study title",   "primary title"};

bool Fits(const TableHeader& header) {
  const bool has_title = std::any_of(std::begin(kTitles), std::end(kTitles),
                                     [&header](std::string_view name) { return header.Has(name); });
  if (!has_title) return false;
  if (header.size() == 1) return true;
  const std::vector<TableColumn>& known = Columns();
  return std::count_if(known.begin(), known.end(),
                       [&header](const TableColumn& column) { return header.Has(column.name); }) > 1;
}

void Finish(const TableRow& row, Out out) {
  Record& record = out.record;
  if (record.authors.empty())
    AddPeople(out, PeopleLastNameFirst(row.Cell("author full names")));
  else
    out.AddUnmapped("author full names", row.Cell("author full names"));
  std::stable_partition(record.authors.begin(), record.authors.end(),
                        [](const Author& a) { return a.role == PersonRole::kAuthor; });
  const std::string type = TakeFirst(row, out,
                                     {"publication_types", "publication type", "publication_type", "document type",
                                      "item type", "type_of_reference", "reference type", "entrytype", "type"});
  Types(out, type);
  const std::string container =
      TakeFirst(row, out,
                {"journal", "journal title", "journal_title", "journal name", "journal/book", "source title",
                 "source_title", "publication title", "secondary_title", "secondary title", "container_title",
                 "container-title", "booktitle", "venue"});
  const std::string lower = AsciiLower(type);
  SetContainer(out, container, lower == "inbook" || lower == "incollection" ? "chapter" : lower);
  const std::string date = TakeFirst(row, out, {"publication date", "publication_date", "date of publication", "date"});
  const std::string year = WithoutDecimals(TakeFirst(
      row, out, {"year", "publication year", "publication_year", "published year", "pub year", "year of publication"}));
  // A date may be anything (of a search, of an export): it counts only where it falls in the year.
  const bool is_of_year = year.empty() || date.find(year) != std::string::npos;
  out.AddDate("print", is_of_year ? WithoutDecimals(date) : year);
  if (!is_of_year) out.AddUnmapped("date", date);
  const std::string first = TakeFirst(row, out, {"start page", "start_page", "page start", "first page"});
  const std::string last = TakeFirst(row, out, {"end page", "end_page", "page end", "last page"});
  const std::string pages = TakeFirst(row, out, {"pages", "page", "page range"});
  SetPagesOrNumber(out, pages.empty() ? WithoutDecimals(first) : pages,
                   pages.empty() ? WithoutDecimals(last) : std::string(),
                   TakeFirst(row, out, {"art. no.", "article number"}));
  out.AddIssnsAndIsbns(row.Cell("issn"));
  out.AddIssnsAndIsbns(TakeFirst(row, out, {"isbn", "isbns"}));
  const std::string eid = row.Cell("eid");
  if (!eid.empty() && !eid.starts_with("2-s2.0-")) out.AddUnmapped("eid", eid);
  if (eid.starts_with("2-s2.0-")) {
    out.AddIdentifier("scopus", eid, "EID");
    if (out.database.empty()) out.database = "Scopus";
    out.accession = eid;
  }
  if (const std::string number = TakeFirst(row, out, {"accession number", "accession_number"}); !number.empty()) {
    out.AddIdentifier("accession", number, "accession number");
    if (out.accession.empty() && !out.database.empty()) out.accession = number;
  }
}

}  // namespace

const TableLayout& GenericTable() {
  static const TableLayout kLayout = {"", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
