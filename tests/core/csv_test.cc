// SPDX-License-Identifier: Apache-2.0
#include "core/csv.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace litmill {
namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> ReadAll(std::string_view text, char separator = ',', bool has_quotes = true) {
  CsvReader reader(text, separator, has_quotes);
  std::vector<Cells> rows;
  CsvRow row;
  while (reader.Next(row)) rows.push_back(row.cells);
  return rows;
}

TEST(CsvReader, ReadsCellsOfEveryLineEnd) {
  const std::vector<Cells> expected{{"a", "b"}, {"c", ""}, {"", "d"}};
  EXPECT_EQ(ReadAll("a,b\nc,\n,d\n"), expected);
  EXPECT_EQ(ReadAll("a,b\r\nc,\r\n,d"), expected);
  EXPECT_EQ(ReadAll("a,b\rc,\r,d\r"), expected);
}

TEST(CsvReader, QuotedCellsHoldSeparatorsLineEndsAndQuotationMarks) {
  EXPECT_EQ(ReadAll("\"a,b\",\"two\nlines\",\"say \"\"so\"\"\"\nnext,,"),
            (std::vector<Cells>{{"a,b", "two\nlines", "say \"so\""}, {"next", "", ""}}));
}

TEST(CsvReader, AQuotationMarkInsideACellIsALetter) {
  EXPECT_EQ(ReadAll("\"the \"true\" salt\",5\" tube\n"), (std::vector<Cells>{{"the \"true\" salt", "5\" tube"}}));
}

TEST(CsvReader, AQuoteThatNeverEndsCostsItsOwnLine) {
  CsvReader reader("a,\"open\nb,c\n", ',');
  CsvRow row;
  ASSERT_TRUE(reader.Next(row));
  EXPECT_TRUE(row.has_open_quote);
  EXPECT_EQ(row.cells, (Cells{"a", "\"open"}));
  ASSERT_TRUE(reader.Next(row));
  EXPECT_FALSE(row.has_open_quote);
  EXPECT_EQ(row.cells, (Cells{"b", "c"}));
  EXPECT_FALSE(reader.Next(row));
}

TEST(CsvReader, CountsLinesInsideQuotesAndPassesOverBlankOnes) {
  CsvReader reader("a\n\n\"x\r\ny\rz\"\nlast\n", ',');
  CsvRow row;
  std::vector<std::size_t> lines, offsets;
  while (reader.Next(row)) {
    lines.push_back(row.line);
    offsets.push_back(row.offset_bytes);
  }
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 3, 6}));
  EXPECT_EQ(offsets, (std::vector<std::size_t>{0, 3, 12}));
}

TEST(CsvReader, WithoutQuotingAQuotationMarkIsALetter) {
  EXPECT_EQ(ReadAll("\"a\tb\"\tc\n", '\t', false), (std::vector<Cells>{{"\"a", "b\"", "c"}}));
}

TEST(CsvReader, WhatIsWrittenByTheRulesIsReadBack) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "ab,;\"\n\r ";
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Cells> rows(1 + random() % 4);
    std::string text;
    for (Cells& row : rows) {
      row.resize(2 + random() % 3);
      for (std::string& cell : row) {
        for (std::size_t n = random() % 6; n > 0; --n) cell += kLetters[random() % kLetters.size()];
        text += &cell == &row.front() ? "\"" : ",\"";
        for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
        text += '"';
      }
      text += "\r\n";
    }
    ASSERT_EQ(ReadAll(text), rows) << text;
  }
}

TEST(CsvReader, ManyOpenQuotesStayLinear) {
  std::string text;
  for (int line = 0; line < 20'000; ++line) text += "a,\"b\n";
  EXPECT_EQ(ReadAll(text).size(), 20'000U);
}

TEST(SniffSeparator, IsTheMostFrequentOneOutsideQuotes) {
  EXPECT_EQ(SniffSeparator("a,b,c\n;;;;;"), ',');
  EXPECT_EQ(SniffSeparator("a;\"b,c,d,e\";f\n"), ';');
  EXPECT_EQ(SniffSeparator("PT\tAU\tTI\n"), '\t');
}

}  // namespace
}  // namespace litmill
