// SPDX-License-Identifier: Apache-2.0
// The PubMed rendering of a tree parses back to the same tree; damaged text never breaks the parser.
#include <gtest/gtest.h>

#include <string>

#include "core/unicode.h"
#include "search/parser.h"
#include "search/to_pubmed.h"
#include "tests/search/random_strategy.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsOk;
using testing::RandomStrategy;

TEST(RoundTrip, TwelveThousandRandomTreesParseBackToThemselves) {
  constexpr std::uint64_t kSeed = 20260101;
  RandomStrategy random(kSeed);
  for (int i = 0; i < 12'000; ++i) {
    Node tree = random.Tree(1 + static_cast<int>(random.Pick(4)));
    // A plain term that would be read as several things is written in quotation marks: so it has to come back quoted.
    for (const Node* leaf : Leaves(tree)) {
      const Term* term = leaf->AsTerm();
      if (term != nullptr && !IsPlainText(term->text)) const_cast<Term*>(term)->quoted = true;
    }
    const std::string text = ToPubMed(tree);
    const Result<Node> parsed = ParseQuery(text);
    ASSERT_THAT(parsed, IsOk()) << "seed " << kSeed << ", tree " << i << ": " << text;
    ASSERT_TRUE(*parsed == tree) << "seed " << kSeed << ", tree " << i << ":\n" << text << "\n" << ToPubMed(*parsed);
    ASSERT_EQ(ToPubMed(*parsed), text);
  }
}

TEST(RoundTrip, NumberedStrategiesParseBackToThemselves) {
  constexpr std::uint64_t kSeed = 7;
  RandomStrategy random(kSeed);
  for (int i = 0; i < 1'000; ++i) {
    Strategy strategy = random.Numbered(1 + static_cast<int>(random.Pick(8)));
    for (Line& line : strategy.lines) {
      for (const Node* leaf : Leaves(line.query)) {
        const Term* term = leaf->AsTerm();
        if (term != nullptr && !IsPlainText(term->text)) const_cast<Term*>(term)->quoted = true;
      }
    }
    const std::string text = ToPubMed(strategy);
    const Result<Strategy> parsed = ParseStrategy(text);
    ASSERT_THAT(parsed, IsOk()) << "seed " << kSeed << ", strategy " << i << ":\n" << text;
    ASSERT_TRUE(*parsed == strategy) << text << "\n---\n" << ToPubMed(*parsed);
  }
}

/// Every node's span re-reads to text from which its own rendering is made: positions are inside and in order.
void CheckSpans(const Node& node, std::string_view text) {
  ASSERT_LE(node.span.begin, node.span.end);
  ASSERT_LE(node.span.end, text.size());
  ASSERT_GE(node.span.line, 1U);
  ASSERT_GE(node.span.column, 1U);
  if (const Operation* operation = node.AsOperation()) {
    ASSERT_GE(operation->operands.size(), 2U);
    for (const Node& operand : operation->operands) {
      ASSERT_LE(node.span.begin, operand.span.begin);
      ASSERT_GE(node.span.end, operand.span.end);
      CheckSpans(operand, text);
    }
  }
}

TEST(Damage, NeverBreaksTheParserAndEveryDiagnosticHasAPlace) {
  constexpr std::uint64_t kSeed = 99;
  RandomStrategy random(kSeed);
  std::size_t with_errors = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string text = random.Damaged(random.Chance(5) ? ToPubMed(random.Numbered(4)) : ToPubMed(random.Tree(3)));
    const ParsedStrategy parsed = ParseLeniently(text);
    with_errors += HasErrors(parsed.diagnostics) ? 1U : 0U;
    for (const Diagnostic& diagnostic : parsed.diagnostics) {
      ASSERT_LE(diagnostic.span.end, text.size());
      ASSERT_GE(diagnostic.span.line, 1U) << diagnostic.code;
      const std::string shown = RenderDiagnostic(diagnostic, text, "strategy");
      ASSERT_EQ(FindInvalidUtf8(shown), std::string::npos) << shown;
      ASSERT_NE(shown.find('^'), std::string::npos);
    }
    for (const Line& line : parsed.strategy.lines) CheckSpans(line.query, text);
    // What was read without an error can be written and read again.
    if (!HasErrors(parsed.diagnostics)) {
      const std::string written = ToPubMed(parsed.strategy);
      const ParsedStrategy again = ParseLeniently(written);
      ASSERT_FALSE(HasErrors(again.diagnostics)) << "seed " << kSeed << ", text " << i << "\n"
                                                 << text << "\n"
                                                 << written;
      ASSERT_TRUE(again.strategy.lines == parsed.strategy.lines) << text << "\n" << written;
    }
  }
  EXPECT_GT(with_errors, 2'500U) << "the damage does no damage";
}

TEST(Damage, EveryPrefixOfAStrategyIsReadOrRefused) {
  const std::string text =
      "#1 (\"Magnesium\"[Mesh] OR hypomagnes*[tiab] OR \"low magnesium\"[tiab:~2])\n"
      "#2 migrain*[Title/Abstract] OR “Migraine Disorders/drug therapy”[mh:noexp]\n"
      "#3 (#1 AND #2) AND 2000/01/01:\"2025\"[dp] NOT (animals[mh] NOT humans[mh])\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const ParsedStrategy parsed = ParseLeniently(std::string_view(text).substr(0, size));
    if (parsed.strategy.lines.empty()) {
      EXPECT_TRUE(HasErrors(parsed.diagnostics)) << size;
    }
  }
}

}  // namespace
}  // namespace litmill::search
