// SPDX-License-Identifier: Apache-2.0
#include "app/rules_diff.h"

#include <gmock/gmock.h>

#include "app/rules_file.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

RuleSet Load(const std::string& concepts, const std::string& more = "") {
  const litmill::testing::TempDir folder;
  litmill::testing::WriteTestFile(folder.File("x.yaml"),
                                  "set: t\nversion: 1\nfacet: condition\n" + more + "concepts:\n" + concepts);
  RealFileSystem files;
  auto rules = LoadRules(files, {folder.path()});
  if (!rules) {
    ADD_FAILURE() << rules.error().message;
    return {};
  }
  return std::move(*rules);
}

constexpr const char* kGout = "  gout: {label: Gout, include: [gout, podagra]}\n";

TEST(DiffRuleSets, OfASetWithItselfIsEmpty) {
  const RuleSet rules = Load(kGout);
  EXPECT_TRUE(DiffRuleSets(rules, rules).IsEmpty());
}

TEST(DiffRuleSets, NamesConceptsThatCameAndWent) {
  const RuleSetDiff diff = DiffRuleSets(Load(kGout), Load("  scurvy: {label: Scurvy, include: [scurvy]}\n"));
  EXPECT_THAT(diff.removed, ElementsAre("condition:gout"));
  EXPECT_THAT(diff.added, ElementsAre("condition:scurvy"));
  EXPECT_THAT(diff.changed, IsEmpty());
  EXPECT_TRUE(diff.changes_tags);
}

TEST(DiffRuleSets, ComparesRulesByWhatTheySayNotByTheirPlace) {
  const RuleSetDiff diff =
      DiffRuleSets(Load(kGout), Load("  gout: {label: Gout, include: [podagra, tophi, gout], mask: [gout fly]}\n"));
  ASSERT_EQ(diff.changed.size(), 1U);
  EXPECT_THAT(diff.changed[0].removed, IsEmpty());
  ASSERT_EQ(diff.changed[0].added.size(), 2U);
  EXPECT_EQ(diff.changed[0].added[0].pattern, "tophi");
  EXPECT_EQ(diff.changed[0].added[1].pattern, "gout fly");
}

TEST(DiffRuleSets, ARuleWithAnotherGateIsAnotherRule) {
  const RuleSetDiff diff =
      DiffRuleSets(Load("  gout: {label: Gout, include: [{pattern: gout, gate: joint, gate_scope: record}]}\n"),
                   Load("  gout: {label: Gout, include: [{pattern: gout, gate: joint, gate_scope: sentence}]}\n"));
  ASSERT_EQ(diff.changed.size(), 1U);
  EXPECT_EQ(diff.changed[0].removed.size(), 1U);
  EXPECT_EQ(diff.changed[0].added.size(), 1U);
}

TEST(DiffRuleSets, NamesEveryFieldThatDiffers) {
  const RuleSetDiff diff = DiffRuleSets(
      Load(std::string(kGout) + "  joint: {label: Joint, include: [joint]}\n"),
      Load("  gout: {label: The gout, definition: Urate., mesh: [D006073], publication_types: [D016449], parents: "
           "[joint], include: [gout, podagra], better: lower, rank: 3, examples: {should: [Gout.]}}\n"
           "  joint: {label: Joint, include: [joint]}\n"));
  ASSERT_EQ(diff.changed.size(), 1U);
  EXPECT_THAT(diff.changed[0].fields,
              ElementsAre("label", "definition", "mesh", "publication_types", "parents", "better", "rank", "examples"));
}

TEST(DiffRuleSets, ALabelChangesNoTag) {
  const RuleSetDiff diff = DiffRuleSets(Load(kGout), Load("  gout: {label: The gout, include: [gout, podagra]}\n"));
  EXPECT_THAT(diff.changed[0].fields, ElementsAre("label"));
  EXPECT_FALSE(diff.changes_tags);
}

TEST(DiffRuleSets, WeightsOfOneAreWhatAFacetHasWithoutWeights) {
  EXPECT_THAT(DiffRuleSets(Load(kGout), Load(kGout, "weights: {title: 1}\n")).weights, IsEmpty());
  EXPECT_THAT(DiffRuleSets(Load(kGout), Load(kGout, "weights: {title: 0.5}\n")).weights, ElementsAre("condition"));
}

}  // namespace
}  // namespace litmill::app
