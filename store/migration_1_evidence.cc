// SPDX-License-Identifier: Apache-2.0
// Schema version 1: views of the evidence: tags, findings and what they say together. The comments become
// docs/schema.md.
#include "store/migrations.h"

namespace litmill::store {

const char* const kEvidenceViews1 = R"sql(
CREATE VIEW asserted_tags AS -- Tags of works that are there, without those that the text only negates or excludes.
SELECT
  t.work_id AS work_id, -- The publication.
  t.facet AS facet, -- The facet.
  t.concept AS concept, -- The concept.
  t.is_implied AS is_implied, -- 1 = only through a child concept.
  t.assertion AS assertion, -- See tags.
  t.weight AS weight -- See tags.
FROM tags AS t JOIN works AS w ON w.work_id = t.work_id
WHERE w.is_deleted = 0 AND t.assertion NOT IN ('negated', 'excluded');

CREATE VIEW work_texts AS -- The source record whose title and abstract speak for a publication.
SELECT
  w.work_id AS work_id, -- The publication.
  ifnull((SELECT f.record_id FROM work_field_sources AS f WHERE f.work_id = w.work_id AND f.field = 'abstract'), w.record_id) AS record_id -- Its record.
FROM works AS w WHERE w.is_deleted = 0;

CREATE VIEW main_designs AS -- Of each publication's designs the one that the rules rank first.
SELECT
  t.work_id AS work_id, -- The publication.
  t.concept AS design, -- Concept of facet design.
  min(c.rank) AS rank -- Its rank, from 1.
FROM asserted_tags AS t JOIN concepts AS c ON c.facet = t.facet AND c.concept = t.concept
WHERE t.facet = 'design' AND c.rank IS NOT NULL GROUP BY t.work_id;

CREATE VIEW work_findings AS -- The findings of each publication with their evidence, best first.
SELECT
  w.work_id AS work_id, -- The publication.
  f.intervention AS intervention, -- Concept of facet form or exposure; NULL = none was named.
  f.outcome AS outcome, -- Concept of facet outcome (or condition).
  f.direction AS direction, -- Concept of facet direction.
  f.movement AS movement, -- increased, decreased, no-difference or unclear.
  f.benefit AS benefit, -- better, worse, none or unknown.
  f.comparator AS comparator, -- What it was compared with; NULL = not said.
  f.subgroup AS subgroup, -- Part of the people; NULL = all.
  f.confidence AS confidence, -- 0 to 1.
  f.assertion AS assertion, -- present, hedged, ...
  f.section AS section, -- See mentions.
  f.sentence AS sentence -- The evidence.
FROM work_texts AS w CROSS JOIN findings AS f ON f.record_id = w.record_id
ORDER BY w.work_id, f.confidence DESC, f.position;

CREATE VIEW work_conclusions AS -- What each publication's findings say together of an intervention and an outcome.
SELECT
  w.work_id AS work_id, -- The publication.
  c.intervention_facet AS intervention_facet, -- form or exposure; NULL = none was named.
  c.intervention AS intervention, -- Its concept.
  c.outcome_facet AS outcome_facet, -- outcome or condition.
  c.outcome AS outcome, -- Its concept.
  CASE WHEN c.is_mixed = 1 THEN 'mixed' WHEN c.movement = 'no-difference' THEN 'no-difference' WHEN c.benefit IN ('better', 'worse') THEN c.benefit ELSE c.movement END AS direction, -- better, worse, no-difference, mixed; else increased, decreased or unclear.
  c.finding_count AS finding_count -- Number of findings behind it.
FROM work_texts AS w CROSS JOIN conclusions AS c ON c.record_id = w.record_id;

CREATE VIEW tags_by_facet AS -- The concepts of each publication and facet, side by side.
SELECT
  t.work_id AS work_id, -- The publication.
  t.facet AS facet, -- The facet.
  (SELECT group_concat(c.concept, '; ') FROM (SELECT concept FROM asserted_tags WHERE work_id = t.work_id AND facet = t.facet ORDER BY concept) AS c) AS concepts -- Sorted, joined by "; ".
FROM asserted_tags AS t JOIN works AS w ON w.work_id = t.work_id
WHERE w.is_deleted = 0 GROUP BY t.work_id, t.facet;

CREATE VIEW evidence AS -- One row a publication, facets side by side. Deleted ones are left out.
SELECT
  w.work_id AS work_id, -- The publication.
  ifnull((SELECT value FROM record_identifiers WHERE record_id = w.record_id AND scheme = 'pmid' AND is_valid = 1 ORDER BY position LIMIT 1), (SELECT i.value FROM source_records AS r CROSS JOIN record_identifiers AS i ON i.record_id = r.record_id WHERE r.work_id = w.work_id AND i.scheme = 'pmid' AND i.is_valid = 1 ORDER BY r.source, r.source_id, i.position LIMIT 1)) AS pmid, -- PubMed identifier.
  ifnull((SELECT value FROM record_identifiers WHERE record_id = w.record_id AND scheme = 'pmcid' AND is_valid = 1 ORDER BY position LIMIT 1), (SELECT i.value FROM source_records AS r CROSS JOIN record_identifiers AS i ON i.record_id = r.record_id WHERE r.work_id = w.work_id AND i.scheme = 'pmcid' AND i.is_valid = 1 ORDER BY r.source, r.source_id, i.position LIMIT 1)) AS pmcid, -- PubMed Central identifier.
  ifnull((SELECT value FROM record_identifiers WHERE record_id = w.record_id AND scheme = 'doi' AND is_valid = 1 ORDER BY position LIMIT 1), (SELECT i.value FROM source_records AS r CROSS JOIN record_identifiers AS i ON i.record_id = r.record_id WHERE r.work_id = w.work_id AND i.scheme = 'doi' AND i.is_valid = 1 ORDER BY r.source, r.source_id, i.position LIMIT 1)) AS doi, -- DOI in lower case.
  w.title AS title, -- Plain text.
  w.year AS year, -- Year of publication.
  w.publication_date AS publication_date, -- ISO 8601, as precise as known.
  w.journal AS journal, -- Journal or book.
  w.language AS language, -- ISO 639-2/B codes joined by "; ".
  w.abstract_status AS abstract_status, -- present, absent or truncated.
  w.is_retracted AS is_retracted, -- 1 = retracted.
  (SELECT group_concat(c.concept, '; ') FROM (SELECT concept FROM asserted_tags WHERE work_id = w.work_id AND facet = 'condition' ORDER BY concept) AS c) AS conditions, -- Concepts of facet condition.
  (SELECT group_concat(c.concept, '; ') FROM (SELECT concept FROM asserted_tags WHERE work_id = w.work_id AND facet = 'form' ORDER BY concept) AS c) AS forms, -- Concepts of facet form.
  (SELECT group_concat(c.concept, '; ') FROM (SELECT concept FROM asserted_tags WHERE work_id = w.work_id AND facet = 'outcome' ORDER BY concept) AS c) AS outcomes, -- Concepts of facet outcome.
  (SELECT group_concat(c.concept, '; ') FROM (SELECT concept FROM asserted_tags WHERE work_id = w.work_id AND facet = 'design' ORDER BY concept) AS c) AS designs, -- Concepts of facet design.
  (SELECT m.design FROM main_designs AS m WHERE m.work_id = w.work_id) AS main_design, -- The design of the lowest rank in the rules.
  (SELECT CAST(q.amount AS INTEGER) FROM work_texts AS x CROSS JOIN quantities AS q ON q.record_id = x.record_id WHERE x.work_id = w.work_id AND q.kind = 'sample-size' AND q.basis = 'total' ORDER BY q.position LIMIT 1) AS sample_size, -- Participants in all, as the abstract says.
  (SELECT group_concat(q.text, '; ') FROM (SELECT DISTINCT d.text AS text FROM work_texts AS x CROSS JOIN quantities AS d ON d.record_id = x.record_id WHERE x.work_id = w.work_id AND d.kind = 'dose' AND d.agent_facet = 'form' ORDER BY d.text) AS q) AS doses, -- Doses of the forms, as printed.
  (SELECT group_concat(c.said, '; ') FROM (SELECT x.intervention || ' > ' || x.outcome || ': ' || x.direction AS said FROM work_conclusions AS x WHERE x.work_id = w.work_id ORDER BY 1) AS c) AS conclusions -- "intervention > outcome: direction" for each pair that the text draws a conclusion on.
FROM works AS w WHERE w.is_deleted = 0;

CREATE VIEW evidence_map AS -- Number of publications for each condition, form, outcome, direction and main design. NULL = no tag of that facet, or no conclusion. A publication with several concepts counts in each.
SELECT
  c.concept AS condition, -- Concept of facet condition.
  f.concept AS form, -- Concept of facet form, not counting implied ones; of facet exposure with "exposure:" before it.
  o.concept AS outcome, -- Concept of facet outcome, not counting implied ones.
  x.direction AS direction, -- What the publication concludes of this form and outcome: see work_conclusions.
  d.design AS design, -- The main design.
  count(*) - sum(w.is_retracted) AS works, -- Publications that are not retracted.
  sum(w.is_retracted) AS retracted -- Retracted publications, counted apart.
FROM works AS w
LEFT JOIN asserted_tags AS c ON c.work_id = w.work_id AND c.facet = 'condition'
LEFT JOIN (SELECT work_id, concept, facet, concept AS name FROM asserted_tags WHERE facet = 'form' AND is_implied = 0 UNION ALL SELECT work_id, 'exposure:' || concept, facet, concept FROM asserted_tags WHERE facet = 'exposure' AND is_implied = 0) AS f ON f.work_id = w.work_id
LEFT JOIN asserted_tags AS o ON o.work_id = w.work_id AND o.facet = 'outcome' AND o.is_implied = 0
LEFT JOIN work_conclusions AS x ON x.work_id = w.work_id AND x.outcome_facet = 'outcome' AND x.outcome = o.concept AND x.intervention_facet = f.facet AND x.intervention = f.name
LEFT JOIN main_designs AS d ON d.work_id = w.work_id
WHERE w.is_deleted = 0 AND coalesce(c.concept, f.concept, o.concept, d.design) IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;

CREATE VIEW index_agreement AS -- How words and index terms agree on each concept that has index terms. That an index term is missing says nothing against the words.
SELECT
  t.facet AS facet, -- The facet.
  t.concept AS concept, -- The concept.
  sum(t.from_text = 1 AND t.from_index = 1) AS both, -- Publications where both say it.
  sum(t.from_text = 1 AND t.from_index = 0 AND i.work_id IS NOT NULL) AS text_only, -- Only the words, though the publication is indexed.
  sum(t.from_text = 0 AND t.from_index = 1) AS index_only, -- Only an index term.
  sum(t.from_index = 0 AND i.work_id IS NULL) AS not_indexed -- Only the words: the publication has no MeSH headings.
FROM tags AS t
JOIN works AS w ON w.work_id = t.work_id AND w.is_deleted = 0
LEFT JOIN (SELECT DISTINCT r.work_id FROM source_records AS r WHERE EXISTS (SELECT 1 FROM mesh_headings AS h WHERE h.record_id = r.record_id)) AS i ON i.work_id = t.work_id
WHERE t.is_implied = 0 AND EXISTS (SELECT 1 FROM concept_uis AS u WHERE u.facet = t.facet AND u.concept = t.concept)
GROUP BY t.facet, t.concept;
)sql";

}  // namespace litmill::store
