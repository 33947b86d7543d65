// SPDX-License-Identifier: Apache-2.0
#include "parse/page_range.h"

#include <gtest/gtest.h>

namespace litmill::parse {
namespace {

struct RangeCase {
  const char* pages;
  const char* start;
  const char* end;
};

class FirstPageRangeOf : public ::testing::TestWithParam<RangeCase> {};

TEST_P(FirstPageRangeOf, CompletesTheLastPage) {
  const PageRange range = FirstPageRange(GetParam().pages);
  EXPECT_EQ(range.start, GetParam().start) << GetParam().pages;
  EXPECT_EQ(range.end, GetParam().end) << GetParam().pages;
}

INSTANTIATE_TEST_SUITE_P(Cases, FirstPageRangeOf,
                         ::testing::Values(RangeCase{"123-34", "123", "134"}, RangeCase{"101-10", "101", "110"},
                                           RangeCase{"99-103", "99", "103"},
                                           RangeCase{"S1-9; discussion S10", "S1", "S9"},
                                           RangeCase{"S11-9", "S11", "S19"}, RangeCase{"e12", "e12", ""},
                                           RangeCase{"1234.e1-5", "1234.e1", "1234.e5"},
                                           RangeCase{"xii-xv", "xii", "xv"}, RangeCase{"134-27", "134", "27"},
                                           RangeCase{"5-", "5-", ""}, RangeCase{"", "", ""},
                                           RangeCase{"1-2-1-15", "1-2-1-15", ""}, RangeCase{"235-6, 240", "235", "236"},
                                           RangeCase{"e100-e105", "e100", "e105"}, RangeCase{"-", "-", ""}));

}  // namespace
}  // namespace litmill::parse
