// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

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
  EXPECT_EQ(Matches("migraine", "migraine, antimigraine migraines (migraine) 2migraine"), (Strings{"migraine", "migraine"}));
}
TEST(EdgedPattern, EdgesKnowLettersBeyondAscii) {
  EXPECT_EQ(Matches("nergie", "énergie nergie nergieé"), (Strings{"nergie"}));
  EXPECT_EQ(Matches("β-amyloid", "the β-amyloid, αβ-amyloid"), (Strings{"β-amyloid"}));
}
TEST(EdgedPattern, NeighboursThatShareAnEdgeBothCount) { EXPECT_EQ(Matches("Mg", "Mg Mg,Mg"), (Strings{"Mg", "Mg", "Mg"})); }
TEST(EdgedPattern, MatchesThatTouchBothCount) { EXPECT_EQ(Matches("2\\+|-x", "Mg 2+-x"), (Strings{"2+", "-x"})); }
TEST(EdgedPattern, TakesTheLongestWhateverTheOrderOfAlternatives) {
  EXPECT_EQ(Matches("depression|depression scale", "depression scale"), (Strings{"depression scale"}));
}
TEST(EdgedPattern, AShorterAlternativeStandsWhenTheLongerHasNoEdge) { EXPECT_EQ(Matches("sleep(?: dis)?", "sleep disorder"), (Strings{"sleep"})); }
TEST(EdgedPattern, AShorterAlternativeStandsBesideAForeignLetterToo) { EXPECT_EQ(Matches("sleep(?: dis)?", "sleep disé"), (Strings{"sleep"})); }
TEST(EdgedPattern, CaseMattersOnlyWhenAsked) {
  EXPECT_EQ(Matches("Mg", "Mg mg MG"), (Strings{"Mg", "mg", "MG"}));
  EXPECT_EQ(Matches("Mg", "Mg mg MG", true), (Strings{"Mg"}));
}
TEST(EdgedPattern, GroupsOnlyGroup) { EXPECT_EQ(Matches("(low) (mood)", "low mood"), (Strings{"low mood"})); }
TEST(EdgedPattern, DotDoesNotCrossAnInvalidByte) { EXPECT_EQ(Matches("a.{0,9}b", "a \xFF b"), (Strings{})); }
TEST(EdgedPattern, NegatedClassDoesNotCrossAnInvalidByte) { EXPECT_EQ(Matches("a[^;]*b", "a \xFF b a b"), (Strings{"a b"})); }

TEST(EdgedPattern, RefusesWhatItCannotMatchSoundly) {
  for (const char* pattern : {"(", "a)(b", "a(?=b)", "a{1001}", "x*", "", "^a", "a$", "\\Aa", "a\\z", "a\\C", "a|", "\xFF", "(?:a{900}){900}"}) {
    EXPECT_THAT(EdgedPattern::Make(pattern, false), IsError(ErrorCode::kConfig)) << pattern;
  }
}
TEST(EdgedPattern, AllowsEscapedAnchors) {
  for (const char* pattern : {"a\\$", "\\^a", "\\\\C", "\\QC\\E"}) EXPECT_THAT(EdgedPattern::Make(pattern, false), IsOk()) << pattern;
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

TEST(PatternSet, NamesThePatternsThatMayOccur) {
  auto set = PatternSet::Make({{"[^0-9A-Za-z]a[^0-9A-Za-z]"}, {"b"}, {"c"}});
  ASSERT_THAT(set, IsOk());
  std::vector<int> hits;
  ASSERT_THAT(set->Match(" a c ", hits), IsOk());
  EXPECT_EQ(hits, (std::vector<int>{0, 2}));
  ASSERT_THAT(set->Match("", hits), IsOk());
  EXPECT_TRUE(hits.empty());
}
TEST(PatternSet, APatternWithAGapMayOccurWhenItsWordsDo) {
  auto set = PatternSet::Make({{"serum[^.;]{0,60}magnesium", true}, {"plain"}, {"(?:zinc|copper)[^.;]{0,60}low", true}, {"[a-z]{12}", true}});
  ASSERT_THAT(set, IsOk());
  std::vector<int> hits;
  ASSERT_THAT(set->Match("magnesium, plain", hits), IsOk());
  EXPECT_EQ(hits, (std::vector<int>{1, 3}));  // the last has no words of its own: always possible
  ASSERT_THAT(set->Match("Serum Magnesium; COPPER was LOW", hits), IsOk());
  EXPECT_EQ(hits, (std::vector<int>{0, 2, 3}));
}
TEST(EdgedPattern, KnowsItsGaps) {
  const auto has_gap = [](const char* pattern) {
    auto made = EdgedPattern::Make(pattern, false);
    return made && (*made)->has_gap();
  };
  for (const char* pattern : {"a[^.;]{0,60}b", "a.{12}b", "a\\w{2,}", "a[^.]*b", "[]{]x{3,20}"}) EXPECT_TRUE(has_gap(pattern)) << pattern;
  for (const char* pattern : {"a{2}b", "a\\{0,60}", "[{0,60}]", "\\p{Greek}b", "\\x{3b2}", "a(?:b ){1,3}c", "ab*c"}) EXPECT_FALSE(has_gap(pattern)) << pattern;
}
TEST(PatternSet, WithoutPatternsMatchesNothing) {
  auto set = PatternSet::Make({});
  ASSERT_THAT(set, IsOk());
  std::vector<int> hits = {1};
  ASSERT_THAT(set->Match("text", hits), IsOk());
  EXPECT_TRUE(hits.empty());
}
TEST(PatternSet, TooLargeASetIsAnErrorAndNotACrash) {
  std::vector<PatternSet::Expression> expressions;
  for (int i = 0; i < 3000; ++i) expressions.push_back({"x" + std::to_string(i) + "(?:\\pL\\pN){30}"});
  EXPECT_THAT(PatternSet::Make(expressions), IsError(ErrorCode::kConfig));
}

}  // namespace
}  // namespace litmill::tag
