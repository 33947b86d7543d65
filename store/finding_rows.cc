// SPDX-License-Identifier: Apache-2.0
#include "store/finding_rows.h"

#include <fmt/format.h>

#include <string_view>

namespace litmill::store {
namespace {

/// A concept's two columns; both NULL for kNoConcept.
struct ConceptName {
  OrNull facet, id;
};

Result<ConceptName> NameOf(const RuleSet& rules, std::uint32_t index) {
  if (index == kNoConcept) return ConceptName{OrNull{""}, OrNull{""}};
  if (index >= rules.concepts.size())
    return Fail(ErrorCode::kInternal, fmt::format("concept {} is not in the rule set in use", index));
  return ConceptName{OrNull{rules.concepts[index].facet}, OrNull{rules.concepts[index].id}};
}

}  // namespace

FindingRows::FindingRows(sqlite3* db)
    : quantities_(db, "quantities"),
      findings_(db, "findings"),
      conclusions_(db, "conclusions"),
      delete_quantities_(db, "DELETE FROM quantities WHERE record_id = ?"),
      delete_findings_(db, "DELETE FROM findings WHERE record_id = ?"),
      delete_conclusions_(db, "DELETE FROM conclusions WHERE record_id = ?") {}

Result<void> FindingRows::Add(std::int64_t record_id, const RuleSet& rules, const TaggedRecord& tagged) {
  std::int64_t position = 0;
  for (const Quantity& q : tagged.quantities) {
    LITMILL_TRY(const ConceptName agent, NameOf(rules, q.agent));
    quantities_.Add(record_id, position++, q.kind, q.field, q.position, q.start, q.end, q.text, SectionRoleName(q.role),
                    q.amount, q.upper, OrNull{q.unit}, OrNull{q.per}, OrNull{q.basis}, agent.facet, agent.id, q.ci_low,
                    q.ci_high);
  }
  position = 0;
  for (const Finding& f : tagged.findings) {
    LITMILL_TRY(const ConceptName intervention, NameOf(rules, f.intervention));
    LITMILL_TRY(const ConceptName outcome, NameOf(rules, f.outcome));
    LITMILL_TRY(const ConceptName direction, NameOf(rules, f.direction));
    LITMILL_TRY(const ConceptName comparator, NameOf(rules, f.comparator));
    findings_.Add(record_id, position++, intervention.facet, intervention.id, outcome.facet, outcome.id, direction.id,
                  MovementName(f.movement), BenefitName(f.benefit), comparator.facet, comparator.id, OrNull{f.subgroup},
                  f.confidence, AssertionName(f.assertion), SectionRoleName(f.role), f.field, f.position, f.start,
                  f.end, f.sentence);
  }
  position = 0;
  for (const Conclusion& c : tagged.conclusions) {
    LITMILL_TRY(const ConceptName intervention, NameOf(rules, c.intervention));
    LITMILL_TRY(const ConceptName outcome, NameOf(rules, c.outcome));
    conclusions_.Add(record_id, position++, intervention.facet, intervention.id, outcome.facet, outcome.id,
                     MovementName(c.movement), BenefitName(c.benefit), c.is_mixed, c.finding_count);
  }
  return {};
}

Result<void> FindingRows::Delete(std::int64_t record_id) {
  LITMILL_CHECK(Flush());
  LITMILL_CHECK(delete_quantities_.Run(record_id));
  LITMILL_CHECK(delete_findings_.Run(record_id));
  return delete_conclusions_.Run(record_id);
}

Result<void> FindingRows::Flush() {
  LITMILL_CHECK(quantities_.Flush());
  LITMILL_CHECK(findings_.Flush());
  return conclusions_.Flush();
}

void FindingRows::Clear() {
  quantities_.Clear();
  findings_.Clear();
  conclusions_.Clear();
}

std::size_t FindingRows::waiting_bytes() const {
  return quantities_.bytes() + findings_.bytes() + conclusions_.bytes();
}

}  // namespace litmill::store
