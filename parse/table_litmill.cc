// SPDX-License-Identifier: Apache-2.0
// The table that litmill itself writes (report/csv_table.h): lists by "; " with "\;" inside, names by "Last, Given,
// Suffix" with "\," inside, and the note that makes the record what it was (core/export_note.h).
#include <algorithm>
#include <string>
#include <utility>

#include "core/export_note.h"
#include "core/export_text.h"
#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"
#include "parse/table_layouts.h"
#include "parse/trial_numbers.h"

namespace litmill::parse {
namespace {

using Out = ExportRecord&;
using Cell = std::string_view;

void AddNames(Out out, Cell cell, PersonRole role) {
  for (const std::string& name : SplitUnescaped(cell, ';')) {
    const std::vector<std::string> parts = SplitUnescaped(name, ',');
    Author person;
    person.role = role;
    person.last_name = WithoutBackslashes(parts[0]);
    if (parts.size() > 1) person.fore_name = WithoutBackslashes(parts[1]);
    if (parts.size() > 2) person.suffix = WithoutBackslashes(parts[2]);
    if (!person.last_name.empty()) out.record.authors.push_back(std::move(person));
  }
}

void Nothing(Out, Cell) {}

const std::vector<TableColumn>& Columns() {
  static const std::vector<TableColumn> kColumns = {
      {"title",
       [](Out out, Cell cell) {
         out.record.title = {std::string(cell), {}};
       }},
      {"authors", [](Out out, Cell cell) { AddNames(out, cell, PersonRole::kAuthor); }},
      {"editors", [](Out out, Cell cell) { AddNames(out, cell, PersonRole::kEditor); }},
      {"year", nullptr},
      {"publication_date", nullptr},
      {"journal", [](Out out, Cell cell) { out.record.journal.title = std::string(cell); }},
      {"journal_abbreviation", [](Out out, Cell cell) { out.record.journal.iso_abbreviation = std::string(cell); }},
      {"volume", [](Out out, Cell cell) { out.record.journal.volume = std::string(cell); }},
      {"issue", [](Out out, Cell cell) { out.record.journal.issue = std::string(cell); }},
      {"pages", [](Out out, Cell cell) { SetPages(out.record, std::string(cell), {}); }},
      {"doi", [](Out out, Cell cell) { out.AddIdentifier("doi", cell, "doi"); }},
      {"pmid", [](Out out, Cell cell) { out.AddIdentifier("pmid", cell, "pmid"); }},
      {"pmcid", [](Out out, Cell cell) { out.AddIdentifier("pmcid", cell, "pmcid"); }},
      {"issn",
       [](Out out, Cell cell) {
         for (const std::string& issn : UnescapedList(cell)) out.AddIssnsAndIsbns(issn);
       }},
      {"isbn", nullptr},
      {"abstract",
       [](Out out, Cell cell) {
         out.record.abstract_sections.push_back({{}, {}, {std::string(cell), {}}});
       }},
      {"keywords",
       [](Out out, Cell cell) {
         for (std::string& word : UnescapedList(cell)) {
           const bool is_major = word.starts_with('*');
           out.record.keywords.push_back({"NOTNLM", is_major, {is_major ? word.substr(1) : std::move(word), {}}});
         }
       }},
      {"mesh_terms",
       [](Out out, Cell cell) {
         for (const std::string& heading : UnescapedList(cell))
           out.record.mesh_headings.push_back(MeshFromText(heading));
       }},
      {"publication_types",
       [](Out out, Cell cell) {
         for (const std::string& type : UnescapedList(cell)) out.AddPublicationType(type);
       }},
      {"language",
       [](Out out, Cell cell) {
         for (std::string& language : UnescapedList(cell)) out.record.languages.push_back(std::move(language));
       }},
      {"publisher", nullptr},
      {"url", Nothing},  // Made of the identifiers.
      {"trial_ids",
       [](Out out, Cell cell) {
         for (const std::string& number : UnescapedList(cell)) AddTrials(out.record, number);
       }},
      {"is_retracted", Nothing},  // Said by the types and the note.
      {"retraction", Nothing},
      {"source", [](Out out, Cell cell) { out.database = std::string(cell); }},
      {"source_id", [](Out out, Cell cell) { out.accession = std::string(cell); }},
      {"sources", Nothing},  // Of the work, which the corpus works out anew.
      {"litmill", nullptr},
  };
  return kColumns;
}

bool Fits(const TableHeader& header) { return header.Has("litmill") && header.Has("title") && header.Has("source_id"); }

void Finish(const TableRow& row, Out out) {
  Record& record = out.record;
  out.AddDate("print", row.First({"publication_date", "year"}));
  const std::string note = row.Cell("litmill");
  const bool is_book = note.find("&type=book") != std::string::npos || !row.Cell("publisher").empty();
  if (is_book) {
    record.type = RecordType::kBook;
    Book& book = record.book.emplace();
    // A whole book has its title in the first column alone.
    book.title = record.journal.title.empty() ? record.title.text : std::exchange(record.journal.title, {});
    book.publisher = row.Cell("publisher");
    book.isbns = UnescapedList(row.Cell("isbn"));
  }
  out.has_identity = ApplyExportNote(note, record) && !record.source_id.empty();
}

}  // namespace

const TableLayout& LitmillTable() {
  static const TableLayout kLayout = {"", Fits, Columns, Finish, true, "tags_"};
  return kLayout;
}

}  // namespace litmill::parse
