// SPDX-License-Identifier: Apache-2.0
// Schema version 1: what the tagger says of records and works. The comments become docs/schema.md.
#include "store/migrations.h"

namespace litmill::store {

const char* const kTagTables1 = R"sql(
CREATE TABLE mentions ( -- Evidence for tags: these words at this place, or this index term, stand for this concept.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the record, from 0.
  facet TEXT NOT NULL, -- See concepts.
  concept TEXT NOT NULL, -- See concepts.
  evidence TEXT NOT NULL, -- text, keyword, mesh, chemical or publication-type.
  field TEXT NOT NULL, -- title, abstract, other-abstract, keyword, mesh, chemical or publication-type.
  field_position INTEGER NOT NULL, -- The position in that field's table; 0 for the title.
  start_byte INTEGER NOT NULL, -- First UTF-8 byte of the words in the stored text, from 0.
  end_byte INTEGER NOT NULL, -- One past the last byte.
  text TEXT NOT NULL, -- Exactly these bytes.
  ui TEXT, -- Identifier of the index term.
  is_major INTEGER NOT NULL, -- 1 = MeSH major topic.
  section TEXT NOT NULL, -- What the sentence is there for: title, background, objective, methods, results, conclusions, limitations, keyword, index or other.
  assertion TEXT NOT NULL, -- How it is meant: present, hedged, objective, comparator, background, excluded or negated.
  weight REAL NOT NULL, -- 0 to 1: how much it counts by facet and section.
  rule_id INTEGER REFERENCES rules (rule_id), -- The rule that matched; NULL for index terms.
  PRIMARY KEY (record_id, position),
  FOREIGN KEY (facet, concept) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_concept ON mentions (facet, concept);
CREATE INDEX mentions_rule_id ON mentions (rule_id);

CREATE TABLE tags ( -- What a publication is about: the conclusions from the mentions of its records.
  work_id INTEGER NOT NULL REFERENCES works (work_id), -- The publication.
  facet TEXT NOT NULL, -- See concepts.
  concept TEXT NOT NULL, -- See concepts.
  mention_count INTEGER NOT NULL, -- Number of mentions behind the tag.
  in_title INTEGER NOT NULL, -- 1 = mentioned in the title.
  from_text INTEGER NOT NULL, -- 1 = mentioned in title, abstract or keywords.
  from_index INTEGER NOT NULL, -- 1 = MeSH heading, chemical or publication type.
  is_major INTEGER NOT NULL, -- 1 = a MeSH major topic.
  is_implied INTEGER NOT NULL, -- 1 = only through a child concept.
  assertion TEXT NOT NULL, -- The strongest of its mentions, in the order of mentions.assertion; negated and excluded ones are left out of the views.
  weight REAL NOT NULL, -- The largest weight among its mentions.
  rule_set_id INTEGER NOT NULL REFERENCES rule_sets (rule_set_id), -- The rules that made it.
  PRIMARY KEY (work_id, facet, concept),
  FOREIGN KEY (facet, concept) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_concept ON tags (facet, concept);
CREATE INDEX tags_rule_set_id ON tags (rule_set_id);

CREATE TABLE quantities ( -- Numbers with their meaning: doses, durations, sample sizes, effect sizes and p-values.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the record, from 0.
  kind TEXT NOT NULL, -- dose, duration, follow-up, baseline-period, washout, infusion-time, sample-size, effect or p-value.
  field TEXT NOT NULL, -- See mentions.
  field_position INTEGER NOT NULL, -- See mentions.
  start_byte INTEGER NOT NULL, -- See mentions.
  end_byte INTEGER NOT NULL, -- See mentions.
  text TEXT NOT NULL, -- Exactly these bytes.
  section TEXT NOT NULL, -- See mentions.
  amount REAL NOT NULL, -- The number; of a range its lower end, of an effect its estimate.
  upper REAL, -- Upper end of a range.
  unit TEXT, -- mg, mmol, day, week, OR, SMD, participants, ...; of a p-value the sign before it.
  per TEXT, -- Of a dose: day, single, kg, hour, ...; NULL = not said.
  basis TEXT, -- Of a dose: elemental or salt; of a sample size its role: total, arm, analysed, screened, studies; NULL = not said.
  agent_facet TEXT, -- Of a dose: what was given; NULL = not known.
  agent TEXT, -- Its concept.
  ci_low REAL, -- Of an effect: lower limit of its confidence interval.
  ci_high REAL, -- Upper limit.
  PRIMARY KEY (record_id, position),
  FOREIGN KEY (agent_facet, agent) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX quantities_kind ON quantities (kind);
CREATE INDEX quantities_agent ON quantities (agent_facet, agent);

CREATE TABLE findings ( -- One row for each statement of a sentence that an intervention or exposure moved an outcome, or did not.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the record, from 0.
  intervention_facet TEXT, -- form or exposure; NULL = none was named.
  intervention TEXT, -- Its concept.
  outcome_facet TEXT NOT NULL, -- outcome, or condition where the sentence names no outcome.
  outcome TEXT NOT NULL, -- Its concept.
  direction TEXT NOT NULL, -- Concept of facet direction that the words stand for.
  movement TEXT NOT NULL, -- increased, decreased, no-difference or unclear: the number, not its worth.
  benefit TEXT NOT NULL, -- better, worse, none or unknown: what the movement means for the person.
  comparator_facet TEXT, -- What it was compared with; NULL = not said.
  comparator TEXT, -- Its concept.
  subgroup TEXT, -- The words that limit it to a part of the people; NULL = all.
  confidence REAL NOT NULL, -- 0 to 1.
  assertion TEXT NOT NULL, -- See mentions.
  section TEXT NOT NULL, -- See mentions.
  field TEXT NOT NULL, -- See mentions.
  field_position INTEGER NOT NULL, -- See mentions.
  start_byte INTEGER NOT NULL, -- Of the sentence; see mentions.
  end_byte INTEGER NOT NULL, -- See mentions.
  sentence TEXT NOT NULL, -- Exactly these bytes.
  PRIMARY KEY (record_id, position),
  FOREIGN KEY (intervention_facet, intervention) REFERENCES concepts (facet, concept),
  FOREIGN KEY (outcome_facet, outcome) REFERENCES concepts (facet, concept),
  FOREIGN KEY (comparator_facet, comparator) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_intervention ON findings (intervention_facet, intervention);
CREATE INDEX findings_outcome ON findings (outcome_facet, outcome);
CREATE INDEX findings_comparator ON findings (comparator_facet, comparator);

CREATE TABLE conclusions ( -- What the findings of a record say together of one intervention and outcome.
  record_id INTEGER NOT NULL REFERENCES source_records (record_id), -- The record.
  position INTEGER NOT NULL, -- Order in the record, from 0.
  intervention_facet TEXT, -- See findings.
  intervention TEXT, -- See findings.
  outcome_facet TEXT NOT NULL, -- See findings.
  outcome TEXT NOT NULL, -- See findings.
  movement TEXT NOT NULL, -- See findings.
  benefit TEXT NOT NULL, -- See findings.
  is_mixed INTEGER NOT NULL, -- 1 = its findings disagree.
  finding_count INTEGER NOT NULL, -- How many there are.
  PRIMARY KEY (record_id, position),
  FOREIGN KEY (intervention_facet, intervention) REFERENCES concepts (facet, concept),
  FOREIGN KEY (outcome_facet, outcome) REFERENCES concepts (facet, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX conclusions_intervention ON conclusions (intervention_facet, intervention);
CREATE INDEX conclusions_outcome ON conclusions (outcome_facet, outcome);
)sql";

}  // namespace litmill::store
