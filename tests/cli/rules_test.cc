// SPDX-License-Identifier: Apache-2.0
// litmill rules lint, diff, coverage and schema, and a second topic that the program has never heard of.
#include <gmock/gmock.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using nlohmann::json;
using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::ReadTestFile;
using testing::WriteTestFile;

// Synthetic, all of it.
constexpr const char* kRecords =
    "PMID- 91000011\nTI  - Cholecalciferol for depression in imaginary sailors: a randomised trial.\nAB  - Sixty "
    "sailors "
    "with depression took vitamin D3 50 ug or placebo for 12 weeks. Hamilton depression scores fell. Serum 25(OH)D "
    "rose to 80 nmol/L.\nAU  - Roe J\nDP  - 2021\nPT  - Randomized Controlled Trial\n\n"
    "PMID- 91000012\nTI  - Vitamin D status and low mood in an invented town.\nAB  - Vitamin D deficiency went with "
    "depression in older women.\nAU  - Doe K\nDP  - 2020\n\n"
    "PMID- 91000013\nTI  - Singing and sleep.\nAB  - Singers slept well.\nAU  - Poe L\nDP  - 2019\n\n";

constexpr const char* kHead = "set: t\nversion: 1\nfacet: activity\nconcepts:\n";
constexpr const char* kSinging =
    "  singing: {label: Singing, include: [singing], examples: {should: [Singing.], should_not: [Sinking.]}}\n";
constexpr const char* kSingers =
    "  singing: {label: Singing, include: [singing, singers], examples: {should: [Singing., Singers.], should_not: "
    "[Sinking.]}}\n"
    "  sailing: {label: Sailing, include: ['sailors?'], examples: {should: [Sailors.], should_not: [Tailors.]}}\n";

class Rules : public ::testing::Test {
 protected:
  void SetUp() override {
    WriteTestFile(rig_.File("records.nbib"), kRecords);
    WriteTestFile(rig_.File("old.yaml"), std::string(kHead) + kSinging);
    WriteTestFile(rig_.File("new.yaml"), std::string(kHead) + kSingers);
  }
  void Import() {
    const CliResult done = rig_.Run({"import", "records.nbib"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
  }
  json Json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const CliResult result = rig_.Run(arguments);
    EXPECT_EQ(result.err, "");
    return json::parse(result.out);
  }
  CliRig rig_;
};

TEST_F(Rules, HelpOfEachHasAnExample) {
  for (const std::string command : {"lint", "diff", "coverage", "schema"}) {
    const CliResult result = rig_.Run({"rules", command, "--help"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("Example:\n  litmill rules " + command)) << result.out;
  }
}

TEST_F(Rules, LintOfSoundRulesIsExitCodeZero) {
  const CliResult result = rig_.Run({"rules", "lint", "new.yaml"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("Warnings: 0, notes: 0"));
}

TEST_F(Rules, LintSaysPlaceCodeAndWhatToDo) {
  WriteTestFile(rig_.File("old.yaml"), std::string(kHead) +
                                           "  singing:\n    label: Singing\n    include:\n      - singing\n"
                                           "      - yodelling\n    examples: {should: [Singing.], "
                                           "should_not: [Sinking.]}\n");
  const CliResult result = rig_.Run({"rules", "lint", "old.yaml"});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.out, HasSubstr("old.yaml:9:9: warning R001 activity/singing/include/2: 'yodelling' matches in no "
                                    "example of activity:singing\n    add a should example, or take it out\n"));
  const json findings = Json({"rules", "lint", "old.yaml"});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0]["code"], "R001");
  EXPECT_EQ(findings[0]["line"], 9);
}

TEST_F(Rules, LintTriesTheRulesOnACorpusToo) {
  Import();
  WriteTestFile(rig_.File("old.yaml"),
                std::string(kHead) +
                    "  singing: {label: Singing, include: [singing, singers], examples: {should: "
                    "[Singing.], should_not: [Sinking.]}}\n");
  EXPECT_EQ(rig_.Run({"rules", "lint", "old.yaml"}).exit_code, 6);
  const CliResult result = rig_.Run({"rules", "lint", "old.yaml", "--db", "corpus.db"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("3 records"));
}

TEST_F(Rules, DiffNamesWhatChangedAndTheWorksThatWould) {
  Import();
  const std::string digest = rig_.Digest();
  const json diff = Json({"rules", "diff", "old.yaml", "new.yaml", "--db", "corpus.db"});
  EXPECT_EQ(diff["added"], json::array({"activity:sailing"}));
  EXPECT_EQ(diff["changed"][0]["concept"], "activity:singing");
  EXPECT_EQ(diff["changed"][0]["rules_added"][0]["rule"], "include 'singers'");
  EXPECT_EQ(diff["hash_changes"], true);
  EXPECT_EQ(diff["corpus"]["works"], 3);
  EXPECT_EQ(diff["corpus"]["changed_works"], 2);
  EXPECT_EQ(diff["corpus"]["concepts"][0],
            json::parse(R"({"concept": "activity:sailing", "gained": 1, "lost": 0, "other_evidence": 0,
                            "gained_by": ["pubmed:91000011"], "lost_by": [], "other_evidence_in": []})"));
  EXPECT_EQ(diff["corpus"]["concepts"][1]["other_evidence_in"], json::array({"pubmed:91000013"}));
  EXPECT_EQ(Json({"rules", "diff", "new.yaml", "old.yaml", "--db", "corpus.db"})["corpus"]["concepts"][0]["lost_by"],
            json::array({"pubmed:91000011"}));
  EXPECT_EQ(Json({"rules", "diff", "old.yaml", "new.yaml", "--db", "corpus.db", "--limit",
                  "0"})["corpus"]["concepts"][0]["gained_by"],
            json::array());
  EXPECT_EQ(rig_.Digest(), digest) << "nothing is written";
}

TEST_F(Rules, DiffOfTheSameRulesSaysSo) {
  const CliResult result = rig_.Run({"rules", "diff", "old.yaml", "old.yaml"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "The rules say the same.\n");
  EXPECT_EQ(rig_.Run({"rules", "diff", "old.yaml", "absent.yaml"}).exit_code, 2);
}

TEST_F(Rules, CoverageCountsWorksMentionsAndWhatIsLeft) {
  Import();
  const json all = Json({"rules", "coverage", "new.yaml"});
  EXPECT_EQ(all["works"], 3);
  EXPECT_EQ(all["facets"], json::parse(R"([{"facet": "activity", "works": 2, "works_without": 1, "mentions": 4,
                                            "without": ["pubmed:91000012"]}])"));
  EXPECT_EQ(all["concepts"][1], json::parse(R"({"concept": "activity:singing", "works": 1, "implied_works": 0,
                            "mentions": {"abstract": 1, "title": 1}})"));
  const CliResult text = rig_.Run({"rules", "coverage", "new.yaml"});
  EXPECT_THAT(text.out, HasSubstr("without activity: pubmed:91000012\n"));
}

TEST_F(Rules, CoverageAgreesWithTheTagsOfTheCorpus) {
  Import();
  const json all = Json({"rules", "coverage"});
  std::string counts;
  for (const json& reached : all["concepts"])
    if (reached["works"] != 0)
      counts += reached["concept"].get<std::string>() + " " + std::to_string(reached["works"].get<int>()) + ";";
  EXPECT_NE(counts, "");
  EXPECT_EQ(counts, rig_.Ask("SELECT group_concat(line, '') FROM (SELECT facet || ':' || concept || ' ' || count(*) || "
                             "';' AS line FROM tags GROUP BY facet, concept ORDER BY facet || ':' || concept)"));
}

TEST_F(Rules, SchemaIsTheOneInTheDocs) {
  const CliResult result = rig_.Run({"rules", "schema"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, ReadTestFile(LITMILL_SOURCE_DIR "/docs/rules.schema.json"));
}

// --- The second topic
// -------------------------------------------------------------------------------------------------

class SecondTopic : public Rules {
 protected:
  const std::string config_ = LITMILL_SOURCE_DIR "/examples/vitamin-d-depression/pipeline.yaml";
};

TEST_F(SecondTopic, ItsConfigurationIsSoundAndItsExamplesHold) {
  const CliResult check = rig_.Run({"config", "check", "-c", config_});
  EXPECT_EQ(check.exit_code, 0) << check.err;
  const CliResult test = rig_.Run({"rules", "test", "-c", config_});
  EXPECT_EQ(test.exit_code, 0) << test.out << test.err;
  const CliResult strategy = rig_.Run({"search", "lint", "-c", config_, "--strict"});
  EXPECT_EQ(strategy.exit_code, 0) << strategy.out << strategy.err;
}

TEST_F(SecondTopic, TagsRecordsOfItsOwn) {
  const CliResult done = rig_.Run({"import", "-c", config_, "--db", "d.db", "records.nbib"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const auto tags = [this](const std::string& pmid) {
    return rig_.Ask(
        "SELECT group_concat(tag, ' ') FROM (SELECT facet || ':' || concept AS tag FROM tags JOIN source_records USING "
        "(work_id) WHERE source_id = '" +
            pmid + "' AND facet IN ('form', 'exposure', 'outcome', 'design', 'condition') ORDER BY tag)",
        "d.db");
  };
  const std::string trial = tags("91000011");
  for (const char* tag : {"form:cholecalciferol", "form:vitamin_d", "outcome:depression_score",
                          "outcome:vitamin_d_repletion", "design:rct", "condition:depression"})
    EXPECT_THAT(trial, HasSubstr(tag));
  const std::string survey = tags("91000012");
  for (const char* tag : {"exposure:serum_25ohd", "exposure:low_vitamin_d", "condition:depression"})
    EXPECT_THAT(survey, HasSubstr(tag));
  EXPECT_THAT(survey, Not(HasSubstr("form:"))) << "measured, not given";
  EXPECT_EQ(rig_.Run({"validate", "--db", "d.db"}).exit_code, 0);
}

}  // namespace
}  // namespace litmill
