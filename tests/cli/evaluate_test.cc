// SPDX-License-Identifier: Apache-2.0
// litmill evaluate on labelled sets of the test's own.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include <filesystem>

#include "tests/cli/cli_rig.h"
#include "tests/support/temp_dir.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::WriteTestFile;

/// Rules and sets of which every figure can be counted by hand.
class Evaluate : public ::testing::Test {
 protected:
  Evaluate() {
    WriteTestFile(rig_.File("mine.yaml"),
                  "set: mine\nversion: 1\nfacet: condition\nconcepts:\n"
                  "  gout:\n    label: Gout\n    mesh: [D006073]\n    include: [gout]\n"
                  "  mumps:\n    label: Mumps\n    mesh: [D009107]\n    include: [mumps]\n");
    std::filesystem::create_directories(rig_.File("gold/pubtator"));
    std::filesystem::create_directories(rig_.File("gold/brat"));
    WriteTestFile(rig_.File("gold/pubtator/some.txt"),
                  "1|t|Gout again.\n1|a|It hurts.\n1\t0\t4\tGout\tDisease\tD006073\n\n"
                  "2|t|A swollen neck.\n2|a|Gout was not seen.\n2\t2\t9\tswollen\tDisease\tMESH:D009107\n");
    WriteTestFile(rig_.File("gold/traps.tsv"),
                  "id\tkind\tgroup\tsection\ttext\texpect_plus\texpect_minus\tnote\n"
                  "X1\to\tplain\tTITLE\tGout and mumps.\tcondition:gout; condition:beri\tcondition:mumps\t\n"
                  "X2\to\tmesh\tMESH\tGout\tcondition:gout\t\t\n"
                  "broken\n");
    WriteTestFile(rig_.File("gold/brat/5.txt"), "Sixty people were seen.");
    WriteTestFile(rig_.File("gold/brat/5.ann"), "T1\ttotal-participants 0 5\tSixty\n");
  }
  CliResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "evaluate");
    arguments.insert(arguments.end(), {"--rules", "mine.yaml"});
    return rig_.Run(arguments);
  }
  CliRig rig_;
};

TEST_F(Evaluate, CountsByConceptAndListsTheErrors) {
  const CliResult result = Run({"gold", "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << "a broken line was reported: " << result.err;
  EXPECT_THAT(result.err, HasSubstr("traps.tsv:4: "));
  EXPECT_THAT(result.err, HasSubstr("not measured, for want of labels: direction, outcome spans, randomised trials"));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["rules"]["version"], "mine 1");
  const auto measure = [&json](const std::string& what) {
    for (const auto& item : json["measures"])
      if (item["measure"] == what) return item;
    ADD_FAILURE() << what;
    return nlohmann::json();
  };
  const auto conditions = measure("condition by document");
  EXPECT_EQ(conditions["set"], "pubtator");
  EXPECT_EQ(conditions["items"], 2);
  EXPECT_EQ(conditions["item"], "documents");
  EXPECT_EQ(conditions["files"][0], "some.txt");
  EXPECT_EQ(conditions["rows"][0]["name"], "condition:gout");
  EXPECT_EQ(conditions["rows"][0]["true_positives"], 1);
  EXPECT_EQ(conditions["rows"][0]["false_positives"], 1);
  EXPECT_EQ(conditions["rows"][1]["false_negatives"], 1);
  EXPECT_DOUBLE_EQ(conditions["figures"]["micro F1"].get<double>(), 0.5);
  EXPECT_EQ(conditions["errors"][0]["document"], "2");
  EXPECT_EQ(conditions["errors"][0]["words"], "[[Gout]] was not seen.");
  EXPECT_EQ(conditions["errors"][1]["words"], "\"swollen\"");
  const auto traps = measure("traps");
  EXPECT_EQ(traps["items"], 2);
  EXPECT_DOUBLE_EQ(traps["figures"]["share of the expected found"].get<double>(), 2.0 / 3);
  EXPECT_EQ(traps["figures"]["forbidden tags"], 1);
  EXPECT_THAT(traps["errors"][0]["words"], HasSubstr("the rules have no such concept"));
  EXPECT_EQ(measure("sample size")["items"], 1);
}

TEST_F(Evaluate, PrintsTablesAndSoManyErrorsAsWanted) {
  const CliResult all = Run({"gold"});
  EXPECT_THAT(all.out, HasSubstr("pubtator: condition by document (2 documents)"));
  EXPECT_THAT(all.out, HasSubstr("2 missed condition:mumps: \"swollen\""));
  const CliResult none = Run({"gold", "--errors", "0"});
  EXPECT_THAT(none.out, HasSubstr("condition:mumps"));
  EXPECT_THAT(none.out, Not(HasSubstr("swollen")));
}

TEST_F(Evaluate, TakesOnePartOrOneFile) {
  const CliResult part = Run({"gold", "--part", "pubtator"});
  EXPECT_EQ(part.exit_code, 0) << part.err;
  EXPECT_THAT(part.out, Not(HasSubstr("traps.tsv")));
  EXPECT_THAT(Run({"gold/pubtator/some.txt"}).out, HasSubstr("some.txt: condition by document (2 documents)"));
  const CliResult nothing = Run({"gold", "--part", "no such"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("there is no labelled set with no such in its path in gold"));
}

TEST_F(Evaluate, TheMarkdownHoldsFiguresAndNoWordOfTheSets) {
  const CliResult result = Run({"gold", "--markdown", "accuracy.md"});
  EXPECT_EQ(result.out, "");
  const std::string text = testing::ReadTestFile(rig_.File("accuracy.md"));
  EXPECT_THAT(text, HasSubstr("Rule set: version `mine 1`"));
  EXPECT_THAT(text, HasSubstr("| pubtator | condition by document | 2 documents |"));
  EXPECT_THAT(text, HasSubstr("| condition:mumps | missed | 1 |"));
  EXPECT_THAT(text, Not(HasSubstr("swollen")));
}

TEST_F(Evaluate, TellsTrialsFromOtherDocuments) {
  WriteTestFile(rig_.File("designs.yaml"),
                "set: designs\nversion: 1\nfacet: design\nconcepts:\n"
                "  rct:\n    label: Randomised controlled trial\n    include: [people]\n");
  const CliResult result =
      rig_.Run({"evaluate", "--trials", "gold/brat", "--no-trials", "gold/pubtator", "--rules", "designs.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("brat, pubtator: randomised trials (3 documents)"));
  EXPECT_THAT(result.out, HasSubstr("precision 1.000, recall 1.000"));
  EXPECT_EQ(Run({"--trials", "gold/brat"}).exit_code, 2) << "these rules have no trials";
  EXPECT_EQ(Run({"--no-trials", "gold/brat"}).exit_code, 2);
  EXPECT_EQ(Run({}).exit_code, 2);
}

}  // namespace
}  // namespace litmill
