// SPDX-License-Identifier: Apache-2.0
#include "tag/match_starts.h"

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace litmill::tag {
namespace {

using Places = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // pattern, edge

Places Find(const MatchStarts& starts, const std::string& text) {
  MatchStarts::Scratch scratch;
  std::vector<PossibleMatch> found;
  starts.Find(text, scratch, found);
  Places places;
  for (const PossibleMatch& match : found)
    EXPECT_TRUE(places.emplace(match.pattern, match.edge).second) << "proposed twice: " << match.pattern;
  return places;
}

MatchStarts StartsOf(const std::vector<std::string>& patterns) {
  std::vector<NumberedPattern> numbered;
  for (const std::string& pattern : patterns)
    numbered.push_back({static_cast<std::uint32_t>(numbered.size()), pattern});
  return MatchStarts(numbered);
}

bool MayBegin(const std::string& pattern, const std::string& text) {
  const MatchStarts starts = StartsOf({pattern});
  EXPECT_TRUE(starts.left_out().empty()) << pattern;
  return Find(starts, " " + text + " ").count({0, 0}) > 0;
}

TEST(MatchStarts, KnowsWhereAMatchCannotBegin) {
  EXPECT_FALSE(MayBegin("magnesium", "manganese"));
  EXPECT_FALSE(MayBegin("Mg", "Mgs"));
  EXPECT_FALSE(MayBegin("(?:low|depressed) mood", "lower mood"));
  EXPECT_FALSE(MayBegin("[ab]c{2}", "ac c"));
  EXPECT_FALSE(MayBegin("pre-?term", "prelim"));
  EXPECT_FALSE(MayBegin("x", ""));
  EXPECT_FALSE(MayBegin("low\\w* mood", "l"));
}

TEST(MatchStarts, SaysWhichPatternsMayMatchBehindWhichEdge) {
  const MatchStarts starts = StartsOf({"a", "low mood", "low", "c", "serum[^.;]{0,60}magnesium"});
  EXPECT_EQ(Find(starts, " a c "), (Places{{0, 0}, {3, 2}}));
  EXPECT_EQ(Find(starts, " (low mood, \xCE\xB2 a) and nothing else "), (Places{{1, 1}, {2, 1}, {0, 14}}));
  EXPECT_EQ(Find(starts, "\xCE\xB2 c\xCE\xB2 \xFF c"), (Places{{3, 2}}));
  EXPECT_EQ(Find(starts, " sermon on sera "), (Places{}));
  EXPECT_EQ(Find(starts, " Serum and "), (Places{{4, 0}}));
  EXPECT_EQ(Find(starts, ""), Places{});
}

TEST(MatchStarts, TakesTheWholeCharacterBeforeAMatchAsItsEdge) {
  EXPECT_EQ(Find(StartsOf({"c"}),
                 " \xCE\xB2"
                 "c "),
            (Places{{0, 1}}));
}

TEST(MatchStarts, WithoutPatternsFindsNothing) { EXPECT_EQ(Find(StartsOf({}), " text "), Places{}); }

TEST(MatchStarts, LeavesOutPatternsThatCanBeginWithAnything) {
  for (const char* pattern : {"\\w+ trial", ".*x", "\\pL+", "(?:x|..)[^y]y", "\\w*-?randomised", "\\w{3} low"}) {
    const MatchStarts starts = StartsOf({"trial", pattern});
    EXPECT_EQ(starts.left_out(), std::vector<std::uint32_t>{1}) << pattern;
    EXPECT_EQ(Find(starts, " controlled trial, with more text "), (Places{{0, 11}}));
  }
}

TEST(MatchStarts, LeavesOutAPatternTooLargeToBeLaidOut) {
  std::string pattern = "a";
  for (int i = 0; i < 12; ++i) pattern = "(?:" + pattern + "b?){9}";
  EXPECT_EQ(StartsOf({pattern}).left_out(), std::vector<std::uint32_t>{0});
}

TEST(MatchStarts, AreShallowerAndNotWrongWhenThereAreManyPatterns) {
  std::mt19937 random(11);
  std::vector<std::string> words;
  std::string text = " ";
  for (int i = 0; i < 8000; ++i) {
    std::string word;
    for (std::size_t k = 0; k < 14; ++k) word += static_cast<char>('a' + random() % 26);
    text += word + " ";
    words.push_back(std::move(word));
  }
  const Places places = Find(StartsOf(words), text);
  for (std::uint32_t i = 0; i < words.size(); ++i) ASSERT_EQ(places.count({i, i * 15}), 1U) << words[i];
}

TEST(MatchStarts, NeverRulesOutAMatch) {
  struct Case {
    const char* pattern;
    const char* text;
  };
  for (const Case& c : std::vector<Case>{{"mood", "MOOD"},
                                         {"a|b", "b"},
                                         {"(?:)x", "x"},
                                         {"x?y", "y"},
                                         {"x??y", "xy"},
                                         {"x*y", "xxxxxxxxxxxxy"},
                                         {"x{2}", "xx"},
                                         {"x{0}y", "y"},
                                         {"x{2,}y", "xxxxy"},
                                         {"x{1,3}y", "xxy"},
                                         {"x{,3}", "x{,3}"},
                                         {"x{", "x{"},
                                         {"(?i:a)", "A"},
                                         {"(?-i:Mg)2\\+", "Mg2+"},
                                         {"(?P<n>a)b", "ab"},
                                         {"a(?s)b", "ab"},
                                         {"a\\bb|c", "c"},
                                         {"\\Qa.b\\Ec", "a.bc"},
                                         {"\\Qa", "a"},
                                         {"x[]]y", "x]y"},
                                         {"x[^]]y", "xzy"},
                                         {"x[a\\]]y", "x]y"},
                                         {"x[\\w-]y", "x-y"},
                                         {"x[a-]y", "x-y"},
                                         {"x[--/]y", "x.y"},
                                         {"x[[:alpha:]]y", "xby"},
                                         {"x[\\d\\s]y", "x y"},
                                         {"x[\\x41-\\x43]y", "xBy"},
                                         {"x\\x41y", "xAy"},
                                         {"x\\x{3b2}y", "x\xCE\xB2y"},
                                         {"x\\pLy", "xzy"},
                                         {"x\\p{Greek}y", "x\xCE\xB1y"},
                                         {"x\\P{Greek}y", "xzy"},
                                         {"x\\101y", "xAy"},
                                         {"x\\ty", "x\ty"},
                                         {"x\xCE\xB2y", "x\xCE\xB2y"},
                                         {"\xCE\xB2y", "\xCE\x92y"},
                                         {"x.y", "x\xE2\x82\xACy"},
                                         {"x\\Dy", "x y"},
                                         {"mild \xC5\xBF", "mild s"},
                                         {"a\xE2\x84\xAA", "ak"},
                                         {"Mg", "Mg"},
                                         {"x[^b]y", "xAy"},
                                         {"\\(x\\)", "(x)"},
                                         {"a(b|c(d|e)f)*g", "abcdfcefbbbbg"}}) {
    RE2::Options options;
    options.set_case_sensitive(std::string(c.pattern).find("?-i") != std::string::npos);
    ASSERT_TRUE(RE2::FullMatch(c.text, RE2(c.pattern, options))) << c.pattern << " does not match " << c.text;
    EXPECT_TRUE(MayBegin(c.pattern, c.text)) << c.pattern << " on " << c.text;
    EXPECT_TRUE(MayBegin(c.pattern, c.text + std::string(",\xFF z"))) << c.pattern << " on " << c.text;
  }
}

TEST(MatchStarts, AgreesWithRe2OnRandomPatterns) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"a",       "b",      "ab",   "[ab]", "(?:a|bc)",  "(?:a|bc)?",      "b*",
                                           "(?:ab)+", "a{1,2}", "-",    " ?",   "[^ab]",     "(?:b[ac]){0,2}", "\\d",
                                           "(?:|c)",  "3",      "\\w+", "\\w*", "[^3]{0,4}", "(?: \\w+){0,2}", "b{2,9}",
                                           "c"};
  const std::vector<std::string> letters = {"a", "b", "c", "-", " ", "3", "A", "\xC3\xA9"};
  std::size_t matches = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> patterns;
    for (int k = 0; k < 12; ++k) {
      std::string pattern;
      for (std::size_t i = 0, n = 1 + random() % 6; i < n; ++i) pattern += pieces[random() % pieces.size()];
      if (random() % 3 == 0) pattern += "|" + pieces[random() % pieces.size()];
      patterns.push_back(pattern);
    }
    const MatchStarts starts = StartsOf(patterns);
    std::vector<std::unique_ptr<RE2>> expressions;
    for (const std::string& pattern : patterns)
      expressions.push_back(std::make_unique<RE2>("[^0-9A-Za-z](?i:" + pattern + ")[^0-9A-Za-z]"));
    for (int i = 0; i < 30; ++i) {
      std::string text = " ";
      for (int k = 0; k < 24; ++k) text += letters[random() % letters.size()];
      text += " \xFF ";
      const Places places = Find(starts, text);
      for (std::uint32_t p = 0; p < patterns.size(); ++p) {
        if (std::count(starts.left_out().begin(), starts.left_out().end(), p) > 0) continue;
        for (std::uint32_t edge = 0; edge < text.size(); ++edge) {
          if (!expressions[p]->Match(text, edge, text.size(), RE2::ANCHOR_START, nullptr, 0)) continue;
          if (RE2::FullMatch("  ", *expressions[p])) continue;  // such a pattern is never accepted
          ++matches;
          ASSERT_EQ(places.count({p, edge}), 1U) << patterns[p] << " on \"" << text << "\" at " << edge;
        }
      }
    }
  }
  EXPECT_GT(matches, 5000U);
}

}  // namespace
}  // namespace litmill::tag
