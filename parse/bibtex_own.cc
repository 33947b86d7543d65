// SPDX-License-Identifier: Apache-2.0
#include "parse/bibtex_own.h"

#include <string>
#include <utility>

#include "core/export_note.h"
#include "parse/bibtex_names.h"
#include "parse/latex_text.h"
#include "parse/record_parts.h"
#include "parse/table_cells.h"

namespace litmill::parse {
namespace {

// Names are "Last, Suffix, Given"; whatever stands in braces is one part, and a name without a comma a group.
void AddNames(std::string_view tex, PersonRole role, Record& record) {
  bool others = false;
  for (Author& person : PeopleOfBibtex(tex, others, BibtexNames::kAsWritten)) {
    person.role = role;
    record.authors.push_back(std::move(person));
  }
}

}  // namespace

bool ReadOwnBibEntry(const BibEntry& entry, ExportRecord& out) {
  const std::string note = LiteralOfLatex(entry.Field("litmill"));
  if (!note.starts_with("litmill:")) return false;
  const auto text = [&entry](std::string_view name) { return LiteralOfLatex(entry.Field(name)); };
  Record& record = out.record;
  record.title = {text("title"), {}};
  AddNames(entry.Field("author"), PersonRole::kAuthor, record);
  AddNames(entry.Field("editor"), PersonRole::kEditor, record);
  const bool is_article = entry.type == "article";
  if (is_article) {
    record.journal.title = text("journal");
  } else {
    record.type = RecordType::kBook;
    Book& book = record.book.emplace();
    book.title = entry.type == "book" ? std::exchange(record.title.text, {}) : text("booktitle");
    if (const std::string isbn = text("isbn"); !isbn.empty()) book.isbns.push_back(isbn);
    book.publisher = text("publisher");
    book.publisher_location = text("address");
    book.edition = text("edition");
  }
  record.journal.iso_abbreviation = text("shortjournal");
  record.journal.volume = text("volume");
  record.journal.issue = text("number");
  out.SetPages(text("pages"));
  out.AddIssnsAndIsbns(text("issn"));
  for (const std::string& language : SplitList(text("language"), ";")) record.languages.push_back(language);
  for (const char* const scheme : {"doi", "pmid", "pmcid"}) out.AddIdentifier(scheme, text(scheme), scheme);
  for (const std::string& type : SplitList(text("publication_types"), ";")) out.AddPublicationType(type);
  for (const std::string& part : SplitOutsideBraces(entry.Field("keywords"), ';'))
    if (std::string word = LiteralOfLatex(part); !word.empty())
      record.keywords.push_back({"NOTNLM", false, {std::move(word), {}}});
  if (std::string abstract = text("abstract"); !abstract.empty())
    record.abstract_sections.push_back({{}, {}, {std::move(abstract), {}}});
  const std::string month = text("month");
  out.AddDate("print", month.empty() ? text("year") : text("year") + " " + month);
  out.has_identity = ApplyExportNote(note, record) && !record.source_id.empty();
  return true;
}

}  // namespace litmill::parse
