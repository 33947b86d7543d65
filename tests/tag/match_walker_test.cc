// SPDX-License-Identifier: Apache-2.0
#include "tag/match_walker.h"

#include <algorithm>
#include <map>
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

using Places = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // pattern, start

std::vector<FoundMatch> Find(const PatternSteps& steps, const std::string& text) {
  static MatchWalker walker;  // as in use: one for all texts, whatever the patterns
  std::vector<FoundMatch> found;
  walker.Find(steps, text, found);
  return found;
}

Places PlacesOf(const PatternSteps& steps, const std::string& text) {
  Places places;
  for (const FoundMatch& match : Find(steps, text))
    EXPECT_TRUE(places.emplace(match.pattern, match.start).second) << "found twice: " << match.pattern;
  return places;
}

PatternSteps StepsOf(const std::vector<std::string>& patterns) {
  std::vector<NumberedPattern> numbered;
  for (const std::string& pattern : patterns)
    numbered.push_back({static_cast<std::uint32_t>(numbered.size()), pattern, false});
  return PatternSteps(numbered);
}

bool MayBegin(const std::string& pattern, const std::string& text) {
  const PatternSteps steps = StepsOf({pattern});
  EXPECT_TRUE(steps.left_out().empty()) << pattern;
  return PlacesOf(steps, " " + text + " ").count({0, 1}) > 0;
}

TEST(MatchWalker, KnowsWhereAMatchCannotBegin) {
  EXPECT_FALSE(MayBegin("magnesium", "manganese"));
  EXPECT_FALSE(MayBegin("Mg", "Mgs"));
  EXPECT_FALSE(MayBegin("(?:low|depressed) mood", "lower mood"));
  EXPECT_FALSE(MayBegin("[ab]c{2}", "ac c"));
  EXPECT_FALSE(MayBegin("pre-?term", "prelim"));
  EXPECT_FALSE(MayBegin("x", ""));
  EXPECT_FALSE(MayBegin("low\\w* mood", "l"));
}

TEST(MatchWalker, SaysWhichPatternsMatchWhere) {
  const PatternSteps steps = StepsOf({"a", "low mood", "low", "c", "serum[^.;]{0,60}magnesium"});
  EXPECT_EQ(PlacesOf(steps, " a c "), (Places{{0, 1}, {3, 3}}));
  EXPECT_EQ(PlacesOf(steps, " (low mood, \xCE\xB2 a) and nothing else "), (Places{{1, 2}, {2, 2}, {0, 15}}));
  EXPECT_EQ(PlacesOf(steps, "\xCE\xB2 c\xCE\xB2 \xFF c "), (Places{{3, 9}}));
  EXPECT_EQ(PlacesOf(steps, " sermon on sera "), (Places{}));
  EXPECT_EQ(PlacesOf(steps, " Serum (total) magnesium "), (Places{{4, 1}}));
  EXPECT_EQ(PlacesOf(steps, " Serum. Magnesium "), (Places{}));
  EXPECT_EQ(PlacesOf(steps, ""), Places{});
}

TEST(MatchWalker, SaysWhereTheShortestAndTheLongestMatchEnd) {
  const std::vector<FoundMatch> found =
      Find(StepsOf({"low(?: mood(?: and sleep)?)?"}), " Low mood, low mood and sleep. ");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(std::make_pair(found[0].shortest_end, found[0].end), std::make_pair(4U, 9U));
  EXPECT_EQ(std::make_pair(found[1].shortest_end, found[1].end), std::make_pair(14U, 29U));
}

TEST(MatchWalker, LettersOfAnyScriptAreNoEdgesAndTheirMarksAre) {
  const PatternSteps steps = StepsOf({"c"});
  EXPECT_EQ(PlacesOf(steps,
                     " \xCE\xB2"
                     "c "),
            Places{});
  EXPECT_EQ(PlacesOf(steps, " c\xC3\xA9 "), Places{});
  EXPECT_EQ(PlacesOf(steps,
                     " \xE2\x86\x92"
                     "c\xE2\x86\x92 "),
            (Places{{0, 4}}));
}

TEST(MatchWalker, WithoutPatternsFindsNothing) { EXPECT_EQ(PlacesOf(StepsOf({}), " text "), Places{}); }

TEST(PatternSteps, DecidePatternsOfPlainCharacters) {
  for (const char* pattern : {"migraine", "low (?:mood|back pain)", "x[^.;]*y", "\\d+(?:\\.\\d+)? ?mg", "a{2,5}", "a.b",
                              "a\\Wb", "(?:\\w+ ){0,3}", "[^a-z]x", "[a-c%]+", "\\Qa.b\\E"}) {
    const PatternSteps steps = StepsOf({std::string("start ") + pattern});
    EXPECT_TRUE(steps.Decides(0)) << pattern;
  }
}

TEST(PatternSteps, LeaveOthersToRe2) {
  for (const char* pattern : {"\xCE\xB2", "a[^.;]{0,60}b", "a{50}", "\\s", "(?-i:Mg)", "\\bx", "x$y", "\\pL",
                              "[^\xCE\xB2]", "@", "[[:alpha:]]", "\\x41", "\\t", "[!-~]"}) {
    const PatternSteps steps = StepsOf({std::string("start ") + pattern});
    EXPECT_TRUE(steps.left_out().empty()) << pattern;
    EXPECT_FALSE(steps.Decides(0)) << pattern;
  }
  EXPECT_FALSE(PatternSteps({{0, "start", true}}).Decides(0));
}

TEST(MatchWalker, LeavesOutPatternsThatCanBeginWithAnything) {
  for (const char* pattern : {"\\w+ trial", ".*x", "\\pL+", "(?:x|..)[^y]y", "\\w*-?randomised", "\\w{3} low"}) {
    const PatternSteps steps = StepsOf({"trial", pattern});
    EXPECT_EQ(steps.left_out(), std::vector<std::uint32_t>{1}) << pattern;
    EXPECT_EQ(PlacesOf(steps, " controlled trial, with more text "), (Places{{0, 12}}));
  }
}

TEST(MatchWalker, LeavesOutAPatternTooLargeToBeLaidOut) {
  std::string pattern = "a";
  for (int i = 0; i < 12; ++i) pattern = "(?:" + pattern + "b?){9}";
  EXPECT_EQ(StepsOf({pattern}).left_out(), std::vector<std::uint32_t>{0});
}

TEST(MatchWalker, ForgetsAndMakesAgainWhatDoesNotFit) {
  std::mt19937 random(11);
  std::vector<std::string> words;
  std::string text = " ";
  for (int i = 0; i < 14'000; ++i) {
    std::string word;
    for (std::size_t k = 0; k < 14; ++k) word += static_cast<char>('a' + random() % 26);
    text += word + " ";
    words.push_back(std::move(word));
  }
  const PatternSteps steps = StepsOf(words);
  for (int round = 0; round < 2; ++round) {
    const Places places = PlacesOf(steps, text);
    for (std::uint32_t i = 0; i < words.size(); ++i) ASSERT_EQ(places.count({i, 1 + i * 15}), 1U) << words[i];
  }
}

TEST(MatchWalker, ManyEndsOfOneMatchAreItsFirstAndItsLast) {
  std::string text = " ";
  for (int i = 0; i < 3'000; ++i) text += "a ";
  const std::vector<FoundMatch> found = Find(StepsOf({"a(?: a)*"}), text);
  ASSERT_EQ(found.size(), 3'000U);
  EXPECT_EQ(std::make_pair(found[0].shortest_end, found[0].end), std::make_pair(2U, std::uint32_t{kLongestMatch} - 2U));
  EXPECT_EQ(std::make_pair(found[2'999].shortest_end, found[2'999].end), std::make_pair(6'000U, 6'000U));
}

TEST(MatchWalker, NeverRulesOutAMatch) {
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

TEST(PatternShape, AnExactOneIsAPatternThatRe2Accepts) {
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {"a",      "b",      "|",  "(",   "(?:", ")",   "[",    "]",     "^",
                                           "-",      "z",      "*",  "+",   "?",   "{2}", "{2,}", "{,3}",  "{3,1}",
                                           "{1,40}", "{1001}", "\\", "\\d", "\\w", ".",   "$",    "\\Q",   "\\E",
                                           "(?i)",   "(?P<n>", "_",  " ",   ",",   "5",   "\\W",  "[a-c]", "[^.;]"};
  std::size_t exact = 0, empty = 0;
  for (int round = 0; round < 300'000; ++round) {
    std::string pattern;
    for (std::size_t i = 0, n = 1 + random() % 8; i < n; ++i) pattern += pieces[random() % pieces.size()];
    const std::optional<PatternShape> shape = ReadShape(pattern, false);
    if (!shape || !shape->is_exact) continue;
    const RE2 expression(pattern, RE2::Quiet);
    ASSERT_TRUE(expression.ok()) << pattern << ": " << expression.error();
    ASSERT_EQ(shape->matches_empty, RE2::FullMatch("", expression)) << pattern;
    ++exact;
    empty += shape->matches_empty ? 1U : 0U;
  }
  EXPECT_GT(exact, 5'000U);
  EXPECT_GT(empty, 500U);
}

TEST(MatchWalker, AgreesWithRe2OnRandomPatterns) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {
      "a",      "b",    "ab",        "[ab]",      "(?:a|bc)",       "(?:a|bc)?", "b*",     "(?:ab)+",
      "a{1,2}", "-",    " ?",        "[^ab]",     "(?:b[ac]){0,2}", "\\d",       "(?:|c)", "3",
      "\\w+",   "\\w*", "[^3]{0,4}", "[^.]{0,9}", "(?: \\w+){0,2}", "b{2,9}",    "c"};
  const std::vector<std::string> letters = {"a", "b", "c", "-", " ", "3", "A", "\xC3\xA9", "."};
  std::size_t matches = 0, decided = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> patterns;
    for (int k = 0; k < 12; ++k) {
      std::string pattern;
      for (std::size_t i = 0, n = 1 + random() % 6; i < n; ++i) pattern += pieces[random() % pieces.size()];
      if (random() % 3 == 0) pattern += "|" + pieces[random() % pieces.size()];
      patterns.push_back(pattern);
    }
    const PatternSteps steps = StepsOf(patterns);
    std::vector<std::unique_ptr<RE2>> expressions;
    RE2::Options longest;
    longest.set_longest_match(true);
    for (const std::string& pattern : patterns)
      expressions.push_back(std::make_unique<RE2>("[^\\pL\\pN](?i:" + pattern + ")[^\\pL\\pN]", longest));
    for (int i = 0; i < 30; ++i) {
      std::string text = " ";
      for (int k = 0; k < 24; ++k) text += letters[random() % letters.size()];
      text += " \xFF ";
      std::map<std::pair<std::uint32_t, std::uint32_t>, FoundMatch> found;
      for (const FoundMatch& match : Find(steps, text)) found[{match.pattern, match.start}] = match;
      for (std::uint32_t p = 0; p < patterns.size(); ++p) {
        if (std::count(steps.left_out().begin(), steps.left_out().end(), p) > 0) continue;
        if (RE2::FullMatch("  ", *expressions[p])) continue;  // such a pattern is never accepted
        decided += steps.Decides(p) ? 1U : 0U;
        for (std::uint32_t start = 1; start < text.size(); ++start) {
          re2::StringPiece whole;
          const std::size_t edge = text[start - 1] == '\xA9' ? start - 2 : start - 1;
          const bool matches_here = expressions[p]->Match(text, edge, text.size(), RE2::ANCHOR_START, &whole, 1);
          const auto match = found.find({p, start});
          if (matches_here) {
            ++matches;
            ASSERT_TRUE(match != found.end()) << patterns[p] << " on \"" << text << "\" at " << start;
          }
          if (!steps.Decides(p)) continue;
          ASSERT_EQ(match != found.end(), matches_here) << patterns[p] << " on \"" << text << "\" at " << start;
          if (matches_here) {
            ASSERT_EQ(match->second.end, edge + whole.size() - 1) << patterns[p] << " on \"" << text << "\"";
          }
        }
      }
    }
  }
  EXPECT_GT(decided, 30'000U);
  EXPECT_GT(matches, 5000U);
}

}  // namespace
}  // namespace litmill::tag
