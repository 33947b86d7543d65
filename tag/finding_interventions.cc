// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_interventions.h"

#include <algorithm>
#include <string>
#include <utility>

namespace litmill::tag {

bool IsIntervention(const CompiledRules& rules, const Candidate& mention) {
  const std::string& facet = rules.rule_set.concepts[mention.concept_index].facet;
  return facet == "form" || facet == "exposure";
}

std::uint32_t MainIntervention(const CompiledRules& rules, const Analysis& analysis) {
  std::uint32_t main = kNoConcept;
  std::vector<std::pair<std::uint32_t, int>> counts;
  for (std::size_t i = 0; i < analysis.standing.size(); ++i) {
    const Candidate& c = analysis.standing[i];
    if (!IsIntervention(rules, c) || c.assertion == Assertion::kExcluded || c.assertion == Assertion::kNegated)
      continue;
    const bool in_title = analysis.passages.At(c.start).role == SectionRole::kTitle;
    if (in_title && main == kNoConcept && c.assertion != Assertion::kComparator) main = c.concept_index;
    const auto known =
        std::find_if(counts.begin(), counts.end(), [&c](const auto& p) { return p.first == c.concept_index; });
    if (known == counts.end())
      counts.emplace_back(c.concept_index, 1);
    else
      ++known->second;
  }
  if (main != kNoConcept) return main;
  int most = 0;
  for (const auto& [index, count] : counts) {
    if (count <= most) continue;
    most = count;
    main = index;
  }
  return main;
}

void KeepSpecificInterventions(const CompiledRules& rules, const Analysis& analysis, std::size_t most,
                               std::vector<std::uint32_t>& interventions) {
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t mention : interventions) {
    const std::uint32_t index = analysis.standing[mention].concept_index;
    const auto covered = [&rules, &analysis, index](std::uint32_t other) {
      const std::uint32_t o = analysis.standing[other].concept_index;
      const auto& up = rules.concepts[o].ancestors;
      return o == index || std::binary_search(up.begin(), up.end(), index);
    };
    if (std::any_of(kept.begin(), kept.end(), covered)) continue;
    const auto& up = rules.concepts[index].ancestors;
    kept.erase(std::remove_if(kept.begin(), kept.end(),
                              [&analysis, &up](std::uint32_t other) {
                                return std::binary_search(up.begin(), up.end(), analysis.standing[other].concept_index);
                              }),
               kept.end());
    if (kept.size() < most) kept.push_back(mention);
  }
  interventions = std::move(kept);
}

}  // namespace litmill::tag
