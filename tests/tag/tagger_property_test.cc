// SPDX-License-Identifier: Apache-2.0
// The tagger against a second, simple implementation: every pattern alone, with exact edges, on the normalised field.
#include <ctime>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "core/unicode.h"
#include "tag/normalise.h"
#include "tests/tag/naive_matcher.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

TEST(TaggerProperty, SetAndSpansAgreeWithEachPatternAloneOnAllShortStrings) {
  RuleSetBuilder rules;
  for (const char* pattern : {"Mg", "Mg2\\+", "M", "g 2?", "é", "2\\+", "Mg M", "g|gé"}) {
    Concept& c = rules.Add("facet" + std::to_string(rules.Build().concepts.size()), "x");
    RuleSetBuilder::AddRule(c, pattern, true);
  }
  const auto tagger = rules.Compile();
  const std::vector<std::string> alphabet = {"M", "g", " ", "2", "+", "é", "\u00A0"};
  std::size_t mentions = 0;
  for (std::size_t length = 1; length <= 5; ++length) {
    std::vector<std::size_t> digits(length, 0);
    while (true) {
      std::string text;
      for (const std::size_t d : digits) text += alphabet[d];
      const Record record = WithAbstract({text});
      const auto found = MentionKeys(TagOrFail(*tagger, record));
      ASSERT_EQ(found, NaiveMentionKeys(tagger->rule_set(), record)) << ::testing::PrintToString(text);
      mentions += found.size();
      std::size_t at = 0;
      while (at < length && ++digits[at] == alphabet.size()) digits[at++] = 0;
      if (at == length) break;
    }
  }
  EXPECT_GT(mentions, 10000U);
}

TEST(TaggerProperty, SpansAreSoundOnRandomText) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  const std::vector<std::string> pieces = {
      "migraine",   "magnesium",   " ",      "oxide",    ",",    "Mg(2+)",   "ST-",
      "depression", "é",           "\u00AD", "\xFF",     ". ",   "AD",       "Alzheimer’s disease (AD)",
      "rand",       "omised",      "\u2013", "chronic ", "pain", "\xE2\x80", "(",
      ")",          "ﬁbromyalgia", "serum ", "2",        "\n",   " and ",    "citrate"};
  std::mt19937 random(3);
  std::size_t mentions = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0, n = random() % 30; i < n; ++i) text += pieces[random() % pieces.size()];
    Record record = WithAbstract({text, text.substr(text.size() / 2)});
    record.title.text = text;
    const TaggedRecord tagged = TagOrFail(*tagger, record, true);
    for (const Mention& m : tagged.mentions) {
      const std::string& stored = m.field == "title"
                                      ? record.title.text
                                      : record.abstract_sections[static_cast<std::size_t>(m.position)].body.text;
      ASSERT_LT(m.start, m.end);
      ASSERT_LE(m.end, stored.size());
      ASSERT_EQ(stored.substr(m.start, m.end - m.start), m.text);
      ++mentions;
    }
    // Of one facet, two mentions on overlapping words are on the same words.
    for (const Mention& a : tagged.mentions)
      for (const Mention& b : tagged.mentions)
        if (a.field == b.field && a.position == b.position && a.start < b.end && b.start < a.end &&
            tagger->rule_set().concepts[a.concept_index].facet == tagger->rule_set().concepts[b.concept_index].facet) {
          ASSERT_EQ(a.start, b.start);
          ASSERT_EQ(a.end, b.end);
        }
  }
  EXPECT_GT(mentions, 1000U);
}

TEST(TaggerProperty, AMegabyteOfMatchesIsTaggedCompletely) {
  RuleSetBuilder rules;
  rules.Simple("condition", "migraine", "migraine").Simple("condition", "chronic", "chronic migraine", {"migraine"});
  Rule& gated = RuleSetBuilder::AddRule(rules.Add("condition", "mci"), "MCI", true);
  gated.gate = "never seen";
  gated.gate_scope = GateScope::kSentence;
  RuleSetBuilder::AddRule(rules.Add("condition", "*"), "masked [a-z]{0,60}igraine", false, RuleKind::kMask);
  const auto tagger = rules.Compile();
  std::string text;
  std::size_t expected = 0;
  while (text.size() < 1'000'000) {
    text += "migraine chronic migraine MCI masked migraine ";
    expected += 2;
  }
  EXPECT_EQ(TagOrFail(*tagger, WithAbstract({text})).mentions.size(), expected);
}

TEST(TaggerProperty, TheTimeForATextOfNothingButBeginningsIsLinear) {
  RuleSetBuilder rules;
  rules.Simple("a", "gap", "serum[^;]*zinc").Simple("b", "words", "serum(?: \\w+)* zinc");
  rules.Simple("c", "loop", "(?:serum ?)+zinc").Simple("d", "counted", "ser(?:um serum ?){0,9} zinc");
  const auto tagger = rules.Compile();
  const auto seconds = [&](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += "serum ";
    text += "; zinc";  // so that no pattern is ruled out by a word that the text has not
    const std::clock_t start = std::clock();
    EXPECT_TRUE(TagOrFail(*tagger, WithAbstract({text})).mentions.empty());
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  static_cast<void>(seconds(20'000));                        // RE2 makes its states
  EXPECT_LT(seconds(800'000), 30 * seconds(100'000) + 0.1);  // 8 times the text; 64 times the time if it were quadratic
}

TEST(TaggerProperty, AMegabyteWithoutSpacesOrOfOneLetterIsDone) {
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  for (const std::string& piece : {std::string("a"), std::string("magnesium"), std::string("magnesium, "),
                                   std::string("(Mg"), std::string("é"), std::string(". "), std::string("serum ")}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    static_cast<void>(TagOrFail(*tagger, WithAbstract({text}), true));
  }
}

}  // namespace
}  // namespace litmill::tag::testing
