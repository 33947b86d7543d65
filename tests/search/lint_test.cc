// SPDX-License-Identifier: Apache-2.0
// What the linter finds, and what it leaves in peace.
#include "search/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "search/to_pubmed.h"
#include "tests/search/founding_strategy.h"
#include "tests/search/random_strategy.h"

namespace litmill::search {
namespace {

std::set<std::string> Codes(std::string_view text, const LintOptions& options = {}) {
  std::set<std::string> codes;
  for (const Diagnostic& diagnostic : Lint(text, options)) codes.insert(diagnostic.code);
  return codes;
}

struct LintCase {
  std::string_view code;
  std::string_view bad;
  std::string_view good;
};

class LintRule : public ::testing::TestWithParam<LintCase> {};

TEST_P(LintRule, FindsTheBadAndLeavesTheGood) {
  const LintCase& c = GetParam();
  EXPECT_EQ(Codes(c.bad).count(std::string(c.code)), 1U) << c.code << ": " << c.bad;
  EXPECT_EQ(Codes(c.good).count(std::string(c.code)), 0U) << c.code << ": " << c.good;
}

const std::vector<LintCase>& Cases() {
  static const auto* const cases = new std::vector<LintCase>{
      {"S001", "(a[ti]", "(a[ti])"},
      {"S002", "a[ti])", "(a[ti])"},
      {"S003", "\"low mood[ti]", "\"low mood\"[ti]"},
      {"S004", "a[ti", "a[ti]"},
      {"S005", "a[title/abs]", "a[title/abstract]"},
      {"S006", "a[ti] AND", "a[ti] AND b[ti]"},
      {"S007", "a[ti] OR ()", "a[ti] OR (b[ti])"},
      {"S009", "#1 a[ti]\n#2 #1 AND #3", "#1 a[ti]\n#2 #1 AND b[ti]"},
      {"S010", "a[ti] AND NOT b[ti]", "a[ti] NOT b[ti]"},
      {"S011", "(a OR b)[ti]", "(a[ti] OR b[ti])"},
      {"S012", "2025:2000[dp]", "2000:2025[dp]"},
      {"S013", "a[ti:noexp]", "\"A\"[mh:noexp]"},
      {"S014", "a\xFF[ti]", "ä[ti]"},
      {"S015", "#1 a[ti]\n#1 b[ti]", "#1 a[ti]\n#2 b[ti]"},
      {"S101", "“low mood”[tiab]", "\"low mood\"[tiab]"},
      {"S101", "alzheimer’s[tiab]", "alzheimer's[tiab]"},
      {"S102", "low\xC2\xA0mood[tiab]", "low mood[tiab]"},
      {"S103", "beta–blocker[tiab]", "beta-blocker[tiab]"},
      {"S104", "magnesium[tiab] and migraine[tiab]", "magnesium[tiab] AND migraine[tiab]"},
      {"S104", "magnesium or zinc[tiab]", "\"sink or swim\"[tiab]"},
      {"S105", "a[ti] AND b[ti] OR c[ti]", "(a[ti] AND b[ti]) OR c[ti]"},
      {"S105", "a[ti] OR b[ti] NOT c[ti]", "a[ti] AND b[ti] NOT c[ti]"},
      {"S106", "mig*[tiab]", "migr*[tiab]"},
      {"S107", "wom?n[tiab]", "women[tiab]"},
      {"S107", "*glycemia[tiab]", "hypoglycemi*[tiab]"},
      {"S107", "\"low* mood\"[tiab]", "\"low mood*\"[tiab]"},
      {"S108", "\"low mood*\"[tiab:~2]", "\"low mood\"[tiab:~2]"},
      {"S109", "\"low mood\"[tw:~2]", "\"low mood\"[ti:~2]"},
      {"S110", "mood[tiab:~2]", "\"low mood\"[tiab:~2]"},
      {"S110", "low mood[tiab:~2]", "\"low mood\"[tiab:~2]"},
      {"S111", "low mood[tiab]", "\"low mood\"[tiab]"},
      {"S112", "magnesium", "magnesium[tiab]"},
      {"S112", "magnesium AND hasabstract", "magnesium[tiab] AND hasabstract"},
      {"S113", "mg[tiab]", "magnesium[tiab]"},
      {"S113", "MG[tw]", "\"Mg deficiency\"[tw]"},
      {"S114", "a[ti] OR b[ti] OR A[ti]", "a[ti] OR b[ti] OR a[ab]"},
      {"S115", "#1 a[ti]\n#2 b[ti]\n#3 #1 AND c[ti]", "#1 a[ti]\n#2 b[ti]\n#3 #1 AND #2"},
      {"S116", "2000[dp]", "2000:2000[dp]"},
      {"S117", "a[tiab] AND humans[mh]", "a[tiab] NOT (animals[mh] NOT humans[mh])"},
      {"S118", "a[tiab] NOT animals[mh]", "a[tiab] NOT (animals[mh] NOT humans[mh])"},
      {"S119", "\"quality of life\"[tiab]", "\"quality of life\"[tiab:~0]"},
      {"S120", "a[tiab] NOT surgery[tiab]", "a[tiab] NOT (animals[mh] NOT humans[mh])"},
      {"S121", "depression[tiab] OR depress*[tiab]", "depression[ti] OR depress*[tiab]"},
      {"S121", "depressive*[tiab] OR depress*[tiab]", "oppress*[tiab] OR depress*[tiab]"},
      {"S122", "magnesaemia[tiab]", "magnesaemia[tiab] OR magnesemia[tiab]"},
      {"S122", "behaviour[tiab]", "behaviour[tiab] OR behavio*[tiab]"},
      {"S123", "β-blocker[tiab]", "\"beta blocker\"[tiab]"},
      {"S124", "beta-blocker[tiab]", "\"beta-blocker\"[tiab]"},
      {"S125", "\"Magnesium\"[mh] AND a[ti]", "(\"Magnesium\"[mh] OR magnesium[tiab]) AND a[ti]"},
      {"S126", "magnesium[tiab] AND \"A\"[mh]", "(\"Magnesium\"[mh] OR magnesium[tiab]) AND \"A\"[mh]"},
      {"S127", "Migraine Disorders[mh]", "\"Migraine Disorders\"[mh]"},
      {"S128", "magnesium[ab]", "magnesium[tiab]"},
      {"S129", "magnesium[tiab] OR 2000:2025[dp]", "magnesium[tiab] AND 2000:2025[dp]"},
  };
  return *cases;
}

INSTANTIATE_TEST_SUITE_P(All, LintRule, ::testing::ValuesIn(Cases()));

TEST(Lint, EveryCodeOfTheTableHasACase) {
  std::set<std::string_view> tested{"S008"};  // Too deep: tests/search/parser_test.cc.
  for (const LintCase& c : Cases()) tested.insert(c.code);
  for (const DiagnosticKind& kind : DiagnosticKinds()) EXPECT_EQ(tested.count(kind.code), 1U) << kind.code;
}

TEST(Lint, TheFoundingStrategyIsClean) {
  EXPECT_EQ(RenderDiagnostics(Lint(testing::kFoundingStrategy), testing::kFoundingStrategy), "");
}

TEST(Lint, OwnAmbiguousWordsCanBeAdded) {
  LintOptions options;
  options.ambiguous.push_back({"cold", "the infection and the temperature"});
  EXPECT_EQ(Codes("cold[tiab]", options).count("S113"), 1U);
  EXPECT_EQ(Codes("cold[tiab]").count("S113"), 0U);
}

TEST(Lint, ShowsThePlaceAndTheWayOut) {
  const std::string text = "magnesium[tiab] OR\nde*[tiab]";
  EXPECT_EQ(RenderDiagnostics(Lint(text), text, "s.txt"),
            "s.txt:2:1: error S106: \"de*\" has 2 characters before the asterisk; PubMed wants at least four\n"
            "  de*[tiab]\n"
            "  ^^^^^^^^^\n");
}

TEST(Lint, LongTextsTakeLinearTime) {
  constexpr std::size_t kSize = 200'000;
  const std::string word(kSize, 'a');
  std::vector<std::string> texts{word + "*[ti] OR a[ti] OR " + word + "b*",
                                 std::string(kSize, '['),
                                 std::string(kSize, '"'),
                                 std::string(kSize, ':'),
                                 std::string(kSize, '*'),
                                 std::string(kSize, '#')};
  for (const std::string_view piece :
       {"a[x] ", "mg* and ", "\"a b\"[ti:~2] OR ", "#1 a\n", "\xE2\x80\x93", "aemi ", "a OR "}) {
    std::string text;
    while (text.size() < kSize) text += piece;
    texts.push_back(std::move(text));
  }
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text : texts) EXPECT_FALSE(Lint(text).empty());
  // Linear work takes seconds, also on a busy machine with sanitizers.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(2));
}

TEST(Lint, DamagedTextIsLintedWithoutHarm) {
  constexpr std::uint64_t kSeed = 77;
  testing::RandomStrategy random(kSeed);
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random.Damaged(ToPubMed(random.Tree(3)));
    for (const Diagnostic& diagnostic : Lint(text)) {
      ASSERT_LE(diagnostic.span.end, text.size());
      ASSERT_GE(diagnostic.span.line, 1U) << diagnostic.code << "\n" << text;
    }
  }
}

}  // namespace
}  // namespace litmill::search
