// SPDX-License-Identifier: Apache-2.0
// A Record: one publication as one database reported it. It is what travels from parse through tag to store.
//
// Text is UTF-8. Runs of XML white space (space, tab, CR, LF) are folded to one space and the ends trimmed;
// every other character (no-break and thin spaces too) stays as it came. A Record owns all its text.
// Vectors keep the order of the source. Empty string = the source had no such element.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/partial_date.h"

namespace litmill {

/// Text that may hold inline markup in the source. `text` is its plain reading, nothing lost and nothing glued
/// ("Mg<sup>2+</sup>" is "Mg2+"); `markup` is the source's inner XML, kept only when it differs from plain text.
struct MarkedText {
  std::string text;
  std::string markup;
  friend bool operator==(const MarkedText&, const MarkedText&) = default;
};

/// An identifier as found. `scheme`: "pmid", "pmcid", "doi", "pii", "mid", "sici", "bookaccession", ...
/// `value` is the normal form (core/identifiers.h) where one exists, else the trimmed text; `raw` is the source's text.
/// `origin` names the element ("ArticleIdList", "ELocationID", "OtherID"). `valid` is false for PubMed's ValidYN="N"
/// or when a doi, pmid or pmcid has no normal form: such an identifier is kept but never identifies the work.
struct Identifier {
  std::string scheme;
  std::string value;
  std::string raw;
  std::string origin;
  bool valid = true;
};

struct AbstractSection {
  std::string label;  ///< The publisher's heading as printed ("WHAT WE DID"); empty = none.
  std::string
      nlm_category;  ///< BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS, UNASSIGNED or as it came; empty = none.
  MarkedText body;
};

/// A translation, plain-language summary or another organisation's abstract; not part of the main abstract.
struct OtherAbstract {
  std::string type;      ///< "plain-language-summary", "Publisher", "PIP", ...
  std::string language;  ///< ISO 639-2/B, "eng" by default of the DTD.
  std::vector<AbstractSection> sections;
  std::string copyright;
};

struct ExternalIdentifier {  ///< ORCID, ROR, GRID, ISNI, ... of a person or an affiliation.
  std::string scheme;
  std::string value;
};

struct Affiliation {
  std::string text;
  std::vector<ExternalIdentifier> identifiers;
};

enum class PersonRole { kAuthor, kEditor, kInvestigator };

/// A person or a group. A group has only `collective_name`; a person has at least `last_name` in sound data.
struct Author {
  PersonRole role = PersonRole::kAuthor;
  std::string last_name, fore_name, initials, suffix;
  std::string collective_name;
  std::string orcid;                            ///< Normal form; empty when absent or its checksum is wrong.
  std::vector<ExternalIdentifier> identifiers;  ///< Everything the source gave, ORCID included, as it came.
  std::vector<Affiliation> affiliations;
  bool valid = true;  ///< false: a misspelt name that PubMed keeps for searching (ValidYN="N").
  bool equal_contribution = false;
};

struct MeshQualifier {
  std::string ui, name;
  bool major = false;
};

struct MeshHeading {
  std::string ui, name;
  std::string type;  ///< "Geographic" or empty.
  bool descriptor_major = false;
  bool automatic = false;  ///< AutoHM="Y": assigned by NLM's automatic indexer.
  std::vector<MeshQualifier> qualifiers;

  /// A heading is a major topic when its descriptor or any of its qualifiers is (NLM's indexing practice).
  [[nodiscard]] bool Major() const {
    if (descriptor_major) return true;
    for (const MeshQualifier& q : qualifiers)
      if (q.major) return true;
    return false;
  }
};

struct Chemical {
  std::string registry_number;  ///< UNII, EC or CAS number; "0" = none.
  std::string ui, name;
};

struct SupplementaryConcept {
  std::string ui, name, type;  ///< type: Disease, Protocol, Organism, Anatomy, Population.
};

struct Keyword {
  std::string owner;  ///< "NOTNLM" = the authors' own.
  bool major = false;
  MarkedText text;
};

struct PublicationType {
  std::string ui, name;
};

struct Grant {
  std::string id, acronym, agency, country;
};

struct DataBankAccession {  ///< A trial registration ("ClinicalTrials.gov", "NCT...") or a data set.
  std::string bank, accession;
};

/// A comment, correction, retraction, republication ... to or from another publication (CommentsCorrections).
struct RelatedRecord {
  std::string ref_type;  ///< DTD's RefType ("RetractionIn", "ErratumFor", "CommentOn", "Cites", ...); empty in some old
                         ///< records.
  std::string ref_source, pmid, note;
  std::string doi = {};  ///< Normal form; only some sources name the other publication so.
};

struct Reference {
  MarkedText citation;
  std::vector<Identifier> identifiers;  ///< Of the cited work, never of this record.
};

struct Journal {
  std::string title, iso_abbreviation, medline_ta, nlm_unique_id, country;
  std::string issn_print, issn_electronic, issn_linking;
  std::string volume, issue, cited_medium;
};

struct Book {
  std::string title;  ///< Of the whole book; the chapter's is Record::title.
  std::string title_markup;
  std::string publisher, publisher_location, volume, volume_title, edition, collection_title, medium, report_number;
  std::vector<std::string> isbns;
  std::vector<std::pair<std::string, std::string>> locations;  ///< (type, label) of LocationLabel: chapter, part, ...
  std::vector<std::string> section_titles;                     ///< In reading order, nesting flattened.
};

/// A date of the record's life. `kind`: "print", "electronic", "completed", "revised", "created",
/// "contribution", "beginning", "ending", or a History status as PubMed names it ("received", "accepted", "pubmed",
/// "medline", "entrez", "pmc-release", ...).
struct RecordDate {
  std::string kind;
  PartialDate date;
  std::string time;  ///< "HH:MM" or "HH:MM:SS" where History gives it.
};

struct OtherName {  ///< A gene symbol, a space flight mission, a general note, an OtherID: kept, rarely asked for.
  std::string
      kind;  ///< "gene-symbol", "space-flight-mission", "general-note", "personal-name-subject", "object", "item", ...
  std::string source;  ///< Owner or Source attribute, where there is one.
  std::string value;
};

enum class RecordType { kArticle, kBook };

struct Record {
  RecordType type = RecordType::kArticle;
  std::string source = "pubmed";  ///< The database that reported it.
  std::string source_id;          ///< Its identifier there: the PMID as digits.
  int version = 1;                ///< PubMed's PMID Version; 1 when absent.
  std::string status;             ///< MedlineCitation Status: MEDLINE, PubMed-not-MEDLINE, In-Process, ...
  std::string owner, indexing_method, pub_model, publication_status, version_date, version_id;

  std::vector<Identifier> identifiers;
  MarkedText title;  ///< Of a translated title the brackets stay: "[...]." (see title_is_translated).
  MarkedText vernacular_title;
  bool title_is_translated = false;  ///< PubMed put the whole English title in square brackets.

  std::vector<AbstractSection> abstract_sections;
  std::string copyright;
  std::vector<OtherAbstract> other_abstracts;

  std::vector<Author> authors;         ///< Authors, then editors, then investigators, each in their order.
  bool authors_complete = true;        ///< false: the source cut the list (CompleteYN="N").
  std::vector<std::string> languages;  ///< ISO 639-2/B in lower case.
  Journal journal;
  std::optional<Book> book;
  std::string pages;                 ///< As printed ("123-34", "e12", "S1-9; discussion S10").
  std::string start_page, end_page;  ///< Where the source has them; end_page in full where it can be completed.

  std::vector<RecordDate> dates;
  std::vector<MeshHeading> mesh_headings;
  std::vector<Chemical> chemicals;
  std::vector<SupplementaryConcept> supplementary_concepts;
  std::vector<Keyword> keywords;
  std::vector<PublicationType> publication_types;
  std::vector<Grant> grants;
  std::vector<DataBankAccession> accessions;
  std::vector<RelatedRecord> related;
  std::vector<Reference> references;
  std::vector<std::string> citation_subsets;
  std::vector<OtherName> other_names;
  std::string coi_statement;
  std::string number_of_references;

  /// The date of `kind`, or null. The pointer lives as long as the record is not changed.
  [[nodiscard]] const PartialDate* Date(std::string_view kind) const;
  /// First valid identifier of `scheme`, or null; the record's own, never a cited work's.
  [[nodiscard]] const Identifier* FindIdentifier(std::string_view scheme) const;
  /// The publication date: the earliest of print and electronic date that has a year; else History's "pubmed", else
  /// "entrez". (PubMed's [dp] search matches either; the earliest is what a review's date window means.)
  [[nodiscard]] const PartialDate* PublicationDate() const;
  /// Retracted iff publication type "Retracted Publication" or a RetractionIn relation. A retraction notice is not
  /// retracted.
  [[nodiscard]] bool IsRetracted() const;
};

/// What became of the abstract: "present", "absent" (the source has none), "truncated" (the old "(ABSTRACT TRUNCATED
/// ...)").
[[nodiscard]] std::string_view AbstractStatus(const Record& record);

}  // namespace litmill
