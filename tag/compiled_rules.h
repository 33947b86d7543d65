// SPDX-License-Identifier: Apache-2.0
// A rule set made ready for matching: each distinct pattern compiled once, with the rules that use it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "core/rule_set.h"
#include "tag/cues.h"
#include "tag/pattern.h"
#include "tag/pattern_steps.h"

namespace litmill::tag {

/// The id under which a facet keeps masks that block all its concepts. It is never tagged.
inline constexpr const char* kWholeFacet = "*";

struct CompiledRule {
  const Rule* rule = nullptr;
  std::uint32_t concept_index = 0;
  std::uint32_t pattern = 0;  ///< Into CompiledRules::patterns.
  std::uint32_t gate = 0;     ///< Likewise; meaningful when the rule's gate_scope is not kNone.
};

struct CompiledConcept {
  std::uint32_t facet = 0;                                         ///< A number for each facet.
  bool is_cue = false;                                             ///< Of kCueFacet.
  CueKind cue_kind = CueKind::kScopeEnd;                           ///< Meaningful when is_cue.
  std::uint8_t facet_traits = kAnyFacet;                           ///< FacetTraits of its facet.
  const std::array<double, kSectionRoleCount>* weights = nullptr;  ///< Of the facet; null = 1 everywhere.
  std::vector<std::uint32_t> ancestors;                            ///< Concept indices, each once, ascending.
  std::vector<std::uint32_t> masks;  ///< Rule indices: its own masks and those of the whole facet.
};

class CompiledRules {
 public:
  /// kConfig with file:line:column, the rule's name and RE2's message.
  [[nodiscard]] static Result<std::unique_ptr<CompiledRules>> Make(RuleSet rule_set);

  RuleSet rule_set;
  std::string hash;
  std::vector<CompiledRule> rules;  ///< In the order of RuleSet::FlattenedRules().
  std::vector<CompiledConcept> concepts;
  std::vector<std::unique_ptr<EdgedPattern>> patterns;
  std::vector<std::vector<std::uint32_t>>
      includes_of_pattern;            ///< Rule indices of the include rules that use a pattern.
  std::optional<PatternSteps> steps;  ///< Of all patterns.
  std::vector<char> is_left_out;      ///< By pattern: `steps` says nothing of it.
  std::vector<char> only_cues;        ///< By pattern: 1 when all include rules that use it are cues, else 0.
  std::unordered_map<std::string, std::vector<std::uint32_t>> concepts_of_mesh, concepts_of_publication_type;

 private:
  [[nodiscard]] Result<void> CheckConcepts() const;
  [[nodiscard]] Result<void> CompilePatterns();
  [[nodiscard]] Result<std::uint32_t> AddPattern(const Rule& rule, const std::string& pattern, bool case_sensitive,
                                                 const char* what);
  [[nodiscard]] Result<void> LinkConcepts();

  std::unordered_map<std::string, std::uint32_t> pattern_indices_;
  std::vector<NumberedPattern> numbered_patterns_;  ///< They view the sources of `patterns`.
};

}  // namespace litmill::tag
