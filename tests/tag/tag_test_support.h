// SPDX-License-Identifier: Apache-2.0
// Short ways to make rule sets and records, and to name what was tagged.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/record.h"
#include "core/rule_set.h"
#include "tag/tag.h"

namespace litmill::tag::testing {

/// Names its rules as the loader does.
class RuleSetBuilder {
 public:
  Concept& Add(const std::string& facet, const std::string& id, std::vector<std::string> parents = {}) {
    Concept c;
    c.facet = facet;
    c.id = id;
    c.label = id;
    c.parents = std::move(parents);
    c.origin = {"rules.yaml", static_cast<int>(set_.concepts.size()) + 1, 1};
    set_.concepts.push_back(std::move(c));
    return set_.concepts.back();
  }
  static Rule& AddRule(Concept& c, const std::string& pattern, bool case_sensitive = false,
                       RuleKind kind = RuleKind::kInclude) {
    Rule rule;
    rule.kind = kind;
    rule.pattern = pattern;
    rule.case_sensitive = case_sensitive;
    rule.name =
        c.facet + "/" + c.id + (kind == RuleKind::kMask ? "/mask/" : "/include/") + std::to_string(c.rules.size() + 1);
    rule.origin = {"rules.yaml", 7, 3};
    c.rules.push_back(std::move(rule));
    return c.rules.back();
  }
  /// A concept with one include pattern.
  RuleSetBuilder& Simple(const std::string& facet, const std::string& id, const std::string& pattern,
                         std::vector<std::string> parents = {}) {
    AddRule(Add(facet, id, std::move(parents)), pattern);
    return *this;
  }
  [[nodiscard]] RuleSet Build() const { return set_; }
  [[nodiscard]] std::unique_ptr<Tagger> Compile() const {
    auto tagger = Tagger::Compile(set_);
    if (!tagger) {
      ADD_FAILURE() << tagger.error().message;
      return nullptr;
    }
    return std::move(*tagger);
  }

 private:
  RuleSet set_;
};

inline Record WithAbstract(std::vector<std::string> sections) {
  Record record;
  for (std::string& text : sections) {
    AbstractSection section;
    section.body.text = std::move(text);
    record.abstract_sections.push_back(std::move(section));
  }
  return record;
}

inline std::string FullId(const RuleSet& rules, std::uint32_t concept_index) {
  return rules.concepts[concept_index].facet + ":" + rules.concepts[concept_index].id;
}

inline TaggedRecord TagOrFail(const Tagger& tagger, const Record& record, bool explain = false) {
  auto tagged = tagger.TagRecord(record, explain);
  if (!tagged) {
    ADD_FAILURE() << tagged.error().message;
    return {};
  }
  return std::move(*tagged);
}

inline std::set<std::string> TagIds(const Tagger& tagger, const Record& record) {
  std::set<std::string> ids;
  for (const Tag& tag : TagOrFail(tagger, record).tags) ids.insert(FullId(tagger.rule_set(), tag.concept_index));
  return ids;
}

/// "condition:migraine title/0 [5,13) migraine"
inline std::vector<std::string> MentionLines(const Tagger& tagger, const Record& record) {
  std::vector<std::string> lines;
  for (const Mention& m : TagOrFail(tagger, record).mentions)
    lines.push_back(FullId(tagger.rule_set(), m.concept_index) + " " + m.field + "/" + std::to_string(m.position) +
                    " [" + std::to_string(m.start) + "," + std::to_string(m.end) + ") " + m.text);
  return lines;
}

}  // namespace litmill::tag::testing
