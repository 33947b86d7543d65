// SPDX-License-Identifier: Apache-2.0
// What the values of line-tagged formats have in common: people, identifiers in words and links, index terms.
#pragma once

#include <string>
#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

/// Sets `target`; a second, different value is kept as another name of the kind "repeated".
void SetOnce(ExportRecord& out, std::string& target, std::string_view tag, std::string value);

/// Adds to the record's other names, unless empty. Repeats are kept: no search, whatever their number.
void KeepOther(Record& record, std::string_view kind, std::string_view source, std::string value);

/// AddIdentifier up to a number that no publication reaches; more are kept as other names.
void AddIdentifierOf(ExportRecord& out, std::string_view scheme, std::string_view raw, std::string_view origin);
/// A DOI field: in any form; what is none is kept, marked.
void AddDoi(ExportRecord& out, std::string_view text, std::string_view origin);

/// "Roe, Jane B., Jr.", "Roe JB", "Roe, J.-B.", "World Health Organization," (a group). Marks of the indexers ("1,2",
/// "*", "[Author]", "(jane@example.org)") are taken off.
[[nodiscard]] Author PersonOfExport(ExportRecord& out, std::string_view text);
/// One or several: "Roe, J.; Doe, K.", "Roe JB, van der Doe K".
void AddPeople(ExportRecord& out, PersonRole role, std::string_view text);
/// Authors, editors, investigators: the order of a Record.
void SortByRole(Record& record);

/// The PMID that `text` names as such at its beginning ("PMID: 123", "PUBMED 123", "PubMed:123"); "" when it does not.
[[nodiscard]] std::string_view NamedPmid(std::string_view text);
/// The PMID of an address of PubMed, "" when it is none.
[[nodiscard]] std::string_view PmidOfLink(std::string_view url);
/// The PMCID of an address of PubMed Central.
[[nodiscard]] std::string_view PmcidOfLink(std::string_view url);
/// The value of `parameter` in an address's query ("eid" -> "2-s2.0-1").
[[nodiscard]] std::string_view QueryValue(std::string_view url, std::string_view parameter);

/// "Magnesium/*therapeutic use" or "*Magnesium/tu [Therapeutic Use]": heading, qualifiers, what is major.
[[nodiscard]] MeshHeading MeshHeadingOf(std::string_view text);

/// Cochrane's "*Overweight [complications] [prevention & control]" and "Humans[checkword]" are MeSH; what has no
/// bracket may be any thesaurus's and becomes a keyword.
void AddCochraneKeyword(ExportRecord& out, std::string_view text);

/// AddPublicationType up to a number that no publication reaches.
void AddTypeOf(ExportRecord& out, std::string_view name);

/// "142M471B3J (Carbon Dioxide)".
[[nodiscard]] Chemical ChemicalOf(std::string_view text);

/// The digits that `text` begins with.
[[nodiscard]] std::string_view LeadingDigits(std::string_view text);

}  // namespace litmill::parse
