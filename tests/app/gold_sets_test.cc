// SPDX-License-Identifier: Apache-2.0
// Labelled sets are read by what their files hold, and a broken line costs one line.
#include "app/gold_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using app::GoldCollection;
using app::GoldDocument;
using app::GoldDocuments;
using app::GoldTables;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

GoldDocuments PubTator(const std::string& text) {
  GoldDocuments out;
  app::ReadPubTator(text, "file", out);
  return out;
}

GoldDocument Brat(const std::string& text, const std::string& annotations) {
  GoldDocuments out;
  app::ReadBrat(text, annotations, "7", "7.ann", out);
  EXPECT_THAT(out.problems, SizeIs(0));
  return out.documents.at(0);
}

constexpr const char* kPubTator =
    "11|t|A study of gout.\n"
    "11|a|Gout and \xC2\xB5-pain hurt.\n"
    "11\t11\t15\tgout\tDisease\tD006073\n"
    "11\t26\t32\t\xC2\xB5-pain\tDisease\tMESH:D010146|D000001+D000002\n"
    "11\tCID\tD000003\tD006073\n"
    "\n"
    "12|t|Another.\r\n"
    "12|a|\r\n";

TEST(GoldSets, PubTatorGivesTitleAbstractAndIdentifiers) {
  const GoldDocuments read = PubTator(kPubTator);
  EXPECT_THAT(read.problems, SizeIs(0));
  ASSERT_THAT(read.documents, SizeIs(2));
  const GoldDocument& first = read.documents[0];
  EXPECT_EQ(first.id, "11");
  EXPECT_EQ(first.record.title.text, "A study of gout.");
  EXPECT_EQ(first.record.abstract_sections[0].body.text, "Gout and \xC2\xB5-pain hurt.");
  ASSERT_THAT(first.spans, SizeIs(2));
  EXPECT_THAT(first.spans[1].ids, ElementsAre("D010146", "D000001", "D000002"));
  EXPECT_EQ(first.spans[1].end - first.spans[1].start, 7U) << "code points are counted into bytes";
  EXPECT_EQ(read.documents[1].record.title.text, "Another.");
}

TEST(GoldSets, ABrokenLineOfPubTatorCostsOneLine) {
  const GoldDocuments read = PubTator(std::string(kPubTator) +
                                      "12\tx\t9\tword\tDisease\tD1\n12\t0\t7\tAnother\tDisease\tD000009\n13|a|lost\n");
  ASSERT_THAT(read.documents, SizeIs(2));
  EXPECT_THAT(read.documents[1].spans, SizeIs(1));
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("file:9: "), HasSubstr("file:11: ")));
}

TEST(GoldSets, BratSectionsKeepThePlacesOfTheText) {
  const std::string text =
      "The \xC2\xB5-trial.\n\nMETHODS AND AIMS : Forty were seen.\nAll walked.\n\nPain fell: a lot.\n";
  const GoldDocument document =
      Brat(text, "T1\tOutcome 63 67\tPain\nT2\tA 4 6;10 11\t\xC2\xB5- l\nR1\tr Arg1:T1 Arg2:T2\n#1\tnote\n");
  EXPECT_EQ(document.record.title.text, "The \xC2\xB5-trial.");
  ASSERT_THAT(document.record.abstract_sections, SizeIs(2));
  EXPECT_EQ(document.record.abstract_sections[0].label, "METHODS AND AIMS");
  EXPECT_EQ(document.record.abstract_sections[0].body.text, "Forty were seen. All walked.");
  EXPECT_EQ(document.record.abstract_sections[1].label, "") << "a heading is in capitals";
  ASSERT_THAT(document.spans, SizeIs(2));
  EXPECT_EQ(document.spans[0].text, "Pain");
  EXPECT_EQ(document.PlaceOf("abstract", 1, 0), document.spans[0].start);
  EXPECT_EQ(document.PlaceOf("abstract", 0, 6), text.find("were"));
  EXPECT_EQ(document.PlaceOf("title", 0, 4), 4U);
  EXPECT_EQ(document.PlaceOf("keyword", 0, 0), std::string::npos);
}

TEST(GoldSets, BratTextOfOneLineIsAnAbstract) {
  const GoldDocument document = Brat("All in one line. RESULTS: it fell.", "");
  EXPECT_EQ(document.record.title.text, "");
  ASSERT_THAT(document.record.abstract_sections, SizeIs(1));
}

TEST(GoldSets, ABratAnnotationOutsideOfTheTextIsReported) {
  GoldDocuments out;
  app::ReadBrat("short", "T1\tOutcome 3 99\twords\nT2\tOutcome 0 5\tshort\nT3\tOutcome\n", "7", "7.ann", out);
  EXPECT_THAT(out.documents[0].spans, SizeIs(1));
  EXPECT_THAT(out.problems, ElementsAre(HasSubstr("7.ann:1: "), HasSubstr("7.ann:3: ")));
}

TEST(GoldSets, TablesAreKnownByTheirColumns) {
  GoldTables tables;
  EXPECT_TRUE(
      app::ReadGoldTable("group\tid\ttext\texpect_minus\texpect_plus\tsection\tnote\n"
                         "g\tX1\ta\\nb\tform:y\tcondition:x; dose:1 g \tTITLE\tD000001\n"
                         "g\t\tno id\t\t\t\t\n",
                         "t.tsv", tables));
  ASSERT_THAT(tables.traps, SizeIs(1));
  EXPECT_EQ(tables.traps[0].text, "a\nb");
  EXPECT_THAT(tables.traps[0].expected, ElementsAre("condition:x", "dose:1 g"));
  EXPECT_THAT(tables.traps[0].forbidden, ElementsAre("form:y"));
  EXPECT_THAT(tables.problems, ElementsAre(HasSubstr("t.tsv:3: ")));
  EXPECT_TRUE(
      app::ReadGoldTable("pmcid\tprompt_id\tintervention\tcomparator\toutcome\tlabel\tevidence_span\n"
                         "1\t2\tA\tB\tpain\tsignificantly decreased\tPain \"fell.\n"
                         "1\t3\tA\tB\tpain\tno_difference\tIt did not.\n"
                         "1\t4\tA\tB\tpain\tsideways\tIt did.\n",
                         "d.tsv", tables));
  ASSERT_THAT(tables.directions, SizeIs(2));
  EXPECT_EQ(tables.directions[0].label, Movement::kDecreased);
  EXPECT_EQ(tables.directions[0].span, "Pain \"fell.");
  EXPECT_EQ(tables.directions[1].label, Movement::kNoDifference);
  EXPECT_THAT(tables.problems, SizeIs(2));
  EXPECT_FALSE(app::ReadGoldTable("a\tb\n1\t2\n", "x.tsv", tables));
}

TEST(GoldSets, QuestionsAreReadFromJson) {
  GoldTables tables;
  EXPECT_TRUE(app::ReadGoldJson(R"({"5": {"QUESTION": "Does it?", "LONG_ANSWER": "It does.", "final_decision": "yes"},
                                    "6": {"QUESTION": "Does it?"}})",
                                "q.json", tables));
  ASSERT_THAT(tables.questions, SizeIs(1));
  EXPECT_EQ(tables.questions[0].label, "yes");
  EXPECT_THAT(tables.problems, SizeIs(1));
  for (const char* other : {"[]", "{}", "{", "{\"5\": \"yes\"}", "7"})
    EXPECT_FALSE(app::ReadGoldJson(other, "q.json", tables)) << other;
}

TEST(GoldSets, AFolderIsReadWithItsFoldersWhateverTheNames) {
  TempDir dir;
  std::filesystem::create_directories(dir.File("corpus/deep"));
  WriteTestFile(dir.File("corpus/anything"), kPubTator);
  WriteTestFile(dir.File("corpus/more.txt"), "21|t|Third.\n21|a|Text.\n");
  WriteTestFile(dir.File("corpus/deep/7.txt"), "Pain fell.");
  WriteTestFile(dir.File("corpus/deep/7.ann"), "T1\tOutcome 0 4\tPain\n");
  WriteTestFile(dir.File("corpus/deep/8.ann"), "T1\tOutcome 0 4\tPain\n");
  WriteTestFile(dir.File("LICENSE"), "Do what you like.\n");
  RealFileSystem files;
  const auto gold = app::ReadGold(files, dir.path());
  ASSERT_THAT(gold, IsOk());
  ASSERT_THAT(gold->sets, SizeIs(2));
  EXPECT_EQ(gold->sets[0].name, "corpus");
  EXPECT_THAT(gold->sets[0].documents.documents, SizeIs(3));
  EXPECT_EQ(gold->sets[1].name, "deep");
  EXPECT_THAT(gold->sets[1].documents.documents, SizeIs(1));
  EXPECT_THAT(gold->Problems(), ElementsAre(HasSubstr("8.ann: ")));
  EXPECT_THAT(gold->passed_over, ElementsAre(HasSubstr("LICENSE")));
  const auto part = app::ReadGold(files, dir.path(), "more");
  ASSERT_THAT(part, IsOk());
  ASSERT_THAT(part->sets, SizeIs(1));
  EXPECT_THAT(part->sets[0].documents.documents, SizeIs(1));
  const auto one = app::ReadGold(files, dir.File("corpus/anything"));
  ASSERT_THAT(one, IsOk());
  EXPECT_EQ(one->sets.at(0).name, "anything");
  EXPECT_THAT(app::ReadGold(files, dir.File("absent")), IsError(ErrorCode::kNotFound));
}

}  // namespace
}  // namespace litmill::testing
