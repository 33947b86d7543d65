// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_numbers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace litmill::tag {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<double> Values(const std::string& text) {
  std::vector<Number> numbers;
  FindNumbers(text, numbers);
  std::vector<double> values;
  for (const Number& number : numbers) values.push_back(number.has_minus ? -number.value : number.value);
  return values;
}

TEST(QuantityNumbers, ReadsThousandsByCommasAndSpaces) {
  EXPECT_THAT(Values("with 1,250 and 31 400 rats, 2,000,500 in all"), ElementsAre(1250, 31400, 2000500));
}

TEST(QuantityNumbers, TakesALabelledNumberForNoThousand) {
  EXPECT_THAT(Values("group 2 150 mice"), ElementsAre(2, 150));
  EXPECT_THAT(Values("in 2012 450 girls"), ElementsAre(2012, 450));
}

TEST(QuantityNumbers, ReadsEveryDecimalMark) {
  EXPECT_THAT(Values("0.25 .5 0·75 1,5 0,125 0. 04"), ElementsAre(0.25, 0.5, 0.75, 1.5, 0.125, 0.04));
}

TEST(QuantityNumbers, LeavesListsAndSentenceEndsAlone) {
  EXPECT_THAT(Values("on days 3,7,9"), ElementsAre(3, 7, 9));
  EXPECT_THAT(Values("there were 12. 5 left"), ElementsAre(12, 5));
}

TEST(QuantityNumbers, ReadsWords) {
  EXPECT_THAT(Values("Thirty-seven of one hundred and four"), ElementsAre(37, 104));
  EXPECT_THAT(Values("Two thousand six hundred nineteen; seven hundred"), ElementsAre(2619, 700));
  EXPECT_THAT(Values("Hundred sixty-two girls, three-hundred ten boys"), ElementsAre(162, 310));
  EXPECT_THAT(Values("1.5 million and 20 thousand"), ElementsAre(1500000, 20000));
}

TEST(QuantityNumbers, DoesNotAddUpWhatIsTwoNumbers) {
  EXPECT_THAT(Values("two and three"), ElementsAre(2, 3));
  EXPECT_THAT(Values("forty fifty"), ElementsAre(40, 50));
  EXPECT_THAT(Values("at five, six"), ElementsAre(5, 6));
}

TEST(QuantityNumbers, TakesNoDigitsOutOfNamesAndNoWordsOutOfWords) {
  EXPECT_THAT(Values("B12 and CoQ10 with MgSO4, weighted, stone, tensions, often"), IsEmpty());
}

TEST(QuantityNumbers, KnowsNameFromNumberWhereLettersAndDigitsTouch) {
  EXPECT_THAT(Values("5mg3 and B12one"), ElementsAre(5));
  EXPECT_THAT(Values("12.B6.5 or 1.2.3"), ElementsAre(12, 0.5, 1.2, 0.3));
}

TEST(QuantityNumbers, TellsMinusFromHyphenAndRange) {
  EXPECT_THAT(Values("-3.5 (-2) = -1"), ElementsAre(-3.5, -2, -1));
  EXPECT_THAT(Values("5-9 omega-3"), ElementsAre(5, 9, 3));
  std::vector<Number> numbers;
  FindNumbers("omega-3", numbers);
  ASSERT_EQ(numbers.size(), 1U);
  EXPECT_TRUE(numbers[0].in_name);
}

TEST(QuantityNumbers, HasNoUseForIdentifiers) {
  std::vector<Number> numbers;
  FindNumbers("12345678901234567890", numbers);
  ASSERT_EQ(numbers.size(), 1U);
  EXPECT_TRUE(numbers[0].is_claimed);
}

}  // namespace
}  // namespace litmill::tag
