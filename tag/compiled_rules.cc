// SPDX-License-Identifier: Apache-2.0
#include "tag/compiled_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace litmill::tag {
namespace {

std::string Place(const RuleOrigin& origin) {
  if (origin.file.empty()) return "";
  return fmt::format("{}:{}:{}: ", origin.file, origin.line, origin.column);
}

std::string FullId(const Concept& c) { return c.facet + ":" + c.id; }

/// MeSH UIs of descriptors, supplementary concepts and qualifiers look like this; a typing slip should not go
/// unnoticed.
bool LooksLikeMeshUi(std::string_view ui) {
  if (ui.size() < 5 || ui.size() > 12 || (ui[0] != 'D' && ui[0] != 'C')) return false;
  return std::all_of(ui.begin() + 1, ui.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<void> CheckRule(const Concept& c, const Rule& rule, std::set<std::string>& names) {
  if (!names.insert(rule.name).second)
    return Fail(ErrorCode::kConfig, fmt::format("{}two rules are named {}", Place(rule.origin), rule.name));
  if (rule.gate.empty() != (rule.gate_scope == GateScope::kNone))
    return Fail(ErrorCode::kConfig, fmt::format("{}rule {} has a gate without a scope, or a scope without a gate",
                                                Place(rule.origin), rule.name));
  if (c.id == kWholeFacet && rule.kind != RuleKind::kMask)
    return Fail(ErrorCode::kConfig,
                fmt::format("{}rule {}: {} can hold only masks", Place(rule.origin), rule.name, FullId(c)));
  return {};
}

Result<void> CheckUis(const Concept& c) {
  for (const auto* list : {&c.mesh, &c.publication_types}) {
    for (const std::string& ui : *list) {
      if (!LooksLikeMeshUi(ui))
        return Fail(ErrorCode::kConfig, fmt::format("{}{}: \"{}\" is no MeSH identifier (D or C and digits)",
                                                    Place(c.origin), FullId(c), ui));
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<CompiledRules>> CompiledRules::Make(RuleSet rule_set) {
  auto compiled = std::make_unique<CompiledRules>();
  compiled->rule_set = std::move(rule_set);
  compiled->hash = compiled->rule_set.Hash();
  LITMILL_CHECK(compiled->CheckConcepts());
  LITMILL_CHECK(compiled->CompilePatterns());
  LITMILL_CHECK(compiled->LinkConcepts());
  return compiled;
}

Result<void> CompiledRules::CheckConcepts() const {
  std::map<std::string, const Concept*> seen;
  std::set<std::string> names;
  for (const Concept& c : rule_set.concepts) {
    const auto [found, is_new] = seen.emplace(FullId(c), &c);
    if (!is_new)
      return Fail(ErrorCode::kConfig, fmt::format("{}{} is defined twice (first at {}:{})", Place(c.origin), FullId(c),
                                                  found->second->origin.file, found->second->origin.line));
    LITMILL_CHECK(CheckUis(c));
    for (const Rule& rule : c.rules) LITMILL_CHECK(CheckRule(c, rule, names));
  }
  return {};
}

Result<std::uint32_t> CompiledRules::AddPattern(const Rule& rule, const std::string& pattern, bool case_sensitive,
                                                const char* what) {
  const auto index = static_cast<std::uint32_t>(patterns.size());
  const auto [found, is_new] = pattern_indices_.emplace((case_sensitive ? "=" : "~") + pattern, index);
  if (!is_new) return found->second;
  auto made = EdgedPattern::Make(pattern, case_sensitive);
  if (!made)
    return Fail(ErrorCode::kConfig, fmt::format("{}rule {}: {} \"{}\": {}", Place(rule.origin), rule.name, what,
                                                pattern, made.error().message));
  patterns.push_back(std::move(*made));
  numbered_patterns_.push_back({index, patterns.back()->source(), case_sensitive, /*on_demand=*/true});
  includes_of_pattern.emplace_back();
  return found->second;
}

Result<void> CompiledRules::CompilePatterns() {
  for (std::uint32_t concept_index = 0; concept_index < rule_set.concepts.size(); ++concept_index) {
    for (const Rule& rule : rule_set.concepts[concept_index].rules) {
      CompiledRule compiled;
      compiled.rule = &rule;
      compiled.concept_index = concept_index;
      LITMILL_TRY(compiled.pattern, AddPattern(rule, rule.pattern, rule.case_sensitive, "pattern"));
      if (rule.gate_scope != GateScope::kNone) {
        LITMILL_TRY(compiled.gate, AddPattern(rule, rule.gate, false, "gate"));
      }
      if (rule.kind == RuleKind::kInclude) {
        includes_of_pattern[compiled.pattern].push_back(static_cast<std::uint32_t>(rules.size()));
        numbered_patterns_[compiled.pattern].on_demand = false;
      }
      rules.push_back(compiled);
    }
  }
  for (const std::vector<std::uint32_t>& users : includes_of_pattern) {
    const auto is_cue = [this](std::uint32_t r) {
      return rule_set.concepts[rules[r].concept_index].facet == kCueFacet;
    };
    only_cues.push_back(!users.empty() && std::all_of(users.begin(), users.end(), is_cue) ? 1 : 0);
  }
  steps.emplace(numbered_patterns_);
  is_left_out.assign(patterns.size(), 0);
  for (const std::uint32_t pattern : steps->left_out()) is_left_out[pattern] = 1;
  return {};
}

Result<void> CompiledRules::LinkConcepts() {
  const auto count = static_cast<std::uint32_t>(rule_set.concepts.size());
  std::map<std::string, std::uint32_t> facets, indices;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Concept& c = rule_set.concepts[i];
    CompiledConcept linked;
    linked.facet = facets.emplace(c.facet, static_cast<std::uint32_t>(facets.size())).first->second;
    linked.is_cue = c.facet == kCueFacet;
    linked.facet_traits = TraitsOfFacet(c.facet);
    if (linked.is_cue && c.id != kWholeFacet) {
      const auto kind = FindCueKind(c.id);
      if (!kind)
        return Fail(ErrorCode::kConfig,
                    fmt::format("{}there is no cue \"{}\"; the cues are {}", Place(c.origin), c.id, CueKindList()));
      linked.cue_kind = *kind;
    }
    const auto weighed = rule_set.weights.find(c.facet);
    if (weighed != rule_set.weights.end()) linked.weights = &weighed->second;
    concepts.push_back(std::move(linked));
    indices.emplace(FullId(c), i);
    for (const std::string& ui : c.mesh) concepts_of_mesh[ui].push_back(i);
    for (const std::string& ui : c.publication_types) concepts_of_publication_type[ui].push_back(i);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    std::set<std::uint32_t> ancestors;
    std::vector<std::uint32_t> todo = {i};
    while (!todo.empty()) {
      const Concept& c = rule_set.concepts[todo.back()];
      todo.pop_back();
      for (const std::string& parent : c.parents) {
        const auto found = indices.find(c.facet + ":" + parent);
        if (found == indices.end() || parent == kWholeFacet)
          return Fail(ErrorCode::kConfig,
                      fmt::format("{}{} has the unknown parent \"{}\"", Place(c.origin), FullId(c), parent));
        if (found->second == i)
          return Fail(ErrorCode::kConfig, fmt::format("{}{} is its own ancestor", Place(rule_set.concepts[i].origin),
                                                      FullId(rule_set.concepts[i])));
        if (ancestors.insert(found->second).second) todo.push_back(found->second);
      }
    }
    concepts[i].ancestors.assign(ancestors.begin(), ancestors.end());
  }
  for (std::uint32_t r = 0; r < rules.size(); ++r) {
    if (rules[r].rule->kind != RuleKind::kMask) continue;
    const std::uint32_t owner = rules[r].concept_index;
    const bool whole_facet = rule_set.concepts[owner].id == kWholeFacet;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i == owner || (whole_facet && concepts[i].facet == concepts[owner].facet)) concepts[i].masks.push_back(r);
    }
  }
  return {};
}

}  // namespace litmill::tag
