// SPDX-License-Identifier: Apache-2.0
#include "report/bibtex.h"

#include <string_view>
#include <vector>

#include "core/export_note.h"
#include "core/export_text.h"
#include "core/fold_ascii.h"
#include "core/unicode.h"
#include "report/citation.h"

namespace litmill::report {
namespace {

/// A letter that ends the value or the line of BibTeX's own syntax, spelt so that braces stay balanced; empty = none.
std::string_view Unbalancing(char c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\textbraceleft{}";
    case '}':
      return "\\textbraceright{}";
    default:
      return {};
  }
}

std::string Verbatim(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    const std::string_view spelt = Unbalancing(c);
    if (spelt.empty())
      out += c;
    else
      out += spelt;
  }
  return out;
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    if (const std::string_view spelt = Unbalancing(c); !spelt.empty()) {
      out += spelt;
    } else if (c == '~') {
      out += "\\textasciitilde{}";
    } else if (c == '^') {
      out += "\\textasciicircum{}";
    } else {
      if (std::string_view("&%$#_").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

/// `value` is escaped already.
void Field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += "  ";
  out += name;
  out += " = {";
  out += value;
  out += "},\n";
}

/// A part of a name: in braces where a comma, the word "and" or a lower-case particle in a last name without given
/// names would be read as BibTeX's own.
std::string NamePart(const std::string& part, bool is_alone) {
  const std::string lower = " " + AsciiLower(part) + " ";
  const bool splits = part.find(',') != std::string::npos || lower.find(" and ") != std::string::npos ||
                      lower == " others " || (is_alone && part.find(' ') != std::string::npos);
  return splits ? "{" + Escaped(part) + "}" : Escaped(part);
}

std::string Names(const std::vector<Name>& names) {
  std::string joined;
  for (const Name& name : names) {
    if (!joined.empty()) joined += " and ";
    if (!name.group.empty()) {
      joined += "{" + Escaped(name.group) + "}";
      continue;
    }
    const bool alone = name.given.empty() && name.suffix.empty();
    joined += NamePart(name.last, alone);
    if (!name.suffix.empty()) joined += ", " + NamePart(name.suffix, false);
    if (!alone) joined += ", " + (name.given.empty() ? "{}" : NamePart(name.given, false));
  }
  return joined;
}

std::string Keywords(const store::WorkRecord& work) {
  std::string joined;
  for (const std::string& keyword : KeywordList(work)) {
    if (!joined.empty()) joined += "; ";
    for (const char c : Escaped(keyword)) {
      if (c == ';')
        joined += "{;}";
      else
        joined += c;
    }
  }
  return joined;
}

std::string WithDashes(std::string_view pages) {
  std::string out;
  for (const char c : Escaped(pages)) {
    if (c == '-') out += '-';
    out += c;
  }
  return out;
}

std::string FirstOf(const Record& r) {
  for (const std::string* issn : {&r.journal.issn_print, &r.journal.issn_electronic, &r.journal.issn_linking})
    if (!issn->empty()) return *issn;
  return {};
}

/// The first word of the title that says something.
std::string TitleWord(const std::string& title) {
  const std::string folded = FoldToAscii(title);
  for (std::size_t begin = 0; begin < folded.size();) {
    std::size_t end = begin;
    while (end < folded.size() && IsAsciiWord(folded[end])) ++end;
    const std::string word = folded.substr(begin, end - begin);
    constexpr std::string_view kEmpty =
        " a an and are as at by do does for from how in into is it of on or the to with ";
    if (word.size() > 1 && kEmpty.find(" " + word + " ") == std::string_view::npos) return word.substr(0, 30);
    begin = end + 1;
  }
  return {};
}

std::string OnlyWords(const std::string& text) {
  std::string out;
  for (const char c : FoldToAscii(text))
    if (IsAsciiWord(c)) out += c;
  return out.substr(0, 40);
}

}  // namespace

std::string BibtexWriter::NewKey(const Record& record) {
  const std::vector<Name> names = NamesOf(record, PersonRole::kAuthor);
  std::string key =
      names.empty() ? "" : OnlyWords(names.front().group.empty() ? names.front().last : names.front().group);
  if (key.empty()) key = "anon";
  key += PartsOf(record.PublicationDate()).year + TitleWord(TitleOf(record));
  if (keys_.insert(key).second) return key;
  key += "-" + OnlyWords(record.source + record.source_id);
  if (keys_.insert(key).second) return key;
  for (std::size_t n = 2;; ++n) {
    const std::string numbered = key + "-" + std::to_string(n);
    if (keys_.insert(numbered).second) return numbered;
  }
}

void BibtexWriter::Append(const store::WorkRecord& work, std::string& out) {
  const Record& r = work.record;
  const Kind kind = KindOf(r);
  out += kind == Kind::kBook ? "@book{" : kind == Kind::kChapter ? "@incollection{" : "@article{";
  out += NewKey(r) + ",\n";
  Field(out, "author", Names(NamesOf(r, PersonRole::kAuthor)));
  Field(out, "editor", Names(NamesOf(r, PersonRole::kEditor)));
  Field(out, "title", Escaped(TitleOf(r)));
  Field(out, kind == Kind::kArticle ? "journal" : "booktitle", Escaped(ContainerOf(r)));
  Field(out, "shortjournal",
        Escaped(r.journal.iso_abbreviation.empty() ? r.journal.medline_ta : r.journal.iso_abbreviation));
  const DateParts date = PartsOf(r.PublicationDate());
  Field(out, "year", date.year);
  if (const std::string_view month = MonthName(date.month); !month.empty())
    out += "  month = " + AsciiLower(month) + ",\n";
  Field(out, "volume", Escaped(r.journal.volume));
  Field(out, "number", Escaped(r.journal.issue));
  Field(out, "pages", WithDashes(r.pages));
  Field(out, "issn", Escaped(FirstOf(r)));
  if (r.book) {
    Field(out, "isbn", Escaped(r.book->isbns.empty() ? "" : r.book->isbns.front()));
    Field(out, "publisher", Escaped(r.book->publisher));
    Field(out, "address", Escaped(r.book->publisher_location));
    Field(out, "edition", Escaped(r.book->edition));
  }
  Field(out, "language", Escaped(JoinLines(r.languages, "; ")));
  Field(out, "doi", Verbatim(IdOf(r, "doi")));
  Field(out, "url", Verbatim(LinkOf(r)));
  Field(out, "pmid", Verbatim(IdOf(r, "pmid")));
  Field(out, "pmcid", Verbatim(IdOf(r, "pmcid")));
  Field(out, "type", Escaped(JoinLines(TypesOf(r), "; ")));
  Field(out, "keywords", Keywords(work));
  Field(out, "abstract", Escaped(JoinedAbstract(r)));
  Field(out, "note", Escaped(RetractionNote(r)));
  Field(out, "litmill", Escaped(ExportNote(r, work.tags.size())));
  out += "}\n\n";
}

}  // namespace litmill::report
