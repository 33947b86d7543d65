// SPDX-License-Identifier: Apache-2.0
#include "app/identifier_list.h"

#include <gmock/gmock.h>

#include "tests/support/matchers.h"

namespace litmill::app {
namespace {

using State = store::RequestedState;
using testing::IsError;

struct Form {
  const char* line;
  const char* scheme;
  const char* value;
};

class IdentifierForms : public ::testing::TestWithParam<Form> {};

TEST_P(IdentifierForms, AreRead) {
  const auto list = ReadIdentifierList(std::string("90000001\n") + GetParam().line + "\n");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[1].scheme, GetParam().scheme);
  EXPECT_EQ((*list)[1].value, GetParam().value);
  EXPECT_EQ((*list)[1].line, 2U);
}

INSTANTIATE_TEST_SUITE_P(
    All, IdentifierForms,
    ::testing::Values(Form{"12345", "pmid", "12345"}, Form{"PMID: 12345", "pmid", "12345"},
                      Form{"00012345", "pmid", "12345"},
                      Form{"https://pubmed.ncbi.nlm.nih.gov/12345/", "pmid", "12345"},
                      Form{"PMC123456", "pmcid", "PMC123456"}, Form{"PMCID: PMC123456", "pmcid", "PMC123456"},
                      Form{"https://pmc.ncbi.nlm.nih.gov/articles/PMC123456/", "pmcid", "PMC123456"},
                      Form{"10.5555/ABC", "doi", "10.5555/abc"}, Form{"doi:10.5555/abc.", "doi", "10.5555/abc"},
                      Form{"https://doi.org/10.5555%2Fabc", "doi", "10.5555/abc"},
                      Form{"https://doi.org/10.5555/abc # a comment", "doi", "10.5555/abc"},
                      Form{"10.5555/abc/full", "doi", "10.5555/abc"}, Form{"10.5555/abc.pdf", "doi", "10.5555/abc"},
                      Form{"10.5555/(SICI)1097-0258(19980815)17:15<1661::AID-X>3.0.CO;2-2", "doi",
                           "10.5555/(sici)1097-0258(19980815)17:15<1661::aid-x>3.0.co;2-2"},
                      Form{"10.5555/a#b", "doi", "10.5555/a#b"}, Form{"  10.5555/abc\r", "doi", "10.5555/abc"}));

TEST(IdentifierList, CommentsAndBlankLinesArePassedOver) {
  const auto list = ReadIdentifierList("\xEF\xBB\xBF# list\n\n12\n  \n# more\n10.5555/a\n");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].line, 3U);
  EXPECT_EQ((*list)[1].ordinal, 2U);
}

TEST(IdentifierList, WhatIsNoIdentifierAndWhatStandsTwiceIsSaid) {
  const auto list = ReadIdentifierList("10.5555/A\nsee text\nhttps://doi.org/10.5555/a\n");
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ((*list)[0].state, State::kPending);
  EXPECT_EQ((*list)[1].state, State::kNotAnIdentifier);
  EXPECT_EQ((*list)[1].input, "see text");
  EXPECT_EQ((*list)[2].state, State::kRepeated);
}

TEST(IdentifierList, OfATableTheBestIdentifierOfEachRowCounts) {
  const auto list = ReadIdentifierList(
      "title,DOI,PMID,PMCID\r\n\"A, b\",10.5555/a,12,PMC1\r\nC,10.5555/c,,PMC2\r\nD,10.5555/d,,\r\nE,,,\r\n");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 4U);
  EXPECT_EQ((*list)[0].value, "12");
  EXPECT_EQ((*list)[1].value, "PMC2");
  EXPECT_EQ((*list)[2].value, "10.5555/d");
  EXPECT_EQ((*list)[3].state, State::kNotAnIdentifier);
}

TEST(IdentifierList, TabsAndSemicolonsSeparateToo) {
  EXPECT_EQ(ReadIdentifierList("PubMed ID\tdoi\n7\t10.5555/x\n")->front().value, "7");
  EXPECT_EQ(ReadIdentifierList("a;doi\nx;10.5555/x\n")->front().value, "10.5555/x");
}

TEST(IdentifierList, WithoutAnyIdentifierItIsRefused) {
  EXPECT_THAT(ReadIdentifierList(""), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(ReadIdentifierList("doi,pmid\n,\n"), IsError(ErrorCode::kInvalidInput));
}

}  // namespace
}  // namespace litmill::app
