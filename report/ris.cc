// SPDX-License-Identifier: Apache-2.0
#include "report/ris.h"

#include <algorithm>
#include <string_view>

#include "core/export_note.h"
#include "core/export_text.h"
#include "report/citation.h"

namespace litmill::report {
namespace {

/// A line; nothing when there is nothing to say. OneLine is the guard: no text can begin a line of its own.
void Line(std::string& out, std::string_view tag, std::string_view text) {
  const std::string value = OneLine(text);
  if (value.empty()) return;
  out += tag;
  out += "  - ";
  out += value;
  out += "\r\n";
}

std::string WithoutComma(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  return OneLine(text);
}

/// A person without given names keeps a comma behind the last name: without it most readers see a group.
std::string RisName(const Name& name) {
  if (!name.group.empty()) return name.group;
  std::string text = WithoutComma(name.last) + ",";
  if (!name.given.empty() || !name.suffix.empty()) text += ' ';
  text += WithoutComma(name.given);
  if (!name.suffix.empty()) text += ", " + WithoutComma(name.suffix);
  return text;
}

std::string RisDate(const DateParts& date) {
  return date.year.empty() ? "" : date.year + "/" + date.month + "/" + date.day + "/";
}

void Place(std::string& out, const Record& r) {
  const Journal& journal = r.journal;
  Line(out, "T2", ContainerOf(r));
  Line(out, "J2", journal.iso_abbreviation.empty() ? journal.medline_ta : journal.iso_abbreviation);
  Line(out, "VL", journal.volume);
  Line(out, "IS", journal.issue);
  Line(out, "SP", r.start_page.empty() ? r.pages : r.start_page);
  Line(out, "EP", r.start_page.empty() ? "" : r.end_page);
  for (const std::string* issn : {&journal.issn_print, &journal.issn_electronic, &journal.issn_linking}) {
    if (issn->empty()) continue;
    Line(out, "SN", *issn);
    break;
  }
  if (!r.book) return;
  if (!r.book->isbns.empty()) Line(out, "SN", r.book->isbns.front());
  Line(out, "PB", r.book->publisher);
  Line(out, "CY", r.book->publisher_location);
  Line(out, "ET", r.book->edition);
}

void Identifiers(std::string& out, const Record& r) {
  const std::string pmid = IdOf(r, "pmid");
  Line(out, "DO", IdOf(r, "doi"));
  Line(out, "UR", LinkOf(r));
  if (!pmid.empty()) Line(out, "C1", "PMID: " + pmid);
  Line(out, "C2", IdOf(r, "pmcid"));
  Line(out, "DB", pmid.empty() ? DatabaseName(r.source) : "PubMed");
  Line(out, "AN", pmid.empty() ? r.source_id : pmid);
}

}  // namespace

void AppendRis(const store::WorkRecord& work, std::string& out) {
  const Record& r = work.record;
  const Kind kind = KindOf(r);
  Line(out, "TY", kind == Kind::kBook ? "BOOK" : kind == Kind::kChapter ? "CHAP" : "JOUR");
  for (const Name& name : NamesOf(r, PersonRole::kAuthor)) Line(out, "AU", RisName(name));
  for (const Name& name : NamesOf(r, PersonRole::kEditor)) Line(out, "A2", RisName(name));
  for (const Name& name : NamesOf(r, PersonRole::kInvestigator)) Line(out, "A4", RisName(name));
  Line(out, "TI", TitleOf(r));
  const DateParts date = PartsOf(r.PublicationDate());
  Line(out, "PY", date.year);
  Line(out, "DA", RisDate(date));
  Place(out, r);
  Line(out, "AB", JoinedAbstract(r));
  for (const std::string& keyword : KeywordList(work)) Line(out, "KW", keyword);
  Line(out, "LA", JoinLines(r.languages, "; "));
  Line(out, "M3", JoinLines(TypesOf(r), "; "));
  Line(out, "AD", JoinLines(AffiliationsOf(r), "; "));
  Identifiers(out, r);
  Line(out, "N1", RetractionNote(r));
  Line(out, "C8", ExportNote(r, work.tags.size()));
  out += "ER  - \r\n\r\n";
}

}  // namespace litmill::report
