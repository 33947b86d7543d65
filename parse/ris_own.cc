// SPDX-License-Identifier: Apache-2.0
#include "parse/ris_own.h"

#include <string>
#include <utility>

#include "core/export_note.h"
#include "core/unicode.h"
#include "parse/record_parts.h"

namespace litmill::parse {
namespace {

/// "Last, Given, Suffix"; commas inside a part were written as spaces, and a name without a comma is a group.
Author PersonOfOwnRis(std::string_view name, PersonRole role) {
  Author person;
  person.role = role;
  std::string* const parts[] = {&person.last_name, &person.fore_name, &person.suffix};
  if (name.find(',') == std::string_view::npos) {
    person.collective_name = std::string(name);
    return person;
  }
  for (std::string* part : parts) {
    const std::size_t comma = name.find(',');
    *part = std::string(TrimAscii(name.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    name.remove_prefix(comma + 1);
  }
  return person;
}

void AddPeople(const TaggedRecord& record, std::string_view tag, PersonRole role, Record& out) {
  for (const TaggedField& field : record.fields)
    if (field.tag == tag)
      if (const std::string name = field.Value(); !name.empty()) out.authors.push_back(PersonOfOwnRis(name, role));
}

void AddBook(const TaggedRecord& record, std::string_view type, ExportRecord& out) {
  Record& r = out.record;
  r.type = RecordType::kBook;
  Book& book = r.book.emplace();
  book.title = type == "BOOK" ? std::exchange(r.title.text, {}) : record.First("T2");
  book.publisher = record.First("PB");
  book.publisher_location = record.First("CY");
  book.edition = record.First("ET");
}

}  // namespace

bool FillFromOwnRis(const TaggedRecord& record, ExportRecord& out) {
  const std::string note = record.First("C8");
  if (!note.starts_with("litmill:")) return false;
  Record& r = out.record;
  const std::string type = record.First("TY");
  r.title.text = record.First("TI");
  AddPeople(record, "AU", PersonRole::kAuthor, r);
  AddPeople(record, "A2", PersonRole::kEditor, r);
  AddPeople(record, "A4", PersonRole::kInvestigator, r);
  if (type == "JOUR")
    r.journal.title = record.First("T2");
  else
    AddBook(record, type, out);
  r.journal.iso_abbreviation = record.First("J2");
  r.journal.volume = record.First("VL");
  r.journal.issue = record.First("IS");
  out.SetPages(record.First("SP"), record.First("EP"));
  const std::string date = record.First("DA");
  out.AddDate("print", date.empty() ? record.First("PY") : date);
  if (std::string abstract = record.First("AB"); !abstract.empty())
    r.abstract_sections.push_back({{}, {}, {std::move(abstract), {}}});
  for (const TaggedField& field : record.fields) {
    if (field.tag == "KW") r.keywords.push_back({"NOTNLM", false, {field.Value(), {}}});
    if (field.tag == "SN") out.AddIssnsAndIsbns(field.Value());
  }
  for (std::string& language : SplitList(record.First("LA"), ";")) r.languages.push_back(std::move(language));
  for (const std::string& name : SplitList(record.First("M3"), ";")) out.AddPublicationType(name);
  out.AddIdentifier("doi", record.First("DO"), "DO");
  out.AddIdentifier("pmcid", record.First("C2"), "C2");
  const std::string pmid = record.First("C1");
  if (pmid.starts_with("PMID: ")) out.AddIdentifier("pmid", std::string_view(pmid).substr(6), "C1");
  out.has_identity = ApplyExportNote(note, r) && !r.source_id.empty();
  return true;
}

}  // namespace litmill::parse
