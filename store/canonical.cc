// SPDX-License-Identifier: Apache-2.0
// Each Put takes its struct apart by a structured binding: a field added to core/record.h does not compile here until
// it is covered.
#include "store/canonical.h"

#include <cstdint>
#include <cstring>

#include "core/hash.h"

namespace litmill::store {
namespace {

class Canonical {
 public:
  explicit Canonical(std::string& out) : out_(out) {}

  void Put(const std::string& text) {
    if (text.empty()) {  // most fields of most records
      out_.push_back('\0');
      return;
    }
    Put(static_cast<std::uint64_t>(text.size()));
    out_.append(text);
  }
  void Put(bool flag) { out_.push_back(flag ? '\1' : '\0'); }
  void Put(int number) { Put(static_cast<std::uint64_t>(static_cast<std::int64_t>(number))); }
  /// Little end first on every machine, seven bits a byte.
  void Put(std::uint64_t number) {
    while (number >= 0x80) {
      out_.push_back(static_cast<char>((number & 0x7F) | 0x80));
      number >>= 7;
    }
    out_.push_back(static_cast<char>(number));
  }
  template <typename T>
  void Put(const std::vector<T>& items) {
    Put(static_cast<std::uint64_t>(items.size()));
    for (const T& item : items) Put(item);
  }
  template <typename T>
  void Put(const std::optional<T>& item) {
    Put(item.has_value());
    if (item) Put(*item);
  }
  void Put(const std::pair<std::string, std::string>& pair) { All(pair.first, pair.second); }

  void Put(const MarkedText& value) {
    const auto& [text, markup] = value;
    All(text, markup);
  }
  void Put(const Identifier& value) {
    const auto& [scheme, normal, raw, origin, valid] = value;
    All(scheme, normal, raw, origin, valid);
  }
  void Put(const AbstractSection& value) {
    const auto& [label, nlm_category, body] = value;
    All(label, nlm_category, body);
  }
  void Put(const OtherAbstract& value) {
    const auto& [type, language, sections, copyright] = value;
    All(type, language, sections, copyright);
  }
  void Put(const ExternalIdentifier& value) {
    const auto& [scheme, identifier] = value;
    All(scheme, identifier);
  }
  void Put(const Affiliation& value) {
    const auto& [text, identifiers] = value;
    All(text, identifiers);
  }
  void Put(const Author& value) {
    const auto& [role, last_name, fore_name, initials, suffix, collective_name, orcid, identifiers, affiliations, valid,
                 equal_contribution] = value;
    All(static_cast<int>(role), last_name, fore_name, initials, suffix, collective_name, orcid, identifiers,
        affiliations, valid, equal_contribution);
  }
  void Put(const MeshQualifier& value) {
    const auto& [ui, name, major] = value;
    All(ui, name, major);
  }
  void Put(const MeshHeading& value) {
    const auto& [ui, name, type, descriptor_major, automatic, qualifiers] = value;
    All(ui, name, type, descriptor_major, automatic, qualifiers);
  }
  void Put(const Chemical& value) {
    const auto& [registry_number, ui, name] = value;
    All(registry_number, ui, name);
  }
  void Put(const SupplementaryConcept& value) {
    const auto& [ui, name, type] = value;
    All(ui, name, type);
  }
  void Put(const Keyword& value) {
    const auto& [owner, major, text] = value;
    All(owner, major, text);
  }
  void Put(const PublicationType& value) {
    const auto& [ui, name] = value;
    All(ui, name);
  }
  void Put(const Grant& value) {
    const auto& [id, acronym, agency, country] = value;
    All(id, acronym, agency, country);
  }
  void Put(const DataBankAccession& value) {
    const auto& [bank, accession] = value;
    All(bank, accession);
  }
  void Put(const RelatedRecord& value) {
    const auto& [ref_type, ref_source, pmid, note, doi] = value;
    All(ref_type, ref_source, pmid, note, doi);
  }
  void Put(const Reference& value) {
    const auto& [citation, identifiers] = value;
    All(citation, identifiers);
  }
  void Put(const Journal& value) {
    const auto& [title, iso_abbreviation, medline_ta, nlm_unique_id, country, issn_print, issn_electronic, issn_linking,
                 volume, issue, cited_medium] = value;
    All(title, iso_abbreviation, medline_ta, nlm_unique_id, country, issn_print, issn_electronic, issn_linking, volume,
        issue, cited_medium);
  }
  void Put(const Book& value) {
    const auto& [title, title_markup, publisher, publisher_location, volume, volume_title, edition, collection_title,
                 medium, report_number, isbns, locations, section_titles] = value;
    All(title, title_markup, publisher, publisher_location, volume, volume_title, edition, collection_title, medium,
        report_number, isbns, locations, section_titles);
  }
  void Put(const PartialDate& value) {
    const auto& [raw, iso, iso_end, precision] = value;
    All(raw, iso, iso_end, static_cast<int>(precision));
  }
  void Put(const RecordDate& value) {
    const auto& [kind, date, time] = value;
    All(kind, date, time);
  }
  void Put(const OtherName& value) {
    const auto& [kind, source, name] = value;
    All(kind, source, name);
  }
  void Put(const Record& value) {
    const auto& [type, source, source_id, version, status, owner, indexing_method, pub_model, publication_status,
                 version_date, version_id, identifiers, title, vernacular_title, title_is_translated, abstract_sections,
                 copyright, other_abstracts, authors, authors_complete, languages, journal, book, pages, start_page,
                 end_page, dates, mesh_headings, chemicals, supplementary_concepts, keywords, publication_types, grants,
                 accessions, related, references, citation_subsets, other_names, coi_statement, number_of_references] =
        value;
    All(static_cast<int>(type), source, source_id, version, status, owner, indexing_method, pub_model,
        publication_status, version_date, version_id, identifiers, title, vernacular_title, title_is_translated,
        abstract_sections, copyright, other_abstracts, authors, authors_complete, languages, journal, book, pages,
        start_page, end_page, dates, mesh_headings, chemicals, supplementary_concepts, keywords, publication_types,
        grants, accessions, related, references, citation_subsets, other_names, coi_statement, number_of_references);
  }

 private:
  template <typename... Fields>
  void All(const Fields&... fields) {
    (Put(fields), ...);
  }

  std::string& out_;
};

}  // namespace

void AppendCanonical(const Record& record, std::string& out) { Canonical(out).Put(record); }

std::string ContentHash(const Record& record, std::string& scratch) {
  scratch.clear();
  AppendCanonical(record, scratch);
  return Sha256Hex(scratch);
}

}  // namespace litmill::store
