// SPDX-License-Identifier: Apache-2.0
#include "tag/sentences.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tag/tag_test_support.h"

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
TEST(Sentences, DoNotEndAfterDosingAbbreviationsBeforeCapitals) {
  EXPECT_EQ(Sentences("It was given p.o. Twice (b.i.d. Or t.i.d. Dosing) vs. Placebo."),
            (Strings{"It was given p.o. Twice (b.i.d. Or t.i.d. Dosing) vs. Placebo."}));
}
TEST(Sentences, EndAfterLetteredNames) {
  EXPECT_EQ(Sentences("All took vitamin D. Some joined group B. None left."),
            (Strings{"All took vitamin D. ", "Some joined group B. ", "None left."}));
}
TEST(Sentences, DoNotEndInsideBrackets) {
  EXPECT_EQ(Sentences("Pain fell (see Table 2. Details there) at once. (All stayed.) They left."),
            (Strings{"Pain fell (see Table 2. Details there) at once. ", "(All stayed.) ", "They left."}));
}
TEST(Sentences, ABracketThatNeverClosesHidesNothing) {
  EXPECT_EQ(Sentences("Pain (fell. Sleep rose."), (Strings{"Pain (fell. ", "Sleep rose."}));
}
TEST(Sentences, EndWhereTheSpaceWasLost) {
  EXPECT_EQ(
      Sentences("Pain improved.Methods were plain. See ClinicalTrials.gov and U.S.A. data, e.g.The one."),
      (Strings{"Pain improved.", "Methods were plain. ", "See ClinicalTrials.gov and U.S.A. data, e.g.The one."}));
}

Strings FieldSentences(const std::string& stored) {
  const Record record = testing::WithAbstract({stored});
  JoinedText text;
  text.Fill(record);
  std::vector<std::uint32_t> starts;
  FindSentenceStarts(text, text.fields[0], starts);
  Strings sentences;
  for (std::size_t i = 0; i < starts.size(); ++i)
    sentences.push_back(
        text.buffer.substr(starts[i], (i + 1 < starts.size() ? starts[i + 1] : text.fields[0].end) - starts[i]));
  return sentences;
}

TEST(Sentences, EndAtBlankLinesAndBullets) {
  EXPECT_EQ(FieldSentences("Foods rich in it\n\nNuts are best\nand cheap"),
            (Strings{"Foods rich in it ", "Nuts are best and cheap"}));
  EXPECT_EQ(FieldSentences("Foods:\n- Nuts\n- Seeds"), (Strings{"Foods: ", "- Nuts ", "- Seeds"}));
  EXPECT_EQ(FieldSentences("Foods • Nuts • Seeds"), (Strings{"Foods ", "• Nuts ", "• Seeds"}));
}
TEST(Sentences, BlankLinesInsideASentenceDoNotEndIt) {
  EXPECT_EQ(FieldSentences("Pain fell from 5.\n\n7 to 5.1 points.\n\nIt stayed\n\nthere."),
            (Strings{"Pain fell from 5. 7 to 5.1 points. ", "It stayed there."}));
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
