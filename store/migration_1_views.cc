// SPDX-License-Identifier: Apache-2.0
// Schema version 1: the views and the full-text index, which rest on the tables of migration_1.cc and hold nothing of
// their own. Comments as there.
#include "store/migrations.h"

namespace litmill::store {

const char* const kViews1 = R"sql(
CREATE VIEW identifiers AS -- Identifiers of each publication.
SELECT
  r.work_id AS work_id, -- The publication.
  i.scheme AS scheme, -- pmid, pmcid, doi, pii, mid, ...
  i.value AS value, -- Normal form, the one to compare.
  ifnull(i.raw, i.value) AS raw, -- As the source wrote it.
  i.origin AS origin, -- Element it came from.
  i.is_valid AS is_valid, -- 0 = kept, but identifies nothing.
  i.record_id AS record_id, -- The source record that says so.
  i.position AS position -- Order in the source, from 0.
FROM record_identifiers AS i JOIN source_records AS r ON r.record_id = i.record_id;

CREATE VIEW other_abstracts AS -- Sections of translations, plain-language summaries and other organisations' abstracts.
SELECT
  s.record_id AS record_id, -- The record.
  s.position AS position, -- Running number over all sections of all other abstracts of the record, from 0.
  s.head_position AS head_position, -- Which other abstract, from 0.
  h.type AS type, -- "plain-language-summary", "Publisher", ...
  h.language AS language, -- ISO 639-2/B.
  s.label AS label, -- Heading as printed.
  s.nlm_category AS nlm_category, -- See abstract_sections.
  s.text AS text, -- Plain text.
  s.markup AS markup, -- Inner XML where it differs.
  h.copyright AS copyright -- Copyright statement.
FROM other_abstract_sections AS s
JOIN other_abstract_heads AS h ON h.record_id = s.record_id AND h.position = s.head_position;

CREATE VIEW works_text AS -- Title and whole abstract of each publication that is not deleted; what works_fts indexes.
SELECT
  w.work_id AS work_id, -- The publication.
  w.title AS title, -- Plain text.
  (SELECT group_concat(s.text, char(10)) FROM (SELECT text FROM abstract_sections WHERE record_id = ifnull((SELECT f.record_id FROM work_field_sources AS f WHERE f.work_id = w.work_id AND f.field = 'abstract'), w.record_id) ORDER BY position) AS s) AS abstract -- Sections in order, one a line.
FROM works AS w WHERE w.is_deleted = 0;

CREATE VIRTUAL TABLE works_fts USING fts5 (title, abstract, content = 'works_text', content_rowid = 'work_id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO works_fts (works_fts, rank) VALUES ('pgsz', 8000); -- One leaf a page of the file.
INSERT INTO works_fts (works_fts, rank) VALUES ('hashsize', 8388608); -- Fewer, larger segments,
INSERT INTO works_fts (works_fts, rank) VALUES ('automerge', 0); -- merged sixteen at a time and at the closing, not in passing.

CREATE VIEW retracted_now AS -- Publications that are retracted, with the notice where a source names it.
SELECT
  w.work_id AS work_id, -- The publication.
  r.source AS source, -- Database that says so; the first in the order of preference.
  r.source_id AS source_id, -- Identifier there, e.g. the PMID.
  w.title AS title, -- Plain text.
  w.year AS year, -- Year of publication.
  (SELECT group_concat(n.pmid, '; ') FROM (SELECT x.pmid AS pmid FROM source_records AS m CROSS JOIN related_records AS x ON x.record_id = m.record_id WHERE m.work_id = w.work_id AND x.ref_type = 'RetractionIn' AND x.pmid IS NOT NULL GROUP BY x.pmid ORDER BY min(x.position), x.pmid) AS n) AS notice_pmids, -- PMIDs of the retraction notices.
  (SELECT group_concat(n.doi, '; ') FROM (SELECT x.doi AS doi FROM source_records AS m CROSS JOIN related_records AS x ON x.record_id = m.record_id WHERE m.work_id = w.work_id AND x.ref_type = 'RetractionIn' AND x.doi IS NOT NULL GROUP BY x.doi ORDER BY min(x.position), x.doi) AS n) AS notice_dois -- DOIs of the retraction notices.
FROM works AS w
JOIN source_records AS r ON r.record_id = ifnull((SELECT f.record_id FROM work_field_sources AS f WHERE f.work_id = w.work_id AND f.field = 'is_retracted'), w.record_id)
WHERE w.is_retracted = 1 AND w.is_deleted = 0;

CREATE VIEW found_by AS -- Which query finds which publication, by the latest search of each query; and of imported records which query they belong to.
SELECT
  s.query_id AS query_id, -- The query's key in pipeline.yaml.
  r.work_id AS work_id, -- The publication.
  r.record_id AS record_id, -- The source record that was found.
  s.source AS source, -- Database that was searched, or that the imported record comes from.
  s.searched_at AS searched_at, -- UTC time of the search; NULL = no search, decided here from the record.
  'search' AS decided_by -- search, or record: decided here from the record alone.
FROM searches AS s
JOIN search_hits AS h ON h.search_id = s.hits_search_id
JOIN source_records AS r ON r.source = s.source AND r.source_id = h.source_id
WHERE s.search_id = (SELECT max(l.search_id) FROM searches AS l WHERE l.query_id = s.query_id AND l.source = s.source)
UNION ALL
SELECT m.query_id, r.work_id, m.record_id, r.source, NULL, 'record'
FROM strategy_matches AS m JOIN source_records AS r ON r.record_id = m.record_id;

CREATE VIEW identified_records AS -- Records that were identified: each once for the latest searches of a database, and once for each place in an imported file.
SELECT
  h.source AS source, -- Database.
  h.source_id AS source_id, -- Identifier there.
  r.record_id AS record_id, -- The source record; NULL = found, but not retrieved.
  'search' AS identified_by, -- search or file.
  NULL AS document_id -- The imported file; NULL for searches.
FROM (
  SELECT DISTINCT s.source AS source, x.source_id AS source_id FROM searches AS s JOIN search_hits AS x ON x.search_id = s.hits_search_id
  WHERE s.search_id = (SELECT max(l.search_id) FROM searches AS l WHERE l.query_id = s.query_id AND l.source = s.source)
) AS h LEFT JOIN source_records AS r ON r.source = h.source AND r.source_id = h.source_id
UNION ALL
SELECT r.source, r.source_id, r.record_id, 'file', d.document_id FROM document_records AS d JOIN source_records AS r ON r.record_id = d.record_id;

CREATE VIEW prisma_identification AS -- The identification box of a PRISMA 2020 flow diagram: one row for each database.
SELECT
  i.source AS source, -- Database.
  count(*) AS identified, -- Records identified.
  sum(i.identified_by = 'search') AS searched, -- Of these, found by the latest searches.
  sum(i.identified_by = 'file') AS imported, -- Of these, in imported files.
  sum(i.record_id IS NULL) AS not_retrieved, -- Of these, found but not retrieved.
  count(i.record_id) - count(DISTINCT i.record_id) AS repeated, -- Of these, the same record of this database once more.
  count(DISTINCT i.record_id) AS records, -- identified - not_retrieved - repeated.
  count(DISTINCT r.work_id) AS works, -- Publications that these records are.
  count(DISTINCT o.work_id) AS only_here -- Publications that no other database gave.
FROM identified_records AS i
LEFT JOIN source_records AS r ON r.record_id = i.record_id
LEFT JOIN (
  SELECT m.work_id AS work_id FROM identified_records AS n JOIN source_records AS m ON m.record_id = n.record_id
  GROUP BY m.work_id HAVING min(n.source) = max(n.source)
) AS o ON o.work_id = r.work_id
GROUP BY i.source;

CREATE VIEW prisma_flow AS -- From records identified to works to screen, in the order of a PRISMA 2020 flow diagram. What was identified less all between is what is to screen.
SELECT
  f.step AS step, -- Order.
  f.what AS what, -- identified, not retrieved, repeated in the same database, duplicates, deleted by the database, to screen.
  f.source AS source, -- Database; NULL = all together.
  f.records AS records -- How many.
FROM (
  WITH found AS (SELECT i.record_id AS record_id, r.work_id AS work_id, w.is_deleted AS is_deleted FROM identified_records AS i JOIN source_records AS r ON r.record_id = i.record_id JOIN works AS w ON w.work_id = r.work_id)
  SELECT 1 AS step, 'identified' AS what, source, identified AS records FROM prisma_identification
  UNION ALL SELECT 2, 'not retrieved', source, not_retrieved FROM prisma_identification WHERE not_retrieved > 0
  UNION ALL SELECT 3, 'repeated in the same database', source, repeated FROM prisma_identification WHERE repeated > 0
  UNION ALL SELECT 4, 'duplicates', NULL, count(DISTINCT record_id) - count(DISTINCT work_id) FROM found
  UNION ALL SELECT 5, 'deleted by the database', NULL, count(DISTINCT work_id) FROM found WHERE is_deleted = 1
  UNION ALL SELECT 6, 'to screen', NULL, count(DISTINCT work_id) FROM found WHERE is_deleted = 0
) AS f;

CREATE VIEW identifier_outcomes AS -- What became of each identifier of the lists that a run was given, the latest that was given any.
SELECT
  q.ordinal AS ordinal, -- Place in the lists, from 1.
  q.list AS list, -- The file that it stands in, as it was given.
  q.line AS line, -- Line of the file, from 1; 0 = not from a file.
  q.input AS input, -- The identifier as it was written.
  q.scheme AS scheme, -- pmid, pmcid or doi; NULL = it is no identifier.
  q.value AS value, -- Normal form.
  q.state AS state, -- Where it ended; see requested_identifiers.
  q.reason AS reason, -- Why, where the state does not say it.
  q.agency AS agency, -- Registration agency of the DOI, where it was asked.
  q.resolved AS resolved, -- The DOI that an alias leads to, or the DOI or PMID that was found for it.
  r.work_id AS work_id, -- The publication that it led to; NULL = none.
  (SELECT group_concat(m.source, '; ') FROM (SELECT DISTINCT source FROM source_records WHERE work_id = r.work_id ORDER BY source) AS m) AS sources, -- Databases that have the publication, sorted, joined by "; ".
  w.is_retracted AS is_retracted -- 1 = the publication is retracted.
FROM requested_identifiers AS q
LEFT JOIN source_records AS r ON r.source = q.source AND r.source_id = q.source_id
LEFT JOIN works AS w ON w.work_id = r.work_id
WHERE q.run_id = (SELECT max(run_id) FROM requested_identifiers);

CREATE VIEW work_fields AS -- Where each field of a publication comes from: one row for each field that has a value.
SELECT
  v.work_id AS work_id, -- The publication.
  v.field AS field, -- title, abstract, year, journal, volume, issue, pages, language, type or is_retracted.
  v.value AS value, -- The value as text.
  r.source AS source, -- Database that gave it.
  r.source_id AS source_id -- Identifier there, e.g. the PMID.
FROM (
  SELECT w.work_id, 'title' AS field, CAST(w.title AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'abstract', t.abstract, w.record_id FROM works AS w JOIN works_text AS t ON t.work_id = w.work_id
  UNION ALL
  SELECT w.work_id, 'year' AS field, CAST(w.year AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'journal' AS field, CAST(w.journal AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'volume' AS field, CAST(w.volume AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'issue' AS field, CAST(w.issue AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'pages' AS field, CAST(w.pages AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'language' AS field, CAST(w.language AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'type' AS field, CAST(w.type AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
  UNION ALL
  SELECT w.work_id, 'is_retracted' AS field, CAST(w.is_retracted AS TEXT) AS value, w.record_id FROM works AS w WHERE w.is_deleted = 0
) AS v
JOIN source_records AS r ON r.record_id = ifnull((SELECT f.record_id FROM work_field_sources AS f WHERE f.work_id = v.work_id AND f.field = v.field), v.record_id)
WHERE v.value IS NOT NULL;

CREATE VIEW compared_records AS -- Both records of each pair in record_pairs, as a person compares them.
SELECT
  p.verdict AS verdict, -- See record_pairs.
  p.relation AS relation, -- See record_pairs.
  p.rule AS rule, -- See record_pairs.
  p.evidence AS evidence, -- See record_pairs.
  r.work_id AS work_id, -- Publication of the one record.
  o.work_id AS other_work_id, -- Publication of the other.
  p.record_id AS record_id, -- The one record.
  p.other_record_id AS other_record_id, -- The other.
  r.source AS source, -- Its database.
  r.source_id AS source_id, -- Its identifier there.
  o.source AS other_source, -- Database of the other.
  o.source_id AS other_source_id, -- Its identifier there.
  r.title AS title, -- Title of the one.
  o.title AS other_title, -- Title of the other.
  (SELECT group_concat(a.name, '; ') FROM (SELECT ifnull(last_name, collective_name) AS name FROM authors WHERE record_id = r.record_id AND role = 'author' ORDER BY position LIMIT 5) AS a) AS authors, -- Its first authors.
  (SELECT group_concat(a.name, '; ') FROM (SELECT ifnull(last_name, collective_name) AS name FROM authors WHERE record_id = o.record_id AND role = 'author' ORDER BY position LIMIT 5) AS a) AS other_authors, -- Of the other.
  (SELECT min(substr(d.iso, 1, 4)) FROM record_dates AS d WHERE d.record_id = r.record_id AND d.kind IN ('print', 'electronic')) AS year, -- Its year.
  (SELECT min(substr(d.iso, 1, 4)) FROM record_dates AS d WHERE d.record_id = o.record_id AND d.kind IN ('print', 'electronic')) AS other_year, -- Of the other.
  (SELECT j.title FROM journals AS j WHERE j.journal_id = r.journal_id) AS journal, -- Its journal.
  (SELECT j.title FROM journals AS j WHERE j.journal_id = o.journal_id) AS other_journal, -- Of the other.
  p.title_score AS title_score, -- See record_pairs.
  p.authors_score AS authors_score, -- See record_pairs.
  p.journal_score AS journal_score, -- See record_pairs.
  p.place_score AS place_score, -- See record_pairs.
  p.year_score AS year_score, -- See record_pairs.
  p.abstract_score AS abstract_score -- See record_pairs.
FROM record_pairs AS p
JOIN source_records AS r ON r.record_id = p.record_id
JOIN source_records AS o ON o.record_id = p.other_record_id;

CREATE VIEW work_links AS -- Why source records are one publication. The links of a publication hold all its records together; without them each record is a publication of its own.
SELECT
  record_id AS record_id, -- A record.
  other_record_id AS other_record_id, -- The record with which it was joined.
  rule AS rule, -- What decided; see record_pairs.
  evidence AS value -- The shared identifier, or why, in words.
FROM record_pairs WHERE verdict = 'merged';

CREATE VIEW duplicates AS -- The pairs of records that were joined into one publication.
SELECT
  work_id AS work_id, -- The publication.
  source AS source, -- Database of the one record.
  source_id AS source_id, -- Its identifier there.
  other_source AS other_source, -- Database of the other.
  other_source_id AS other_source_id, -- Its identifier there.
  title AS title, -- Title of the one.
  other_title AS other_title, -- Title of the other.
  authors AS authors, -- First authors of the one.
  other_authors AS other_authors, -- Of the other.
  year AS year, -- Year of the one.
  other_year AS other_year, -- Of the other.
  journal AS journal, -- Journal of the one.
  other_journal AS other_journal, -- Of the other.
  rule AS rule, -- What decided.
  evidence AS evidence -- The shared identifier, or why, in words.
FROM compared_records WHERE verdict = 'merged';

CREATE VIEW review_pairs AS -- Pairs of records that a person should look at, and those that a person has decided.
SELECT
  c.source AS source, -- Database of the one record.
  c.source_id AS source_id, -- Its identifier there.
  c.other_source AS other_source, -- Database of the other.
  c.other_source_id AS other_source_id, -- Its identifier there.
  c.title AS title, -- Title of the one.
  c.other_title AS other_title, -- Title of the other.
  c.authors AS authors, -- First authors of the one.
  c.other_authors AS other_authors, -- Of the other.
  c.year AS year, -- Year of the one.
  c.other_year AS other_year, -- Of the other.
  c.journal AS journal, -- Journal of the one.
  c.other_journal AS other_journal, -- Of the other.
  c.rule AS rule, -- What decided, or left it open.
  c.evidence AS evidence, -- Why, in words.
  CASE d.is_duplicate WHEN 1 THEN 'duplicate' WHEN 0 THEN 'different' END AS decision, -- duplicate or different; NULL = nobody has decided.
  d.decided_at AS decided_at, -- UTC time.
  d.note AS note -- The person's own words.
FROM compared_records AS c
LEFT JOIN pair_decisions AS d ON d.record_id = min(c.record_id, c.other_record_id) AND d.other_record_id = max(c.record_id, c.other_record_id)
WHERE c.verdict = 'review' OR d.record_id IS NOT NULL;

CREATE VIEW trial_works AS -- Publications of each registered trial: those that name its number as theirs, and registrations of it.
SELECT
  a.trial AS trial, -- Registration number, capitals and digits alone.
  r.work_id AS work_id -- The publication.
FROM accessions AS a JOIN source_records AS r ON r.record_id = a.record_id AND r.is_deleted = 0
WHERE a.trial IS NOT NULL
GROUP BY a.trial, r.work_id;

CREATE VIEW related_works AS -- Publications that belong together and are not one: preprint and article, abstract and article, protocol and result, notice, version, the same trial.
SELECT DISTINCT
  work_id AS work_id, -- A publication.
  other_work_id AS other_work_id, -- The other.
  relation AS relation, -- preprint, conference-abstract, protocol, notice or version; or same-trial, which is no more than a number in common (a number of more than 50 publications is left to trial_works).
  title AS title, -- Title of the one.
  other_title AS other_title, -- Title of the other.
  evidence AS evidence -- Why, in words.
FROM compared_records WHERE verdict = 'related'
UNION ALL
SELECT x.work_id, y.work_id, 'same-trial', v.title, w.title, min(t.trial) || iif(count(*) > 1, ' and ' || (count(*) - 1) || ' more', '')
FROM (SELECT trial FROM trial_works GROUP BY trial HAVING count(*) BETWEEN 2 AND 50) AS t
JOIN trial_works AS x ON x.trial = t.trial
JOIN trial_works AS y ON y.trial = t.trial
JOIN works AS v ON v.work_id = x.work_id
JOIN works AS w ON w.work_id = y.work_id
JOIN source_records AS a ON a.record_id = v.record_id
JOIN source_records AS b ON b.record_id = w.record_id
WHERE (a.source, a.source_id) < (b.source, b.source_id)
GROUP BY x.work_id, y.work_id;

CREATE VIEW source_overlap AS -- Number of publications for each set of databases that have them.
SELECT
  s.sources AS sources, -- Databases, sorted, joined by "; ".
  count(*) AS works -- Publications that exactly these databases have.
FROM (
  SELECT (SELECT group_concat(m.source, '; ') FROM (SELECT source FROM source_records WHERE work_id = w.work_id AND is_deleted = 0 GROUP BY source ORDER BY source) AS m) AS sources
  FROM works AS w WHERE w.is_deleted = 0
) AS s
GROUP BY s.sources;

CREATE VIEW source_pairs AS -- Number of publications that two databases have in common. A database beside itself: all that it has.
SELECT
  a.source AS source, -- A database.
  b.source AS other_source, -- The same, or one that follows it in the alphabet.
  count(*) AS works -- Publications that both have.
FROM source_records AS a
JOIN source_records AS b ON b.work_id = a.work_id AND b.source >= a.source AND b.is_deleted = 0
WHERE a.is_deleted = 0
GROUP BY a.source, b.source;
)sql";

}  // namespace litmill::store
