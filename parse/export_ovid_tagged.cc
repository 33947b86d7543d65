// SPDX-License-Identifier: Apache-2.0
#include "parse/export_ovid_tagged.h"

#include <string>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "parse/database_names.h"
#include "parse/export_date.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"
#include "parse/trial_numbers.h"

namespace litmill::parse {
namespace {

/// "TI  - ...": two letters, two blanks, a hyphen.
std::string_view TagOf(std::string_view line) {
  if (line.size() < 5 || !IsUpper(line[0]) || !IsUpperOrDigit(line[1]) || line.substr(2, 3) != "  -") return {};
  return line.size() == 5 || line[5] == ' ' ? line.substr(0, 2) : std::string_view();
}

/// "<1. >" or "<1>" alone on its line.
bool IsRecordNumber(std::string_view line) {
  line = TrimAscii(line);
  if (!line.starts_with('<') || !line.ends_with('>')) return false;
  line = TrimAscii(line.substr(1, line.size() - 2));
  const std::size_t digits = LeadingDigits(line).size();
  return digits > 0 && (digits == line.size() || line.substr(digits) == ".");
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
  void AddPeopleOf(std::vector<std::string>& names, const Field& field);
  void AddKeywords(std::string_view owner, const Field& field);
  void AddHeading(const Field& field);
  void SettlePeople();
  void SettleSource();
  void SettleDate();

  ExportRecord& out_;
  Record& record_;
  std::string source_;  // DatabaseName
  std::string database_, number_, unique_id_, pmid_, citation_, pages_;
  std::string year_, day_, issue_date_;  // YR, DP, DG
  std::vector<std::string> short_names_, full_names_, affiliations_;
};

// The tags of Ovid's databases mean much the same everywhere; what one of them has alone stays unmapped.
const FieldRule<Reader> Reader::kRules[] = {
    {"VN", [](Reader&, const Field&) {}},  // "Ovid Technologies"
    {"DB", [](Reader& r, const Field& f) { SetOnce(r.out_, r.database_, f.tag, f.Value()); }},
    {"AN", [](Reader& r, const Field& f) { SetOnce(r.out_, r.number_, f.tag, f.Value()); }},
    {"UI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.unique_id_, f.tag, f.Value()); }},
    {"PM", [](Reader& r, const Field& f) { SetOnce(r.out_, r.pmid_, f.tag, f.Value()); }},
    {"ST", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.status, f.tag, f.Value()); }},
    {"TI", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"OT", [](Reader& r, const Field& f) {
       if (r.record_.vernacular_title.text.empty())
         r.record_.vernacular_title = r.out_.Marked(f.Value());
       else
         r.Note(f, "alternative-title");
     }},
    {"TT", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"AU", [](Reader& r, const Field& f) { r.AddPeopleOf(r.short_names_, f); }},
    {"FA", [](Reader& r, const Field& f) { r.AddPeopleOf(r.full_names_, f); }},
    {"ED", [](Reader& r, const Field& f) {
       // In MEDLINE it is the entry date.
       if (LeadingDigits(f.Value()).size() == 8)
         r.Note(f, "entry-date");
       else
         AddPeople(r.out_, PersonRole::kEditor, f.Value());
     }},
    {"CA", [](Reader& r, const Field& f) {
       Author group;
       group.collective_name = r.out_.Marked(f.Value()).text;
       r.record_.authors.push_back(std::move(group));
     }},
    {"IN", [](Reader& r, const Field& f) { r.affiliations_.push_back(f.Value()); }},
    {"AB", [](Reader& r, const Field& f) {
       if (r.record_.abstract_sections.empty())
         r.out_.SetAbstract(f.Value());
       else
         r.Note(f, "repeated");
     }},
    {"RO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.copyright, f.tag, f.Value()); }},
    {"CR", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"SO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.citation_, f.tag, f.Value()); }},
    {"JT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"JN", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"NJ", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"TA", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.iso_abbreviation, f.tag, f.Value()); }},
    {"JA", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.iso_abbreviation, f.tag, f.Value()); }},
    {"JC", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.nlm_unique_id, f.tag, f.Value()); }},
    {"CP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.country, f.tag, f.Value()); }},
    {"CY", [](Reader& r, const Field& f) { r.Note(f, "country"); }},
    {"BT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.book.emplace().title, f.tag, f.Value()); }},
    {"VI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"VO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"IP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"PG", [](Reader& r, const Field& f) { SetOnce(r.out_, r.pages_, f.tag, f.Value()); }},
    {"IS", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value()); }},
    {"ES", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value() + " (Electronic)"); }},
    {"IL", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value() + " (Linking)"); }},
    {"IB", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value()); }},
    {"DO", [](Reader& r, const Field& f) { AddDoi(r.out_, f.Value(), f.tag); }},
    {"DI", [](Reader& r, const Field& f) { AddDoi(r.out_, f.Value(), f.tag); }},
    {"KW", [](Reader& r, const Field& f) { r.AddKeywords("NOTNLM", f); }},
    {"KF", [](Reader& r, const Field& f) { r.AddKeywords("NOTNLM", f); }},
    {"ID", [](Reader& r, const Field& f) { r.AddKeywords("NOTNLM", f); }},
    {"MH", [](Reader& r, const Field& f) { r.AddHeading(f); }},
    {"SH", [](Reader& r, const Field& f) { r.AddHeading(f); }},
    {"DE", [](Reader& r, const Field& f) { r.AddHeading(f); }},
    {"HW", [](Reader& r, const Field& f) { r.AddHeading(f); }},
    {"RN", [](Reader& r, const Field& f) { r.record_.chemicals.push_back(ChemicalOf(f.Value())); }},
    {"PT", [](Reader& r, const Field& f) { AddTypeOf(r.out_, f.Value()); }},
    {"DT", [](Reader& r, const Field& f) { AddTypeOf(r.out_, f.Value()); }},
    {"LG", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"LA", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"YR", [](Reader& r, const Field& f) { SetOnce(r.out_, r.year_, f.tag, f.Value()); }},
    {"DP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.day_, f.tag, f.Value()); }},
    {"DG", [](Reader& r, const Field& f) { SetOnce(r.out_, r.issue_date_, f.tag, f.Value()); }},
    {"EP", [](Reader& r, const Field& f) { r.out_.AddDate("electronic", f.Value()); }},
    {"DC", [](Reader& r, const Field& f) { r.Note(f, "create-date"); }},
    {"RD", [](Reader& r, const Field& f) { r.Note(f, "revision-date"); }},
    {"UP", [](Reader& r, const Field& f) { r.Note(f, "update"); }},
    {"EM", [](Reader& r, const Field& f) { r.Note(f, "entry-week"); }},
    {"GI", [](Reader& r, const Field& f) { r.Note(f, "grant"); }},
    {"SI", [](Reader& r, const Field& f) {
       const std::string text = f.Value();
       const std::size_t slash = text.find('/');
       if (slash != std::string::npos)
         r.record_.accessions.push_back({text.substr(0, slash), text.substr(slash + 1)});
       else if (!AddTrialNumber(r.record_, text))
         KeepOther(r.record_, "accession", f.tag, text);
     }},
    {"PB", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PU", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PL", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"EN", [](Reader& r, const Field& f) { r.Note(f, "edition"); }},
    {"JL", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"XL", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"UR", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"NO", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"NT", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"CM", [](Reader& r, const Field& f) { r.Note(f, "comment"); }},
    {"SB", [](Reader& r, const Field& f) {
       if (std::string subset = f.Value(); !subset.empty()) r.record_.citation_subsets.push_back(std::move(subset));
     }},
};

void Reader::Read(const TaggedRecord& record) {
  source_ = DatabaseName(record.First("DB"));
  ReadFields(record, kRules, *this, out_);
  out_.database = database_.empty() ? "Ovid" : database_;
  const bool is_medline = source_ == "medline";
  out_.accession = is_medline || number_.empty() ? unique_id_ : number_;
  if (out_.accession.empty()) out_.accession = number_;
  if (const std::string number = AccessionOf(source_, out_.accession); !number.empty())
    AddIdentifierOf(out_, is_medline ? "pmid" : source_, number, is_medline ? "UI" : "AN");
  // Embase: "12345678 [https://www.ncbi.nlm.nih.gov/pubmed/...]".
  if (!LeadingDigits(pmid_).empty()) AddIdentifierOf(out_, "pmid", LeadingDigits(pmid_), "PM");
  if (!unique_id_.empty() && unique_id_ != out_.accession) KeepOther(record_, "accession", "UI", unique_id_);
  KeepOther(record_, "database", "DB", database_);
  SettlePeople();
  SettleSource();
  SettleDate();
  record_.title_is_translated = IsInBrackets(record_.title.text);
}

void Reader::AddTitle(const Field& field) {
  if (record_.title.text.empty())
    record_.title = out_.Marked(field.Value());
  else
    Note(field, "repeated");
}

void Reader::AddPeopleOf(std::vector<std::string>& names, const Field& field) {
  for (std::string& name : SplitList(field.Value(), ";")) names.push_back(std::move(name));
}

void Reader::AddKeywords(std::string_view owner, const Field& field) {
  for (const std::string& keyword : SplitList(field.Value(), ";")) {
    const bool is_major = keyword.starts_with('*');
    out_.AddKeyword(owner, std::string_view(keyword).substr(is_major ? 1 : 0), is_major);
  }
}

// MEDLINE's and CENTRAL's headings are MeSH; Embase's are Emtree.
void Reader::AddHeading(const Field& field) {
  if ((source_ == "medline" || source_ == "cochrane") && field.tag != "HW") {
    if (MeshHeading heading = MeshHeadingOf(field.Value()); !heading.name.empty())
      record_.mesh_headings.push_back(std::move(heading));
    return;
  }
  AddKeywords(source_ == "embase" ? "EMTREE" : "OVID", field);
}

void Reader::SettlePeople() {
  const bool is_pair = short_names_.size() == full_names_.size();
  const std::vector<std::string>& leading = full_names_.size() >= short_names_.size() ? full_names_ : short_names_;
  std::vector<Author> people;
  for (std::size_t i = 0; i < leading.size(); ++i) {
    Author person = PersonOfExport(out_, leading[i]);
    if (is_pair && person.initials.empty()) person.initials = PersonOfExport(out_, short_names_[i]).initials;
    if (!person.last_name.empty()) people.push_back(std::move(person));
  }
  record_.authors.insert(record_.authors.begin(), std::make_move_iterator(people.begin()),
                         std::make_move_iterator(people.end()));
  SortByRole(record_);
  for (std::string& affiliation : affiliations_) {
    if (record_.authors.size() == 1)
      record_.authors.front().affiliations.push_back({std::move(affiliation), {}});
    else
      KeepOther(record_, "affiliation", {}, std::move(affiliation));
  }
}

// "Journal of Herbs. 201(2-3):327-334, November 15, 2004.": what has no field of its own is read from it.
void Reader::SettleSource() {
  KeepOther(record_, "citation", "SO", citation_);
  Journal& journal = record_.journal;
  const std::string_view text = citation_;
  const std::size_t title_end = text.find(". ");
  if (title_end == std::string_view::npos) {
    if (!pages_.empty()) out_.SetPages(pages_);
    return;
  }
  if (journal.title.empty() && !record_.book) journal.title = out_.Marked(text.substr(0, title_end)).text;
  std::string_view place = TrimAscii(text.substr(title_end + 2));
  const std::string_view volume = place.substr(0, place.find_first_of("(:,"));
  const bool has_volume = !volume.empty() && volume.size() <= 8 && volume.find(' ') == std::string_view::npos;
  if (has_volume) {
    if (journal.volume.empty()) journal.volume = std::string(volume);
    place.remove_prefix(volume.size());
    const std::size_t bracket = place.starts_with('(') ? place.find(')') : std::string_view::npos;
    if (bracket != std::string_view::npos) {
      if (journal.issue.empty()) journal.issue = std::string(place.substr(1, bracket - 1));
      place.remove_prefix(bracket + 1);
    }
    if (place.starts_with(':') && pages_.empty())
      pages_ = std::string(TrimAscii(
          place.substr(1, place.find(", ") == std::string_view::npos ? std::string_view::npos : place.find(", ") - 1)));
  }
  if (!pages_.empty()) out_.SetPages(pages_);
}

void Reader::SettleDate() {
  for (const std::string& text : {day_, issue_date_}) {
    if (text.empty() || DateFromExport(text).iso.empty() || (!year_.empty() && text.find(year_) == std::string::npos))
      continue;
    out_.AddDate("print", text);
    return;
  }
  out_.AddDate("print", year_.empty() ? day_ : year_);
}

class OvidTaggedFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    if (IsRecordNumber(text)) return {LineMeaning::kFurniture, true, {}, {}};
    const std::string_view tag = TagOf(text);
    if (!tag.empty()) {
      // Files whose record numbers are gone still begin each record with the vendor.
      const bool begins = open == nullptr || (tag == "VN" && open->after_blank && !open->fields.empty());
      return {LineMeaning::kField, begins, tag, text.substr(5)};
    }
    if (open == nullptr) return {LineMeaning::kStray, false, {}, {}};
    return {LineMeaning::kContinuation, false, {}, text};
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override { Reader(out).Read(record); }
};

}  // namespace

bool RecognisesOvidTagged(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  bool has_number = false;
  for (int seen = 0; seen < 6 && reader.Next(line);) {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) continue;
    ++seen;
    const std::string_view tag = TagOf(text);
    if (tag == "TY") return false;
    if (tag == "VN" || (has_number && !tag.empty())) return true;
    if (!tag.empty()) return false;
    has_number = IsRecordNumber(text);
  }
  return false;
}

void ReadOvidTagged(std::string_view text, ExportSink& sink) {
  OvidTaggedFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
