// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"
#include "parse/trial_numbers.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

// Cells of numbers name their database: "PUBMED 12345678", "EMBASE 637081315", "CTgov NCT01234567".
void ForEachNumber(Cell cell, std::string_view database, const std::function<void(std::string_view)>& visit) {
  constexpr std::size_t kMostNumbers = 100;
  std::size_t count = 0;
  for (const std::string& part : SplitList(cell, ";")) {
    std::string_view number = part;
    if (AsciiLower(number.substr(0, database.size() + 1)) == std::string(database) + " ")
      number.remove_prefix(database.size() + 1);
    for (const std::string& one : SplitList(number, ","))
      if (++count <= kMostNumbers) visit(one);
  }
}

// Records of trial registers have the trial's number for an author.
void AddAuthors(const TableRow& row, Out out) {
  for (const std::string& name : SplitList(row.Cell("author(s)"), ";")) {
    std::string_view printed = name;
    while (printed.ends_with(',')) printed.remove_suffix(1);
    const bool is_number = printed.find(' ') == std::string_view::npos && printed.size() > 6 &&
                           std::any_of(printed.begin(), printed.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_number)
      AddTrials(out.record, printed);
    else
      AddPeople(out, PeopleWithInitials(std::string(printed) + ";"));
  }
}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"central id", nullptr},
      {"author(s)", nullptr},
      {"title", [](Out out, Cell cell) { out.record.title = out.Marked(cell); }},
      // Of a register's record the source is its address.
      {"source",
       [](Out out, Cell cell) {
         if (cell.starts_with("http"))
           Other(out, "url", cell);
         else
           out.record.journal.title = out.Marked(cell).text;
       }},
      {"year", [](Out out, Cell cell) { out.AddDate("print", cell); }},
      {"abstract", [](Out out, Cell cell) { out.SetAbstract(cell); }},
      {"volume", [](Out out, Cell cell) { out.record.journal.volume = std::string(cell); }},
      {"issue", [](Out out, Cell cell) { out.record.journal.issue = std::string(cell); }},
      {"pages", [](Out out, Cell cell) { out.SetPages(cell); }},
      {"database name", [](Out out, Cell cell) { out.database = std::string(cell); }},
      {"pubmed id",
       [](Out out, Cell cell) {
         ForEachNumber(cell, "pubmed", [&out](Cell number) { out.AddIdentifier("pmid", number, "PubMed ID"); });
       }},
      {"embase id",
       [](Out out, Cell cell) {
         ForEachNumber(cell, "embase", [&out](Cell number) {
           const bool is_bare = number.find_first_not_of("0123456789") == Cell::npos;
           out.AddIdentifier("embase", (is_bare ? "L" : "") + std::string(number), "Embase ID");
         });
       }},
      {"cinahl id",
       [](Out out, Cell cell) {
         ForEachNumber(cell, "cinahl", [&out](Cell number) { out.AddIdentifier("cinahl", number, "CINAHL ID"); });
       }},
      {"ctgov id",
       [](Out out, Cell cell) {
         ForEachNumber(cell, "ctgov", [&out](Cell number) { AddTrials(out.record, number); });
       }},
      {"ictrp id",
       [](Out out, Cell cell) {
         ForEachNumber(cell, "ictrp", [&out](Cell number) { AddTrials(out.record, number); });
       }},
      {"publication type",
       [](Out out, Cell cell) {
         for (const std::string& type : SplitList(cell, ";")) out.AddPublicationType(type);
       }},
      // MeSH headings with "[qualifiers]" and Emtree terms with "/qualifiers" stand in one list.
      {"keywords", [](Out out, Cell cell) { AddKeywords(out, "COCHRANE", cell, ";"); }},
      {"doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "DOI"); }},
      {"url", As<"url">},
      {"cochrane review group code", EachAs<"review-group">},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) { return header.Has("central id") && header.Has("title"); }

void Finish(const TableRow& row, Out out) {
  AddAuthors(row, out);
  out.accession = row.Cell("central id");
  out.AddIdentifier("cochrane", out.accession, "CENTRAL ID");
}

}  // namespace

const TableLayout& CochraneTable() {
  static const TableLayout kLayout = {"cochrane", Fits, Columns, Finish};
  return kLayout;
}

}  // namespace litmill::parse
