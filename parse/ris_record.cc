// SPDX-License-Identifier: Apache-2.0
#include "parse/ris_record.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "parse/database_names.h"
#include "parse/export_date.h"
#include "parse/record_parts.h"
#include "parse/ris_dialect.h"
#include "parse/ris_own.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

// What TY says, as a publication type; types that say nothing ("GEN") are left out.
constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"ABST", "Meeting Abstract"},
    {"BLOG", "Blog"},
    {"BOOK", "Book"},
    {"CHAP", "Book Chapter"},
    {"CLSWK", "Classical Article"},
    {"COMP", "Software"},
    {"CONF", "Conference Paper"},
    {"CPAPER", "Conference Paper"},
    {"DATA", "Dataset"},
    {"DBASE", "Database"},
    {"EBOOK", "Book"},
    {"ECHAP", "Book Chapter"},
    {"EDBOOK", "Book"},
    {"EJOUR", "Journal Article"},
    {"ELEC", "Web Page"},
    {"GOVDOC", "Government Publication"},
    {"GRANT", "Grant"},
    {"GRNT", "Grant"},
    {"INPR", "Journal Article"},
    {"JFULL", "Journal Issue"},
    {"JOUR", "Journal Article"},
    {"MANSCPT", "Manuscript"},
    {"MGZN", "Magazine Article"},
    {"NEWS", "Newspaper Article"},
    {"PAT", "Patent"},
    {"PCOMM", "Personal Communication"},
    {"RPRT", "Technical Report"},
    {"SLIDE", "Presentation"},
    {"STAND", "Standard"},
    {"THES", "Academic Dissertation"},
    {"UNPB", "Unpublished Work"},
    {"UNPD", "Unpublished Work"},
    {"VIDEO", "Video"},
    {"WEB", "Web Page"},
};

bool IsWebAddress(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
}

/// The values of a field that holds a list one a line: EndNote puts each on a line of its own without a tag. An
/// indented line goes on with the one before.
std::vector<std::string> ItemsOf(const TaggedField& field) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < field.lines.size(); ++i) {
    TaggedField line{field.tag, {field.lines[i]}, field.line};
    std::string text = line.Value();
    if (text.empty()) continue;
    const bool goes_on = i > 0 && (field.lines[i].front() == ' ' || field.lines[i].front() == '\t');
    if (goes_on && !items.empty())
      items.back() += " " + text;
    else
      items.push_back(std::move(text));
  }
  return items;
}

/// The Web of Science leaves out line ends: "AD  - Univ A, ItalyAD  - Univ B, SpainFU  - ...".
std::vector<TaggedField> Unglued(const std::vector<TaggedField>& fields) {
  std::vector<TaggedField> out;
  out.reserve(fields.size());
  for (const TaggedField& field : fields) {
    out.push_back(field);
    if (field.tag != "AD" && field.tag != "WE" && field.tag != "FU") continue;
    std::string_view rest = field.lines.front();
    for (std::size_t at = rest.find("  - "); at != std::string_view::npos; at = rest.find("  - ", at)) {
      const std::string_view tag = at < 2 ? std::string_view() : rest.substr(at - 2, 2);
      at += 4;
      if (tag != "AD" && tag != "AN" && tag != "FU" && tag != "FX" && tag != "PU" && tag != "SN") continue;
      out.back().lines.front() = rest.substr(0, at - 6);
      rest.remove_prefix(at);
      out.push_back({tag, {rest}, field.line});
      at = 0;
    }
  }
  return out;
}

class Reader {
 public:
  explicit Reader(ExportRecord& out) : out_(out), record_(out.record) {}

  void Read(const TaggedRecord& record, std::string_view database);

 private:
  using Field = TaggedField;
  friend bool parse::IsRisTag(std::string_view tag);
  static const FieldRule<Reader> kRules[];
  static const FieldRule<Reader> kEmbaseRules[];
  static const FieldRule<Reader> kScopusRules[];
  static const FieldRule<Reader> kWosRules[];
  static const FieldRule<Reader> kOvidRules[];

  const FieldRule<Reader>* RuleOf(std::string_view tag) const;
  void Note(const Field& field, std::string_view kind) { KeepOther(record_, kind, field.tag, field.Value()); }
  void AddTitle(const Field& field);
  void AddAuthors(PersonRole role, const Field& field);
  void AddAbstract(const Field& field);
  void AddKeywords(const Field& field);
  void AddOvidKeyword(std::string text);
  void AddDoiField(const Field& field);
  void AddLinks(const Field& field);
  void AddTypeOrDoi(const Field& field);
  void AddNumbers(const Field& field);
  void AddNotes(const Field& field);
  void AddScopusReferences(std::string_view text);
  void SettleEmbaseAffiliations();
  void AddGrants(const std::string& text);
  void SettleOrigin();
  void SettleJournal();
  void SettleDates();
  void SettleKeywords();
  void SettlePeople();
  void Finish();

  ExportRecord& out_;
  Record& record_;
  RisOrigin origin_;
  std::string type_;                                                            // TY
  std::string full_, secondary_, abbreviated_, mixed_, tertiary_, book_title_;  // JF; T2; J2, JA, JI; JO; T3; BT
  std::string first_page_, last_page_, article_number_, short_title_;
  std::vector<std::pair<std::string_view, std::string>> dates_;  // PY, Y1, DA
  std::string early_access_;
  std::vector<std::string> affiliations_, embase_affiliations_;
};

const FieldRule<Reader> Reader::kRules[] = {
    {"TY", [](Reader& r, const Field& f) { SetOnce(r.out_, r.type_, f.tag, f.Value()); }},
    {"TI", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"T1", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"CT", [](Reader& r, const Field& f) { r.AddTitle(f); }},
    {"AU", [](Reader& r, const Field& f) { r.AddAuthors(PersonRole::kAuthor, f); }},
    {"A1", [](Reader& r, const Field& f) { r.AddAuthors(PersonRole::kAuthor, f); }},
    {"A2", [](Reader& r, const Field& f) { r.AddAuthors(PersonRole::kEditor, f); }},
    {"ED", [](Reader& r, const Field& f) { r.AddAuthors(PersonRole::kEditor, f); }},
    {"A3", [](Reader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"A4", [](Reader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"TA", [](Reader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"AB", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"N2", [](Reader& r, const Field& f) { r.AddAbstract(f); }},
    {"KW", [](Reader& r, const Field& f) { r.AddKeywords(f); }},
    {"JF", [](Reader& r, const Field& f) { SetOnce(r.out_, r.full_, f.tag, f.Value()); }},
    {"T2", [](Reader& r, const Field& f) { SetOnce(r.out_, r.secondary_, f.tag, f.Value()); }},
    {"T3", [](Reader& r, const Field& f) { SetOnce(r.out_, r.tertiary_, f.tag, f.Value()); }},
    {"BT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.book_title_, f.tag, f.Value()); }},
    {"JO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.mixed_, f.tag, f.Value()); }},
    {"JA", [](Reader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J1", [](Reader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J2", [](Reader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"JI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J9", [](Reader& r, const Field& f) { r.Note(f, "journal-abbreviation"); }},
    {"VL", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"VO", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"IS", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"CP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"SP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"EP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.last_page_, f.tag, f.Value()); }},
    {"PY", [](Reader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"Y1", [](Reader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"DA", [](Reader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"Y2", [](Reader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"Y3", [](Reader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"PG", [](Reader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"TS", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M4", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"RD", [](Reader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"DO", [](Reader& r, const Field& f) { r.AddDoiField(f); }},
    {"DI", [](Reader& r, const Field& f) { r.AddDoiField(f); }},
    {"DOI", [](Reader& r, const Field& f) { r.AddDoiField(f); }},
    {"M3", [](Reader& r, const Field& f) { r.AddTypeOrDoi(f); }},
    {"SN", [](Reader& r, const Field& f) { r.AddNumbers(f); }},
    {"ISSN", [](Reader& r, const Field& f) { r.AddNumbers(f); }},
    {"ISBN", [](Reader& r, const Field& f) { r.AddNumbers(f); }},
    {"UR", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"L1", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"L2", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"L3", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"L4", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"LK", [](Reader& r, const Field& f) { r.AddLinks(f); }},
    {"OVID", [](Reader& r, const Field& f) { r.Note(f, "url"); }},
    {"LA", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"AD", [](Reader& r, const Field& f) {
       for (std::string& item : ItemsOf(f)) r.affiliations_.push_back(std::move(item));
     }},
    {"N1", [](Reader& r, const Field& f) { r.AddNotes(f); }},
    {"RN", [](Reader& r, const Field& f) { r.AddNotes(f); }},
    {"C7", [](Reader& r, const Field& f) {
       if (std::string text = f.Value(); !AddTrialNumber(r.record_, text))
         SetOnce(r.out_, r.article_number_, f.tag, std::move(text));
     }},
    {"ST", [](Reader& r, const Field& f) { SetOnce(r.out_, r.short_title_, f.tag, f.Value()); }},
    {"TT", [](Reader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"PB", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PP", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"CY", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"ET", [](Reader& r, const Field& f) { r.Note(f, "edition"); }},
    {"NV", [](Reader& r, const Field& f) { r.Note(f, "number-of-volumes"); }},
    {"DB", [](Reader& r, const Field& f) { r.Note(f, "database"); }},
    {"DP", [](Reader& r, const Field& f) { r.Note(f, "database-provider"); }},
    {"PMC", [](Reader& r, const Field& f) { AddIdentifierOf(r.out_, "pmcid", f.Value(), f.tag); }},
    {"PMCID", [](Reader& r, const Field& f) { AddIdentifierOf(r.out_, "pmcid", f.Value(), f.tag); }},
    {"PMID", [](Reader&, const Field&) {}},  // In the origin.
    {"AN", [](Reader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag || f.Value() != r.origin_.accession) r.Note(f, "accession");
     }},
    {"ID", [](Reader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "reference-id");
     }},
    {"C2", [](Reader& r, const Field& f) {
       const std::string text = f.Value();
       if (AsciiLower(text).starts_with("pmc") && LeadingDigits(std::string_view(text).substr(3)).size() + 3 == text.size())
         AddIdentifierOf(r.out_, "pmcid", text, f.tag);
       else if (r.origin_.pmid_tag != f.tag)
         r.Note(f, "custom");
     }},
    {"C1", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C3", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C4", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C5", [](Reader& r, const Field& f) {
       if (r.origin_.pmid_tag != f.tag) r.Note(f, "custom");
     }},
    {"C6", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C8", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M1", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M2", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U1", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U2", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U3", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U4", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U5", [](Reader& r, const Field& f) { r.Note(f, "custom"); }},
    {"CA", [](Reader& r, const Field& f) { r.Note(f, "caption"); }},
    {"CN", [](Reader& r, const Field& f) { r.Note(f, "call-number"); }},
    {"LB", [](Reader& r, const Field& f) { r.Note(f, "label"); }},
    {"OP", [](Reader& r, const Field& f) { r.Note(f, "original-publication"); }},
    {"RI", [](Reader& r, const Field& f) { r.Note(f, "reviewed-item"); }},
    {"RP", [](Reader& r, const Field& f) { r.Note(f, "reprint"); }},
    {"SE", [](Reader& r, const Field& f) { r.Note(f, "section"); }},
    {"SO", [](Reader& r, const Field& f) { r.Note(f, "citation"); }},
    {"AV", [](Reader& r, const Field& f) { r.Note(f, "availability"); }},
    {"XR", [](Reader& r, const Field& f) { r.Note(f, "cross-reference"); }},
};

const FieldRule<Reader> Reader::kEmbaseRules[] = {
    {"M1", [](Reader& r, const Field& f) { r.embase_affiliations_.push_back(f.Value()); }},
    {"AD", [](Reader& r, const Field& f) { r.Note(f, "correspondence"); }},
    {"U2",
     [](Reader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "accession");
     }},
    {"U3", [](Reader& r, const Field& f) { r.out_.AddDate("created", f.Value()); }},
    {"U4", [](Reader& r, const Field& f) { r.out_.AddDate("completed", f.Value()); }},
    {"C1", [](Reader& r, const Field& f) { r.Note(f, "drug-tradename"); }},
    {"C2", [](Reader& r, const Field& f) { r.Note(f, "drug-manufacturer"); }},
    {"C3", [](Reader& r, const Field& f) { r.Note(f, "device-tradename"); }},
    {"C4", [](Reader& r, const Field& f) { r.Note(f, "device-manufacturer"); }},
};

const FieldRule<Reader> Reader::kScopusRules[] = {
    {"C3", [](Reader& r, const Field& f) { r.Note(f, "conference"); }},
};

const FieldRule<Reader> Reader::kWosRules[] = {
    {"C3", [](Reader& r, const Field& f) { r.Note(f, "institution"); }},
    {"C6", [](Reader& r, const Field& f) { SetOnce(r.out_, r.early_access_, f.tag, f.Value()); }},
    {"FU", [](Reader& r, const Field& f) { r.AddGrants(f.Value()); }},
    {"FX", [](Reader& r, const Field& f) { r.Note(f, "funding-text"); }},
    {"PU", [](Reader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PI", [](Reader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"PA", [](Reader& r, const Field& f) { r.Note(f, "publisher-address"); }},
    {"WE", [](Reader& r, const Field& f) { r.Note(f, "wos-edition"); }},
};

const FieldRule<Reader> Reader::kOvidRules[] = {
    {"M1", [](Reader& r, const Field& f) { r.affiliations_.push_back(f.Value()); }},
    {"AD", [](Reader& r, const Field& f) { r.affiliations_.push_back(f.Value()); }},
    {"UI",
     [](Reader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "accession");
     }},
};

const FieldRule<Reader>* Reader::RuleOf(std::string_view tag) const {
  const FieldRule<Reader>* rule = nullptr;
  if (origin_.dialect == RisDialect::kEmbase) rule = FindRule(kEmbaseRules, tag);
  if (origin_.dialect == RisDialect::kScopus) rule = FindRule(kScopusRules, tag);
  if (origin_.dialect == RisDialect::kWos) rule = FindRule(kWosRules, tag);
  if (origin_.dialect == RisDialect::kOvid) rule = FindRule(kOvidRules, tag);
  return rule != nullptr ? rule : FindRule(kRules, tag);
}

void Reader::Read(const TaggedRecord& record, std::string_view database) {
  TaggedRecord whole;
  whole.line = record.line;
  whole.fields = Unglued(record.fields);
  origin_ = RisOriginOf(whole, database);
  SettleOrigin();
  for (const TaggedField& field : whole.fields) {
    if (std::all_of(field.lines.begin(), field.lines.end(), IsBlankLine)) continue;
    if (const FieldRule<Reader>* rule = RuleOf(field.tag))
      rule->read(*this, field);
    else
      out_.AddUnmapped(field.tag, field.Raw());
  }
  Finish();
}

void Reader::SettleOrigin() {
  out_.database = origin_.database;
  out_.accession = origin_.accession;
  if (!origin_.pmid.empty()) AddIdentifierOf(out_, "pmid", origin_.pmid, origin_.pmid_tag);
  const std::string source = DatabaseName(origin_.database);
  const std::string number = AccessionOf(source, origin_.accession);
  if (!number.empty() && source != "pubmed" && source != "medline")
    AddIdentifierOf(out_, source, number, origin_.accession_tag);
}

void Reader::Finish() {
  SettleJournal();
  SettleDates();
  SettleKeywords();
  SettlePeople();
  // Ovid writes ELEC for whatever it has a link for.
  if (record_.publication_types.empty() && !(type_ == "ELEC" && origin_.dialect == RisDialect::kOvid))
    for (const auto& [type, name] : kTypes)
      if (type == type_) AddTypeOf(out_, name);
  KeepOther(record_, "reference-type", "TY", type_);
  const std::string& title = record_.title.text;
  if (!short_title_.empty() && AsciiLower(title).find(AsciiLower(short_title_)) == std::string::npos)
    KeepOther(record_, "short-title", "ST", short_title_);
  if (!first_page_.empty() || !last_page_.empty()) out_.SetPages(first_page_, last_page_);
  if (!article_number_.empty()) {
    if (record_.pages.empty()) out_.SetPages(article_number_);
    AddIdentifierOf(out_, "article-number", article_number_, "C7");
  }
}

void Reader::AddTitle(const Field& field) {
  std::string text = field.Value();
  if (record_.title.text.empty()) {
    record_.title = out_.Marked(text);
    return;
  }
  if (record_.title.text != out_.Marked(text).text) KeepOther(record_, "repeated", field.tag, std::move(text));
}

void Reader::AddAuthors(PersonRole role, const Field& field) {
  for (const std::string& item : ItemsOf(field))
    if (!AddTrialNumber(record_, std::string_view(item).substr(0, item.find(',')))) AddPeople(out_, role, item);
}

// EBSCO's second abstract is the publisher's copyright.
void Reader::AddAbstract(const Field& field) {
  std::string text;
  for (const std::string& line : field.Lines()) text += (text.empty() ? "" : "\n") + line;
  if (text.starts_with("Copyright of ") && record_.copyright.empty())
    record_.copyright = std::move(text);
  else if (record_.abstract_sections.empty())
    out_.SetAbstract(text);
  else if (record_.abstract_sections.front().body.text != out_.Marked(text).text)
    KeepOther(record_, "repeated", field.tag, std::move(text));
}

void Reader::AddKeywords(const Field& field) {
  for (const std::string& item : ItemsOf(field)) {
    for (const std::string& keyword : SplitList(item, item.find('&') == std::string::npos ? ";" : "; ")) {
      if (origin_.dialect == RisDialect::kOvid) {
        AddOvidKeyword(keyword);
        continue;
      }
      if (origin_.dialect == RisDialect::kCochrane) {
        AddCochraneKeyword(out_, keyword);
        continue;
      }
      const std::string_view owner = origin_.dialect == RisDialect::kEmbase     ? "EMTREE"
                                     : origin_.dialect == RisDialect::kScopus   ? "SCOPUS"
                                     : origin_.dialect == RisDialect::kEbsco    ? "EBSCO"
                                     : origin_.dialect == RisDialect::kProquest ? "PROQUEST"
                                                                                : "NOTNLM";
      const bool is_major = keyword.starts_with('*');
      out_.AddKeyword(owner, std::string_view(keyword).substr(is_major ? 1 : 0), is_major);
    }
  }
}

// Ovid marks MEDLINE's headings: "*HIV Infections/pc [Prevention & Control]". Those without a mark could be the
// authors' words as well.
void Reader::AddOvidKeyword(std::string text) {
  const std::string source = DatabaseName(origin_.database);
  const bool is_major = text.starts_with('*');
  const std::size_t bracket = text.find(" [");
  const bool has_qualifier =
      bracket != std::string::npos && bracket > 3 && text.ends_with(']') && text[bracket - 3] == '/';
  if ((source == "medline" || source == "cochrane") && (is_major || has_qualifier)) {
    record_.mesh_headings.push_back(MeshHeadingOf(text));
    return;
  }
  out_.AddKeyword(source == "embase" ? "EMTREE" : "OVID", std::string_view(text).substr(is_major ? 1 : 0), is_major);
}

void Reader::AddDoiField(const Field& field) { AddDoi(out_, field.Value(), field.tag); }

void Reader::AddLinks(const Field& field) {
  for (const std::string& item : ItemsOf(field)) {
    // Nothing in an address is a space; several may stand in one field.
    for (const std::string& link : SplitList(item, " ")) {
      if (out_.AddDoiIn(link, field.tag) && field.tag == "L3") continue;
      const std::string_view pmcid = field.tag == "UR" ? PmcidOfLink(link) : std::string_view();
      if (!pmcid.empty()) AddIdentifierOf(out_, "pmcid", pmcid, field.tag);
      KeepOther(record_, "url", field.tag, link);
    }
  }
}

// A kind of document, or, in old exports, the DOI.
void Reader::AddTypeOrDoi(const Field& field) {
  const std::string text = field.Value();
  if (text.find("10.") != std::string::npos && out_.AddDoiIn(text, field.tag)) return;
  AddTypeOf(out_, text);
}

// "01482963 (ISSN)", "0964-6906 (Print)0964-6906", ["0964-6906", "1460-2083"].
void Reader::AddNumbers(const Field& field) {
  for (std::string item : ItemsOf(field)) {
    item.erase(std::remove_if(item.begin(), item.end(), [](char c) { return c == '[' || c == ']' || c == '"'; }),
               item.end());
    out_.AddIssnsAndIsbns(item);
  }
}

// Scopus: "Export Date: ...; Cited By: 6", and the references on a line each behind "References:".
void Reader::AddNotes(const Field& field) {
  std::string text = field.Value();
  const std::size_t references = origin_.dialect == RisDialect::kScopus ? text.find("References: ") : std::string::npos;
  if (references == std::string::npos) return KeepOther(record_, "note", field.tag, std::move(text));
  AddScopusReferences(std::string_view(text).substr(references + 12));
  text.resize(references);
  while (!text.empty() && (text.back() == ' ' || text.back() == ';')) text.pop_back();
  KeepOther(record_, "note", field.tag, std::move(text));
}

void Reader::AddScopusReferences(std::string_view text) {
  for (const std::string& item : SplitList(text, "; ")) {
    Reference reference;
    reference.citation = out_.Marked(item);
    record_.references.push_back(std::move(reference));
  }
}

// "(Roe J.; Doe K., k.doe@example.org) Department of ..., City, Country".
void Reader::SettleEmbaseAffiliations() {
  std::unordered_map<std::string, std::size_t> person_by_name;
  const auto key = [](const Author& a) { return a.last_name + "," + a.initials; };
  for (std::size_t i = 0; i < record_.authors.size(); ++i) person_by_name.emplace(key(record_.authors[i]), i);
  for (const std::string& text : embase_affiliations_) {
    const std::size_t end = text.starts_with('(') ? text.find(") ") : std::string::npos;
    bool is_used = false;
    if (end != std::string::npos) {
      for (const std::string& part : SplitList(std::string_view(text).substr(1, end - 1), ";")) {
        const auto person = person_by_name.find(key(PersonOfExport(out_, part.substr(0, part.find(',')))));
        if (person == person_by_name.end()) continue;
        record_.authors[person->second].affiliations.push_back({text.substr(end + 2), {}});
        is_used = true;
      }
    }
    if (!is_used) affiliations_.push_back(text);
  }
}

// "Agency [number, number]; Agency".
void Reader::AddGrants(const std::string& text) {
  for (const std::string& part : SplitList(text, ";")) {
    const std::size_t bracket = part.find(" [");
    const bool has_numbers = bracket != std::string::npos && part.ends_with(']');
    const std::string agency = has_numbers ? part.substr(0, bracket) : part;
    if (!has_numbers) record_.grants.push_back({{}, {}, agency, {}});
    if (has_numbers)
      for (const std::string& number :
           SplitList(std::string_view(part).substr(bracket + 2, part.size() - bracket - 3), ","))
        record_.grants.push_back({number, {}, agency, {}});
  }
}

// JF is the full title, T2 too unless the record is part of a book; JO is what each program makes of it.
void Reader::SettleJournal() {
  Journal& journal = record_.journal;
  const bool is_part = type_ == "CHAP" || type_ == "ECHAP";
  const bool is_page = type_ == "ELEC" || type_ == "WEB";
  if (is_part) {
    std::string& title = record_.book.emplace().title;
    for (std::string* from : {&book_title_, &secondary_, &full_})
      if (title.empty()) title = std::exchange(*from, {});
  } else if (!book_title_.empty() && record_.title.text.empty()) {
    record_.title = out_.Marked(std::exchange(book_title_, {}));
  }
  if (IsWebAddress(abbreviated_)) {  // Of a trial's page, in CENTRAL.
    (void)AddTrialNumber(record_, LastPathPart(abbreviated_));
    KeepOther(record_, "url", "JA", std::exchange(abbreviated_, {}));
  }
  if (is_page && origin_.dialect == RisDialect::kOvid)
    KeepOther(record_, "alternative-title", "T2", std::exchange(secondary_, {}));
  const auto plain = [this](std::string& text) { return out_.Marked(std::exchange(text, {})).text; };
  journal.title = plain(full_.empty() ? secondary_ : full_);
  if (!mixed_.empty() && journal.title.empty()) journal.title = plain(mixed_);
  if (!abbreviated_.empty() && journal.title.empty()) journal.title = plain(abbreviated_);
  for (std::string* rest : {&abbreviated_, &mixed_}) {
    if (rest->empty() || *rest == journal.title) continue;
    if (journal.iso_abbreviation.empty())
      journal.iso_abbreviation = plain(*rest);
    else if (*rest != journal.iso_abbreviation)
      KeepOther(record_, "journal-abbreviation", {}, std::exchange(*rest, {}));
  }
  if (!secondary_.empty() && secondary_ != journal.title) KeepOther(record_, "alternative-title", "T2", secondary_);
  if (!full_.empty() && full_ != journal.title) KeepOther(record_, "alternative-title", "JF", full_);
  KeepOther(record_, "series", "T3", tertiary_);
  KeepOther(record_, "alternative-title", "BT", book_title_);
}

// PY has the year; Y1 and DA may have more of the same date, DA also without its year ("AUG 11").
void Reader::SettleDates() {
  std::string year;
  for (const auto& [tag, text] : dates_) {
    const PartialDate date = DateFromExport(text);
    if (year.empty() && tag != "DA" && !date.iso.empty()) year = date.iso.substr(0, 4);
  }
  std::string best;
  DatePrecision precision = DatePrecision::kNone;
  for (auto& [tag, text] : dates_) {
    PartialDate date = DateFromExport(text);
    if (date.iso.empty() && !year.empty() && tag == "DA") {
      text = year + " " + text;
      date = DateFromExport(text);
    }
    if (date.iso.empty() && year.empty() && best.empty()) best = text;
    if (date.iso.empty() || (!year.empty() && !date.iso.starts_with(year)) || date.precision <= precision) continue;
    precision = date.precision;
    best = text;
  }
  const std::string best_iso = DateFromExport(best).iso;
  for (const auto& [tag, text] : dates_) {
    const std::string iso = DateFromExport(text).iso;
    if (text != best && (iso.empty() || !best_iso.starts_with(iso))) KeepOther(record_, "date", tag, text);
  }
  out_.AddDate("print", best);
  if (!early_access_.empty()) out_.AddDate("electronic", early_access_);
}

// The Web of Science writes the authors' keywords first, then Keywords Plus in capitals.
void Reader::SettleKeywords() {
  if (origin_.dialect != RisDialect::kWos) return;
  for (auto keyword = record_.keywords.rbegin(); keyword != record_.keywords.rend(); ++keyword) {
    const std::string& text = keyword->text.text;
    if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; })) break;
    keyword->owner = "KEYWORDS-PLUS";
  }
}

// Which author an affiliation belongs to is said by few; a single author's is clear.
void Reader::SettlePeople() {
  SortByRole(record_);
  SettleEmbaseAffiliations();
  for (std::string& affiliation : affiliations_) {
    if (record_.authors.size() == 1)
      record_.authors.front().affiliations.push_back({std::move(affiliation), {}});
    else
      KeepOther(record_, "affiliation", {}, std::move(affiliation));
  }
}

}  // namespace

void FillFromRis(const TaggedRecord& record, std::string_view database, ExportRecord& out) {
  if (!FillFromOwnRis(record, out)) Reader(out).Read(record, database);
}

bool IsRisTag(std::string_view tag) { return tag == "ER" || FindRule(Reader::kRules, tag) != nullptr; }

}  // namespace litmill::parse
