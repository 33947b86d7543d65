// SPDX-License-Identifier: Apache-2.0
// What is asked of every text: where words begin, whether they can be one of a list, where the next mark stands.
#include "tag/text_runs.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/byte_scan.h"
#include "tag/word_table.h"

namespace litmill::tag {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::uint32_t> RunsOf(const std::string& text, TextRuns& runs) {
  runs.Fill(text);
  return {runs.starts().begin(), runs.starts().end()};
}

TEST(TextRuns, AreOfLettersOrOfDigits) {
  TextRuns runs;
  EXPECT_THAT(RunsOf("B12, 5mg", runs), ElementsAre(0, 1, 5, 6));
  EXPECT_THAT(RunsOf("caf\xC3\xA9s", runs), ElementsAre(0, 5));
}

TEST(TextRuns, ForgetTheTextBefore) {
  TextRuns runs;
  EXPECT_THAT(RunsOf("a b c d", runs), ElementsAre(0, 2, 4, 6));
  EXPECT_THAT(RunsOf("ab", runs), ElementsAre(0));
  EXPECT_THAT(RunsOf("", runs), IsEmpty());
}

TEST(FindByte, FindsTheSameAtEveryPlaceOfABlock) {
  const auto is_mark = [](char c) { return c == '.' || c == '('; };
  for (std::size_t size = 0; size < 70; ++size) {
    EXPECT_EQ(FindByte(std::string(size, 'x'), 0, is_mark), size);
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      text[at] = at % 2 == 0 ? '.' : '(';
      EXPECT_EQ(FindByte(text, 0, is_mark), at);
      EXPECT_EQ(FindByte(text, at, is_mark), at);
      EXPECT_EQ(FindByte(text, at + 1, is_mark), size);
    }
  }
}

constexpr auto kTable = [] {
  WordTable<int, 8> table;
  table["to"] = 1;
  table["than"] = 2;
  table["then"] = 3;
  table["a"] = 4;
  return table;
}();

TEST(WordTable, FindsWholeWordsOnly) {
  ASSERT_NE(kTable.Find("than"), nullptr);
  EXPECT_EQ(*kTable.Find("than"), 2);
  EXPECT_EQ(*kTable.Find("then"), 3);
  EXPECT_EQ(*kTable.Find("a"), 4);
  EXPECT_EQ(kTable.Find("thank"), nullptr);
  EXPECT_EQ(kTable.Find("t"), nullptr);
  EXPECT_EQ(kTable.Find(""), nullptr);
}

TEST(WordTable, DismissesByThreeLettersInAnyCase) {
  EXPECT_TRUE(kTable.MayBeginAt("more THAN", 5));
  EXPECT_TRUE(kTable.MayBeginAt("to us", 0));
  EXPECT_TRUE(kTable.MayBeginAt("go to", 3));
  EXPECT_TRUE(kTable.MayBeginAt("a mouse", 0));
  EXPECT_FALSE(kTable.MayBeginAt("this", 0));
  EXPECT_FALSE(kTable.MayBeginAt("mouse", 0));
}

}  // namespace
}  // namespace litmill::tag
