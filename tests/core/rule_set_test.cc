// SPDX-License-Identifier: Apache-2.0
#include "core/rule_set.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace litmill {
namespace {

RuleSet TwoConcepts() {
  RuleSet rules;
  Concept a;
  a.facet = "condition";
  a.id = "migraine";
  a.rules.push_back({"condition/migraine/include/1",
                     RuleKind::kInclude,
                     "migraines?",
                     false,
                     "",
                     GateScope::kNone,
                     AbbreviationPolicy::kNone,
                     {"a.yaml", 3, 5}});
  Concept b;
  b.facet = "form";
  b.id = "oxide";
  rules.concepts = {a, b};
  return rules;
}

TEST(RuleSetHash, ChangesWithWhatCanChangeATag) {
  const std::string before = TwoConcepts().Hash();
  RuleSet pattern = TwoConcepts();
  pattern.concepts[0].rules[0].pattern = "migraine";
  EXPECT_NE(pattern.Hash(), before);
  RuleSet mesh = TwoConcepts();
  mesh.concepts[1].mesh = {"D008277"};
  EXPECT_NE(mesh.Hash(), before);
}

TEST(RuleSetHash, DoesNotChangeWithLabelsExamplesOrOrder) {
  const std::string before = TwoConcepts().Hash();
  RuleSet other = TwoConcepts();
  other.concepts[0].label = "Migraine";
  other.concepts[0].examples.push_back({"A migraine.", true, {}});
  other.concepts[0].rules[0].origin.line = 99;
  std::reverse(other.concepts.begin(), other.concepts.end());
  EXPECT_EQ(other.Hash(), before);
}

}  // namespace
}  // namespace litmill
