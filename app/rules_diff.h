// SPDX-License-Identifier: Apache-2.0
// What differs between two rule sets: concepts and rules, by what they say and not by where they stand.
#pragma once

#include <string>
#include <vector>

#include "core/rule_set.h"

namespace litmill::app {

/// A concept that both sets have and say different things of.
struct ConceptChange {
  std::string id;                    ///< "condition:migraine"
  std::vector<std::string> fields;   ///< "label", "mesh", "parents", ...: what else than rules differs.
  std::vector<Rule> added, removed;  ///< Rules; a rule that was edited is removed and added.
};

struct RuleSetDiff {
  std::vector<std::string> added, removed;  ///< Concepts.
  std::vector<ConceptChange> changed;
  std::vector<std::string> weights;  ///< Facets whose section weights differ.
  bool changes_tags = false;         ///< The hashes differ: records would be tagged again.

  [[nodiscard]] bool IsEmpty() const {
    return added.empty() && removed.empty() && changed.empty() && weights.empty() && !changes_tags;
  }
};

/// All in order of concept; rules in order of their file.
[[nodiscard]] RuleSetDiff DiffRuleSets(const RuleSet& before, const RuleSet& after);

}  // namespace litmill::app
