// SPDX-License-Identifier: Apache-2.0
// The strategy that docs/search/ shows is the one of pipeline.yaml.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "search/search.h"
#include "tests/search/founding_strategy.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsOk;

Node AnyTermOf(const YAML::Node& blocks, const std::vector<std::string>& names) {
  ConceptBlock block;
  for (const std::string& name : names)
    for (const YAML::Node& term : blocks[name]) block.terms.push_back(term.as<std::string>());
  const Result<Node> built = BuildBlock(block);
  EXPECT_THAT(built, IsOk());
  return built ? *built : Node{};
}

TEST(FoundingStrategy, IsThatOfPipelineYaml) {
  const YAML::Node search = YAML::LoadFile(LITMILL_SOURCE_DIR "/pipeline.yaml")["search"];
  std::vector<std::string> topics;
  for (const auto& query : search["queries"]) {
    const YAML::Node all = query.second["all"];
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].as<std::string>(), "magnesium");
    topics.push_back(all[1].as<std::string>());
  }
  const Node expected = And({AnyTermOf(search["blocks"], {"magnesium"}), AnyTermOf(search["blocks"], topics),
                             MakeYears(search["years"]["from"].as<int>(), search["years"]["to"].as<int>())});
  const Result<Node> shown = ParseQuery(testing::kFoundingStrategy);
  ASSERT_THAT(shown, IsOk());
  EXPECT_TRUE(*shown == expected) << ToPubMed(*shown) << "\n" << ToPubMed(expected);
}

}  // namespace
}  // namespace litmill::search
