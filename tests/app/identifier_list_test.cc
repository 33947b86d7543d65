// SPDX-License-Identifier: Apache-2.0
#include "app/identifier_list.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>
#include <string_view>

#include "parse/export_file.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"

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

TEST(IdentifierList, AFirstLineThatNamesItsSchemeIsNoHeader) {
  const auto list = ReadIdentifierList("PMID: 12345\nPMID: 12346\n");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].value, "12345");
  EXPECT_EQ((*list)[1].line, 2U);
}

TEST(IdentifierList, LinesMayEndAsTheyDoAnywhere) {
  const auto list = ReadIdentifierList("12\r# more\r\n10.5555/a\rPMC7\n");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[2].value, "PMC7");
  EXPECT_EQ((*list)[2].line, 4U);
}

TEST(IdentifierList, AsAFileItIsDecodedAndEachIdentifierKnowsItsList) {
  const std::string_view utf16(
      "\xFF\xFE"
      "1\0"
      "2\0"
      "\n\0"
      "7\0",
      10);
  const auto list = ReadIdentifierFile(utf16, "ids.txt");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].value, "12");
  EXPECT_EQ((*list)[1].list, "ids.txt");
  const auto none = ReadIdentifierFile("nothing here", "empty.txt");
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().message, ::testing::HasSubstr("empty.txt"));
}

TEST(IdentifierList, SeveralAreOneWhereWhatStandsInAnEarlierOneIsRepeated) {
  const auto all = JoinLists({*ReadIdentifierList("12\n12\n"), *ReadIdentifierList("10.5555/a\nPMID: 12\nno\n")});
  ASSERT_EQ(all.size(), 5U);
  const State wanted[] = {State::kPending, State::kRepeated, State::kPending, State::kRepeated,
                          State::kNotAnIdentifier};
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].ordinal, i + 1);
    EXPECT_EQ(all[i].state, wanted[i]) << i;
  }
  EXPECT_EQ(all[3].line, 2U);
}

struct Told {
  const char* name;
  const char* text;
  bool is_list;
};

class ListsTold : public ::testing::TestWithParam<Told> {};

TEST_P(ListsTold, FromAllElse) { EXPECT_EQ(IsIdentifierList(GetParam().text, true), GetParam().is_list); }

INSTANTIATE_TEST_SUITE_P(
    All, ListsTold,
    ::testing::Values(Told{"OnePmid", "12345", true}, Told{"OneDoi", "https://doi.org/10.5555/a\n", true},
                      Told{"Mixed", "# included\n\n10.5555/a # the first\nPMID: 12\nPMC7\n", true},
                      Told{"OneOfThreeIsNone", "10.5555/a\n12\nsee the supplement\n", true},
                      Told{"Column", "doi\n10.5555/a\n", true}, Told{"Columns", "PMID,DOI\r\n12,10.5555/a\r\n", true},
                      Told{"Tabs", "PubMed ID\tPMCID\n7\tPMC1\n", true},
                      Told{"Semicolons", "doi;pmid\n10.5555/a;\n", true},
                      Told{"OwnExport", "pmid,pmcid,doi,source,source_id,sources\r\n12,,,pubmed,12,pubmed\r\n", true},
                      Told{"Nothing", "", false}, Told{"OnlyComments", "# 12345\n", false},
                      Told{"HeaderAlone", "doi,pmid\n", false}, Told{"HeaderAndNoIdentifier", "doi\nnone\n", false},
                      Told{"TableWithTitle", "doi,title\n10.5555/a,Salt\n", false},
                      Told{"TableWithNotes", "doi,remark\n10.5555/a,good\n", false},
                      Told{"TableWithoutHeader", "12345,Salt and sleep,2019\n", false},
                      Told{"Bibliography", "Roe J. Salt and sleep. 2019;5:1.\nhttps://doi.org/10.5555/a\n", false},
                      Told{"Sentence", "As 10.5555/a says, salt is salt.\n", false},
                      Told{"Nbib", "PMID- 12345\nTI  - Salt\nLID - 10.5555/a [doi]\n", false},
                      Told{"Ris", "TY  - JOUR\nDO  - 10.5555/a\nER  - \n", false},
                      Told{"PubmedXml", "<PubmedArticleSet>\n<PMID>12345</PMID>\n</PubmedArticleSet>\n", false},
                      Told{"Json", "[12345, 12346]\n", false}, Told{"Page", "<html>12345</html>", false}),
    [](const auto& told) { return told.param.name; });

TEST(IdentifierList, OfItsBeginningTheLastLineMayBeCut) {
  EXPECT_TRUE(IsIdentifierList("10.5555/a\n10.5", false));
  EXPECT_FALSE(IsIdentifierList("10.5555/a", false)) << "it may go on in any way";
}

/// Whole files and beginnings of them, but for the very shortest: "1." begins a list of any kind.
TEST(IdentifierListRealData, NoRealExportIsTakenForAList) {
  LITMILL_NEEDS(testing::RealDataFolder());
  int files = 0;
  for (const std::string& file : testing::FilesBelow(testing::RealDataFolder())) {
    std::ifstream in(file, std::ios::binary);
    std::string head(64U << 10U, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (!parse::DetectExport(head)) continue;
    ++files;
    for (std::size_t size = head.size(); size > 8; size /= 2)
      EXPECT_FALSE(IsIdentifierList(std::string_view(head).substr(0, size), true)) << file << " " << size;
  }
  EXPECT_GT(files, 100);
}

TEST(IdentifierList, WithoutAnyIdentifierItIsRefused) {
  EXPECT_THAT(ReadIdentifierList(""), IsError(ErrorCode::kInvalidInput));
  EXPECT_THAT(ReadIdentifierList("doi,pmid\n,\n"), IsError(ErrorCode::kInvalidInput));
}

}  // namespace
}  // namespace litmill::app
