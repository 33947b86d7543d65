// SPDX-License-Identifier: Apache-2.0
#include "parse/export_medline.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/export_note.h"
#include "core/identifiers.h"
#include "core/unicode.h"
#include "parse/medline_values.h"
#include "parse/record_parts.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kDashColumn = 4;  // From 0: tags are padded to four letters.

/// A tag at the beginning of `line`, "" when there is none.
std::string_view TagOf(std::string_view line) {
  if (line.size() <= kDashColumn || !IsUpper(line.front())) return {};
  std::size_t size = 1;
  while (size < line.size() && IsUpperOrDigit(line[size])) ++size;
  if (size < 2 || size > kDashColumn) return {};
  const std::size_t dash = line.find_first_not_of(' ', size);
  const bool fits = dash == kDashColumn || (dash == kDashColumn + 1 && line.starts_with("PMID"));
  return fits && line[dash] == '-' ? line.substr(0, size) : std::string_view();
}

/// Fields whose text people's programs wrap again without the indent.
bool IsText(std::string_view tag) {
  static constexpr std::array<std::string_view, 12> kTexts = {"AB",  "AD", "CI", "COI", "COIS", "IRAD",
                                                              "OAB", "OT", "SO", "TI",  "TT",   "OCI"};
  return std::find(kTexts.begin(), kTexts.end(), tag) != kTexts.end();
}

/// Reads the fields of one record in their order: what belongs to a person follows the person.
class Reader {
 public:
  explicit Reader(ExportRecord& out) : out_(out), record_(out.record) {}

  void Read(const TaggedRecord& record);

 private:
  using Field = TaggedField;
  static const FieldRule<Reader> kRules[];

  void AddPmid(const std::string& text);
  void AddOtherId(const std::string& text);
  void AddLocated(std::string_view text, std::string_view tag);
  void AddMoment(std::string_view kind, const std::string& text);
  void AddMomentOnce(std::string_view kind, const std::string& text);
  void AddHistory(const std::string& text);
  void SetIssn(const std::string& text);
  void AddFullName(PersonRole role, const Field& field);
  void AddShortName(PersonRole role, const Field& field);
  void AddGroup(const std::string& name);
  void AddAffiliation(PersonRole role, std::string text);
  void AddPersonIdentifier(const std::string& text);
  void AddKeywordOf(std::string_view owner, std::string text);
  void AddAccession(const std::string& text);
  void AddOtherAbstract(const std::string& text);
  Book& TheBook() { return record_.book ? *record_.book : record_.book.emplace(); }
  void Finish();

  ExportRecord& out_;
  Record& record_;
  std::string_view previous_tag_;
  std::string owner_;          // OWN
  std::string keyword_owner_;  // OTO
  std::string abstract_;       // AB as it came
  std::string note_;           // litmill's own, of GN (core/export_note.h)
  std::string number_;         // ERIC's, of OID
  std::string location_;       // LID without a kind.
  std::string article_affiliation_;
  std::vector<std::pair<std::string_view, std::string>> moments_;  // EDAT and the like, used where PHST lacks them.
};

// Every tag of PubMed's help, old ones and ERIC's.
const FieldRule<Reader> Reader::kRules[] = {
    {"PMID", [](Reader& r, const Field& f) { r.AddPmid(f.Value()); }},
    {"OWN", [](Reader& r, const Field& f) { SetOnce(r.out_, r.owner_, f.tag, f.Value()); }},
    {"STAT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.status, f.tag, f.Value()); }},
    {"AB", [](Reader& r, const Field& f) {
       if (r.record_.abstract_sections.empty())
         r.out_.SetAbstract(r.abstract_ = f.Value());
       else
         r.AddOtherAbstract(f.Value());
     }},
    {"CI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.copyright, f.tag, f.Value()); }},
    {"AD", [](Reader& r, const Field& f) { r.AddAffiliation(PersonRole::kAuthor, f.Value()); }},
    {"AID", [](Reader& r, const Field& f) { r.AddLocated(f.Value(), f.tag); }},
    {"LID", [](Reader& r, const Field& f) { r.AddLocated(f.Value(), f.tag); }},
    {"FAU", [](Reader& r, const Field& f) { r.AddFullName(PersonRole::kAuthor, f); }},
    {"AU", [](Reader& r, const Field& f) { r.AddShortName(PersonRole::kAuthor, f); }},
    {"FED", [](Reader& r, const Field& f) { r.AddFullName(PersonRole::kEditor, f); }},
    {"ED", [](Reader& r, const Field& f) { r.AddShortName(PersonRole::kEditor, f); }},
    {"FIR", [](Reader& r, const Field& f) { r.AddFullName(PersonRole::kInvestigator, f); }},
    {"IR", [](Reader& r, const Field& f) { r.AddShortName(PersonRole::kInvestigator, f); }},
    {"IRAD", [](Reader& r, const Field& f) { r.AddAffiliation(PersonRole::kInvestigator, f.Value()); }},
    {"AUID", [](Reader& r, const Field& f) { r.AddPersonIdentifier(f.Value()); }},
    {"CN", [](Reader& r, const Field& f) { r.AddGroup(f.Value()); }},
    {"BTI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.TheBook().title, f.tag, f.Value()); }},
    {"CTI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.TheBook().collection_title, f.tag, f.Value()); }},
    {"VTI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.TheBook().volume_title, f.tag, f.Value()); }},
    {"PB", [](Reader& r, const Field& f) { KeepOther(r.record_, "publisher", f.tag, f.Value()); }},
    {"EN", [](Reader& r, const Field& f) { KeepOther(r.record_, "edition", f.tag, f.Value()); }},
    {"CP", [](Reader& r, const Field& f) { KeepOther(r.record_, "chapter", f.tag, f.Value()); }},
    {"ISBN", [](Reader& r, const Field& f) {
       const std::string text = f.Value();
       const std::string_view number = text;
       r.out_.AddIssnsAndIsbns(number.starts_with("ISBN") ? TrimAscii(number.substr(4)) : number);
     }},
    {"COIS", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.coi_statement, f.tag, f.Value()); }},
    {"COI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.coi_statement, f.tag, f.Value()); }},
    {"CRDT", [](Reader& r, const Field& f) { r.moments_.emplace_back("entrez", f.Value()); }},
    {"EDAT", [](Reader& r, const Field& f) { r.moments_.emplace_back("pubmed", f.Value()); }},
    {"MHDA", [](Reader& r, const Field& f) { r.moments_.emplace_back("medline", f.Value()); }},
    {"PMCR", [](Reader& r, const Field& f) { r.moments_.emplace_back("pmc-release", f.Value()); }},
    {"DA", [](Reader& r, const Field& f) { r.AddMoment("created", f.Value()); }},
    {"DCOM", [](Reader& r, const Field& f) { r.AddMoment("completed", f.Value()); }},
    {"LR", [](Reader& r, const Field& f) { r.AddMoment("revised", f.Value()); }},
    {"DRDT", [](Reader& r, const Field& f) { r.AddMoment("revised", f.Value()); }},
    {"CTDT", [](Reader& r, const Field& f) { r.AddMoment("contribution", f.Value()); }},
    {"DEP", [](Reader& r, const Field& f) { r.AddMoment("electronic", f.Value()); }},
    {"DP", [](Reader& r, const Field& f) { r.AddMoment("print", f.Value()); }},
    {"PHST", [](Reader& r, const Field& f) { r.AddHistory(f.Value()); }},
    {"GN",
     [](Reader& r, const Field& f) {
       if (std::string text = f.Value(); text.starts_with("litmill:"))
         r.note_ = std::move(text);
       else
         KeepOther(r.record_, "general-note", {}, std::move(text));
     }},
    {"GR", [](Reader& r, const Field& f) { r.record_.grants.push_back(MedlineGrant(f.Value())); }},
    {"GS", [](Reader& r, const Field& f) { KeepOther(r.record_, "gene-symbol", {}, f.Value()); }},
    {"IP", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"VI", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"IS", [](Reader& r, const Field& f) { r.SetIssn(f.Value()); }},
    {"ISSN", [](Reader& r, const Field& f) { r.SetIssn(f.Value()); }},
    {"JT", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.title, f.tag, f.Value()); }},
    {"TA", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.medline_ta, f.tag, f.Value()); }},
    {"JID", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.nlm_unique_id, f.tag, f.Value()); }},
    {"PL", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.country, f.tag, f.Value()); }},
    {"LA", [](Reader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"MH", [](Reader& r, const Field& f) {
       if (MeshHeading heading = MeshHeadingOf(f.Value()); !heading.name.empty())
         r.record_.mesh_headings.push_back(std::move(heading));
     }},
    {"MID", [](Reader& r, const Field& f) { AddIdentifierOf(r.out_, "mid", f.Value(), f.tag); }},
    {"NM", [](Reader& r, const Field& f) {
       if (std::string name = f.Value(); !name.empty())
         r.record_.supplementary_concepts.push_back({{}, std::move(name), {}});
     }},
    {"OAB", [](Reader& r, const Field& f) { r.AddOtherAbstract(f.Value()); }},
    {"OABL", [](Reader& r, const Field& f) {
       if (!r.record_.other_abstracts.empty()) r.record_.other_abstracts.back().language = AsciiLower(f.Value());
     }},
    {"OCI", [](Reader& r, const Field& f) {
       if (r.record_.other_abstracts.empty())
         KeepOther(r.record_, "copyright", f.tag, f.Value());
       else
         SetOnce(r.out_, r.record_.other_abstracts.back().copyright, f.tag, f.Value());
     }},
    {"OID", [](Reader& r, const Field& f) { r.AddOtherId(f.Value()); }},
    {"OTO", [](Reader& r, const Field& f) { r.keyword_owner_ = f.Value(); }},
    {"OT", [](Reader& r, const Field& f) {
       r.AddKeywordOf(r.keyword_owner_.empty() ? "NOTNLM" : std::string_view(r.keyword_owner_), f.Value());
     }},
    {"KW", [](Reader& r, const Field& f) {  // KoreaMed
       for (std::string& keyword : SplitList(f.Value(), ";")) r.AddKeywordOf("NOTNLM", std::move(keyword));
     }},
    {"PG", [](Reader& r, const Field& f) { r.out_.SetPages(f.Value()); }},
    {"PMC", [](Reader& r, const Field& f) { AddIdentifierOf(r.out_, "pmcid", f.Value(), f.tag); }},
    {"FPS", [](Reader& r, const Field& f) { KeepOther(r.record_, "personal-name-subject", {}, f.Value()); }},
    {"PS", [](Reader& r, const Field& f) {
       if (r.previous_tag_ != "FPS") KeepOther(r.record_, "personal-name-subject", {}, f.Value());
     }},
    {"PST", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.publication_status, f.tag, f.Value()); }},
    {"PUBM", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.pub_model, f.tag, f.Value()); }},
    {"PT", [](Reader& r, const Field& f) { AddTypeOf(r.out_, f.Value()); }},
    {"RF", [](Reader& r, const Field& f) { SetOnce(r.out_, r.record_.number_of_references, f.tag, f.Value()); }},
    {"RN", [](Reader& r, const Field& f) {
       if (Chemical chemical = ChemicalOf(f.Value()); !chemical.name.empty())
         r.record_.chemicals.push_back(std::move(chemical));
     }},
    {"SB", [](Reader& r, const Field& f) {
       if (std::string subset = f.Value(); !subset.empty()) r.record_.citation_subsets.push_back(std::move(subset));
     }},
    {"SFM", [](Reader& r, const Field& f) { KeepOther(r.record_, "space-flight-mission", {}, f.Value()); }},
    {"SI", [](Reader& r, const Field& f) { r.AddAccession(f.Value()); }},
    {"SO", [](Reader& r, const Field& f) { KeepOther(r.record_, "citation", f.tag, f.Value()); }},
    {"TI", [](Reader& r, const Field& f) {
       if (r.record_.title.text.empty())
         r.record_.title = r.out_.Marked(f.Value());
       else
         KeepOther(r.record_, "repeated", f.tag, f.Value());
     }},
    {"TT", [](Reader& r, const Field& f) {
       if (r.record_.vernacular_title.text.empty())
         r.record_.vernacular_title = r.out_.Marked(f.Value());
       else
         KeepOther(r.record_, "alternative-title", f.tag, f.Value());
     }},
};

void Reader::Read(const TaggedRecord& record) {
  for (const TaggedField& field : record.fields) {
    if (const FieldRule<Reader>* rule = FindRule(kRules, field.tag)) {
      if (field.lines.size() > 1 || !IsBlankLine(field.lines.front())) rule->read(*this, field);
    } else if (const std::string_view relation = RelationOf(field.tag); !relation.empty()) {
      if (std::string text = field.Value(); !text.empty())
        record_.related.push_back(MedlineRelation(relation, std::move(text)));
    } else {
      out_.AddUnmapped(field.tag.empty() ? "(no tag)" : field.tag, field.Raw());
    }
    previous_tag_ = field.tag;
  }
  Finish();
}

void Reader::Finish() {
  for (const auto& [kind, text] : moments_) AddMomentOnce(kind, text);
  record_.owner = owner_;
  if (record_.pages.empty() && !location_.empty())
    out_.SetPages(location_);
  else
    KeepOther(record_, "other-id", "LID", std::move(location_));
  record_.title_is_translated = IsInBrackets(record_.title.text);
  if (!article_affiliation_.empty()) {
    if (record_.authors.empty())
      KeepOther(record_, "affiliation", {}, std::move(article_affiliation_));
    else
      record_.authors.front().affiliations.insert(record_.authors.front().affiliations.begin(),
                                                  {std::move(article_affiliation_), {}});
  }
  SortByRole(record_);
  if (record_.book && record_.title.text.empty()) record_.title.text = record_.book->title;
  if (const Identifier* pmid = record_.FindIdentifier("pmid")) {
    out_.database = "PubMed";
    out_.accession = pmid->value;
  } else if (owner_ == "ERIC") {
    out_.database = owner_;
    out_.accession = number_;
  } else if (!owner_.empty() && owner_ != "NLM") {
    out_.database = owner_;
  } else {
    out_.database = "PubMed";
  }
  if (note_.empty()) return;
  // The note says where its sections begin.
  if (!abstract_.empty()) record_.abstract_sections = {{{}, {}, {abstract_, {}}}};
  out_.has_identity = ApplyExportNote(note_, record_) && !record_.source_id.empty();
}

void Reader::AddPmid(const std::string& text) {
  if (record_.FindIdentifier("pmid") == nullptr)
    AddIdentifierOf(out_, "pmid", text, "PMID");
  else
    KeepOther(record_, "repeated", "PMID", text);
}

// "NLM: PMC2762775 [Available on 01/01/10]", "NLM: NIHMS1", "KIE: 101009"; ERIC: "EJ1234567".
void Reader::AddOtherId(const std::string& text) {
  const std::size_t colon = text.find(": ");
  const std::string_view owner = colon == std::string::npos ? "" : std::string_view(text).substr(0, colon);
  const std::string_view value = colon == std::string::npos ? text : std::string_view(text).substr(colon + 2);
  const std::string_view word = value.substr(0, value.find(' '));
  if (owner == "NLM" && word.starts_with("PMC") && NormalisePmcid(word))
    AddIdentifierOf(out_, "pmcid", word, "OID");
  else if (owner == "NLM" && word.find("MS") != std::string_view::npos)
    AddIdentifierOf(out_, "mid", word, "OID");
  else
    KeepOther(record_, "other-id", owner, std::string(value));
  if (owner.empty() && number_.empty() && (word.starts_with("EJ") || word.starts_with("ED"))) number_ = word;
}

// "10.1000/1 [doi]"; without a kind it is the article's number ("e1005666"), the XML's pages; ERIC writes the address
// of its page.
void Reader::AddLocated(std::string_view text, std::string_view tag) {
  const auto [value, type] = ValueAndType(text);
  const std::string kind = AsciiLower(type);
  if (kind == "doi") {
    AddDoi(out_, value, tag);
  } else if (!kind.empty()) {
    AddIdentifierOf(out_, kind == "pmc" ? "pmcid" : kind == "pubmed" ? "pmid" : kind, value, tag);
  } else if (tag == "LID" && location_.empty() && value.size() < 30 && value.find('/') == std::string_view::npos) {
    location_ = std::string(value);
  } else if (!out_.AddDoiIn(value, tag)) {
    KeepOther(record_, value.find("://") == std::string_view::npos ? "other-id" : "url", tag, std::string(value));
  }
}

void Reader::AddMoment(std::string_view kind, const std::string& text) {
  if (RecordDate moment = MedlineMoment(kind, text); record_.Date(kind) == nullptr)
    record_.dates.push_back(std::move(moment));
  else
    KeepOther(record_, "repeated", kind, text);
}

void Reader::AddMomentOnce(std::string_view kind, const std::string& text) {
  if (record_.Date(kind) == nullptr) record_.dates.push_back(MedlineMoment(kind, text));
}

void Reader::AddHistory(const std::string& text) {
  const auto [value, kind] = ValueAndType(text);
  record_.dates.push_back(MedlineMoment(kind.empty() ? "history" : kind, value));
}

// "2072-6643 (Electronic)"; ERIC: "ISSN-1234-5678", "EISSN-1234-5678".
void Reader::SetIssn(const std::string& text) {
  const std::size_t prefix = text.find("ISSN-");
  if (prefix == std::string::npos)
    out_.AddIssnsAndIsbns(text);
  else
    for (const std::string& part : SplitList(text, ";")) {
      const std::size_t at = part.find("ISSN-");
      const bool is_electronic = at == 1 && part.front() == 'E';
      out_.AddIssnsAndIsbns((at == std::string::npos ? part : part.substr(at + 5)) +
                            (is_electronic ? " (Electronic)" : ""));
    }
}

void Reader::AddFullName(PersonRole role, const Field& field) {
  Author person = MedlineFullName(field.Value());
  person.role = role;
  if (!person.last_name.empty()) record_.authors.push_back(std::move(person));
}

// The short form of the person just read, or, in records of before 2002, the only one.
void Reader::AddShortName(PersonRole role, const Field& field) {
  const std::string text = field.Value();
  Author person = MedlineShortName(text);
  const std::string_view full_tag = role == PersonRole::kAuthor ? "FAU" : role == PersonRole::kEditor ? "FED" : "FIR";
  if (previous_tag_ == full_tag && !record_.authors.empty()) {
    Author& full = record_.authors.back();
    full.initials = std::move(person.initials);
    // "Roe, Jr" beside "Roe Jr": no given name, but a suffix.
    if (!person.suffix.empty() && full.fore_name == person.suffix) full.fore_name.clear();
    if (full.suffix.empty()) full.suffix = std::move(person.suffix);
    return;
  }
  person.role = role;
  if (!person.last_name.empty()) record_.authors.push_back(std::move(person));
}

void Reader::AddGroup(const std::string& name) {
  Author group;
  group.collective_name = out_.Marked(name).text;
  record_.authors.push_back(std::move(group));
}

// Follows its person; before 2014 one affiliation stood before all authors, or behind the last, and was the first's.
void Reader::AddAffiliation(PersonRole role, std::string text) {
  if (text.empty()) return;
  const auto is_of_role = [role](const Author& a) { return a.role == role; };
  if (!record_.authors.empty() && is_of_role(record_.authors.back()))
    record_.authors.back().affiliations.push_back({std::move(text), {}});
  else if (article_affiliation_.empty())
    article_affiliation_ = std::move(text);
  else
    KeepOther(record_, "affiliation", {}, std::move(text));
}

void Reader::AddPersonIdentifier(const std::string& text) {
  const std::size_t colon = text.find(':');
  const bool names_scheme = colon != std::string::npos && text.find("//") != colon + 1;
  std::string scheme = names_scheme ? text.substr(0, colon) : "ORCID";
  std::string value(TrimAscii(std::string_view(text).substr(names_scheme ? colon + 1 : 0)));
  if (record_.authors.empty()) return KeepOther(record_, "person-identifier", scheme, std::move(value));
  Author& person = record_.authors.back();
  if (scheme == "ORCID") {
    if (auto orcid = NormaliseOrcid(value)) {
      if (person.orcid.empty()) person.orcid = *std::move(orcid);
    } else {
      out_.context.Warn("bad-orcid", "\"" + value + "\" is no ORCID (form or checksum); it is kept as it came only");
    }
  }
  person.identifiers.push_back({std::move(scheme), std::move(value)});
}

void Reader::AddKeywordOf(std::string_view owner, std::string text) {
  const bool is_major = text.starts_with('*');
  out_.AddKeyword(owner, is_major ? std::string_view(text).substr(1) : std::string_view(text), is_major);
}

// "ClinicalTrials.gov/NCT01234567", "GENBANK/AF1"; a bank without a number is a fact too.
void Reader::AddAccession(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos)
    record_.accessions.push_back({text.substr(0, slash), text.substr(slash + 1)});
  else if (text.find_first_of("0123456789") == std::string::npos)
    record_.accessions.push_back({text, {}});
  else
    record_.accessions.push_back({{}, text});
}

void Reader::AddOtherAbstract(const std::string& text) {
  // The reading of an abstract is the record's; lend it.
  std::vector<AbstractSection> main = std::exchange(record_.abstract_sections, {});
  std::string copyright = std::exchange(record_.copyright, {});
  out_.SetAbstract(text);
  OtherAbstract other;
  other.type = "Publisher";
  other.language = "eng";
  other.sections = std::exchange(record_.abstract_sections, std::move(main));
  other.copyright = std::exchange(record_.copyright, std::move(copyright));
  if (!other.sections.empty()) record_.other_abstracts.push_back(std::move(other));
}

class MedlineFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = line.text;
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    const std::string_view tag = TagOf(text);
    if (!tag.empty()) {
      const std::string_view value = text.substr(text.find('-') + 1);
      return {LineMeaning::kField, Begins(tag, open), tag, value};
    }
    if (open == nullptr || open->after_blank)
      return {text == "<pre>" || text == "</pre>" ? LineMeaning::kFurniture : LineMeaning::kStray, false, {}, {}};
    const bool is_indented = text.starts_with("  ") || text.starts_with('\t');
    if (is_indented || open->fields.empty() || IsText(open->fields.back().tag))
      return {LineMeaning::kContinuation, false, {}, text};
    return {LineMeaning::kField, false, {}, text};  // Kept, under no tag.
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override { Reader(out).Read(record); }

 private:
  // A PMID begins a record, unless it follows an owner (that is how ERIC begins, and some with both). Records without
  // a PMID begin behind a blank line, with what a record has once.
  static bool Begins(std::string_view tag, const TaggedRecord* open) {
    if (open == nullptr) return true;
    if (tag == "PMID") return open->after_blank || open->fields.size() > 3 || open->Has("PMID");
    return open->after_blank && (tag == "OWN" || tag == "TI" || tag == "STAT" || tag == "AU") && open->Has(tag);
  }
};

}  // namespace

bool RecognisesMedline(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  for (int seen = 0; seen < 8 && reader.Next(line);) {
    if (IsBlankLine(line.text)) continue;
    ++seen;
    const std::string_view tag = TagOf(line.text);
    if (tag == "PMID") {
      const std::string_view value = TrimAscii(line.text.substr(line.text.find('-') + 1));
      // litmill's own file may begin with a work without a PMID.
      if (value.empty() ? seen == 1 : LeadingDigits(value) == value) return true;
    }
    if (tag == "OWN" || tag == "STAT") return true;
    // RIS has its hyphen in the same column: its first line is the type.
    if (tag == "TY" || tag == "VN") return false;
  }
  return false;
}

void ReadMedline(std::string_view text, ExportSink& sink) {
  MedlineFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
