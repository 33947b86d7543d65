// SPDX-License-Identifier: Apache-2.0
#include "tag/match_starts.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace litmill::tag {
namespace {

bool MayBegin(const std::string& pattern, const std::string& text) {
  const auto starts = std::make_unique<MatchStarts>();
  EXPECT_TRUE(starts->Add(pattern)) << pattern;
  return starts->MayBegin((text + "            ").c_str());
}

TEST(MatchStarts, KnowsWhereAMatchCannotBegin) {
  EXPECT_FALSE(MayBegin("magnesium", "manganese"));
  EXPECT_FALSE(MayBegin("Mg", "Mgs"));
  EXPECT_FALSE(MayBegin("(?:low|depressed) mood", "lower mood"));
  EXPECT_FALSE(MayBegin("[ab]c{2}", "ac c"));
  EXPECT_FALSE(MayBegin("pre-?term", "prelim"));
  EXPECT_FALSE(MayBegin("x", ""));
}

TEST(MatchStarts, RefusesPatternsThatCanBeginWithAnything) {
  for (const char* pattern : {"\\w+ trial", ".*x", "\\pL+", "(?:x|..)[^y]y", "\\w*-?randomised"}) {
    EXPECT_FALSE(std::make_unique<MatchStarts>()->Add(pattern)) << pattern;
  }
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
  const std::vector<std::string> pieces = {"a",       "b",      "ab", "[ab]", "(?:a|bc)", "(?:a|bc)?",      "b*",
                                           "(?:ab)+", "a{1,2}", "-",  " ?",   "[^ab]",    "(?:b[ac]){0,2}", "\\d",
                                           "(?:|c)",  "3"};
  const std::vector<std::string> letters = {"a", "b", "c", "-", " ", "3", "A"};
  std::size_t matches = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string pattern;
    for (std::size_t i = 0, n = 1 + random() % 5; i < n; ++i) pattern += pieces[random() % pieces.size()];
    if (random() % 3 == 0) pattern += "|" + pieces[random() % pieces.size()];
    const auto starts = std::make_unique<MatchStarts>();
    if (!starts->Add(pattern)) continue;
    const RE2 expression("(?i:" + pattern + ")[^0-9A-Za-z]");
    for (int i = 0; i < 50; ++i) {
      std::string text;
      for (int k = 0; k < 14; ++k) text += letters[random() % letters.size()];
      re2::StringPiece input(text);
      if (!RE2::Consume(&input, expression)) continue;
      ++matches;
      ASSERT_TRUE(starts->MayBegin(text.c_str())) << pattern << " on " << text;
    }
  }
  EXPECT_GT(matches, 2000U);
}

}  // namespace
}  // namespace litmill::tag
