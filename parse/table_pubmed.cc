// SPDX-License-Identifier: Apache-2.0
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

// "Chen F, Roe JB Jr, Zhao L; COVID Group.": people, then groups.
void AddAuthors(Out out, Cell cell) {
  std::string_view text = cell;
  while (text.ends_with('.')) text.remove_suffix(1);
  const std::size_t semicolon = text.find(';');
  AddPeople(out, PeopleWithInitials(text.substr(0, semicolon)));
  if (semicolon == std::string_view::npos) return;
  for (std::string& name : SplitList(text.substr(semicolon + 1), ";")) {
    Author person = PersonWithInitials(name);
    if (person.initials.empty()) {
      person = Author();
      person.collective_name = std::move(name);
    }
    out.record.authors.push_back(std::move(person));
  }
}

// "Physiol Meas. 2020 Oct 6;41(9):095007. doi: ...": the journal is known, so what follows it is
// date;volume(issue):pages.
bool ReadCitation(const TableRow& row, Out out) {
  const std::string citation = row.Cell("citation");
  const std::string journal = row.Cell("journal/book") + ". ";
  if (!citation.starts_with(journal)) return false;
  std::string_view rest = std::string_view(citation).substr(journal.size());
  const std::size_t date_end = rest.find_first_of(";:.");
  if (date_end == std::string_view::npos || date_end > 40) return false;
  out.AddDate("print", rest.substr(0, date_end));
  if (rest[date_end] == '.') return true;
  const bool has_volume = rest[date_end] == ';';
  rest.remove_prefix(date_end + 1);
  // Pages may hold dots ("3884-3898.e11"), but none with a space behind.
  const std::string_view place = rest.substr(0, rest.find(". "));
  const std::size_t colon = has_volume ? place.find(':') : 0;
  std::string_view numbers = has_volume ? place.substr(0, colon) : std::string_view();
  std::string_view pages =
      has_volume ? (colon == std::string_view::npos ? std::string_view() : place.substr(colon + 1)) : place;
  while (pages.ends_with('.')) pages.remove_suffix(1);
  while (numbers.ends_with('.')) numbers.remove_suffix(1);
  if (const std::size_t open = numbers.find('('); open != std::string_view::npos && numbers.ends_with(')')) {
    out.record.journal.issue = std::string(numbers.substr(open + 1, numbers.size() - open - 2));
    numbers = numbers.substr(0, open);
  }
  out.record.journal.volume = std::string(TrimAscii(numbers));
  out.SetPages(pages);
  return true;
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"pmid", nullptr},
      {"title", [](Out out, Cell cell) { out.record.title = out.Marked(cell); }},
      {"authors", AddAuthors},
      {"first author", nullptr},  // The first of "authors".
      {"citation", As<"citation">},
      {"journal/book", nullptr},
      {"publication year", nullptr},
      {"create date", [](Out out, Cell cell) { AddDateAsItCame(out, "entrez", cell); }},
      {"pmcid", [](Out out, Cell cell) { out.AddIdentifier("pmcid", cell, "PMCID"); }},
      {"nihms id", [](Out out, Cell cell) { out.AddIdentifier("mid", cell, "NIHMS ID"); }},
      {"doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "DOI"); }},
      {"abstract", [](Out out, Cell cell) { out.SetAbstract(cell); }},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) {
  return header.Has("pmid") && header.Has("title") && header.Has("journal/book") && header.Has("citation");
}

void Finish(const TableRow& row, Out out) {
  // An abbreviation, but the only name there is.
  out.record.journal.title = out.Marked(row.Cell("journal/book")).text;
  out.record.journal.medline_ta = out.record.journal.title;
  if (out.record.authors.empty()) AddPeople(out, PeopleWithInitials(row.Cell("first author")));
  if (!ReadCitation(row, out)) out.AddDate("print", WithoutDecimals(row.Cell("publication year")));
  out.accession = WithoutDecimals(row.Cell("pmid"));
  out.AddIdentifier("pmid", out.accession, "PMID");
}

}  // namespace

const TableLayout& PubmedTable() {
  static const TableLayout kLayout = {"pubmed", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
