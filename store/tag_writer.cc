// SPDX-License-Identifier: Apache-2.0
#include "store/tag_writer.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <vector>

#include "store/finding_rows.h"
#include "store/sqlite.h"
#include "store/waiting_rows.h"

namespace litmill::store {

const char* const kDeriveTagsSql = R"sql(
WITH RECURSIVE own (facet, concept, mentions, in_title, from_text, from_index, is_major, assertion, weight) AS MATERIALIZED (
  SELECT m.facet, m.concept, count(*), max(m.field = 'title' AND m.evidence = 'text'), max(m.evidence IN ('text', 'keyword')),
         max(m.evidence NOT IN ('text', 'keyword')), max(m.is_major),
         min(CASE m.assertion WHEN 'present' THEN 0 WHEN 'hedged' THEN 1 WHEN 'objective' THEN 2 WHEN 'comparator' THEN 3
                              WHEN 'background' THEN 4 WHEN 'excluded' THEN 5 ELSE 6 END), max(m.weight)
  FROM source_records AS r JOIN mentions AS m ON m.record_id = r.record_id
  WHERE r.work_id = ?1 GROUP BY m.facet, m.concept
), flow (facet, origin, target) AS (
  SELECT facet, concept, concept FROM own
  UNION
  SELECT f.facet, f.origin, p.parent FROM flow AS f JOIN concept_parents AS p ON p.facet = f.facet AND p.concept = f.target
)
SELECT f.facet, f.target, sum((f.origin = f.target) * o.mentions), max(o.in_title), max(o.from_text), max(o.from_index), max(o.is_major),
       sum((f.origin = f.target) * o.mentions) = 0,
       CASE min(o.assertion) WHEN 0 THEN 'present' WHEN 1 THEN 'hedged' WHEN 2 THEN 'objective' WHEN 3 THEN 'comparator'
                             WHEN 4 THEN 'background' WHEN 5 THEN 'excluded' ELSE 'negated' END, max(o.weight)
FROM flow AS f JOIN own AS o ON o.facet = f.facet AND o.concept = f.origin
GROUP BY f.facet, f.target ORDER BY f.facet, f.target)sql";

namespace {

std::string_view GateScopeName(GateScope scope) {
  switch (scope) {
    case GateScope::kNone:
      return "none";
    case GateScope::kSentence:
      return "sentence";
    case GateScope::kRecord:
      return "record";
  }
  return "none";
}

std::string_view PolicyName(AbbreviationPolicy policy) {
  switch (policy) {
    case AbbreviationPolicy::kNone:
      return "";
    case AbbreviationPolicy::kSafe:
      return "safe";
    case AbbreviationPolicy::kGated:
      return "gated";
    case AbbreviationPolicy::kDefined:
      return "defined";
  }
  return "";
}

std::string_view ValenceName(Valence valence) {
  if (valence == Valence::kUnknown) return "";
  return valence == Valence::kLowerIsBetter ? "lower" : "higher";
}

}  // namespace

struct TagWriter::State {
  explicit State(sqlite3* handle) : db(handle) {}

  sqlite3* db;
  WaitingRows mentions{db, "mentions"};
  Statement delete_mentions{db, "DELETE FROM mentions WHERE record_id = ?"};
  FindingRows findings{db};
  WaitingRows tags{db, "tags"};
  Statement delete_tags{db, "DELETE FROM tags WHERE work_id = ?"};
  Statement derive_tags{db, kDeriveTagsSql};
  Statement find_rule_set{db, "SELECT rule_set_id FROM rule_sets WHERE sha256 = ?"};
  Statement insert_rule_set{db, "INSERT INTO rule_sets (name, version, sha256) VALUES (?, ?, ?)"};
  Statement upsert_concept{
      db,
      "INSERT INTO concepts (facet, concept, label, definition, valence, rank, rule_set_id) VALUES (?, ?, ?, ?, ?, ?, "
      "?) ON CONFLICT (facet, concept) DO UPDATE SET label = excluded.label, definition = excluded.definition, "
      "valence = excluded.valence, rank = excluded.rank, rule_set_id = excluded.rule_set_id "
      "WHERE label <> excluded.label OR definition IS NOT excluded.definition OR valence IS NOT excluded.valence OR "
      "rank IS NOT excluded.rank OR rule_set_id <> excluded.rule_set_id RETURNING 1"};
  Statement delete_uis{db, "DELETE FROM concept_uis WHERE facet = ? AND concept = ?"};
  Statement insert_ui{db, "INSERT OR IGNORE INTO concept_uis VALUES (?, ?, ?, ?)"};
  Statement delete_parents{db, "DELETE FROM concept_parents WHERE facet = ? AND concept = ?"};
  Statement insert_parent{db, "INSERT OR IGNORE INTO concept_parents VALUES (?, ?, ?)"};
  Statement find_rule{db, "SELECT rule_id FROM rules WHERE rule_set_id = ? AND name = ?"};
  Statement insert_rule{
      db,
      "INSERT INTO rules (rule_set_id, name, facet, concept, kind, pattern, is_case_sensitive, gate, gate_scope, "
      "abbreviation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING rule_id"};

  std::optional<RuleSet> rules;  ///< The set in use, to be written again after a rollback.
  std::string hash;
  std::int64_t rule_set_id = 0;        ///< 0 = not known to the file (yet, or after a rollback).
  std::vector<std::int64_t> rule_ids;  ///< By Mention::rule_index.

  Result<void> Register();
  Result<void> RegisterConcepts();
  Result<void> RegisterRules();
  Result<void> Ready() {
    if (rule_set_id != 0) return {};
    if (!rules) return Fail(ErrorCode::kInternal, "tags were given before UseRules");
    return Register();
  }
  Result<const Concept*> ConceptAt(std::uint32_t index) const {
    if (index < rules->concepts.size()) return &rules->concepts[index];
    return Fail(ErrorCode::kInternal, fmt::format("concept {} is not in the rule set in use", index));
  }
};

TagWriter::TagWriter(sqlite3* db) : state_(std::make_unique<State>(db)) {}
TagWriter::~TagWriter() = default;

void TagWriter::Forget() {
  state_->rule_set_id = 0;
  state_->mentions.Clear();
  state_->findings.Clear();
  state_->tags.Clear();
}

Result<void> TagWriter::UseRules(const RuleSet& rules) {
  state_->rules = rules;
  state_->hash = rules.Hash();
  return state_->Register();
}

Result<std::int64_t> TagWriter::RuleSetId() {
  if (!state_->rules) return 0;
  LITMILL_CHECK(state_->Ready());
  return state_->rule_set_id;
}

Result<void> TagWriter::State::Register() {
  rule_set_id = 0;
  LITMILL_TRY(bool row, find_rule_set.First(hash));
  if (!row) {
    LITMILL_CHECK(insert_rule_set.Run(rules->name, rules->version, hash));
    LITMILL_TRY(row, find_rule_set.First(hash));
  }
  const std::int64_t id = find_rule_set.Int(0);
  find_rule_set.Reset();
  rule_set_id = id;
  Result<void> done = RegisterConcepts();
  if (done) done = RegisterRules();
  if (!done) rule_set_id = 0;
  return done;
}

/// Concepts first, then what refers to them: a parent may come after its child.
Result<void> TagWriter::State::RegisterConcepts() {
  std::vector<const Concept*> changed;
  for (const Concept& c : rules->concepts) {
    LITMILL_TRY(bool row, upsert_concept.First(c.facet, c.id, c.label, OrNull{c.definition},
                                               OrNull{ValenceName(c.valence)}, IdOrNull{c.rank}, rule_set_id));
    if (row) changed.push_back(&c);
    while (row) {
      LITMILL_TRY(row, upsert_concept.Step());
    }
  }
  for (const Concept* c : changed) {
    LITMILL_CHECK(delete_uis.Run(c->facet, c->id));
    LITMILL_CHECK(delete_parents.Run(c->facet, c->id));
    for (const std::string& ui : c->mesh) LITMILL_CHECK(insert_ui.Run(c->facet, c->id, ui, "mesh"));
    for (const std::string& ui : c->publication_types)
      LITMILL_CHECK(insert_ui.Run(c->facet, c->id, ui, "publication-type"));
    for (const std::string& parent : c->parents) LITMILL_CHECK(insert_parent.Run(c->facet, c->id, parent));
  }
  return {};
}

Result<void> TagWriter::State::RegisterRules() {
  rule_ids.clear();
  for (const Concept& c : rules->concepts) {
    for (const Rule& r : c.rules) {
      Statement* found = &find_rule;
      LITMILL_TRY(bool row, find_rule.First(rule_set_id, r.name));
      if (!row) {
        found = &insert_rule;
        LITMILL_TRY(
            row, insert_rule.First(rule_set_id, r.name, c.facet, c.id, r.kind == RuleKind::kMask ? "mask" : "include",
                                   r.pattern, r.case_sensitive, OrNull{r.gate}, GateScopeName(r.gate_scope),
                                   OrNull{PolicyName(r.abbreviation)}));
      }
      rule_ids.push_back(found->Int(0));
      LITMILL_TRY(row, found->Step());
    }
  }
  return {};
}

Result<void> TagWriter::InsertMentions(std::int64_t record_id, const TaggedRecord& tags) {
  State& s = *state_;
  std::int64_t position = 0;
  for (const Mention& m : tags.mentions) {
    LITMILL_CHECK(s.Ready());
    LITMILL_TRY(const Concept* concept_, s.ConceptAt(m.concept_index));
    if (m.rule_index != kNoRule && m.rule_index >= s.rule_ids.size())
      return Fail(ErrorCode::kInternal, fmt::format("rule {} is not in the rule set in use", m.rule_index));
    const std::int64_t rule_id = m.rule_index == kNoRule ? 0 : s.rule_ids[m.rule_index];
    s.mentions.Add(record_id, position++, concept_->facet, concept_->id, EvidenceName(m.evidence), m.field, m.position,
                   m.start, m.end, m.text, OrNull{m.ui}, m.major, SectionRoleName(m.role), AssertionName(m.assertion),
                   m.weight, IdOrNull{rule_id});
  }
  if (tags.quantities.empty() && tags.findings.empty()) return {};
  LITMILL_CHECK(s.Ready());
  return s.findings.Add(record_id, *s.rules, tags);
}

Result<void> TagWriter::DeleteMentions(std::int64_t record_id) {
  LITMILL_CHECK(state_->mentions.Flush());
  LITMILL_CHECK(state_->findings.Delete(record_id));
  return state_->delete_mentions.Run(record_id);
}

Result<void> TagWriter::Flush() {
  LITMILL_CHECK(state_->mentions.Flush());
  LITMILL_CHECK(state_->findings.Flush());
  return state_->tags.Flush();
}

std::size_t TagWriter::waiting_bytes() const {
  return state_->mentions.bytes() + state_->findings.waiting_bytes() + state_->tags.bytes();
}

Result<void> TagWriter::InsertTags(std::int64_t work_id, const TaggedRecord& tags) {
  State& s = *state_;
  for (const Tag& t : tags.tags) {
    LITMILL_CHECK(s.Ready());
    LITMILL_TRY(const Concept* concept_, s.ConceptAt(t.concept_index));
    s.tags.Add(work_id, concept_->facet, concept_->id, t.mention_count, t.in_title, t.from_text, t.from_index, t.major,
               t.implied, AssertionName(t.assertion), t.weight, s.rule_set_id);
  }
  return {};
}

Result<void> TagWriter::DeriveTags(std::int64_t work_id) {
  State& s = *state_;
  LITMILL_CHECK(Flush());
  LITMILL_CHECK(s.delete_tags.Run(work_id));
  LITMILL_CHECK(s.derive_tags.Start(work_id));
  while (true) {
    LITMILL_TRY(const bool row, s.derive_tags.Step());
    if (!row) return {};
    LITMILL_CHECK(s.Ready());
    const Statement& d = s.derive_tags;
    s.tags.Add(work_id, d.View(0), d.View(1), d.Int(2), d.Bool(3), d.Bool(4), d.Bool(5), d.Bool(6), d.Bool(7),
               d.View(8), d.Real(9), s.rule_set_id);
  }
}

}  // namespace litmill::store
