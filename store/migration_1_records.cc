// SPDX-License-Identifier: Apache-2.0
// Schema version 1: the tables that hold the parts of a record (identifiers, abstract, people, index terms, references,
// ...) and what was tagged in it. The others are in migration_1.cc, which says how they are written and commented.
#include "store/migrations.h"

namespace litmill::store {

const char* const kRecordTables1 = R"sql(
CREATE TABLE record_identifiers ( -- Identifiers of a record itself, never of works it cites. The view identifiers adds the work.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  scheme TEXT NOT NULL, -- pmid, pmcid, doi, pii, mid, ...
  value TEXT NOT NULL, -- Normal form, the one to compare.
  raw TEXT, -- As the source wrote it; NULL = the same as value.
  origin TEXT, -- Element it came from.
  is_valid INTEGER NOT NULL CHECK (is_valid IN (0, 1)), -- 0 = marked as wrong by the source, or malformed: kept, but identifies nothing.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_identifiers_value ON record_identifiers (scheme, value);

CREATE TABLE abstract_sections ( -- The abstract, one row a section; an unstructured abstract has one section without label.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  label TEXT, -- Heading as printed.
  nlm_category TEXT, -- BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS, UNASSIGNED.
  text TEXT NOT NULL, -- Plain text; mentions count its UTF-8 bytes.
  markup TEXT, -- Inner XML where it differs from plain text.
  PRIMARY KEY (record_id, position)
) STRICT;

CREATE TABLE other_abstract_heads ( -- Translations, plain-language summaries, abstracts of other organisations: one row each.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  type TEXT, -- "plain-language-summary", "Publisher", ...
  language TEXT, -- ISO 639-2/B.
  copyright TEXT, -- Copyright statement.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE other_abstract_sections ( -- Their sections. The view other_abstracts joins both.
  record_id INTEGER NOT NULL, -- The record.
  position INTEGER NOT NULL, -- Running number over all sections of all other abstracts of the record, from 0.
  head_position INTEGER NOT NULL, -- Which other abstract.
  label TEXT, -- Heading as printed.
  nlm_category TEXT, -- See abstract_sections.
  text TEXT NOT NULL, -- Plain text; mentions count its UTF-8 bytes.
  markup TEXT, -- Inner XML where it differs.
  PRIMARY KEY (record_id, position),
  FOREIGN KEY (record_id, head_position) REFERENCES other_abstract_heads (record_id, position)
) STRICT;
CREATE INDEX other_abstract_sections_head ON other_abstract_sections (record_id, head_position);

CREATE TABLE authors ( -- Authors, editors and investigators, in the order of the source.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order over all roles, from 0.
  role TEXT NOT NULL, -- author, editor or investigator.
  last_name TEXT, -- NULL for a group.
  fore_name TEXT, -- Given names.
  initials TEXT, -- Initials.
  suffix TEXT, -- Jr, 3rd, ...
  collective_name TEXT, -- Name of a group; NULL for a person.
  orcid TEXT, -- Normal form, checksum verified.
  is_valid INTEGER NOT NULL, -- 0 = a misspelt name that the source keeps for searching.
  equal_contribution INTEGER NOT NULL, -- 1 = marked as contributing equally.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE author_identifiers ( -- Identifiers of people and groups, as the source gave them.
  record_id INTEGER NOT NULL, -- The record.
  author_position INTEGER NOT NULL, -- Which author.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  scheme TEXT, -- ORCID, ISNI, ...
  value TEXT NOT NULL, -- As it came.
  PRIMARY KEY (record_id, author_position, position),
  FOREIGN KEY (record_id, author_position) REFERENCES authors (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE affiliations ( -- Affiliations of each author.
  record_id INTEGER NOT NULL, -- The record.
  author_position INTEGER NOT NULL, -- Which author.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  text TEXT NOT NULL, -- As printed.
  PRIMARY KEY (record_id, author_position, position),
  FOREIGN KEY (record_id, author_position) REFERENCES authors (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE affiliation_identifiers ( -- Identifiers of organisations, as the source gave them.
  record_id INTEGER NOT NULL, -- The record.
  author_position INTEGER NOT NULL, -- Which author.
  affiliation_position INTEGER NOT NULL, -- Which affiliation.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  scheme TEXT, -- ROR, GRID, ISNI, ...
  value TEXT NOT NULL, -- As it came.
  PRIMARY KEY (record_id, author_position, affiliation_position, position),
  FOREIGN KEY (record_id, author_position, affiliation_position) REFERENCES affiliations (record_id, author_position, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_languages ( -- Languages of the text.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  language TEXT NOT NULL, -- ISO 639-2/B in lower case.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_dates ( -- All dates of a record's life.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  kind TEXT NOT NULL, -- print, electronic, completed, revised, received, accepted, pubmed, entrez, ...
  iso TEXT, -- YYYY, YYYY-MM or YYYY-MM-DD; the first moment of a range; NULL = no year could be read.
  iso_end TEXT, -- Last moment of a range.
  precision TEXT NOT NULL, -- none, year, month or day.
  raw TEXT, -- The source's own text.
  time TEXT, -- HH:MM or HH:MM:SS.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mesh_headings ( -- MeSH headings.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  ui TEXT, -- Descriptor identifier (D...).
  name TEXT NOT NULL, -- Descriptor name.
  type TEXT, -- "Geographic" or NULL.
  is_major INTEGER NOT NULL, -- 1 = major topic: the descriptor or one of its qualifiers is.
  descriptor_is_major INTEGER NOT NULL, -- 1 = the descriptor itself is marked.
  is_automatic INTEGER NOT NULL, -- 1 = assigned by NLM's automatic indexer.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mesh_headings_ui ON mesh_headings (ui);

CREATE TABLE mesh_qualifiers ( -- Qualifiers (subheadings) of MeSH headings.
  record_id INTEGER NOT NULL, -- The record.
  heading_position INTEGER NOT NULL, -- Which heading.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  ui TEXT, -- Qualifier identifier (Q...).
  name TEXT NOT NULL, -- Qualifier name.
  is_major INTEGER NOT NULL, -- 1 = major topic.
  PRIMARY KEY (record_id, heading_position, position),
  FOREIGN KEY (record_id, heading_position) REFERENCES mesh_headings (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE chemicals ( -- Substances of the chemical list.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  registry_number TEXT, -- UNII, EC or CAS number; "0" = none.
  ui TEXT, -- MeSH identifier.
  name TEXT NOT NULL, -- Name of the substance.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE supplementary_concepts ( -- Supplementary MeSH concepts.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  ui TEXT, -- Identifier (C...).
  name TEXT NOT NULL, -- Name.
  type TEXT, -- Disease, Protocol, Organism, Anatomy, Population.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE keywords ( -- Keywords.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  owner TEXT, -- NOTNLM = the authors' own.
  is_major INTEGER NOT NULL, -- 1 = major topic.
  text TEXT NOT NULL, -- Plain text; mentions count its UTF-8 bytes.
  markup TEXT, -- Inner XML where it differs.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE publication_types ( -- Publication types.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  ui TEXT, -- MeSH identifier.
  name TEXT NOT NULL, -- Name, e.g. "Randomized Controlled Trial".
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE grants ( -- Funding.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  grant_number TEXT, -- The funder's number.
  acronym TEXT, -- Abbreviation of the institute.
  agency TEXT, -- Funder.
  country TEXT, -- Country of the funder.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE accessions ( -- Trial registrations and data sets.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  bank TEXT, -- Registry or data bank, e.g. "ClinicalTrials.gov".
  accession TEXT, -- Identifier there; NULL = the source names the bank only.
  trial TEXT, -- The registration number of a trial for comparing, capitals and digits alone ("NCT01234567"); NULL = it has the form of no registry.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX accessions_accession ON accessions (accession);
CREATE INDEX accessions_trial ON accessions (trial) WHERE trial IS NOT NULL;

CREATE TABLE related_records ( -- Comments, corrections, retractions, republications: relations to other publications.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  ref_type TEXT, -- RetractionIn, ErratumFor, CommentOn, Cites, ...
  ref_source TEXT, -- Citation as printed.
  pmid TEXT, -- PMID of the other publication.
  note TEXT, -- Note of the source.
  doi TEXT, -- DOI of the other publication, normal form.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_records_pmid ON related_records (pmid) WHERE pmid IS NOT NULL;

CREATE TABLE record_references ( -- The reference list.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The citing record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  citation TEXT, -- As printed.
  citation_markup TEXT, -- Inner XML where it differs.
  doi TEXT, -- DOI of the cited work, normal form; see reference_identifiers.
  pmcid TEXT, -- PMCID of the cited work, normal form.
  pmid TEXT, -- PMID of the cited work, normal form.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference_identifiers ( -- What the columns doi, pmcid and pmid of record_references cannot say: other schemes, a second of one scheme, spelt otherwise, marked as wrong.
  record_id INTEGER NOT NULL, -- The citing record.
  reference_position INTEGER NOT NULL, -- Which reference.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  scheme TEXT NOT NULL, -- pmid, doi, pmcid, ...
  value TEXT NOT NULL, -- Normal form.
  raw TEXT, -- As the source wrote it; NULL = the same as value.
  origin TEXT, -- Element it came from.
  is_valid INTEGER NOT NULL, -- 0 = marked as wrong by the source, or malformed.
  PRIMARY KEY (record_id, reference_position, position),
  FOREIGN KEY (record_id, reference_position) REFERENCES record_references (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE citation_subsets ( -- Subsets of PubMed that the citation belongs to.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  subset TEXT NOT NULL, -- IM, ...
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE other_names ( -- Gene symbols, space flight missions, general notes, subjects and other rare elements.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  kind TEXT NOT NULL, -- gene-symbol, space-flight-mission, general-note, personal-name-subject, ...
  source TEXT, -- Owner or source attribute.
  value TEXT NOT NULL, -- The text.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE books ( -- The book that a record of type book is, or is a chapter of.
  record_id INTEGER PRIMARY KEY REFERENCES source_records (record_id), -- The record.
  title TEXT, -- Of the whole book.
  title_markup TEXT, -- Inner XML where it differs.
  publisher TEXT, -- Publisher.
  publisher_location TEXT, -- Its place.
  volume TEXT, -- Volume.
  volume_title TEXT, -- Title of the volume.
  edition TEXT, -- Edition.
  collection_title TEXT, -- Title of the series.
  medium TEXT, -- Internet, ...
  report_number TEXT -- Report number.
) STRICT;

CREATE TABLE book_isbns ( -- ISBNs of a book.
  record_id INTEGER NOT NULL REFERENCES books (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  isbn TEXT NOT NULL, -- As it came.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_locations ( -- Where in the book the record is.
  record_id INTEGER NOT NULL REFERENCES books (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  type TEXT, -- chapter, part, ...
  label TEXT, -- Its number or name.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_sections ( -- Section titles in reading order.
  record_id INTEGER NOT NULL REFERENCES books (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the source, from 0.
  title TEXT NOT NULL, -- The section's title.
  PRIMARY KEY (record_id, position)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace litmill::store
