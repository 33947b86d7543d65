// SPDX-License-Identifier: Apache-2.0
#include "search/mesh_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

TEST(MeshTree, AHeadingIsBelowAllThatIsAboveEachOfItsPlaces) {
  // Synthetic numbers.
  const Result<MeshTree> tree = MeshTree::Parse(
      "Diseases;C10\nHeadache Disorders;C10.100\nMigraine Disorders;C10.100.200\r\n\n# comment\nPain;F02\nMigraine "
      "Disorders;F02.9\n");
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->size(), 4U);
  EXPECT_EQ(tree->WithAncestors("MIGRAINE disorders"),
            (std::vector<std::string>{"diseases", "headache disorders", "migraine disorders", "pain"}));
  EXPECT_EQ(tree->WithAncestors("Unknown, Heading"), (std::vector<std::string>{"unknown heading"}));
  EXPECT_TRUE(tree->Has("pain"));
  EXPECT_FALSE(tree->Has("joy"));
}

TEST(MeshTree, HeadingsWithCommasAndTabsAreRead) {
  const Result<MeshTree> tree = MeshTree::Parse("Stress, Psychological;F01.145\nBehavior\tF01\n");
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->WithAncestors("Stress, Psychological"),
            (std::vector<std::string>{"behavior", "stress psychological"}));
}

TEST(MeshTree, NamesTheLineThatIsNone) {
  for (const std::string_view bad :
       {"Pain", "Pain;", ";F01", "Pain;01", "Pain;F01.", "Pain;F..1", "Pain;F01;x", "<html>"}) {
    const Result<MeshTree> tree = MeshTree::Parse("Ok;A01\n" + std::string(bad) + "\n");
    ASSERT_THAT(tree, IsError(ErrorCode::kInvalidInput)) << bad;
    EXPECT_NE(tree.error().message.find("line 2"), std::string::npos);
  }
}

}  // namespace
}  // namespace litmill::search
