// SPDX-License-Identifier: Apache-2.0
// One rule file (docs/rules.md describes the format) into drafts of concepts. app/rules_file.h puts the files together.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/rule_set.h"

namespace litmill::app {

/// A mask that one concept's file puts on another concept.
struct ForeignMask {
  std::string target;  ///< "condition:depression", "form:*"
  Rule rule;
};

struct ConceptDraft {
  Concept value;  ///< Without rules.
  std::vector<Rule> includes, masks;
};

/// What all files say, before masks are placed and rules named.
struct RuleDraft {
  std::vector<ConceptDraft> concepts;
  std::vector<ForeignMask> foreign_masks;
  std::map<std::string, std::pair<std::string, RuleOrigin>> versions;    ///< By set name.
  std::map<std::string, std::array<double, kSectionRoleCount>> weights;  ///< By facet; see RuleSet.
  std::size_t item_count = 0;  ///< Rules, examples and names read so far: aliases can make a small file huge.
};

/// Adds the rule file `text` to `draft`. kConfig with file:line:column. After a failure the draft is of no use.
[[nodiscard]] Result<void> ReadRuleFile(const std::string& path, const std::string& text, RuleDraft& draft);

}  // namespace litmill::app
