// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace litmill::tag {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

std::vector<std::string> Matches(const std::string& pattern, const std::string& text, bool case_sensitive = false) {
  auto made = EdgedPattern::Make(pattern, case_sensitive);
  EXPECT_THAT(made, IsOk());
  std::vector<std::string> found;
  if (!made) return found;
  const std::string padded = " " + text + " ";
  std::vector<ByteSpan> spans;
  (*made)->FindAll(padded, spans);
  for (const ByteSpan& span : spans) found.push_back(padded.substr(span.start, span.end - span.start));
  return found;
}

using Strings = std::vector<std::string>;

TEST(EdgedPattern, NeedsNoLetterOrDigitOnEitherSide) {
  EXPECT_EQ(Matches("migraine", "migraine, antimigraine migraines (migraine) 2migraine"),
            (Strings{"migraine", "migraine"}));
}
TEST(EdgedPattern, EdgesKnowLettersBeyondAscii) {
  EXPECT_EQ(Matches("nergie", "énergie nergie nergieé"), (Strings{"nergie"}));
  EXPECT_EQ(Matches("β-amyloid", "the β-amyloid, αβ-amyloid"), (Strings{"β-amyloid"}));
}
TEST(EdgedPattern, NeighboursThatShareAnEdgeBothCount) {
  EXPECT_EQ(Matches("Mg", "Mg Mg,Mg"), (Strings{"Mg", "Mg", "Mg"}));
}
TEST(EdgedPattern, MatchesThatTouchBothCount) { EXPECT_EQ(Matches("2\\+|-x", "Mg 2+-x"), (Strings{"2+", "-x"})); }
TEST(EdgedPattern, TakesTheLongestWhateverTheOrderOfAlternatives) {
  EXPECT_EQ(Matches("depression|depression scale", "depression scale"), (Strings{"depression scale"}));
}
TEST(EdgedPattern, AShorterAlternativeStandsWhenTheLongerHasNoEdge) {
  EXPECT_EQ(Matches("sleep(?: dis)?", "sleep disorder"), (Strings{"sleep"}));
}
TEST(EdgedPattern, AShorterAlternativeStandsBesideAForeignLetterToo) {
  EXPECT_EQ(Matches("sleep(?: dis)?", "sleep disé"), (Strings{"sleep"}));
}
TEST(EdgedPattern, CaseMattersOnlyWhenAsked) {
  EXPECT_EQ(Matches("Mg", "Mg mg MG"), (Strings{"Mg", "mg", "MG"}));
  EXPECT_EQ(Matches("Mg", "Mg mg MG", true), (Strings{"Mg"}));
}
TEST(EdgedPattern, GroupsOnlyGroup) { EXPECT_EQ(Matches("(low) (mood)", "low mood"), (Strings{"low mood"})); }
TEST(EdgedPattern, DotDoesNotCrossAnInvalidByte) { EXPECT_EQ(Matches("a.{0,9}b", "a \xFF b"), (Strings{})); }
TEST(EdgedPattern, NegatedClassDoesNotCrossAnInvalidByte) {
  EXPECT_EQ(Matches("a[^;]*b", "a \xFF b a b"), (Strings{"a b"}));
}

TEST(EdgedPattern, RefusesWhatItCannotMatchSoundly) {
  for (const char* pattern : {"(",         "a)(b",     "a(?=b)",     "a{1001}",    "x*", "",        "^a",
                              "a$",        "\\Aa",     "a\\z",       "a\\C",       "a|", "\xFF",    "(?:a{900}){900}",
                              "[^](])(a)", "[](])(a)", "[\\](])(a)", "\\Qa\\E)(b", " ?", "(?:^|x)", "\\B",
                              "(a)(?:b",   "[(]a)(b"}) {
    EXPECT_THAT(EdgedPattern::Make(pattern, false), IsError(ErrorCode::kConfig)) << pattern;
  }
}
TEST(EdgedPattern, AllowsEscapedAnchors) {
  for (const char* pattern : {"a\\$", "\\^a", "\\\\C", "\\QC\\E"})
    EXPECT_THAT(EdgedPattern::Make(pattern, false), IsOk()) << pattern;
}
TEST(EdgedPattern, AllowsBracketsThatStandForThemselves) {
  for (const char* pattern : {"a[)]", "[](]a", "a\\)", "\\Q)(\\E", "[[:alpha:])]", "\\(a", "a\\b", "(?:^|x)a"})
    EXPECT_THAT(EdgedPattern::Make(pattern, false), IsOk()) << pattern;
}
TEST(EdgedPattern, SaysWhatToDoAboutLookAround) {
  EXPECT_NE(EdgedPattern::Make("a(?!b)", false).error().message.find("mask or a gate"), std::string::npos);
}

TEST(EdgedPattern, MatchesWithinKeepsToThePlace) {
  auto made = EdgedPattern::Make("mood", false);
  ASSERT_THAT(made, IsOk());
  const std::string text = " low mood. More moods ";
  EXPECT_TRUE((*made)->MatchesWithin(text, {1, 10}));
  EXPECT_TRUE((*made)->MatchesWithin(text, {5, 9}));
  EXPECT_FALSE((*made)->MatchesWithin(text, {5, 8}));
  EXPECT_FALSE((*made)->MatchesWithin(text, {10, 22}));
}

TEST(EdgedPattern, MatchAtFindsMatchesUpToTheLongestAndNoLongerOnes) {
  auto made = EdgedPattern::Make("old(?: old)* men", false);
  ASSERT_THAT(made, IsOk());
  const auto text = [](std::size_t rounds) {
    std::string t = " old";
    for (std::size_t i = 1; i < rounds; ++i) t += " old";
    return t + " men ";
  };
  const std::size_t most = (kLongestMatch - 5) / 4;
  EXPECT_TRUE((*made)->MatchAt(text(most), 1));
  EXPECT_FALSE((*made)->MatchAt(text(most + 1), 1));
  EXPECT_TRUE((*made)->MatchAt(text(most + 1), 5));
}

}  // namespace
}  // namespace litmill::tag
