// SPDX-License-Identifier: Apache-2.0
// Schema version 1: the tables of runs, rules, works and records. A record's parts are in migration_1_records.cc, the
// views in migration_1_views.cc. SQLite keeps the comments inside each statement,
// so `.schema` shows them and docs/schema.md is made of them: the comment after "(" or "AS" says what the table or view
// is, the one after a column what the column holds.
//
// A CHECK of three values or more is written with OR: for IN, SQLite builds a temporary table for each row (measured: a
// tenth of the instructions of a new record). Child tables are WITHOUT ROWID, except those of long texts: a key's row
// keeps at most a quarter of a page in place and starts an overflow page for the rest, which stood half empty.
#include "store/migrations.h"

namespace litmill::store {

const char* const kTables1 = R"sql(
CREATE TABLE runs ( -- One execution of a command that writes.
  run_id INTEGER PRIMARY KEY, -- Surrogate key, ascending in time.
  uuid TEXT NOT NULL UNIQUE, -- Name of the run in logs and in the raw archive.
  command TEXT NOT NULL, -- "run", "import", ...
  litmill_version TEXT NOT NULL, -- Version of the program that last worked on the run.
  config_sha256 TEXT NOT NULL, -- Hash of the effective configuration; a run is only taken up with the same one.
  rule_set_sha256 TEXT NOT NULL, -- Hash of the rules it tagged with; empty = none.
  started_at TEXT NOT NULL, -- UTC time of the first start.
  finished_at TEXT, -- UTC time of the end; NULL = not finished.
  status TEXT NOT NULL CHECK (status = 'running' OR status = 'complete' OR status = 'partial' OR status = 'failed' OR status = 'interrupted' OR status = 'abandoned'), -- How it stands; abandoned = never finished and a later run did not take it up.
  resume_count INTEGER NOT NULL DEFAULT 0, -- How often the run was taken up again.
  found INTEGER, -- Distinct identifiers of all its searches, and DOIs that it looks up; NULL until the run is planned.
  known INTEGER, -- Of these, already stored and not reported as modified.
  known_missing INTEGER, -- Of these, reported not found by a recent run and not asked for again.
  left_out INTEGER, -- Of these, beyond the limit that was asked for.
  asked INTEGER -- found - known - known_missing - left_out; each of these ends in one row of outcomes.
) STRICT;

CREATE TABLE searches ( -- What was asked of which platform, when, and what it answered (PRISMA-S).
  search_id INTEGER PRIMARY KEY, -- Surrogate key, ascending in time.
  run_id INTEGER NOT NULL REFERENCES runs (run_id), -- The run that searched.
  query_id TEXT NOT NULL, -- The query's key in pipeline.yaml.
  label TEXT, -- The query's title for people.
  source TEXT NOT NULL, -- Database, e.g. "pubmed".
  platform TEXT, -- Interface through which it was searched.
  term TEXT NOT NULL, -- The search string exactly as sent.
  strategy TEXT, -- The strategy in PubMed syntax from which term was translated; NULL = term is it.
  limits TEXT, -- Limits that were set outside term, e.g. a date filter of the interface.
  searched_at TEXT NOT NULL, -- UTC time of the answer.
  hits INTEGER NOT NULL, -- Number of records found.
  query_translation TEXT, -- How the platform understood the term.
  warnings_json TEXT, -- Warnings of the platform as a JSON array.
  hits_search_id INTEGER NOT NULL REFERENCES searches (search_id), -- The search whose search_hits rows hold the result: this one, or an earlier one with the same hits.
  UNIQUE (run_id, source, query_id)
) STRICT;
CREATE INDEX searches_hits_search_id ON searches (hits_search_id);
CREATE INDEX searches_query_id ON searches (query_id, source);

CREATE TABLE search_hits ( -- What a search found; see searches.hits_search_id.
  search_id INTEGER NOT NULL REFERENCES searches (search_id), -- The search that holds the rows.
  source_id TEXT NOT NULL, -- Identifier in the searched database, e.g. the PMID; joins source_records (source, source_id).
  PRIMARY KEY (search_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents ( -- A raw document that records come from: an archived answer of a service, or a file on disk.
  document_id INTEGER PRIMARY KEY, -- Surrogate key.
  run_id INTEGER REFERENCES runs (run_id), -- The run that first used it.
  source TEXT NOT NULL, -- Database, e.g. "pubmed".
  kind TEXT NOT NULL, -- "efetch", "search", ...: the kind of answer; or "file".
  format TEXT, -- Of an export file: "ris", "scopus-csv", ...; NULL = the source's own form.
  name TEXT NOT NULL, -- Name in the raw archive, or the file's path as given.
  sha256 TEXT NOT NULL, -- Of the bytes as retrieved.
  size_bytes INTEGER NOT NULL, -- Size as retrieved.
  retrieved_at TEXT, -- UTC time; NULL for files (see runs for the time of the import).
  records INTEGER NOT NULL DEFAULT 0, -- Records in it, once it is done.
  problems INTEGER NOT NULL DEFAULT 0, -- Records in it that could not be read, once it is done.
  is_done INTEGER NOT NULL DEFAULT 0 CHECK (is_done IN (0, 1)), -- 1 = every record in it was taken over or is in problems.
  UNIQUE (source, name, sha256)
) STRICT;
CREATE INDEX documents_run_id ON documents (run_id);

CREATE TABLE document_records ( -- The records of each imported file, also those that were known already.
  document_id INTEGER NOT NULL REFERENCES documents (document_id), -- The file.
  ordinal INTEGER NOT NULL, -- Which record of the file.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The source record that it is.
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_records_record_id ON document_records (record_id);

CREATE TABLE outcomes ( -- What became of each identifier that a run asked for: exactly one row each.
  run_id INTEGER NOT NULL REFERENCES runs (run_id), -- The run that asked.
  source TEXT NOT NULL, -- Database, e.g. "pubmed".
  source_id TEXT NOT NULL, -- The identifier, e.g. the PMID.
  state TEXT NOT NULL CHECK (state = 'pending' OR state = 'stored' OR state = 'unchanged' OR state = 'merged-into' OR state = 'deleted-at-source' OR state = 'not-found' OR state = 'failed'), -- Where it ended; none is pending in a finished run.
  reason TEXT, -- Why, where the state does not say it.
  PRIMARY KEY (run_id, source, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_not_found ON outcomes (source, source_id) WHERE state = 'not-found';

CREATE TABLE requested_identifiers ( -- The lists of identifiers that a rebuild, an import or a run was given, and what became of each line.
  run_id INTEGER NOT NULL REFERENCES runs (run_id), -- The run that was given the lists.
  ordinal INTEGER NOT NULL CHECK (ordinal > 0), -- Place in the lists, from 1.
  line INTEGER NOT NULL, -- Line of the file, from 1; 0 = not from a file.
  input TEXT NOT NULL, -- The identifier as it was written.
  scheme TEXT, -- pmid, pmcid or doi; NULL = it is no identifier.
  value TEXT, -- Normal form.
  state TEXT NOT NULL CHECK (state = 'pending' OR state = 'stored' OR state = 'repeated' OR state = 'not-an-identifier' OR state = 'not-registered' OR state = 'no-metadata' OR state = 'not-found' OR state = 'failed'), -- Where it ended; none is pending in a finished run. repeated = it stands earlier in the lists; not-registered = the DOI does not exist; no-metadata = registered, but by an agency that litmill cannot ask, or without a record.
  reason TEXT, -- Why, where the state does not say it.
  agency TEXT, -- Registration agency of the DOI, where it was asked.
  resolved TEXT, -- The DOI that an alias leads to, or the DOI or PMID that was found for it.
  source TEXT, -- Database of the source record that it led to.
  source_id TEXT, -- Identifier of that record; joins source_records (source, source_id).
  list TEXT NOT NULL, -- The file that it stands in, as it was given; "-" = standard input.
  PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE problems ( -- Everything that went wrong with an input, with the place where it can be looked up.
  problem_id INTEGER PRIMARY KEY, -- Surrogate key.
  run_id INTEGER REFERENCES runs (run_id), -- The run in which it was met.
  stage TEXT NOT NULL, -- search, fetch, parse, tag or store.
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')), -- error = the record was not stored; warning = stored, something was repaired.
  code TEXT NOT NULL, -- Stable short name of the problem.
  source TEXT NOT NULL, -- Database; empty = unknown.
  source_id TEXT NOT NULL, -- Identifier of the record; empty = unknown.
  message TEXT NOT NULL, -- For people.
  document_id INTEGER REFERENCES documents (document_id), -- The raw document; NULL = none.
  offset_bytes INTEGER NOT NULL, -- Where the record starts in the uncompressed document.
  line INTEGER NOT NULL, -- Line of the problem; 0 = unknown.
  ordinal INTEGER NOT NULL -- Which record of the document, from 0.
) STRICT;
CREATE UNIQUE INDEX problems_once ON problems (run_id, stage, code, source, source_id, ifnull(document_id, 0), offset_bytes, line, ordinal, message);
CREATE INDEX problems_document_id ON problems (document_id);

CREATE TABLE rule_sets ( -- A version of the tagging rules that made tags in this corpus.
  rule_set_id INTEGER PRIMARY KEY, -- Surrogate key.
  name TEXT NOT NULL, -- Name of the rule set.
  version TEXT NOT NULL, -- Version as the rule files state it.
  sha256 TEXT NOT NULL UNIQUE -- Hash over everything that can change a tag.
) STRICT;

CREATE TABLE concepts ( -- What a tag can say: a concept of a facet, as the rule set that last stated it defines it.
  facet TEXT NOT NULL, -- "condition", "form", "outcome", "design", ...
  concept TEXT NOT NULL, -- Stable name in its facet.
  label TEXT NOT NULL, -- Name for people.
  definition TEXT, -- What belongs to the concept.
  valence TEXT, -- Of outcomes: lower or higher is better for the person; NULL = not said.
  rank INTEGER, -- Of a publication's concepts of one facet the one of the lowest rank is its main one; NULL = never.
  rule_set_id INTEGER NOT NULL REFERENCES rule_sets (rule_set_id), -- The rule set of this definition.
  PRIMARY KEY (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX concepts_rule_set_id ON concepts (rule_set_id);

CREATE TABLE concept_uis ( -- Index terms that stand for a concept.
  facet TEXT NOT NULL, -- See concepts.
  concept TEXT NOT NULL, -- See concepts.
  ui TEXT NOT NULL, -- MeSH unique identifier of a descriptor, supplementary concept or publication type.
  kind TEXT NOT NULL, -- "mesh" or "publication-type".
  PRIMARY KEY (facet, concept, ui, kind),
  FOREIGN KEY (facet, concept) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_uis_ui ON concept_uis (ui);

CREATE TABLE concept_parents ( -- A concept implies its parent concepts.
  facet TEXT NOT NULL, -- Facet of both.
  concept TEXT NOT NULL, -- The child.
  parent TEXT NOT NULL, -- The implied concept.
  PRIMARY KEY (facet, concept, parent),
  FOREIGN KEY (facet, concept) REFERENCES concepts (facet, concept),
  FOREIGN KEY (facet, parent) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_parents_parent ON concept_parents (facet, parent);

CREATE TABLE rules ( -- The patterns of each rule set.
  rule_id INTEGER PRIMARY KEY, -- Surrogate key.
  rule_set_id INTEGER NOT NULL REFERENCES rule_sets (rule_set_id), -- The version it belongs to.
  name TEXT NOT NULL, -- Stable name, unique in its rule set.
  facet TEXT NOT NULL, -- Facet of the concept it serves.
  concept TEXT NOT NULL, -- Concept it serves.
  kind TEXT NOT NULL CHECK (kind IN ('include', 'mask')), -- include = makes mentions; mask = refuses look-alikes.
  pattern TEXT NOT NULL, -- RE2 syntax.
  is_case_sensitive INTEGER NOT NULL CHECK (is_case_sensitive IN (0, 1)), -- 1 = upper and lower case differ.
  gate TEXT, -- Second pattern that must match nearby; NULL = none.
  gate_scope TEXT NOT NULL CHECK (gate_scope = 'none' OR gate_scope = 'sentence' OR gate_scope = 'record'), -- Where the gate must match.
  abbreviation TEXT, -- When an abbreviation stands for the concept: safe, gated or defined; NULL = no abbreviation.
  UNIQUE (rule_set_id, name)
) STRICT;

CREATE TABLE journals ( -- Journals as the records describe them; one row for each different description.
  journal_id INTEGER PRIMARY KEY, -- Surrogate key.
  title TEXT, -- Full title.
  iso_abbreviation TEXT, -- ISO 4 abbreviation.
  medline_ta TEXT, -- NLM title abbreviation.
  nlm_unique_id TEXT, -- NLM catalogue identifier.
  country TEXT, -- Country of publication.
  issn_print TEXT, -- ISSN of the printed edition.
  issn_electronic TEXT, -- ISSN of the electronic edition.
  issn_linking TEXT -- Linking ISSN.
) STRICT;
CREATE INDEX journals_title ON journals (title);

CREATE TABLE works ( -- One publication. Derived from its source records, so that every merge can be undone.
  work_id INTEGER PRIMARY KEY, -- Surrogate key; also the rowid of works_fts.
  record_id INTEGER NOT NULL UNIQUE REFERENCES source_records (record_id) DEFERRABLE INITIALLY DEFERRED, -- The source record that represents it: title, abstract and the columns below come from it, but for what work_field_sources names.
  title TEXT, -- Plain text; NULL = the source gives none.
  title_markup TEXT, -- The title's inner XML where it differs from plain text.
  year INTEGER, -- Year of publication_date.
  publication_date TEXT, -- ISO 8601, as precise as known: the earlier of print and electronic publication.
  publication_date_precision TEXT CHECK (publication_date_precision = 'year' OR publication_date_precision = 'month' OR publication_date_precision = 'day'), -- How much of the date is known.
  journal TEXT, -- Journal title, or the book's title.
  volume TEXT, -- As printed.
  issue TEXT, -- As printed.
  pages TEXT, -- As printed.
  language TEXT, -- ISO 639-2/B codes joined by "; ".
  type TEXT CHECK (type IN ('article', 'book')), -- NULL when only a deletion is known.
  abstract_status TEXT CHECK (abstract_status = 'present' OR abstract_status = 'absent' OR abstract_status = 'truncated'), -- absent = the source has none; NULL when only a deletion is known.
  is_retracted INTEGER NOT NULL CHECK (is_retracted IN (0, 1)), -- 1 = one of its source records says that it is retracted; a retraction notice itself is not.
  is_deleted INTEGER NOT NULL CHECK (is_deleted IN (0, 1)) -- 1 = all its source records were deleted by their databases; left out of the views.
) STRICT;

CREATE TABLE source_records ( -- A publication as one database reported it.
  record_id INTEGER PRIMARY KEY, -- Surrogate key.
  work_id INTEGER NOT NULL REFERENCES works (work_id), -- The publication it belongs to.
  source TEXT NOT NULL, -- Database, e.g. "pubmed".
  source_id TEXT NOT NULL, -- Identifier there, e.g. the PMID.
  version INTEGER NOT NULL, -- PMID version; 0 = only a deletion is known.
  record_type TEXT CHECK (record_type IN ('article', 'book')), -- NULL when only a deletion is known.
  status TEXT, -- MedlineCitation Status: MEDLINE, PubMed-not-MEDLINE, In-Process, ...
  owner TEXT, -- Organisation that made the citation.
  indexing_method TEXT, -- "Automated", "Curated" or NULL (indexed by people).
  pub_model TEXT, -- Print, Electronic, Print-Electronic, ...
  publication_status TEXT, -- ppublish, epublish, aheadofprint, ...
  version_date TEXT, -- Of the PMID version.
  version_id TEXT, -- Of the PMID version.
  revised_on TEXT, -- ISO date of the last revision at the source.
  retrieved_at TEXT, -- UTC time at which this revision was last retrieved; NULL = from a file.
  last_seen_at TEXT, -- Latest retrieval of any revision, older ones included.
  document_id INTEGER REFERENCES documents (document_id), -- The raw document it was read from.
  document_offset_bytes INTEGER NOT NULL DEFAULT 0, -- Where it starts in the uncompressed document.
  document_ordinal INTEGER NOT NULL DEFAULT 0, -- Which record of the document, from 0.
  content_sha256 TEXT, -- Hash over every field of the record; NULL when only a deletion is known.
  rule_set_id INTEGER REFERENCES rule_sets (rule_set_id), -- The rules that tagged it; NULL = not tagged.
  is_deleted INTEGER NOT NULL CHECK (is_deleted IN (0, 1)), -- 1 = a deletion covers it (see deletions).
  title TEXT, -- Plain text; a translated title keeps its brackets.
  title_markup TEXT, -- Inner XML where it differs.
  title_is_translated INTEGER NOT NULL DEFAULT 0 CHECK (title_is_translated IN (0, 1)), -- 1 = the title is a translation in square brackets.
  vernacular_title TEXT, -- The title in the language of the text.
  vernacular_title_markup TEXT, -- Inner XML where it differs.
  copyright TEXT, -- Copyright statement of the abstract.
  authors_complete INTEGER NOT NULL DEFAULT 1 CHECK (authors_complete IN (0, 1)), -- 0 = the source cut the list.
  journal_id INTEGER REFERENCES journals (journal_id), -- NULL = no journal.
  volume TEXT, -- As printed.
  issue TEXT, -- As printed.
  cited_medium TEXT, -- Print or Internet.
  pages TEXT, -- As printed.
  start_page TEXT, -- First page.
  end_page TEXT, -- Last page, in full where it can be completed.
  coi_statement TEXT, -- Conflict-of-interest statement.
  number_of_references TEXT, -- As the source counts them.
  UNIQUE (source, source_id)
) STRICT;
CREATE INDEX source_records_work_id ON source_records (work_id);
CREATE INDEX source_records_document_id ON source_records (document_id);
CREATE INDEX source_records_rule_set_id ON source_records (rule_set_id);
CREATE INDEX source_records_journal_id ON source_records (journal_id);

CREATE TABLE strategy_sets ( -- The queries of a configuration as they decided here, without a database, which imported records belong to them.
  strategy_set_id INTEGER PRIMARY KEY, -- Surrogate key.
  sha256 TEXT NOT NULL UNIQUE -- Hash over everything that can change a decision: the strategies and the MeSH tree.
) STRICT;

CREATE TABLE strategies ( -- The strategies of each set.
  strategy_set_id INTEGER NOT NULL REFERENCES strategy_sets (strategy_set_id), -- The set.
  query_id TEXT NOT NULL, -- The query's key in pipeline.yaml.
  strategy TEXT NOT NULL, -- In PubMed syntax.
  PRIMARY KEY (strategy_set_id, query_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE strategy_decisions ( -- Records whose membership was decided here, because no search brought them. Of these, strategy_matches has what they belong to.
  record_id INTEGER PRIMARY KEY REFERENCES source_records (record_id), -- The record.
  strategy_set_id INTEGER REFERENCES strategy_sets (strategy_set_id) -- What decided; NULL = the record has changed since and is to be decided again.
) STRICT;
CREATE INDEX strategy_decisions_strategy_set_id ON strategy_decisions (strategy_set_id);

CREATE TABLE strategy_matches ( -- Queries that a record belongs to, as decided here.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  query_id TEXT NOT NULL, -- The query's key in pipeline.yaml.
  PRIMARY KEY (record_id, query_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_pairs ( -- Pairs of source records that de-duplication decided, the publications that they hold together or keep apart. Made anew from all records; see the views duplicates, review_pairs and related_works.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The more preferred record.
  other_record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The other record.
  verdict TEXT NOT NULL CHECK (verdict = 'merged' OR verdict = 'review' OR verdict = 'related' OR verdict = 'refused'), -- merged = one publication (n records have n - 1 such pairs); review = perhaps one, a person should look; related = two that belong together; refused = they share an identifier, or a person said so, and are two.
  relation TEXT, -- Of related: preprint, conference-abstract, protocol, notice or version.
  rule TEXT NOT NULL, -- What decided: "pmid", "doi", "title+authors+pages", "person", ...
  evidence TEXT NOT NULL, -- The identifier that they share, or why, in words; empty = the rule says it all.
  title_score INTEGER, -- Agreement of the titles, 0 to 100; NULL = nothing to compare.
  authors_score INTEGER, -- Of the authors.
  journal_score INTEGER, -- Of the journals.
  place_score INTEGER, -- Of volume, issue and pages.
  year_score INTEGER, -- Of the years.
  abstract_score INTEGER, -- Of the abstracts.
  PRIMARY KEY (record_id, other_record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_pairs_other_record_id ON record_pairs (other_record_id);

CREATE TABLE pair_decisions ( -- What persons said of pairs of records. Kept for ever; de-duplication follows it.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- A record.
  other_record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- Another, with a higher record_id.
  is_duplicate INTEGER NOT NULL CHECK (is_duplicate IN (0, 1)), -- 1 = they are one publication; 0 = they are two.
  decided_at TEXT NOT NULL, -- UTC time.
  note TEXT, -- The person's own words.
  PRIMARY KEY (record_id, other_record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_decisions_other_record_id ON pair_decisions (other_record_id);

CREATE TABLE work_field_sources ( -- Fields of a publication that come from another record than the one that represents it. The view work_fields shows every field.
  work_id INTEGER NOT NULL REFERENCES works (work_id), -- The publication.
  field TEXT NOT NULL, -- title, abstract, year, journal, volume, issue, pages, language, type or is_retracted.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record that gave it.
  PRIMARY KEY (work_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_field_sources_record_id ON work_field_sources (record_id);

CREATE TABLE deletions ( -- Reports that a record was deleted at its source.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  version INTEGER NOT NULL, -- The version it names; older ones are covered too.
  reported_at TEXT NOT NULL, -- UTC time of retrieval of the report; empty = from a file.
  document_id INTEGER REFERENCES documents (document_id), -- The raw document that says so.
  document_offset_bytes INTEGER NOT NULL, -- Where, in the uncompressed document.
  PRIMARY KEY (record_id, version, reported_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX deletions_document_id ON deletions (document_id);
)sql";

}  // namespace litmill::store
