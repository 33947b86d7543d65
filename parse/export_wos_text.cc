// SPDX-License-Identifier: Apache-2.0
#include "parse/export_wos_text.h"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

/// A tag of two letters, a space or the line's end behind it; "" when there is none.
std::string_view TagOf(std::string_view line) {
  if (line.size() < 2 || !IsUpper(line[0]) || !IsUpperOrDigit(line[1])) return {};
  return line.size() == 2 || line[2] == ' ' ? line.substr(0, 2) : std::string_view();
}

std::string_view SeasonOf(std::string_view month) {
  const std::string lower = AsciiLower(month.substr(0, 3));
  if (lower == "spr") return "Spring";
  if (lower == "sum") return "Summer";
  if (lower == "fal" || lower == "aut") return "Fall";
  if (lower == "win") return "Winter";
  return {};
}

constexpr std::size_t kSeveral = static_cast<std::size_t>(-1);

/// "roe, jane b." -> "~roe, j"
std::string ShortKey(std::string_view lower_name) {
  const std::size_t comma = lower_name.find(", ");
  return comma == std::string_view::npos ? std::string() : "~" + std::string(lower_name.substr(0, comma + 3));
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
  void AddList(std::string_view owner, const Field& field);
  void AddAddress(const Field& field);
  void AddReferences(const Field& field);
  void AddGrants(const Field& field);
  void SettlePeople();
  void SettlePair(std::vector<std::string>& names, std::vector<std::string>& full_names, PersonRole role);
  void SettleAddresses();
  void AddPersonIds(std::string_view scheme, const std::string& text);
  void SettleDates();
  void SettleIdentity();

  ExportRecord& out_;
  Record& record_;
  std::vector<std::string> names_, full_names_, book_names_, full_book_names_, editors_, groups_;
  std::vector<std::string> addresses_;
  std::vector<std::pair<std::string_view, std::string>> person_ids_;  // ORCID, researcherid.
  std::unordered_map<std::string, std::size_t> person_by_name_;
  std::string kind_, year_, day_, early_access_, early_year_, first_page_, last_page_, article_number_, number_;
};

const FieldRule<Reader> Reader::kRules[] = {
    {"PT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.kind_, f.tag, f.Value()); }},
    {"AU", [](Reader& r, const Field& f) { r.names_ = f.Lines(); }},
    {"AF", [](Reader& r, const Field& f) { r.full_names_ = f.Lines(); }},
    {"BA", [](Reader& r, const Field& f) { r.book_names_ = f.Lines(); }},
    {"BF", [](Reader& r, const Field& f) { r.full_book_names_ = f.Lines(); }},
    {"BE", [](Reader& r, const Field& f) { r.editors_ = f.Lines(); }},
    {"ED", [](Reader& r, const Field& f) { r.editors_ = f.Lines(); }},
    {"CA", [](Reader& r, const Field& f) { r.groups_.push_back(f.Value()); }},
    {"GP", [](Reader& r, const Field& f) { r.Note(f, "book-group-author"); }},
    {"TI", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"X1", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"Y1", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"Z1", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"AB", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"X4", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"Y4", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"Z4", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"DE", [](Reader& r, const Field& f) { r.AddList("NOTNLM", f); }},
    {"X5", [](Reader& r, const Field& f) { r.AddList("NOTNLM", f); }},
    {"Y5", [](Reader& r, const Field& f) { r.AddList("NOTNLM", f); }},
    {"Z5", [](Reader& r, const Field& f) { r.AddList("NOTNLM", f); }},
    {"ID", [](Reader& r, const Field& f) { r.AddList("KEYWORDS-PLUS", f); }},
    {"SO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"JI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.iso_abbreviation, f.tag, f.Value()); }},
    {"J9", [](Reader& r, const Field& f) { r.Note(f, "journal-abbreviation"); }},
    {"SE", [](Reader& r, const Field& f) { r.Note(f, "series"); }},
    {"BS", [](Reader& r, const Field& f) { r.Note(f, "series"); }},
    {"VL", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"IS", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"BP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"EP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.last_page_, f.tag, f.Value()); }},
    {"PS", [](Reader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"BD", [](Reader& r, const Field& f) { r.Note(f, "zoological-descriptors"); }},
    {"OR", [](Reader& r, const Field& f) { r.Note(f, "organisms"); }},
    {"ST", [](Reader& r, const Field& f) { r.Note(f, "super-taxa"); }},
    {"TN", [](Reader& r, const Field& f) { r.Note(f, "taxa"); }},
    {"NT", [](Reader& r, const Field& f) { r.Note(f, "note"); }},
    {"UR", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"AR", [](Reader& r, const Field& f) { SetOnce(r.out_, r.article_number_, f.tag, f.Value()); }},
    {"PD", [](Reader& r, const Field& f) { SetOnce(r.out_, r.day_, f.tag, f.Value()); }},
    {"PY", [](Reader& r, const Field& f) { SetOnce(r.out_, r.year_, f.tag, f.Value()); }},
    {"EA", [](Reader& r, const Field& f) { SetOnce(r.out_, r.early_access_, f.tag, f.Value()); }},
    {"EY", [](Reader& r, const Field& f) { SetOnce(r.out_, r.early_year_, f.tag, f.Value()); }},
    {"LA", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"DT", [](Reader& r, const Field& f) {
       for (const std::string& type : SplitList(f.Value(), ";")) AddTypeOf(r.out_, type);
     }},
    {"DI", [](Reader& r, const Field& f) { AddDoi(r.out_, f.Value(), f.tag); }},
    {"D2", [](Reader& r, const Field& f) { r.Note(f, "book-doi"); }},
    {"PM", [](Reader& r, const Field& f) { AddIdentifierOf(r.out_, "pmid", f.Value(), f.tag); }},
    {"UT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.number_, f.tag, f.Value()); }},
    {"SN", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value()); }},
    {"EI", [](Reader& r, const Field& f) {
       if (std::string number = f.Value(); r.record_.journal.issn_electronic.empty())
         r.record_.journal.issn_electronic = HyphenatedIssn(std::move(number));
     }},
    {"BN", [](Reader& r, const Field& f) { r.out_.AddIssnsAndIsbns(f.Value()); }},
    {"C1", [](Reader& r, const Field& f) { r.AddAddress(f); }},
    {"C3", [](Reader& r, const Field& f) { r.Note(f, "institution"); }},
    {"RP", [](Reader& r, const Field& f) { r.Note(f, "correspondence"); }},
    {"EM", [](Reader& r, const Field& f) { r.Note(f, "email"); }},
    {"OI", [](Reader& r, const Field& f) { r.person_ids_.emplace_back("ORCID", f.Value()); }},
    {"RI", [](Reader& r, const Field& f) { r.person_ids_.emplace_back("researcherid", f.Value()); }},
    {"CR", [](Reader& r, const Field& f) { r.AddReferences(f); }},
    {"NR", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.number_of_references, f.tag, f.Value()); }},
    {"FU", [](Reader& r, const Field& f) { r.AddGrants(f); }},
    {"FX", [](Reader& r, const Field& f) { r.Note(f, "funding-text"); }},
    {"PU", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PI", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"PA", [](Reader& r, const Field& f) { r.Note(f, "publisher-address"); }},
    {"CT", [](Reader& r, const Field& f) { r.Note(f, "conference"); }},
    {"CY", [](Reader& r, const Field& f) { r.Note(f, "conference-date"); }},
    {"CL", [](Reader& r, const Field& f) { r.Note(f, "conference-location"); }},
    {"HO", [](Reader& r, const Field& f) { r.Note(f, "conference-host"); }},
    {"SP", [](Reader& r, const Field& f) { r.Note(f, "conference-sponsor"); }},
    {"WC", [](Reader& r, const Field& f) { r.Note(f, "wos-category"); }},
    {"SC", [](Reader& r, const Field& f) { r.Note(f, "wos-category"); }},
    {"EC", [](Reader& r, const Field& f) { r.Note(f, "wos-category"); }},
    {"WE", [](Reader& r, const Field& f) { r.Note(f, "wos-edition"); }},
    {"C2", [](Reader& r, const Field& f) { r.Note(f, "wos-edition"); }},
    {"OA", [](Reader& r, const Field& f) { r.Note(f, "open-access-status"); }},
    {"MA", [](Reader& r, const Field& f) { r.Note(f, "meeting-abstract"); }},
    {"PN", [](Reader& r, const Field& f) { r.Note(f, "part"); }},
    {"SU", [](Reader& r, const Field& f) { r.Note(f, "supplement"); }},
    {"SI", [](Reader& r, const Field& f) { r.Note(f, "special-issue"); }},
    {"AN", [](Reader& r, const Field& f) { r.Note(f, "accession"); }},
    {"DA", [](Reader& r, const Field& f) { r.Note(f, "export-date"); }},
    {"TC", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"Z9", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"ZB", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"ZR", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"ZS", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"ZA", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"Z8", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"HC", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"HP", [](Reader& r, const Field& f) { r.Note(f, "times-cited"); }},
    {"U1", [](Reader& r, const Field& f) { r.Note(f, "usage-count"); }},
    {"U2", [](Reader& r, const Field& f) { r.Note(f, "usage-count"); }},
    {"PG", [](Reader& r, const Field& f) { r.Note(f, "number-of-pages"); }},
    {"GA", [](Reader& r, const Field& f) { r.Note(f, "delivery-number"); }},
};

void Reader::Read(const TaggedRecord& record) {
  ReadFields(record, kRules, *this, out_);
  SettlePeople();
  SettleDates();
  if (!first_page_.empty() || !last_page_.empty()) out_.SetPages(first_page_, last_page_);
  if (!article_number_.empty()) {
    if (record_.pages.empty()) out_.SetPages(article_number_);
    AddIdentifierOf(out_, "article-number", article_number_, "AR");
  }
  KeepOther(record_, "publication-kind", {}, kind_);
  SettleIdentity();
}

void Reader::SettleIdentity() {
  out_.database = "Web of Science";
  out_.accession = number_;
  if (number_.empty()) return;
  AddIdentifierOf(out_, "wos", number_, "UT");
  if (number_.starts_with("MEDLINE:")) AddIdentifierOf(out_, "pmid", number_.substr(8), "UT");
}

void Reader::AddTitle(const Field& field) {
  if (record_.title.text.empty())
    record_.title = out_.Marked(field.Value());
  else
    Note(field, "alternative-title");
}

// X4 and the like are the abstract in another language (SciELO).
void Reader::AddAbstract(const Field& field) {
  if (field.tag == "AB" && record_.abstract_sections.empty()) {
    out_.SetAbstract(field.Value());
    return;
  }
  OtherAbstract other;
  other.type = "Publisher";
  other.sections.push_back({{}, {}, out_.Marked(field.Value())});
  record_.other_abstracts.push_back(std::move(other));
}

void Reader::AddList(std::string_view owner, const Field& field) {
  for (const std::string& keyword : SplitList(field.Value(), ";")) out_.AddKeyword(owner, keyword);
}

// One address a line, or a long one over several: an address ends with a full stop.
void Reader::AddAddress(const Field& field) {
  bool goes_on = false;
  for (std::string& line : field.Lines()) {
    const bool ends = line.ends_with('.');
    if (goes_on && !line.starts_with('['))
      addresses_.back() += " " + line;
    else
      addresses_.push_back(std::move(line));
    goes_on = !ends;
  }
}

// "Roe J, 2013, J HERBS, V80, P22, DOI 10.1000/1": sometimes "DOI [10.1000/1, 10.1000/2]".
void Reader::AddReferences(const Field& field) {
  for (std::string& line : field.Lines()) {
    Reference reference;
    const std::size_t doi = line.rfind("DOI ");
    if (doi != std::string::npos) {
      std::string_view rest = std::string_view(line).substr(doi + 4);
      if (rest.starts_with('[')) rest = rest.substr(1, rest.find_first_of(",]", 1) - 1);
      rest = rest.substr(0, rest.find(' '));
      if (auto normal = NormaliseDoi(rest))
        reference.identifiers.push_back({"doi", *std::move(normal), std::string(rest), "CR", true});
    }
    reference.citation = out_.Marked(line);
    record_.references.push_back(std::move(reference));
  }
}

// "Agency [number, number]; Agency".
void Reader::AddGrants(const Field& field) {
  for (const std::string& part : SplitList(field.Value(), ";")) {
    const std::size_t bracket = part.find(" [");
    if (bracket == std::string::npos || !part.ends_with(']')) {
      record_.grants.push_back({{}, {}, part, {}});
      continue;
    }
    const std::string agency = part.substr(0, bracket);
    for (const std::string& number :
         SplitList(std::string_view(part).substr(bracket + 2, part.size() - bracket - 3), ","))
      record_.grants.push_back({number, {}, agency, {}});
  }
}

// AU holds the name with initials, AF the full one, in the same order.
void Reader::SettlePair(std::vector<std::string>& names, std::vector<std::string>& full_names, PersonRole role) {
  const bool is_pair = names.size() == full_names.size();
  const std::vector<std::string>& leading = full_names.size() >= names.size() ? full_names : names;
  for (std::size_t i = 0; i < leading.size(); ++i) {
    Author person = PersonOfExport(out_, leading[i]);
    person.role = role;
    if (is_pair && person.initials.empty()) person.initials = PersonOfExport(out_, names[i]).initials;
    if (person.last_name.empty() && person.collective_name.empty()) continue;
    person_by_name_.emplace(AsciiLower(leading[i]), record_.authors.size());
    if (is_pair) person_by_name_.emplace(AsciiLower(names[i]), record_.authors.size());
    // Profiles of people have their names otherwise than the papers: "Roe, Jane" for "Roe, Jane B."
    const auto [known, is_new] = person_by_name_.emplace(ShortKey(AsciiLower(leading[i])), record_.authors.size());
    if (!is_new) known->second = kSeveral;
    record_.authors.push_back(std::move(person));
  }
}

void Reader::SettlePeople() {
  SettlePair(names_, full_names_, PersonRole::kAuthor);
  if (record_.authors.empty())
    SettlePair(book_names_, full_book_names_, PersonRole::kAuthor);
  else
    for (const std::string& name : full_book_names_.empty() ? book_names_ : full_book_names_)
      KeepOther(record_, "book-author", {}, name);
  for (std::string& group : groups_) {
    Author author;
    author.collective_name = out_.Marked(group).text;
    record_.authors.push_back(std::move(author));
  }
  SettleAddresses();
  for (const auto& [scheme, text] : person_ids_) AddPersonIds(scheme, text);
  for (const std::string& name : editors_) AddPeople(out_, PersonRole::kEditor, name);
}

// "[Roe, Jane; Doe, Kim] Univ A, Dept B, City, Country."
void Reader::SettleAddresses() {
  for (std::string& address : addresses_) {
    const std::size_t end = address.starts_with('[') ? address.find("] ") : std::string::npos;
    bool is_used = false;
    if (end != std::string::npos) {
      const std::string text = address.substr(end + 2);
      for (const std::string& name : SplitList(std::string_view(address).substr(1, end - 1), ";")) {
        const auto person = person_by_name_.find(AsciiLower(name));
        if (person == person_by_name_.end() || person->second >= record_.authors.size()) continue;
        record_.authors[person->second].affiliations.push_back({text, {}});
        is_used = true;
      }
    } else if (record_.authors.size() == 1) {
      record_.authors.front().affiliations.push_back({address, {}});
      is_used = true;
    }
    if (!is_used) KeepOther(record_, "affiliation", {}, std::move(address));
  }
}

// "Roe, Jane/0000-0002-1825-0097; Doe, Kim/A-1234-2010".
void Reader::AddPersonIds(std::string_view scheme, const std::string& text) {
  for (const std::string& part : SplitList(text, ";")) {
    const std::size_t slash = part.rfind('/');
    const std::string name = AsciiLower(part.substr(0, slash == std::string::npos ? 0 : slash));
    auto person = person_by_name_.find(name);
    if (person == person_by_name_.end()) person = person_by_name_.find(ShortKey(name));
    if (name.empty() || person == person_by_name_.end() || person->second >= record_.authors.size()) {
      KeepOther(record_, "person-identifier", scheme, part);
      continue;
    }
    Author& author = record_.authors[person->second];
    std::string value = part.substr(slash + 1);
    if (scheme == "ORCID") {
      auto orcid = NormaliseOrcid(value);
      if (!orcid)
        out_.context.Warn("bad-orcid", "\"" + value + "\" is no ORCID (form or checksum); it is kept as it came only");
      else if (author.orcid.empty())
        author.orcid = *std::move(orcid);
    }
    author.identifiers.push_back({std::string(scheme), std::move(value)});
  }
}

// PD is "JUL 1", "SEP-OCT", "SPR" beside the year, or, in old files, a whole date.
void Reader::SettleDates() {
  const std::string_view season = SeasonOf(day_);
  std::string day = season.empty() || day_.size() > 6 ? day_ : std::string(season);
  // SciELO and others have the month's number alone.
  const bool is_month = day.size() == 2 && LeadingDigits(day).size() == 2 && day >= "01" && day <= "12";
  if (year_.empty())
    out_.AddDate("print", day);
  else if (is_month)
    out_.AddDate("print", year_ + "-" + day);
  else if (day.find(year_) != std::string::npos)
    out_.AddDate("print", day);
  else
    out_.AddDate("print", day.empty() ? year_ : year_ + " " + day);
  if (!early_access_.empty() && early_access_.find_first_of("0123456789") == std::string::npos)
    early_access_ += " " + early_year_;
  out_.AddDate("electronic", early_access_.empty() ? early_year_ : early_access_);
}

class WosTextFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    const std::string_view tag = TagOf(text);
    const std::string_view value = tag.empty() ? text : text.substr(2);
    const bool is_alone = !tag.empty() && IsBlankLine(value);
    if (tag == "PT") return {LineMeaning::kField, true, tag, value};
    if (open == nullptr || open->has_end) {
      const bool is_furniture = tag == "FN" || tag == "VR" || (tag == "EF" && is_alone);
      return {is_furniture ? LineMeaning::kFurniture : LineMeaning::kStray, false, {}, {}};
    }
    if (is_alone && tag == "ER") return {LineMeaning::kEnd, false, {}, {}};
    if (is_alone && tag == "EF") return {LineMeaning::kFurniture, false, {}, {}};
    if (tag == "FN" || tag == "VR") return {LineMeaning::kFurniture, false, {}, {}};  // Files put together.
    if (!tag.empty() && tag != "ER" && tag != "EF") return {LineMeaning::kField, false, tag, value};
    return {LineMeaning::kContinuation, false, {}, text};
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override { Reader(out).Read(record); }
  bool HasEndMarks() const override { return true; }
};

}  // namespace

bool RecognisesWosText(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  for (int seen = 0; seen < 6 && reader.Next(line);) {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) continue;
    ++seen;
    // "PT J" alone on its line: the header row of the tab-delimited form has tabs.
    if (TagOf(text) == "PT" && text.size() == 4 && IsUpper(text[3])) return true;
    if (TagOf(text) != "FN" && TagOf(text) != "VR") return false;
  }
  return false;
}

void ReadWosText(std::string_view text, ExportSink& sink) {
  WosTextFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
