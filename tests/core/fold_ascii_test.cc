// SPDX-License-Identifier: Apache-2.0
#include "core/fold_ascii.h"

#include <gtest/gtest.h>

namespace litmill {
namespace {

TEST(FoldToAscii, TakesAccentsAndCaseAway) {
  EXPECT_EQ(FoldToAscii("Müller"), "muller");
  EXPECT_EQ(FoldToAscii("ØRSTED Łukasz Straße Æther Þór"), "orsted lukasz strasse aether thor");
  EXPECT_EQ(FoldToAscii("Mg²⁺"), "mg2+");
}

TEST(FoldToAscii, LeavesASpaceForWhatHasNoAsciiForm) { EXPECT_EQ(FoldToAscii("鎂a\xFF"), " a "); }

}  // namespace
}  // namespace litmill
