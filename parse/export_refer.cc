// SPDX-License-Identifier: Apache-2.0
#include "parse/export_refer.h"

#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/database_names.h"
#include "parse/export_date.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

/// "%T": a per cent sign, one letter, digit or sign, and a space or the line's end. Empty when there is none.
std::string_view TagOf(std::string_view line) {
  if (line.size() < 2 || line[0] != '%' || line[1] <= ' ' || line[1] > '~') return {};
  return line.size() == 2 || line[2] == ' ' ? line.substr(0, 2) : std::string_view();
}

class Reader {
 public:
  explicit Reader(ExportRecord& out) : out_(out), record_(out.record) {}

  void Read(const TaggedRecord& record);

 private:
  using Field = TaggedField;
  static const FieldRule<Reader> kRules[];

  void Note(const Field& field, std::string_view kind) { KeepOther(record_, kind, field.tag, field.Value()); }
  void AddTitle(const Field& field);
  void AddAbstract(const Field& field);
  void SettleIdentity();
  void SettleDate();

  ExportRecord& out_;
  Record& record_;
  std::string type_, secondary_, year_, day_, number_, database_, provider_;
  std::string pmid_;  // Of the first address of PubMed.
};

const FieldRule<Reader> Reader::kRules[] = {
    {"%0", [](Reader& r, const Field& f) { SetOnce(r.out_, r.type_, f.tag, f.Value()); }},
    {"%9", [](Reader& r, const Field& f) { AddTypeOf(r.out_, f.Value()); }},
    {"%T", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"%A",
     [](Reader& r, const Field& f) {
       for (const std::string& line : f.Lines()) AddPeople(r.out_, PersonRole::kAuthor, line);
     }},
    {"%E",
     [](Reader& r, const Field& f) {
       for (const std::string& line : f.Lines()) AddPeople(r.out_, PersonRole::kEditor, line);
     }},
    {"%Y", [](Reader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"%?", [](Reader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"%J", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"%B", [](Reader& r, const Field& f) { SetOnce(r.out_, r.secondary_, f.tag, f.Value()); }},
    {"%S", [](Reader& r, const Field& f) { r.Note(f, "series"); }},
    {"%O", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"%Q", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"%!", [](Reader& r, const Field& f) { r.Note(f, "short-title"); }},
    {"%D", [](Reader& r, const Field& f) { SetOnce(r.out_, r.year_, f.tag, f.Value()); }},
    {"%8", [](Reader& r, const Field& f) { SetOnce(r.out_, r.day_, f.tag, f.Value()); }},
    {"%V", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"%N", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"%P", [](Reader& r, const Field& f) { r.out_.SetPages(f.Value()); }},
    {"%@",
     [](Reader& r, const Field& f) {
       for (const std::string& line : f.Lines()) r.out_.AddIssnsAndIsbns(line);
     }},
    {"%X", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"%K",
     [](Reader& r, const Field& f) {
       for (const std::string& line : f.Lines())
         for (const std::string& keyword : SplitList(line, ";")) {
           const bool is_major = keyword.starts_with('*');
           r.out_.AddKeyword("NOTNLM", std::string_view(keyword).substr(is_major ? 1 : 0), is_major);
         }
     }},
    {"%R", [](Reader& r, const Field& f) { AddDoi(r.out_, f.Value(), f.tag); }},
    {"%M", [](Reader& r, const Field& f) { SetOnce(r.out_, r.number_, f.tag, f.Value()); }},
    {"%2",
     [](Reader& r, const Field& f) {
       if (std::string text = f.Value(); AsciiLower(text).starts_with("pmc"))
         AddIdentifierOf(r.out_, "pmcid", text, f.tag);
       else
         KeepOther(r.record_, "custom", f.tag, std::move(text));
     }},
    {"%~", [](Reader& r, const Field& f) { SetOnce(r.out_, r.database_, f.tag, f.Value()); }},
    {"%W", [](Reader& r, const Field& f) { SetOnce(r.out_, r.provider_, f.tag, f.Value()); }},
    {"%G", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"%U",
     [](Reader& r, const Field& f) {
       for (const std::string& line : f.Lines()) {
         (void)r.out_.AddDoiIn(line, f.tag);
         if (r.pmid_.empty()) r.pmid_ = std::string(PmidOfLink(line));
         KeepOther(r.record_, "url", f.tag, line);
       }
     }},
    {"%>", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"%+", [](Reader& r, const Field& f) { r.Note(f, "affiliation"); }},
    {"%I", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"%C", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"%7", [](Reader& r, const Field& f) { r.Note(f, "edition"); }},
    {"%6", [](Reader& r, const Field& f) { r.Note(f, "number-of-volumes"); }},
    {"%&", [](Reader& r, const Field& f) { r.Note(f, "section"); }},
    {"%Z", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"%<", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"%F", [](Reader& r, const Field& f) { r.Note(f, "label"); }},
    {"%L", [](Reader& r, const Field& f) { r.Note(f, "call-number"); }},
    {"%[", [](Reader& r, const Field& f) { r.Note(f, "access-date"); }},
    {"%=", [](Reader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"%1", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"%3", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"%4", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"%#", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"%$", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
};

void Reader::Read(const TaggedRecord& record) {
  ReadFields(record, kRules, *this, out_);
  // %B is the journal where %J is missing, or what the work is a part of.
  if (AsciiLower(type_) == "book section")
    record_.book.emplace().title = std::move(secondary_);
  else if (record_.journal.title.empty())
    record_.journal.title = std::move(secondary_);
  else
    KeepOther(record_, "alternative-title", "%B", std::move(secondary_));
  if (record_.publication_types.empty()) AddTypeOf(out_, type_);
  KeepOther(record_, "reference-type", "%0", type_);
  SettleDate();
  SettleIdentity();
  SortByRole(record_);
}

void Reader::AddTitle(const Field& field) {
  if (record_.title.text.empty())
    record_.title = out_.Marked(field.Value());
  else
    Note(field, "repeated");
}

void Reader::AddAbstract(const Field& field) {
  std::string text;
  for (const std::string& line : field.Lines()) text += (text.empty() ? "" : "\n") + line;
  if (record_.abstract_sections.empty())
    out_.SetAbstract(text);
  else
    Note(field, "repeated");
}

// %M is the accession number in the database that %~ names; without a name it is any number.
void Reader::SettleIdentity() {
  out_.database = database_;
  const bool is_pubmed = DatabaseName(database_) == "pubmed" || DatabaseName(database_) == "medline" ||
                         (database_.empty() && provider_ == "NLM");
  const bool is_number = !number_.empty() && LeadingDigits(number_).size() == number_.size();
  if (!database_.empty()) out_.accession = number_;
  if (is_pubmed && is_number) {
    if (database_.empty()) out_.database = "PubMed";
    out_.accession = number_;
    AddIdentifierOf(out_, "pmid", number_, "%M");
  } else {
    KeepOther(record_, "accession", "%M", number_);
    if (!pmid_.empty()) AddIdentifierOf(out_, "pmid", pmid_, "%U");
  }
  KeepOther(record_, "database", "%~", database_);
  KeepOther(record_, "database-provider", "%W", provider_);
}

void Reader::SettleDate() {
  const PartialDate day = DateFromExport(day_);
  if (day.iso.empty() && !day_.empty() && !year_.empty()) day_ = year_ + " " + day_;
  const bool fits = !day_.empty() && !DateFromExport(day_).iso.empty() &&
                    (year_.empty() || DateFromExport(day_).iso.starts_with(year_));
  out_.AddDate("print", fits ? day_ : year_);
  if (!fits) KeepOther(record_, "date", "%8", day_);
}

class ReferFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    const std::string_view tag = TagOf(text);
    if (!tag.empty()) return {LineMeaning::kField, Begins(tag, open), tag, text.substr(2)};
    if (open == nullptr) return {LineMeaning::kStray, false, {}, {}};
    return {LineMeaning::kContinuation, false, {}, text};
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override { Reader(out).Read(record); }

 private:
  // Records stand behind blank lines and begin with their type, or with the title, or with what they have once. A
  // blank line inside an abstract is followed by other tags.
  static bool Begins(std::string_view tag, const TaggedRecord* open) {
    if (open == nullptr) return true;
    if (tag == "%0") return open->Has("%0") || (open->after_blank && open->Has("%T"));
    return open->after_blank && (tag == "%T" || tag == "%A" || tag == "%J" || tag == "%B" || tag == "%D") &&
           open->Has("%T") && (tag == "%A" || open->Has(tag));
  }
};

}  // namespace

bool RecognisesRefer(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  int tags = 0;
  while (reader.Next(line)) {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) continue;
    const std::string_view tag = TagOf(text);
    if (tag.empty()) return false;
    if (tag == "%0" || ++tags == 2) return true;
  }
  return false;
}

void ReadRefer(std::string_view text, ExportSink& sink) {
  ReferFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
