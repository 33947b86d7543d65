// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern.h"

#include <memory>
#include <string>
#include <utility>
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
  for (const char* pattern : {"(", "a)(b", "a(?=b)", "a{1001}", "x*", "", "^a", "a$", "\\Aa", "a\\z", "a\\C", "a|",
                              "\xFF", "(?:a{900}){900}"}) {
    EXPECT_THAT(EdgedPattern::Make(pattern, false), IsError(ErrorCode::kConfig)) << pattern;
  }
}
TEST(EdgedPattern, AllowsEscapedAnchors) {
  for (const char* pattern : {"a\\$", "\\^a", "\\\\C", "\\QC\\E"})
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

struct Fixture {
  std::vector<std::unique_ptr<EdgedPattern>> patterns;
  std::unique_ptr<PatternSet> set;
};

Fixture SetOf(const std::vector<std::string>& sources) {
  Fixture made;
  std::vector<std::uint32_t> numbers;
  for (const std::string& source : sources) {
    auto pattern = EdgedPattern::Make(source, false);
    EXPECT_THAT(pattern, IsOk());
    numbers.push_back(static_cast<std::uint32_t>(made.patterns.size()));
    made.patterns.push_back(std::move(*pattern));
  }
  auto set = PatternSet::Make(made.patterns, numbers);
  EXPECT_THAT(set, IsOk());
  made.set = std::make_unique<PatternSet>(std::move(*set));
  return made;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Hits(const Fixture& made, const std::string& text) {
  std::vector<PatternHit> hits;
  EXPECT_THAT(made.set->Match(text, hits), IsOk());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const PatternHit& hit : hits) found.emplace_back(hit.pattern, hit.edge);
  return found;
}
using HitList = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

TEST(PatternSet, SaysWhichPatternsMatchBehindWhichEdge) {
  const Fixture made = SetOf({"a", "low mood", "low", "c"});
  EXPECT_EQ(Hits(made, " a c "), (HitList{{0, 0}, {3, 2}}));
  EXPECT_EQ(Hits(made, " (low mood, \xCE\xB2 a) and nothing else "), (HitList{{1, 1}, {2, 1}, {0, 14}}));
  EXPECT_EQ(Hits(made, ""), HitList{});
}
TEST(PatternSet, KeepsPatternsWithGaps) {
  const Fixture made = SetOf({"serum[^.;]{0,60}magnesium"});
  EXPECT_TRUE(made.set->left_out().empty());
  EXPECT_EQ(Hits(made, " Serum and MAGNESIUM; serum. Magnesium and more text "), (HitList{{0, 0}}));
}
TEST(PatternSet, LeavesOutPatternsThatCanBeginWithAnything) {
  const Fixture made = SetOf({"\\w+ trial", "trial", "\\w{3} low"});
  EXPECT_EQ(made.set->left_out(), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(Hits(made, " controlled trial, with more text "), (HitList{{1, 11}}));
}
TEST(PatternSet, FindsMatchesUpToTheLongestAndNoLongerOnes) {
  const Fixture made = SetOf({"old(?: old)* men"});
  const auto text = [](std::size_t rounds) {
    std::string t = " old";
    for (std::size_t i = 1; i < rounds; ++i) t += " old";
    return t + " men ";
  };
  const std::size_t most = (PatternSet::kLongestMatch - 5) / 4;
  EXPECT_EQ(Hits(made, text(most)).size(), most);
  EXPECT_EQ(Hits(made, text(most + 1)).size(), most);
}
TEST(PatternSet, WithoutPatternsMatchesNothing) { EXPECT_EQ(Hits(SetOf({}), " text "), HitList{}); }
TEST(PatternSet, TooLargeASetIsAnErrorAndNotACrash) {
  std::vector<std::unique_ptr<EdgedPattern>> patterns;
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < 800; ++i) {
    patterns.push_back(std::move(*EdgedPattern::Make("x" + std::to_string(i) + "(?:\\pL\\pN){8}", false)));
    numbers.push_back(i);
  }
  EXPECT_THAT(PatternSet::Make(patterns, numbers), IsError(ErrorCode::kConfig));
}

}  // namespace
}  // namespace litmill::tag
