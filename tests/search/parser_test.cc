// SPDX-License-Identifier: Apache-2.0
// What PubMed syntax means: trees, positions, and errors that people can act on.
#include "search/parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "search/to_pubmed.h"
#include "tests/support/matchers.h"

namespace litmill::search {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

Node Query(std::string_view text) {
  Result<Node> query = ParseQuery(text);
  EXPECT_THAT(query, IsOk()) << text;
  return query ? *query : Node{};
}

Node Tiab(std::string_view word) { return MakeTerm(word, Field::kTitleAbstract); }

std::vector<std::string> Codes(std::string_view text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : ParseLeniently(text).diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(Parser, OperatorsGoFromLeftToRight) {
  EXPECT_TRUE(Query("a[tiab] OR b[tiab] AND c[tiab]") == And({Or({Tiab("a"), Tiab("b")}), Tiab("c")}));
  EXPECT_TRUE(Query("a[tiab] AND b[tiab] OR c[tiab]") == Or({And({Tiab("a"), Tiab("b")}), Tiab("c")}));
  EXPECT_TRUE(Query("a[tiab] OR (b[tiab] AND c[tiab])") == Or({Tiab("a"), And({Tiab("b"), Tiab("c")})}));
  EXPECT_TRUE(Query("a[tiab] NOT b[tiab] OR c[tiab]") == Or({Not(Tiab("a"), Tiab("b")), Tiab("c")}));
}

TEST(Parser, TheSameOperatorInARowIsOneOperation) {
  EXPECT_TRUE(Query("a[tiab] OR b[tiab] OR c[tiab]") == Or({Tiab("a"), Tiab("b"), Tiab("c")}));
  EXPECT_TRUE(Query("(a[tiab] OR b[tiab]) OR c[tiab]") == Or({Or({Tiab("a"), Tiab("b")}), Tiab("c")}));
  EXPECT_TRUE(Query("((a[tiab]))") == Tiab("a"));
}

TEST(Parser, TermsBesideOneAnotherAreJoinedByAnd) {
  EXPECT_TRUE(Query("a[tiab] b[tiab]") == And({Tiab("a"), Tiab("b")}));
  EXPECT_TRUE(Query("(a[tiab] OR b[tiab])(c[tiab])") == And({Or({Tiab("a"), Tiab("b")}), Tiab("c")}));
}

TEST(Parser, WordsWithoutQuotationMarksAreOneTerm) {
  const Node node = Query("kidney allograft [tw]");
  ASSERT_NE(node.AsTerm(), nullptr);
  EXPECT_EQ(node.AsTerm()->text, "kidney allograft");
  EXPECT_FALSE(node.AsTerm()->quoted);
  EXPECT_EQ(node.AsTerm()->field, Field::kTextWord);
}

TEST(Parser, LowerCaseOperatorsAreWords) {
  const Node node = Query("calcium and vitamin d[tiab]");
  ASSERT_NE(node.AsTerm(), nullptr);
  EXPECT_EQ(node.AsTerm()->text, "calcium and vitamin d");
}

TEST(Parser, TagsAreReadInAnyCaseSpacingAndLength) {
  for (const std::string_view tag : {"[tiab]", "[TIAB]", " [Title/Abstract]", "[ title / abstract ]"})
    EXPECT_EQ(Query("x" + std::string(tag)).AsTerm()->field, Field::kTitleAbstract) << tag;
  for (const Field field : AllFields()) {
    if (IsDateField(field)) continue;
    for (const std::string_view tag : {FieldTag(field), FieldName(field)})
      EXPECT_EQ(Query("word[" + std::string(tag) + "]").AsTerm()->field, field) << tag;
  }
}

TEST(Parser, MeshHeadingsHaveExplosionAndSubheadings) {
  EXPECT_TRUE(Query("\"Magnesium\"[Mesh]") == MakeMesh("Magnesium"));
  EXPECT_TRUE(Query("\"Magnesium\"[mh:noexp]") == MakeMeshNoexp("Magnesium"));
  EXPECT_TRUE(Query("\"Migraine Disorders/drug therapy\"[MeSH Terms]") ==
              MakeMesh("Migraine Disorders", "drug therapy"));
  EXPECT_EQ(Query("\"Magnesium\"[majr:noexp]").AsTerm()->field, Field::kMeshMajor);
}

TEST(Parser, ProximityIsReadFromTheTag) {
  EXPECT_TRUE(Query("\"low mood\"[tiab:~3]") == MakeProximity("low mood", 3));
  EXPECT_EQ(Query("\"low mood\"[Title:~0]").AsTerm()->proximity, 0);
}

TEST(Parser, DateRangesInEveryForm) {
  const Node years = MakeYears(2000, 2025);
  for (const std::string_view text :
       {"2000:2025[dp]", "2000 : 2025[pdat]", "\"2000\"[dp] : \"2025\"[dp]", "2000[dp]:2025[dp]",
        "(\"2000\"[Date - Publication] : \"2025\"[Date - Publication])", "\"2000\":\"2025\"[dp]",
        "2000 : \"2025\"[dp]"})
    EXPECT_TRUE(Query(text) == years) << text;
  const Node open_end = Query("\"2000/01/01\"[dp] : \"3000\"[dp]");
  const DateRange* open = open_end.AsDateRange();
  ASSERT_NE(open, nullptr);
  EXPECT_EQ(open->from, (DatePoint{2000, 1, 1}));
  EXPECT_EQ(open->to, (DatePoint{3000, 0, 0}));
  EXPECT_TRUE(Query("2000[dp]").AsDateRange()->single);
  EXPECT_EQ(Query("\"last 90 days\"[edat]").AsDateRange()->period, (RelativePeriod{90, PeriodUnit::kDays}));
}

TEST(Parser, NumberedLinesInTheUsualStyles) {
  const std::vector<std::string> styles{"#1 magnesium[tiab]\n#2 migrain*[tiab]\n#3 #1 AND #2",
                                        "1. magnesium[tiab]\n2. migrain*[tiab]\n3. #1 AND #2",
                                        "1\tmagnesium[tiab]\n2\tmigrain*[tiab]\n3\t#1 AND #2",
                                        "1 magnesium[tiab]\n2 migrain*[tiab]\n3 #1 AND #2\n",
                                        "#3: #1 AND #2\n#2: migrain*[tiab]\n#1: magnesium[tiab]",
                                        "\n#1 magnesium[tiab]\r\n\n#2 migrain*[tiab]\n#3 #1\n AND #2"};
  for (const std::string& text : styles) {
    const Result<Strategy> strategy = ParseStrategy(text);
    ASSERT_THAT(strategy, IsOk()) << text;
    ASSERT_EQ(strategy->lines.size(), 3U) << text;
    EXPECT_TRUE(strategy->numbered);
    const Result<Node> whole = Resolve(*strategy);
    ASSERT_THAT(whole, IsOk());
    EXPECT_TRUE(*whole == And({Tiab("magnesium"), Tiab("migrain*")})) << text;
  }
}

TEST(Parser, TextThatOnlyLooksNumberedIsOneStrategy) {
  for (const std::string_view text :
       {"2000:2025[dp] AND magnesium[tiab]", "1 25-dihydroxyvitamin D[tiab]", "1,25 OH[tiab]"}) {
    const Result<Strategy> strategy = ParseStrategy(text);
    ASSERT_THAT(strategy, IsOk()) << text;
    EXPECT_FALSE(strategy->numbered) << text;
  }
}

TEST(Parser, InvisibleCharactersAreNoPartOfAWord) {
  EXPECT_TRUE(Query("magne\xC2\xADsium[tiab] A\xE2\x80\x8BND\x01 sleep[tiab]") ==
              And({Tiab("magnesium"), Tiab("sleep")}));
}

TEST(Parser, ATermThatLooksLikeALineNumberIsWrittenSoThatItIsNone) {
  const Node term = Query("(1. magnesium[tiab])");
  EXPECT_EQ(ToPubMed(term), "(1. magnesium[tiab])");
  EXPECT_TRUE(Query(ToPubMed(term)) == term);
}

TEST(Parser, PositionsAreLinesColumnsAndBytes) {
  const std::string text = "\"Ménière\"[tiab] OR\n  depress*[tiab]";
  const Result<Strategy> strategy = ParseStrategy(text);
  ASSERT_THAT(strategy, IsOk());
  const std::vector<const Node*> leaves = Leaves(strategy->lines[0].query);
  ASSERT_EQ(leaves.size(), 2U);
  EXPECT_EQ(leaves[1]->span.line, 2U);
  EXPECT_EQ(leaves[1]->span.column, 3U);
  EXPECT_EQ(text.substr(leaves[1]->span.begin, leaves[1]->span.end - leaves[1]->span.begin), "depress*[tiab]");
  EXPECT_EQ(text.substr(leaves[0]->span.begin, leaves[0]->span.end - leaves[0]->span.begin), "\"Ménière\"[tiab]");
}

struct ErrorCase {
  std::string_view text;
  std::vector<std::string> codes;
};

TEST(Parser, ErrorsAreNamedByTheirCodes) {
  const std::vector<ErrorCase> cases{
      {"(a[tiab] OR b[tiab]", {"S001"}},
      {"a[tiab])", {"S002"}},
      {"\"a b[tiab]", {"S003"}},
      {"a[tiab", {"S004"}},
      {"a[]", {"S004"}},
      {"a tiab]", {"S004"}},
      {"[tiab]", {"S004"}},
      {"a[tia]", {"S005"}},
      {"a[tiab] AND", {"S006"}},
      {"OR a[tiab]", {"S006"}},
      {"a[tiab] OR OR b[tiab]", {"S006"}},
      {"()", {"S007"}},
      {"", {"S007"}},
      {" \n ", {"S007"}},
      {"\"\"", {"S007"}},
      {"#1 AND #2", {"S009", "S009"}},
      {"#1 a[tiab]\n#2 #1 AND #7", {"S009"}},
      {"#1 a[tiab] OR #2\n#2 b[tiab] OR #1", {"S009"}},
      {"#1 a[tiab] OR #1", {"S009"}},
      {"a[tiab] AND NOT b[tiab]", {"S010"}},
      {"(a OR b)[tiab]", {"S011"}},
      {"2025:2000[dp]", {"S012"}},
      {"2000/13[dp]", {"S012"}},
      {"sometime[dp]", {"S012"}},
      {"a[tiab] : b[tiab]", {"S012"}},
      {"2000[dp] : 2025[edat]", {"S012"}},
      {"a[tiab:noexp]", {"S013"}},
      {"a[tiab:~x]", {"S013"}},
      {"a[tiab:~99999]", {"S013"}},
      {"a[mh:exp]", {"S013"}},
      {"a\xFF[tiab]", {"S014"}},
      {"#1 a[tiab]\n#1 b[tiab]", {"S015"}},
  };
  for (const ErrorCase& c : cases) {
    EXPECT_EQ(Codes(c.text), c.codes) << c.text;
    EXPECT_THAT(ParseStrategy(c.text), IsError(ErrorCode::kInvalidInput)) << c.text;
  }
}

TEST(Parser, AnErrorShowsItsPlaceWithCarets) {
  const Result<Strategy> strategy = ParseStrategy("magnesium[tiab] OR\n  Ménière[tib] AND x[tiab]", "strategy.txt");
  ASSERT_FALSE(strategy.has_value());
  EXPECT_EQ(strategy.error().message,
            "strategy.txt:2:10: error S005: PubMed has no field tag [tib]\n"
            "    Ménière[tib] AND x[tiab]\n"
            "           ^^^^^\n"
            "  try: [ti]");
}

TEST(Parser, APlaceInALongLineIsCutOut) {
  const std::string text = std::string(5000, 'a') + "[tiab] OR b[nonsense] OR " + std::string(5000, 'c') + "[tiab]";
  const Result<Strategy> strategy = ParseStrategy(text);
  ASSERT_FALSE(strategy.has_value());
  EXPECT_LT(strategy.error().message.size(), 500U);
  EXPECT_NE(strategy.error().message.find("b[nonsense]"), std::string::npos);
}

TEST(Parser, NestingIsBounded) {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '(') + "a[tiab]" + std::string(levels, ')');
  };
  EXPECT_THAT(ParseStrategy(nested(kMaxNesting)), IsOk());
  EXPECT_EQ(Codes(nested(kMaxNesting + 1)), (std::vector<std::string>{"S008"}));
  EXPECT_EQ(Codes(nested(1'000'000)), (std::vector<std::string>{"S008"}));
  std::string chain = "a[tiab]";
  for (int i = 0; i < 100'000; ++i) chain += i % 2 == 0 ? " OR b[tiab]" : " AND c[tiab]";
  EXPECT_EQ(Codes(chain), (std::vector<std::string>{"S008"}));
  std::string flat = "a[tiab]";
  for (int i = 0; i < 100'000; ++i) flat += " OR b[tiab]";
  EXPECT_THAT(ParseStrategy(flat), IsOk());
}

TEST(Resolve, DoublingLinesAreRefusedNotExpanded) {
  std::string text = "#1 a[tiab] OR b[tiab]";
  for (int i = 2; i < 60; ++i)
    text += "\n#" + std::to_string(i) + " #" + std::to_string(i - 1) + " OR #" + std::to_string(i - 1);
  EXPECT_EQ(Codes(text), (std::vector<std::string>{"S009"}));
}

}  // namespace
}  // namespace litmill::search
