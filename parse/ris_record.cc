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
#include "parse/ris_reader.h"
#include "parse/tagged_values.h"
#include "parse/trial_numbers.h"

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

}  // namespace

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

void RisReader::Read(const TaggedRecord& record, std::string_view database) {
  TaggedRecord whole;
  whole.line = record.line;
  whole.fields = Unglued(record.fields);
  origin_ = RisOriginOf(whole, database);
  SettleOrigin();
  for (const TaggedField& field : whole.fields) {
    if (field.IsBlank()) continue;
    if (const FieldRule<RisReader>* rule = RuleOf(field.tag))
      rule->read(*this, field);
    else
      out_.AddUnmapped(field.tag, field.Raw());
  }
  Finish();
}

void RisReader::SettleOrigin() {
  out_.database = origin_.database;
  out_.accession = origin_.accession;
  if (!origin_.pmid.empty()) AddIdentifierOf(out_, "pmid", origin_.pmid, origin_.pmid_tag);
  const std::string source = DatabaseName(origin_.database);
  const std::string number = AccessionOf(source, origin_.accession);
  if (!number.empty() && source != "pubmed" && source != "medline")
    AddIdentifierOf(out_, source, number, origin_.accession_tag);
}

void RisReader::Finish() {
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

void RisReader::AddTitle(const Field& field) {
  std::string text = field.Value();
  if (record_.title.text.empty()) {
    record_.title = out_.Marked(text);
    return;
  }
  if (record_.title.text != out_.Marked(text).text) KeepOther(record_, "repeated", field.tag, std::move(text));
}

void RisReader::AddAuthors(PersonRole role, const Field& field) {
  for (const std::string& item : ItemsOf(field))
    if (!AddTrialNumber(record_, std::string_view(item).substr(0, item.find(',')))) AddPeople(out_, role, item);
}

// EBSCO's second abstract is the publisher's copyright.
void RisReader::AddAbstract(const Field& field) {
  std::string text;
  for (const std::string& line : field.Lines()) text += (text.empty() ? "" : "\n") + line;
  if (text.starts_with("Copyright of ") && record_.copyright.empty())
    record_.copyright = std::move(text);
  else if (record_.abstract_sections.empty())
    out_.SetAbstract(text);
  else if (record_.abstract_sections.front().body.text != out_.Marked(text).text)
    KeepOther(record_, "repeated", field.tag, std::move(text));
}

void RisReader::AddKeywords(const Field& field) {
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
void RisReader::AddOvidKeyword(std::string text) {
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

void RisReader::AddDoiField(const Field& field) { AddDoi(out_, field.Value(), field.tag); }

void RisReader::AddLinks(const Field& field) {
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
void RisReader::AddTypeOrDoi(const Field& field) {
  const std::string text = field.Value();
  if (text.find("10.") != std::string::npos && out_.AddDoiIn(text, field.tag)) return;
  AddTypeOf(out_, text);
}

// "01482963 (ISSN)", "0964-6906 (Print)0964-6906", ["0964-6906", "1460-2083"].
void RisReader::AddNumbers(const Field& field) {
  for (std::string item : ItemsOf(field)) {
    item.erase(std::remove_if(item.begin(), item.end(), [](char c) { return c == '[' || c == ']' || c == '"'; }),
               item.end());
    out_.AddIssnsAndIsbns(item);
  }
}

// Scopus: "Export Date: ...; Cited By: 6", and the references on a line each behind "References:".
void RisReader::AddNotes(const Field& field) {
  std::string text = field.Value();
  const std::size_t references = origin_.dialect == RisDialect::kScopus ? text.find("References: ") : std::string::npos;
  if (references == std::string::npos) return KeepOther(record_, "note", field.tag, std::move(text));
  AddScopusReferences(std::string_view(text).substr(references + 12));
  text.resize(references);
  while (!text.empty() && (text.back() == ' ' || text.back() == ';')) text.pop_back();
  KeepOther(record_, "note", field.tag, std::move(text));
}

void RisReader::AddScopusReferences(std::string_view text) {
  for (const std::string& item : SplitList(text, "; ")) {
    Reference reference;
    reference.citation = out_.Marked(item);
    record_.references.push_back(std::move(reference));
  }
}

// "(Roe J.; Doe K., k.doe@example.org) Department of ..., City, Country".
void RisReader::SettleEmbaseAffiliations() {
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
void RisReader::AddGrants(const std::string& text) {
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
void RisReader::SettleJournal() {
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
void RisReader::SettleDates() {
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
void RisReader::SettleKeywords() {
  if (origin_.dialect != RisDialect::kWos) return;
  for (auto keyword = record_.keywords.rbegin(); keyword != record_.keywords.rend(); ++keyword) {
    const std::string& text = keyword->text.text;
    if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; })) break;
    keyword->owner = "KEYWORDS-PLUS";
  }
}

// Which author an affiliation belongs to is said by few; a single author's is clear.
void RisReader::SettlePeople() {
  SortByRole(record_);
  SettleEmbaseAffiliations();
  for (std::string& affiliation : affiliations_) {
    if (record_.authors.size() == 1)
      record_.authors.front().affiliations.push_back({std::move(affiliation), {}});
    else
      KeepOther(record_, "affiliation", {}, std::move(affiliation));
  }
}

void FillFromRis(const TaggedRecord& record, std::string_view database, ExportRecord& out) {
  if (!FillFromOwnRis(record, out)) RisReader(out).Read(record, database);
}

}  // namespace litmill::parse
