// SPDX-License-Identifier: Apache-2.0
#include "tests/tag/shipped_rules.h"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "app/rules_file.h"
#include "app/session.h"
#include "tests/support/temp_dir.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {

std::unique_ptr<Tagger> TaggerOf(const std::vector<std::string>& paths) {
  RealFileSystem files;
  auto tagger = app::CompileRules(files, paths);
  if (tagger) return std::move(*tagger);
  ADD_FAILURE() << tagger.error().message;
  return nullptr;
}

const Tagger* ShippedTagger() {
  static const std::unique_ptr<Tagger> kTagger = TaggerOf({LITMILL_RULES_FOLDER});
  return kTagger.get();
}

namespace {

TEST(ShippedRules, EveryExampleHolds) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  const auto failures = RunExamples(*tagger);
  ASSERT_TRUE(failures) << failures.error().message;
  for (const std::string& failure : *failures) ADD_FAILURE() << failure;
}

TEST(ShippedRules, EveryConceptHasTwoExamplesOfEachKind) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  std::map<std::string, int> facets;
  for (const Concept& c : tagger->rule_set().concepts) {
    if (c.id == "*") continue;
    ++facets[c.facet];
    int should = 0;
    for (const Example& e : c.examples) should += e.should ? 1 : 0;
    EXPECT_GE(should, 2) << c.facet << ":" << c.id;
    EXPECT_GE(static_cast<int>(c.examples.size()) - should, 2) << c.facet << ":" << c.id;
    EXPECT_FALSE(c.rules.empty()) << c.facet << ":" << c.id;
  }
  for (const char* facet : {"condition", "form", "outcome", "design"}) EXPECT_GE(facets[facet], 20) << facet;
}

TEST(RulesGuide, ItsExampleLoadsAndHolds) {
  const std::string guide = litmill::testing::ReadTestFile(std::string(LITMILL_RULES_FOLDER) + "/../docs/rules.md");
  const std::size_t open = guide.find("```yaml\n");
  ASSERT_NE(open, std::string::npos);
  const litmill::testing::TempDir folder;
  litmill::testing::WriteTestFile(folder.File("example.yaml"),
                                  guide.substr(open + 8, guide.find("```", open + 8) - open - 8));
  RealFileSystem files;
  auto rules = app::LoadRules(files, {folder.path()});
  ASSERT_TRUE(rules) << rules.error().message;
  const auto tagger = Tagger::Compile(std::move(*rules));
  ASSERT_TRUE(tagger) << tagger.error().message;
  EXPECT_EQ((*tagger)->rule_set().concepts.size(), 2U);
  const auto failures = RunExamples(**tagger);
  ASSERT_TRUE(failures) << failures.error().message;
  for (const std::string& failure : *failures) ADD_FAILURE() << failure;
}

TEST(ShippedRules, CoordinatedSaltsAllCountAndPlainMagnesiumDoesNot) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  const auto ids = TagIds(*tagger, WithAbstract({"Magnesium oxide, citrate and malate were sold as powders."}));
  EXPECT_EQ(ids.count("form:magnesium_oxide"), 1U);
  EXPECT_EQ(ids.count("form:magnesium_citrate"), 1U);
  EXPECT_EQ(ids.count("form:magnesium_malate"), 1U);
  EXPECT_EQ(ids.count("form:magnesium_unspecified"), 0U);
}

TEST(ShippedRules, IndexTermsThatOnlySoundLikeMoodDoNotTagDepression) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  Record record;
  record.mesh_headings.push_back({"D003864", "Depression, Chemical", "", true, false, {}});
  record.mesh_headings.push_back({"D013181", "Cortical Spreading Depression", "", false, false, {}});
  record.publication_types.push_back({"D016449", "Randomized Controlled Trial"});
  const auto ids = TagIds(*tagger, record);
  EXPECT_EQ(ids, (std::set<std::string>{"mechanism:cortical_spreading_depression", "design:rct",
                                        "design:controlled_trial", "design:clinical_study"}));
}

}  // namespace
}  // namespace litmill::tag::testing
