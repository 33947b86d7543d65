// SPDX-License-Identifier: Apache-2.0
#include "app/rules_diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace litmill::app {
namespace {

auto ContentOf(const Rule& r) {
  return std::tie(r.kind, r.pattern, r.case_sensitive, r.gate, r.gate_scope, r.abbreviation);
}

/// The rules of `from` that `other` does not have. Rules are compared by what they say: their names count places.
std::vector<Rule> RulesWithout(const std::vector<Rule>& from, const std::vector<Rule>& other) {
  std::vector<const Rule*> left;
  left.reserve(other.size());
  for (const Rule& rule : other) left.push_back(&rule);
  std::vector<Rule> without;
  for (const Rule& rule : from) {
    const auto same =
        std::find_if(left.begin(), left.end(), [&rule](const Rule* r) { return ContentOf(*r) == ContentOf(rule); });
    if (same == left.end())
      without.push_back(rule);
    else
      left.erase(same);
  }
  return without;
}

std::multiset<std::pair<std::string, bool>> ExamplesOf(const Concept& c) {
  std::multiset<std::pair<std::string, bool>> examples;
  for (const Example& example : c.examples) examples.emplace(example.text, example.should);
  return examples;
}

std::set<std::string> Sorted(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

ConceptChange Compare(const std::string& id, const Concept& before, const Concept& after) {
  ConceptChange change;
  change.id = id;
  const auto note = [&change](bool differs, const char* field) {
    if (differs) change.fields.emplace_back(field);
  };
  note(before.label != after.label, "label");
  note(before.definition != after.definition, "definition");
  note(Sorted(before.mesh) != Sorted(after.mesh), "mesh");
  note(Sorted(before.publication_types) != Sorted(after.publication_types), "publication_types");
  note(Sorted(before.parents) != Sorted(after.parents), "parents");
  note(before.valence != after.valence, "better");
  note(before.rank != after.rank, "rank");
  note(ExamplesOf(before) != ExamplesOf(after), "examples");
  change.added = RulesWithout(after.rules, before.rules);
  change.removed = RulesWithout(before.rules, after.rules);
  return change;
}

std::map<std::string, const Concept*> ById(const RuleSet& rules) {
  std::map<std::string, const Concept*> concepts;
  for (const Concept& c : rules.concepts) concepts.emplace(c.facet + ":" + c.id, &c);
  return concepts;
}

/// Facets whose weights differ; a facet without weights counts 1 everywhere.
std::vector<std::string> WeightsThatDiffer(const RuleSet& before, const RuleSet& after) {
  std::array<double, kSectionRoleCount> ones{};
  ones.fill(1);
  std::set<std::string> facets;
  for (const RuleSet* set : {&before, &after})
    for (const auto& weighed : set->weights) facets.insert(weighed.first);
  std::vector<std::string> differ;
  for (const std::string& facet : facets) {
    const auto of = [&](const RuleSet& set) {
      const auto found = set.weights.find(facet);
      return found == set.weights.end() ? ones : found->second;
    };
    if (of(before) != of(after)) differ.push_back(facet);
  }
  return differ;
}

}  // namespace

RuleSetDiff DiffRuleSets(const RuleSet& before, const RuleSet& after) {
  RuleSetDiff diff;
  const auto old_concepts = ById(before);
  const auto new_concepts = ById(after);
  for (const auto& [id, old_concept] : old_concepts) {
    const auto found = new_concepts.find(id);
    if (found == new_concepts.end()) {
      diff.removed.push_back(id);
      continue;
    }
    ConceptChange change = Compare(id, *old_concept, *found->second);
    if (!change.fields.empty() || !change.added.empty() || !change.removed.empty())
      diff.changed.push_back(std::move(change));
  }
  for (const auto& added : new_concepts)
    if (old_concepts.count(added.first) == 0) diff.added.push_back(added.first);
  diff.weights = WeightsThatDiffer(before, after);
  diff.changes_tags = before.Hash() != after.Hash();
  return diff;
}

}  // namespace litmill::app
