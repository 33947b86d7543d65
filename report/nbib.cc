// SPDX-License-Identifier: Apache-2.0
#include "report/nbib.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/export_note.h"
#include "core/export_text.h"
#include "core/unicode.h"
#include "report/citation.h"

namespace litmill::report {
namespace {

constexpr std::size_t kWidth = 88;

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// A value and its continuation lines, broken at spaces only: a reader joins them with one space. OneLine is the guard:
/// no text can begin a line of its own.
void Line(std::string& out, std::string_view tag, std::string_view text) {
  const std::string value = OneLine(text);
  if (value.empty()) return;
  out += tag;
  out.append(4 - std::min<std::size_t>(4, tag.size()), ' ');
  out += "-";
  std::size_t column = 5;
  for (std::string_view rest = value; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    const std::size_t width = CodePoints(word);
    if (column > 5 && column + 1 + width > kWidth) {
      out += "\n     ";
      column = 5;
    }
    out += ' ';
    out += word;
    column += 1 + width;
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  out += '\n';
}

/// "20160419"; empty when the day is not known.
std::string Compact(const PartialDate* date) {
  const DateParts parts = PartsOf(date);
  return parts.day.empty() ? "" : parts.year + parts.month + parts.day;
}

/// "2016 Apr 19", or the source's own words when they say the same ("1998 Dec-1999 Jan").
std::string Printed(const PartialDate& date) {
  const PartialDate again = DateFromMedlineDate(date.raw);
  if (!date.iso.empty() && again.iso == date.iso && again.iso_end == date.iso_end) return OneLine(date.raw);
  const DateParts parts = PartsOf(&date);
  std::string text = parts.year;
  if (!parts.month.empty()) text += " " + std::string(MonthName(parts.month));
  if (!parts.day.empty()) text += " " + std::string(parts.day.front() == '0' ? parts.day.substr(1) : parts.day);
  return text;
}

/// The date of the issue; where there is none, the date that stands for it.
std::string DatePublished(const Record& r) {
  const PartialDate* date = r.Date("print");
  if (date == nullptr || !date->Year()) date = r.PublicationDate();
  return date == nullptr ? "" : Printed(*date);
}

std::string InitialsOf(const Author& author) {
  if (!author.initials.empty()) return OneLine(author.initials);
  std::string initials;
  bool at_start = true;
  const std::string given = OneLine(author.fore_name);
  for (std::size_t i = 0; i < given.size();) {
    const std::size_t size = DecodeUtf8(given, i).size;
    if (at_start) initials.append(given, i, size);
    at_start = given[i] == ' ' || given[i] == '-';
    i += size;
  }
  return initials;
}

struct PersonTags {
  PersonRole role;
  std::string_view full, brief, affiliation;
};

void Person(std::string& out, const Author& author, const Name& name, const PersonTags& tags) {
  if (!name.group.empty()) {
    Line(out, tags.role == PersonRole::kAuthor ? "CN" : tags.full, name.group);
  } else {
    const std::string suffix = name.suffix.empty() ? "" : " " + name.suffix;
    const bool alone = name.given.empty() && suffix.empty();
    Line(out, tags.full, alone ? name.last : name.last + ", " + name.given + suffix);
    Line(out, tags.brief, name.last + " " + InitialsOf(author) + suffix);
  }
  if (tags.role == PersonRole::kAuthor && !author.orcid.empty()) Line(out, "AUID", "ORCID: " + author.orcid);
  for (const Affiliation& affiliation : author.affiliations) Line(out, tags.affiliation, affiliation.text);
}

void People(std::string& out, const Record& r, const PersonTags& tags) {
  const std::vector<Name> names = NamesOf(r, tags.role);
  std::size_t i = 0;
  for (const Author& author : r.authors)
    if (author.role == tags.role && IsListed(author)) Person(out, author, names.at(i++), tags);
}

void Issue(std::string& out, const Record& r) {
  const Journal& journal = r.journal;
  if (!journal.issn_print.empty()) Line(out, "IS", journal.issn_print + " (Print)");
  if (!journal.issn_electronic.empty()) Line(out, "IS", journal.issn_electronic + " (Electronic)");
  if (!journal.issn_linking.empty()) Line(out, "IS", journal.issn_linking + " (Linking)");
  if (r.book)
    for (const std::string& isbn : r.book->isbns) Line(out, "ISBN", isbn);
  Line(out, "VI", journal.volume);
  Line(out, "IP", journal.issue);
  Line(out, "DP", DatePublished(r));
  Line(out, "TI", r.title.text);
  Line(out, "PG", r.pages);
  if (!r.book) return;
  Line(out, "BTI", r.book->title);
  Line(out, "CTI", r.book->collection_title);
  Line(out, "VTI", r.book->volume_title);
  Line(out, "EN", r.book->edition);
  Line(out, "PB", r.book->publisher);
}

/// "a/b/c", with nothing behind the last that says something.
std::string Slashed(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() && &value == &values.front() ? "" : "/") + value;
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// Place in the journal's list of relations; empty = MEDLINE text has no tag for it.
std::string_view RelationTag(std::string_view ref_type) {
  constexpr std::pair<std::string_view, std::string_view> kTags[] = {{"CommentIn", "CIN"},
                                                                     {"CommentOn", "CON"},
                                                                     {"CorrectedandRepublishedFrom", "CRF"},
                                                                     {"CorrectedandRepublishedIn", "CRI"},
                                                                     {"AssociatedDataset", "DDIN"},
                                                                     {"AssociatedPublication", "DRIN"},
                                                                     {"ExpressionOfConcernFor", "ECF"},
                                                                     {"ExpressionOfConcernIn", "ECI"},
                                                                     {"ErratumFor", "EFR"},
                                                                     {"ErratumIn", "EIN"},
                                                                     {"OriginalReportIn", "ORI"},
                                                                     {"RepublishedFrom", "RPF"},
                                                                     {"RepublishedIn", "RPI"},
                                                                     {"RetractedandRepublishedFrom", "RRF"},
                                                                     {"RetractedandRepublishedIn", "RRI"},
                                                                     {"RetractionIn", "RIN"},
                                                                     {"RetractionOf", "ROF"},
                                                                     {"SummaryForPatientsIn", "SPIN"},
                                                                     {"UpdateIn", "UIN"},
                                                                     {"UpdateOf", "UOF"}};
  for (const auto& [type, tag] : kTags)
    if (type == ref_type) return tag;
  return {};
}

void Relations(std::string& out, const Record& r) {
  for (const RelatedRecord& related : r.related) {
    const std::string_view tag = RelationTag(related.ref_type);
    if (tag.empty()) continue;
    std::string text = OneLine(related.ref_source);
    if (!related.doi.empty() && text.find(related.doi) == std::string::npos)
      text += (text.empty() ? "doi: " : " doi: ") + related.doi + ".";
    if (!related.pmid.empty()) text += (text.empty() ? "PMID: " : " PMID: ") + related.pmid;
    Line(out, tag, text);
  }
}

void Types(std::string& out, const Record& r) {
  const std::vector<std::string> types = TypesOf(r);
  for (const std::string& type : types) Line(out, "PT", type);
  constexpr std::string_view kRetracted = "Retracted Publication";
  if (r.IsRetracted() && std::find(types.begin(), types.end(), kRetracted) == types.end()) Line(out, "PT", kRetracted);
}

void Indexing(std::string& out, const Record& r) {
  for (const Chemical& c : r.chemicals)
    Line(out, "RN", (c.registry_number.empty() ? "0" : c.registry_number) + " (" + c.name + ")");
  for (const SupplementaryConcept& c : r.supplementary_concepts) Line(out, "NM", c.name);
  for (const std::string& subset : r.citation_subsets) Line(out, "SB", subset);
  Relations(out, r);
  for (const std::string& heading : MeshOf(r)) Line(out, "MH", heading);
  for (const OtherName& name : r.other_names)
    if (name.kind == "gene-symbol") Line(out, "GS", name.value);
  Line(out, "RF", r.number_of_references);
  std::string_view owner;
  for (const Keyword& keyword : r.keywords) {
    if (OneLine(keyword.text.text).empty()) continue;
    if (keyword.owner != owner) Line(out, "OTO", keyword.owner);
    owner = keyword.owner;
    Line(out, "OT", (keyword.major ? "*" : "") + keyword.text.text);
  }
}

/// The dates of the record's life that PubMed calls history.
void History(std::string& out, const Record& r) {
  constexpr std::string_view kElsewhere = " print electronic completed revised created ";
  for (const RecordDate& date : r.dates) {
    if (date.kind.empty() || date.date.iso.empty() || kElsewhere.find(" " + date.kind + " ") != std::string_view::npos)
      continue;
    std::string text = date.date.iso;
    std::replace(text.begin(), text.end(), '-', '/');
    if (!date.time.empty()) text += " " + date.time;
    Line(out, "PHST", text + " [" + date.kind + "]");
  }
}

void Identifiers(std::string& out, const Record& r) {
  for (const Identifier& id : r.identifiers)
    if (id.valid && id.scheme != "pmid" && id.scheme != "pmcid" && !id.value.empty())
      Line(out, "AID", id.value + " [" + id.scheme + "]");
}

/// The citation in one line: "J Inv Nutr. 2020 Mar;12(3):123-34. doi: 10.1/x."
std::string Source(const Record& r) {
  const Journal& journal = r.journal;
  std::string text = OneLine(journal.medline_ta.empty() ? journal.iso_abbreviation : journal.medline_ta);
  if (text.empty()) text = ContainerOf(r);
  if (text.empty()) return {};
  text += ". " + DatePublished(r);
  if (!journal.volume.empty() || !journal.issue.empty()) text += ";" + journal.volume;
  if (!journal.issue.empty()) text += "(" + journal.issue + ")";
  if (!r.pages.empty()) text += ":" + r.pages;
  text += ".";
  const std::string doi = IdOf(r, "doi");
  return doi.empty() ? text : text + " doi: " + doi + ".";
}

}  // namespace

void AppendNbib(const store::WorkRecord& work, std::string& out) {
  const Record& r = work.record;
  const std::string pmid = IdOf(r, "pmid");
  const std::string doi = IdOf(r, "doi");
  out += "PMID- " + pmid + "\n";
  Line(out, "OWN", r.owner);
  Line(out, "STAT", r.status);
  Line(out, "DCOM", Compact(r.Date("completed")));
  Line(out, "LR", Compact(r.Date("revised")));
  Issue(out, r);
  if (!doi.empty()) Line(out, "LID", doi + " [doi]");
  Line(out, "AB", JoinedAbstract(r));
  Line(out, "CI", r.copyright);
  People(out, r, {PersonRole::kAuthor, "FAU", "AU", "AD"});
  People(out, r, {PersonRole::kEditor, "FED", "ED", "AD"});
  People(out, r, {PersonRole::kInvestigator, "FIR", "IR", "IRAD"});
  for (const std::string& language : r.languages) Line(out, "LA", language);
  for (const DataBankAccession& a : r.accessions) Line(out, "SI", Slashed({a.bank, a.accession}));
  for (const Grant& g : r.grants) Line(out, "GR", Slashed({g.id, g.acronym, g.agency, g.country}));
  Types(out, r);
  Line(out, "TT", r.vernacular_title.text);
  Line(out, "DEP", Compact(r.Date("electronic")));
  Line(out, "PL", r.journal.country.empty() && r.book ? r.book->publisher_location : r.journal.country);
  Line(out, "TA", r.journal.medline_ta.empty() ? r.journal.iso_abbreviation : r.journal.medline_ta);
  Line(out, "JT", r.journal.title);
  Line(out, "JID", r.journal.nlm_unique_id);
  Indexing(out, r);
  Line(out, "PMC", IdOf(r, "pmcid"));
  Line(out, "COIS", r.coi_statement);
  History(out, r);
  Identifiers(out, r);
  Line(out, "PST", r.publication_status);
  Line(out, "SO", Source(r));
  Line(out, "GN", ExportNote(r, std::nullopt));
  out += '\n';
}

}  // namespace litmill::report
