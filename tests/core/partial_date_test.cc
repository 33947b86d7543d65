// SPDX-License-Identifier: Apache-2.0
#include "core/partial_date.h"

#include <gtest/gtest.h>

#include <random>

namespace litmill {
namespace {

struct MedlineCase {
  const char* raw;
  const char* iso;
  const char* iso_end;
};

class MedlineDates : public ::testing::TestWithParam<MedlineCase> {};

TEST_P(MedlineDates, FirstMomentLastMomentAndRaw) {
  const PartialDate date = DateFromMedlineDate(GetParam().raw);
  EXPECT_EQ(date.iso, GetParam().iso);
  EXPECT_EQ(date.iso_end, GetParam().iso_end);
  EXPECT_EQ(date.raw, GetParam().raw);
}

INSTANTIATE_TEST_SUITE_P(
    All, MedlineDates,
    ::testing::Values(
        MedlineCase{"1998 Dec-1999 Jan", "1998-12", "1999-01"}, MedlineCase{"2000 Oct-2001 Mar", "2000-10", "2001-03"},
        MedlineCase{"1998-1999", "1998", "1999"}, MedlineCase{"2011 May-Jun", "2011-05", "2011-06"},
        MedlineCase{"2019 Sep/Oct", "2019-09", "2019-10"},
        MedlineCase{"2016 May 25-Jun 14", "2016-05-25", "2016-06-14"},
        MedlineCase{"1995 Dec 6-20", "1995-12-06", "1995-12-20"},
        MedlineCase{"2000 Spring-Summer", "2000-04", "2000-07"}, MedlineCase{"2018 July August", "2018-07", "2018-08"},
        MedlineCase{"2000 May - Jun", "2000-05", "2000-06"}, MedlineCase{"2000 Sep-OCT", "2000-09", "2000-10"},
        MedlineCase{"Sep-OCT", "", ""}, MedlineCase{"2007", "2007", ""}, MedlineCase{"03/03/2018", "2018-03-03", ""},
        MedlineCase{"03/04/2018", "2018", ""}, MedlineCase{"25/04/2018", "2018-04-25", ""}, MedlineCase{"", "", ""},
        MedlineCase{"2000 Mar 15-31", "2000-03-15", "2000-03-31"}, MedlineCase{"1978-1979", "1978", "1979"},
        MedlineCase{"2010 Summer-Fall", "2010-07", "2010-10"}, MedlineCase{"2001 Feb 30", "2001-02", ""},
        MedlineCase{"Winter 1999", "1999", ""}, MedlineCase{"no date at all", "", ""},
        MedlineCase{"1995 4th Quarter", "1995", ""}));

TEST(DateFromParts, NamesNumbersAndAbsentParts) {
  EXPECT_EQ(DateFromParts("2024", "Jun", "").iso, "2024-06");
  EXPECT_EQ(DateFromParts("2024", "06", "5").iso, "2024-06-05");
  EXPECT_EQ(DateFromParts("2024", "6", "05").iso, "2024-06-05");
  EXPECT_EQ(DateFromParts("2024", "", "5").iso, "2024") << "a day without a month says nothing";
  EXPECT_EQ(DateFromParts("2024", "Oct", "31").precision, DatePrecision::kDay);
  EXPECT_EQ(DateFromParts("1998", "Sept", "").iso, "1998-09");
}

TEST(DateFromParts, ImpossiblePartsLowerThePrecision) {
  EXPECT_EQ(DateFromParts("2005", "9", "31").iso, "2005-09");
  EXPECT_EQ(DateFromParts("2005", "13", "1").iso, "2005");
  EXPECT_EQ(DateFromParts("", "9", "3").iso, "");
  EXPECT_EQ(DateFromParts("2023", "Feb", "29").iso, "2023-02");
  EXPECT_EQ(DateFromParts("2024", "Feb", "29").iso, "2024-02-29");
}

TEST(DateFromSeason, IsItsFirstMonth) {
  EXPECT_EQ(DateFromSeason("2003", "Winter").iso, "2003-01");
  EXPECT_EQ(DateFromSeason("2003", "fall").iso, "2003-10");
  const PartialDate range = DateFromSeason("2003", "Summer-Fall");
  EXPECT_EQ(range.iso, "2003-07");
  EXPECT_EQ(range.iso_end, "2003-10");
  EXPECT_EQ(DateFromSeason("2003", "Hilary term").iso, "2003");
}

TEST(DateFromIso, OnlyWhatIsIso) {
  EXPECT_EQ(DateFromIso("2024-02-29")->precision, DatePrecision::kDay);
  for (const char* text : {"", "24", "2024-2", "2024/02", "2024-13", "2023-02-29", "abcd", "2024-02-2x"})
    EXPECT_EQ(DateFromIso(text), std::nullopt) << text;
}

TEST(PartialDates, NeverMixPartsOfRandomText) {
  std::mt19937 random(7);
  const std::string alphabet = "0123456789 -/JanFebSum.";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 20; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const PartialDate date = DateFromMedlineDate(text);
    if (!date.iso.empty()) {
      EXPECT_TRUE(DateFromIso(date.iso).has_value()) << text;
    }
    if (!date.iso_end.empty()) {
      EXPECT_GT(date.iso_end, date.iso) << text;
    }
  }
}

}  // namespace
}  // namespace litmill
