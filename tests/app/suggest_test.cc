// SPDX-License-Identifier: Apache-2.0
#include "app/suggest.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace litmill::app {
namespace {

const std::vector<std::string> kKeys = {"include", "mask", "gate", "gate_scope", "examples"};

TEST(Suggest, FindsTheNearestCandidate) {
  EXPECT_EQ(Suggest("inlcude", kKeys), "include");
  EXPECT_EQ(Suggest("Include", kKeys), "include");
  EXPECT_EQ(Suggest("masks", kKeys), "mask");
  EXPECT_EQ(Suggest("gatescope", kKeys), "gate_scope");
}
TEST(Suggest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(Suggest("wholly-different", kKeys), "");
  EXPECT_EQ(Suggest("", kKeys), "");
  EXPECT_EQ(Suggest("x", {}), "");
  EXPECT_EQ(Suggest(std::string(5000, 'm'), kKeys), "");
}
TEST(Suggest, CountsASwapAsOneMistake) { EXPECT_EQ(Suggest("amsk", {"mask", "zzzz"}), "mask"); }
TEST(DidYouMean, IsEmptyOrAQuestion) {
  EXPECT_EQ(DidYouMean("exampels", kKeys), "; did you mean \"examples\"?");
  EXPECT_EQ(DidYouMean("wholly-different", kKeys), "");
}

}  // namespace
}  // namespace litmill::app
