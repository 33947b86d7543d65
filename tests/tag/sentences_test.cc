// SPDX-License-Identifier: Apache-2.0
#include "tag/sentences.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace litmill::tag {
namespace {

std::vector<std::string> Sentences(const std::string& text) {
  std::vector<std::uint32_t> starts;
  FindSentenceStarts(text, starts);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < starts.size(); ++i)
    sentences.push_back(text.substr(starts[i], (i + 1 < starts.size() ? starts[i + 1] : text.size()) - starts[i]));
  return sentences;
}

using Strings = std::vector<std::string>;

TEST(Sentences, EndAtStopsBeforeCapitalsDigitsAndBrackets) {
  EXPECT_EQ(Sentences("One fell. Two rose? Three stayed! (Four did too.) 12 were lost."),
            (Strings{"One fell. ", "Two rose? ", "Three stayed! ", "(Four did too.) ", "12 were lost."}));
}
TEST(Sentences, DoNotEndInDecimals) {
  EXPECT_EQ(Sentences("It fell from 5. 7 to 5.1 points. Then it rose."),
            (Strings{"It fell from 5. 7 to 5.1 points. ", "Then it rose."}));
}
TEST(Sentences, DoNotEndAfterAbbreviationsAndInitials) {
  EXPECT_EQ(Sentences("Smith et al. Found it vs. Placebo, e.g. Tablets of J. T. Brown (Fig. 2)."),
            (Strings{"Smith et al. Found it vs. Placebo, e.g. Tablets of J. T. Brown (Fig. 2)."}));
}
TEST(Sentences, DoNotEndBeforeLowerCase) {
  EXPECT_EQ(Sentences("Given i.v. magnesium helped."), (Strings{"Given i.v. magnesium helped."}));
}
TEST(Sentences, EmptyTextIsOneEmptySentence) { EXPECT_EQ(Sentences(""), (Strings{""})); }
TEST(Sentences, CoverTheText) {
  for (const std::string text : {".", ". A", "a.b. C.", "?!? !", "A. B. C. 1. 2."}) {
    std::string joined;
    for (const std::string& s : Sentences(text)) joined += s;
    EXPECT_EQ(joined, text);
  }
}

}  // namespace
}  // namespace litmill::tag
