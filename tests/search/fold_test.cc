// SPDX-License-Identifier: Apache-2.0
#include "search/fold.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace litmill::search {
namespace {

using Words = std::vector<std::string>;

TEST(Fold, CaseAccentsAndSignsDoNotMatter) {
  EXPECT_EQ(FoldWords("Ménière's DISEASE"), (Words{"meniere", "s", "disease"}));
  EXPECT_EQ(FoldWords("Łódź, Ångström; straße"), (Words{"lodz", "angstrom", "strasse"}));
  EXPECT_EQ(FoldWords("beta-blocker (low–dose)"), (Words{"beta", "blocker", "low", "dose"}));
  EXPECT_EQ(FoldWords("Nguyễn Việt"), (Words{"nguyen", "viet"}));
}

TEST(Fold, AccentsWrittenApartAreTheSame) { EXPECT_EQ(FoldWords("Me\xCC\x81nie\xCC\x80re"), (Words{"meniere"})); }

TEST(Fold, GreekLettersAreTheirNames) {
  EXPECT_EQ(FoldWords("17β-estradiol TNF-α Δ9"), (Words{"17beta", "estradiol", "tnf", "alpha", "delta9"}));
  EXPECT_EQ(FoldWords("µg μg"), (Words{"mug", "mug"}));  // The micro sign and the letter mu.
}

TEST(Fold, RaisedAndLoweredFiguresAreFigures) { EXPECT_EQ(FoldWords("Mg²⁺ H₂O"), (Words{"mg2", "h2o"})); }

TEST(Fold, SpacesOfEveryKindSeparateAndInvisibleCharactersDoNot) {
  EXPECT_EQ(FoldWords("low\xC2\xA0mood\xE2\x80\x89score"), (Words{"low", "mood", "score"}));
  EXPECT_EQ(FoldWords("magne\xC2\xADsium zero\xE2\x80\x8Bwidth"), (Words{"magnesium", "zerowidth"}));
}

TEST(Fold, OtherScriptsAreKept) { EXPECT_EQ(FoldWords("Магний 镁"), (Words{"магний", "镁"})); }

TEST(Fold, KeysAreWordsWithOneSpace) {
  EXPECT_EQ(FoldKey("Stress, Psychological"), "stress psychological");
  EXPECT_EQ(FoldKey(" ... "), "");
}

}  // namespace
}  // namespace litmill::search
