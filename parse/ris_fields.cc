// SPDX-License-Identifier: Apache-2.0
// What each tag of RIS means, and what the dialects of databases mean by it.
#include <string>
#include <utility>

#include "core/unicode.h"
#include "parse/record_parts.h"
#include "parse/ris_reader.h"
#include "parse/ris_record.h"
#include "parse/trial_numbers.h"

namespace litmill::parse {

const FieldRule<RisReader> RisReader::kRules[] = {
    {"TY", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.type_, f.tag, f.Value()); }},
    {"TI", [](RisReader& r, const Field& f) { r.AddTitle(f); }},
    {"T1", [](RisReader& r, const Field& f) { r.AddTitle(f); }},
    {"CT", [](RisReader& r, const Field& f) { r.AddTitle(f); }},
    {"AU", [](RisReader& r, const Field& f) { r.AddAuthors(PersonRole::kAuthor, f); }},
    {"A1", [](RisReader& r, const Field& f) { r.AddAuthors(PersonRole::kAuthor, f); }},
    {"A2", [](RisReader& r, const Field& f) { r.AddAuthors(PersonRole::kEditor, f); }},
    {"ED", [](RisReader& r, const Field& f) { r.AddAuthors(PersonRole::kEditor, f); }},
    {"A3", [](RisReader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"A4", [](RisReader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"TA", [](RisReader& r, const Field& f) { r.Note(f, "contributor"); }},
    {"AB", [](RisReader& r, const Field& f) { r.AddAbstract(f); }},
    {"N2", [](RisReader& r, const Field& f) { r.AddAbstract(f); }},
    {"KW", [](RisReader& r, const Field& f) { r.AddKeywords(f); }},
    {"JF", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.full_, f.tag, f.Value()); }},
    {"T2", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.secondary_, f.tag, f.Value()); }},
    {"T3", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.tertiary_, f.tag, f.Value()); }},
    {"BT", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.book_title_, f.tag, f.Value()); }},
    {"JO", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.mixed_, f.tag, f.Value()); }},
    {"JA", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J1", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J2", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"JI", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.abbreviated_, f.tag, f.Value()); }},
    {"J9", [](RisReader& r, const Field& f) { r.Note(f, "journal-abbreviation"); }},
    {"VL", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"VO", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.volume, f.tag, f.Value()); }},
    {"IS", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"CP", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.record_.journal.issue, f.tag, f.Value()); }},
    {"SP", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"EP", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.last_page_, f.tag, f.Value()); }},
    {"PY", [](RisReader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"Y1", [](RisReader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"DA", [](RisReader& r, const Field& f) { r.dates_.emplace_back(f.tag, f.Value()); }},
    {"Y2", [](RisReader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"Y3", [](RisReader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"PG", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.first_page_, f.tag, f.Value()); }},
    {"TS", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M4", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"RD", [](RisReader& r, const Field& f) { r.Note(f, "secondary-date"); }},
    {"DO", [](RisReader& r, const Field& f) { r.AddDoiField(f); }},
    {"DI", [](RisReader& r, const Field& f) { r.AddDoiField(f); }},
    {"DOI", [](RisReader& r, const Field& f) { r.AddDoiField(f); }},
    {"M3", [](RisReader& r, const Field& f) { r.AddTypeOrDoi(f); }},
    {"SN", [](RisReader& r, const Field& f) { r.AddNumbers(f); }},
    {"ISSN", [](RisReader& r, const Field& f) { r.AddNumbers(f); }},
    {"ISBN", [](RisReader& r, const Field& f) { r.AddNumbers(f); }},
    {"UR", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"L1", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"L2", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"L3", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"L4", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"LK", [](RisReader& r, const Field& f) { r.AddLinks(f); }},
    {"OVID", [](RisReader& r, const Field& f) { r.Note(f, "url"); }},
    {"LA", [](RisReader& r, const Field& f) { r.out_.AddLanguages(f.Value()); }},
    {"AD", [](RisReader& r, const Field& f) {
       for (std::string& item : ItemsOf(f)) r.affiliations_.push_back(std::move(item));
     }},
    {"N1", [](RisReader& r, const Field& f) { r.AddNotes(f); }},
    {"RN", [](RisReader& r, const Field& f) { r.AddNotes(f); }},
    {"C7", [](RisReader& r, const Field& f) {
       if (std::string text = f.Value(); !AddTrialNumber(r.record_, text))
         SetOnce(r.out_, r.article_number_, f.tag, std::move(text));
     }},
    {"ST", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.short_title_, f.tag, f.Value()); }},
    {"TT", [](RisReader& r, const Field& f) { r.Note(f, "alternative-title"); }},
    {"PB", [](RisReader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PP", [](RisReader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"CY", [](RisReader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"ET", [](RisReader& r, const Field& f) { r.Note(f, "edition"); }},
    {"NV", [](RisReader& r, const Field& f) { r.Note(f, "number-of-volumes"); }},
    {"DB", [](RisReader& r, const Field& f) { r.Note(f, "database"); }},
    {"DP", [](RisReader& r, const Field& f) { r.Note(f, "database-provider"); }},
    {"PMC", [](RisReader& r, const Field& f) { AddIdentifierOf(r.out_, "pmcid", f.Value(), f.tag); }},
    {"PMCID", [](RisReader& r, const Field& f) { AddIdentifierOf(r.out_, "pmcid", f.Value(), f.tag); }},
    {"PMID", [](RisReader&, const Field&) {}},  // In the origin.
    {"AN", [](RisReader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag || f.Value() != r.origin_.accession) r.Note(f, "accession");
     }},
    {"ID", [](RisReader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "reference-id");
     }},
    {"C2", [](RisReader& r, const Field& f) {
       const std::string text = f.Value();
       if (AsciiLower(text).starts_with("pmc") && LeadingDigits(std::string_view(text).substr(3)).size() + 3 == text.size())
         AddIdentifierOf(r.out_, "pmcid", text, f.tag);
       else if (r.origin_.pmid_tag != f.tag)
         r.Note(f, "custom");
     }},
    {"C1", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C3", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C4", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C5", [](RisReader& r, const Field& f) {
       if (r.origin_.pmid_tag != f.tag) r.Note(f, "custom");
     }},
    {"C6", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"C8", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M1", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"M2", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U1", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U2", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U3", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U4", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"U5", [](RisReader& r, const Field& f) { r.Note(f, "custom"); }},
    {"CA", [](RisReader& r, const Field& f) { r.Note(f, "caption"); }},
    {"CN", [](RisReader& r, const Field& f) { r.Note(f, "call-number"); }},
    {"LB", [](RisReader& r, const Field& f) { r.Note(f, "label"); }},
    {"OP", [](RisReader& r, const Field& f) { r.Note(f, "original-publication"); }},
    {"RI", [](RisReader& r, const Field& f) { r.Note(f, "reviewed-item"); }},
    {"RP", [](RisReader& r, const Field& f) { r.Note(f, "reprint"); }},
    {"SE", [](RisReader& r, const Field& f) { r.Note(f, "section"); }},
    {"SO", [](RisReader& r, const Field& f) { r.Note(f, "citation"); }},
    {"AV", [](RisReader& r, const Field& f) { r.Note(f, "availability"); }},
    {"XR", [](RisReader& r, const Field& f) { r.Note(f, "cross-reference"); }},
};

const FieldRule<RisReader> RisReader::kEmbaseRules[] = {
    {"M1", [](RisReader& r, const Field& f) { r.embase_affiliations_.push_back(f.Value()); }},
    {"AD", [](RisReader& r, const Field& f) { r.Note(f, "correspondence"); }},
    {"U2",
     [](RisReader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "accession");
     }},
    {"U3", [](RisReader& r, const Field& f) { r.out_.AddDate("created", f.Value()); }},
    {"U4", [](RisReader& r, const Field& f) { r.out_.AddDate("completed", f.Value()); }},
    {"C1", [](RisReader& r, const Field& f) { r.Note(f, "drug-tradename"); }},
    {"C2", [](RisReader& r, const Field& f) { r.Note(f, "drug-manufacturer"); }},
    {"C3", [](RisReader& r, const Field& f) { r.Note(f, "device-tradename"); }},
    {"C4", [](RisReader& r, const Field& f) { r.Note(f, "device-manufacturer"); }},
};

const FieldRule<RisReader> RisReader::kScopusRules[] = {
    {"C3", [](RisReader& r, const Field& f) { r.Note(f, "conference"); }},
};

const FieldRule<RisReader> RisReader::kWosRules[] = {
    {"C3", [](RisReader& r, const Field& f) { r.Note(f, "institution"); }},
    {"C6", [](RisReader& r, const Field& f) { SetOnce(r.out_, r.early_access_, f.tag, f.Value()); }},
    {"FU", [](RisReader& r, const Field& f) { r.AddGrants(f.Value()); }},
    {"FX", [](RisReader& r, const Field& f) { r.Note(f, "funding-text"); }},
    {"PU", [](RisReader& r, const Field& f) { r.Note(f, "publisher"); }},
    {"PI", [](RisReader& r, const Field& f) { r.Note(f, "publisher-location"); }},
    {"PA", [](RisReader& r, const Field& f) { r.Note(f, "publisher-address"); }},
    {"WE", [](RisReader& r, const Field& f) { r.Note(f, "wos-edition"); }},
};

const FieldRule<RisReader> RisReader::kOvidRules[] = {
    {"M1", [](RisReader& r, const Field& f) { r.affiliations_.push_back(f.Value()); }},
    {"AD", [](RisReader& r, const Field& f) { r.affiliations_.push_back(f.Value()); }},
    {"UI",
     [](RisReader& r, const Field& f) {
       if (r.origin_.accession_tag != f.tag) r.Note(f, "accession");
     }},
};

const FieldRule<RisReader>* RisReader::RuleOf(std::string_view tag) const {
  const FieldRule<RisReader>* rule = nullptr;
  if (origin_.dialect == RisDialect::kEmbase) rule = FindRule(kEmbaseRules, tag);
  if (origin_.dialect == RisDialect::kScopus) rule = FindRule(kScopusRules, tag);
  if (origin_.dialect == RisDialect::kWos) rule = FindRule(kWosRules, tag);
  if (origin_.dialect == RisDialect::kOvid) rule = FindRule(kOvidRules, tag);
  return rule != nullptr ? rule : FindRule(kRules, tag);
}

bool IsRisTag(std::string_view tag) { return tag == "ER" || FindRule(RisReader::kRules, tag) != nullptr; }

}  // namespace litmill::parse
