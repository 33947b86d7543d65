// SPDX-License-Identifier: Apache-2.0
// litmill tag --text: any text, without a corpus.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"
#include "tests/support/temp_dir.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::WriteTestFile;

constexpr const char* kText =
    "Oral magnesium oxide for migraine\n\nForty adults with migraine took part. The ST depression was not of "
    "interest.\n";

TEST(TagText, ReadsAFileWithoutACorpus) {
  CliRig rig;
  WriteTestFile(rig.File("note.txt"), kText);
  const CliResult text = rig.Run({"tag", "--text", "note.txt"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("TITLE\n[[Oral]] [[magnesium oxide]] for [[migraine]]\n"));
  EXPECT_THAT(text.out, HasSubstr("  + condition:migraine \"migraine\" [25-33, title] by condition/migraine/include/"));
  EXPECT_THAT(text.out, HasSubstr("\nTAGS\n"));
  EXPECT_THAT(text.out, HasSubstr("  - condition:depression \"depression\""));
  EXPECT_THAT(text.out, Not(HasSubstr("\x1b["))) << "no colour where there is no terminal";
}

TEST(TagText, ReadsStandardInput) {
  CliRig rig;
  WriteTestFile(rig.File("note.txt"), kText);
  rig.SetInput("note.txt");
  const CliResult result = rig.Run({"tag", "--text", "-", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["source"], "text");
  EXPECT_EQ(json["title"], "Oral magnesium oxide for migraine");
  ASSERT_FALSE(json["mentions"].empty());
  for (const auto& mention : json["mentions"]) {
    EXPECT_EQ(mention["role"], mention["field"] == "title" ? "title" : mention["role"]);
    EXPECT_FALSE(mention["assertion"].get<std::string>().empty());
  }
  bool has_migraine = false;
  for (const auto& tag : json["tags"]) has_migraine |= tag["concept"] == "condition:migraine" && tag["in_title"];
  EXPECT_TRUE(has_migraine);
  for (const char* list : {"rejections", "quantities", "findings", "conclusions"})
    EXPECT_TRUE(json[list].is_array()) << list;
}

TEST(TagText, TakesOtherRulesThanTheConfigurations) {
  CliRig rig;
  WriteTestFile(rig.File("note.txt"), kText);
  WriteTestFile(
      rig.File("mine.yaml"),
      "set: mine\nversion: 1\nfacet: population\nconcepts:\n  adults:\n    label: Adults\n    include: [adults]\n");
  const CliResult result = rig.Run({"tag", "--text", "note.txt", "--rules", "mine.yaml", "-c", "absent.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Forty [[adults]] with migraine"));
}

TEST(TagText, RepairsBytesThatAreNoUtf8) {
  CliRig rig;
  WriteTestFile(rig.File("note.txt"), "Migraine \xFF and \xC3.");
  const CliResult result = rig.Run({"tag", "--text", "note.txt"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: note.txt is not UTF-8 throughout"));
  EXPECT_THAT(result.out, HasSubstr("[[Migraine]] \xEF\xBF\xBD and \xEF\xBF\xBD."));
}

TEST(TagText, SaysWhatIsWrong) {
  CliRig rig;
  EXPECT_THAT(rig.Run({"tag", "--text", "absent.txt"}).err, HasSubstr("absent.txt"));
  rig.SetInput("");
  const CliResult empty = rig.Run({"tag", "--text", "-"});
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_THAT(empty.err, HasSubstr("there is no text in standard input"));
  EXPECT_EQ(rig.Run({"tag"}).exit_code, 2);
  EXPECT_EQ(rig.Run({"tag", "--text", "-", "--explain", "1"}).exit_code, 2);
  WriteTestFile(rig.File("huge.txt"), std::string((16U << 20U) + 1, 'a'));
  const CliResult huge = rig.Run({"tag", "--text", "huge.txt"});
  EXPECT_EQ(huge.exit_code, 2);
  EXPECT_THAT(huge.err, HasSubstr("is larger than"));
  EXPECT_THAT(huge.out, IsEmpty());
}

}  // namespace
}  // namespace litmill
