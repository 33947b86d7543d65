// SPDX-License-Identifier: Apache-2.0
#include "tag/needed_text.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace litmill::tag {
namespace {

bool MayBeIn(const std::string& pattern, const std::string& text) {
  std::vector<std::uint8_t> symbols;
  for (const char c : " \xFF " + text + " \xFF ") symbols.push_back(kSymbolOfByte[static_cast<unsigned char>(c)]);
  const auto trigrams = std::make_unique<TextTrigrams>();
  trigrams->Fill(symbols);
  return NeededText(ReadShape(pattern)).MayBeIn(*trigrams);
}

TEST(NeededText, IsTheRarestPartOfAPatternWithAGap) {
  EXPECT_FALSE(MayBeIn("serum[^.;]{0,60}zinc", "serum calcium"));
  EXPECT_TRUE(MayBeIn("serum[^.;]{0,60}zinc", "serum calcium and zinc"));
  EXPECT_TRUE(MayBeIn("serum[^.;]{0,60}zinc", "Serum and ZINC"));
  EXPECT_FALSE(MayBeIn("serum .*(?:riboflavin|B2)", "serum B12 and riboflavone"));
  EXPECT_TRUE(MayBeIn("serum .*(?:riboflavin|B2)", "serum B2"));
  EXPECT_FALSE(MayBeIn("low \\w+ (?:sulf|sulph)ate", "low sulfite"));
  EXPECT_TRUE(MayBeIn("low \\w+ (?:sulf|sulph)ate", "low magnesium sulphate"));
}

TEST(NeededText, IsWhatStandsBehindTheGapRatherThanTheBeginning) {
  EXPECT_FALSE(MayBeIn("(?:plasma|serum) .*zinc|low \\w+ iron", "low serum levels of plasma proteins"));
  EXPECT_TRUE(MayBeIn("(?:plasma|serum) .*zinc|low \\w+ iron", "zinc"));
  EXPECT_FALSE(MayBeIn("migrain\\w+", "headache"));
}

TEST(NeededText, TakesAnyWordEdgeForAnother) { EXPECT_TRUE(MayBeIn("\\w+[- ]x-ray", "chest \xE2\x86\x92 x ray")); }

TEST(NeededText, IsNothingWhereTheStartsSayItAll) {
  for (const char* pattern : {"migraine", "(?:low|depressed) mood", "migraines?"})
    EXPECT_TRUE(NeededText(ReadShape(pattern)).empty()) << pattern;
}

TEST(NeededText, IsNothingWhereAMatchCanDoWithoutIt) {
  for (const char* pattern : {"\\w+", "a.*(?:zinc)?", "a.*(?:zinc|\\d+)", "a.*(?:zinc){0,3}", "a.*\\p{Greek}\\d"})
    EXPECT_TRUE(NeededText(ReadShape(pattern)).empty()) << pattern;
  EXPECT_TRUE(NeededText(std::nullopt).empty());
}

TEST(NeededText, NeverRulesOutAMatch) {
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {
      "abc",   "b",       "[ab]c", "(?:cab|bc)", "(?:a|bc)?", "b*",       "(?:abc)+",
      "a{2}",  "-",       "[- ]",  " ?",         "[^ab]",     ".{0,9}",   "(?:bca){1,2}",
      "[,;-]", "(?:ab|)", "3",     "\\w+",       "\\W",       "\xC3\xA9", "(?:b|[a-c]+)"};
  const std::vector<std::string> letters = {"a", "b", "c", "A", "-", " ", "3", "\xC3\xA9", "abc", ","};
  std::size_t matches = 0, needy = 0, refused = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string pattern;
    for (std::size_t i = 0, n = 2 + random() % 6; i < n; ++i) pattern += pieces[random() % pieces.size()];
    if (random() % 4 == 0) pattern += "|" + pieces[random() % pieces.size()] + pieces[random() % pieces.size()];
    if (NeededText(ReadShape(pattern)).empty()) continue;
    ++needy;
    const RE2 expression("[^0-9A-Za-z](?i:" + pattern + ")[^0-9A-Za-z]");
    for (int i = 0; i < 30; ++i) {
      std::string text;
      for (int k = 0; k < 20; ++k) text += letters[random() % letters.size()];
      const bool may = MayBeIn(pattern, text);
      if (!may) ++refused;
      if (!RE2::PartialMatch(" " + text + " ", expression)) continue;
      ++matches;
      ASSERT_TRUE(may) << pattern << " on " << text;
    }
  }
  EXPECT_GT(needy, 300U);
  EXPECT_GT(matches, 300U);
  EXPECT_GT(refused, 300U);
}

}  // namespace
}  // namespace litmill::tag
