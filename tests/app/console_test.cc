// SPDX-License-Identifier: Apache-2.0
#include "app/console.h"

#include <gtest/gtest.h>

namespace litmill::app {
namespace {

TEST(FormatTable, AlignsByCodePointsAndSetsNumbersRight) {
  EXPECT_EQ(FormatTable({{"name", "n"}, {"\xC3\xA9tude", "5"}, {"a", "1234"}}, {false, true}),
            "name      n\n-----  ----\n\xC3\xA9tude     5\na      1234\n");
}

TEST(FormatTable, KeepsControlCharactersAwayFromTheTerminal) {
  EXPECT_EQ(FormatTable({{"t"}, {"a\x1b[31mb\nc"}}, {}), "t\n---------\na [31mb c\n");
}

TEST(FormatTable, AnEmptyResultStillHasItsHeader) { EXPECT_EQ(FormatTable({{"a", "b"}}, {}), "a  b\n-  -\n"); }

struct CellCase {
  const char* text;
  const char* cell;
};

class CsvCells : public ::testing::TestWithParam<CellCase> {};
TEST_P(CsvCells, AreQuotedAndNeverFormulas) { EXPECT_EQ(CsvCell(GetParam().text), GetParam().cell); }
INSTANTIATE_TEST_SUITE_P(All, CsvCells,
                         ::testing::Values(CellCase{"plain", "plain"}, CellCase{"", ""}, CellCase{"a,b", "\"a,b\""},
                                           CellCase{"a\"b", "\"a\"\"b\""}, CellCase{"a\nb", "\"a\nb\""},
                                           CellCase{"=1+1", "'=1+1"}, CellCase{"@cmd", "'@cmd"},
                                           CellCase{"+49 30", "'+49 30"}, CellCase{"-x", "'-x"},
                                           CellCase{"=a,b", "\"'=a,b\""}, CellCase{"-5", "-5"},
                                           CellCase{"+1.25", "+1.25"}, CellCase{"-1e-3", "-1e-3"},
                                           CellCase{"\tx", "'\tx"}));

TEST(WithThousands, SetsCommas) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1000), "1,000");
  EXPECT_EQ(WithThousands(1234567), "1,234,567");
}

}  // namespace
}  // namespace litmill::app
