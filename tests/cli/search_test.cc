// SPDX-License-Identifier: Apache-2.0
// litmill search: the strategy checked, translated and tried on the corpus.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using ::testing::AllOf;
using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Search, LintShowsThePlaceAndWhatToDo) {
  CliRig rig;
  testing::WriteTestFile(rig.File("s.txt"), "#1 magnesium[tiab]\n#2 migrain*[tiab] or headache[tiab]\n#3 #1 AND #7\n");
  const CliResult result = rig.Run({"search", "lint", "--file", "s.txt"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.out, AllOf(HasSubstr("s.txt:2:19: error S104"), HasSubstr("try: OR"),
                                HasSubstr("s.txt:3:11: error S009"), HasSubstr("^")));
  const auto json = nlohmann::json::parse(rig.Run({"search", "lint", "--file", "s.txt", "--format", "json"}).out);
  EXPECT_EQ(json[0]["strategy"], "s.txt");
  EXPECT_GT(json.size(), 2U);
}

TEST(Search, LintOfASoundStrategyIsQuietAndStrictWantsAPerson) {
  CliRig rig;
  const CliResult shipped = rig.Run({"search", "lint", "--strict"});
  EXPECT_EQ(shipped.exit_code, 0) << shipped.out;
  EXPECT_THAT(shipped.out, HasSubstr("5 strategies checked. Errors: 0, warnings: 0"));
  testing::WriteTestFile(rig.File("s.txt"), "headache pain AND \"Magnesium\"[mh]");
  EXPECT_EQ(rig.Run({"search", "lint", "--file", "s.txt"}).exit_code, 0);
  EXPECT_EQ(rig.Run({"search", "lint", "--file", "s.txt", "--strict"}).exit_code, 6);
}

TEST(Search, TranslateGivesTheStringAndListsWhatIsLost) {
  CliRig rig;
  const CliResult scopus = rig.Run({"search", "translate", "--to", "scopus", "--query", "migraine"});
  EXPECT_EQ(scopus.exit_code, 0) << scopus.err;
  EXPECT_THAT(scopus.out, AllOf(HasSubstr("TITLE-ABS-KEY("), HasSubstr("PUBYEAR > 1999"), Not(HasSubstr("warning"))));
  EXPECT_THAT(scopus.err, HasSubstr("T003"));
  EXPECT_EQ(rig.Run({"search", "translate", "--to", "scopus", "--strict"}).exit_code, 6);

  testing::WriteTestFile(rig.File("map.tsv"), "Magnesium\tmagnesium\n");
  testing::WriteTestFile(rig.File("s.txt"), "\"Magnesium\"[mh] OR \"Fibromyalgia\"[mh]");
  const auto json = nlohmann::json::parse(
      rig.Run({"search", "translate", "--to", "embase", "--emtree", "map.tsv", "--file", "s.txt", "--format", "json"})
          .out);
  EXPECT_THAT(json[0]["text"].get<std::string>(), AllOf(HasSubstr("'magnesium'/exp"), Not(HasSubstr("ibromyalgia"))));
  EXPECT_THAT(json[0]["warnings"].dump(), HasSubstr("Fibromyalgia"));

  const CliResult wrong = rig.Run({"search", "translate", "--to", "medline"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("ovid-medline"));
}

TEST(Search, AMistypedQueryIsNamedWithASuggestion) {
  CliRig rig;
  const CliResult result = rig.Run({"search", "lint", "--query", "migrane"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean \"migraine\"?"));
}

// The stand-in answers searches by a reading of its own: what it found, the local evaluation must find too, but for
// headings that only explosion reaches.
TEST(Search, RecallAgreesWithWhatTheServiceFound) {
  CliRig rig;
  rig.RunPipeline();
  testing::WriteTestFile(rig.File("tree.txt"),
                         "Magnesium Compounds;D01.578\nMagnesium Sulfate;D01.578.500\nMagnesium Oxide;D01.578.400\n");
  for (const std::string query : {"migraine", "dementia", "cognition"}) {
    // A CSV cell of several lines comes in quotation marks.
    std::string known = rig.Ask(
        "SELECT group_concat(source_id, char(10)) FROM (SELECT DISTINCT r.source_id FROM found_by f JOIN "
        "source_records r USING (record_id) WHERE f.query_id = '" +
        query + "')");
    known.erase(std::remove(known.begin(), known.end(), '"'), known.end());
    testing::WriteTestFile(rig.File("known.txt"), "# found by " + query + "\n" + known + "\n");
    const CliResult result =
        rig.Run({"search", "recall", "--known", "known.txt", "--query", query, "--mesh-tree", "tree.txt"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(" 0 missed, 0 not in this corpus"));
  }
}

TEST(Search, RecallSaysWhichPartMissedAndWhatItCannotKnow) {
  CliRig rig;
  rig.RunPipeline();
  const std::string pmid = rig.Ask("SELECT source_id FROM source_records ORDER BY source_id LIMIT 1");
  testing::WriteTestFile(rig.File("s.txt"), "\"Magnesium\"[mh] AND zebrafish[tiab]");
  testing::WriteTestFile(rig.File("known.txt"), pmid + " first\n\n10.9999/none\nrubbish\n");
  const CliResult result = rig.Run({"search", "recall", "--known", "known.txt", "--file", "s.txt"});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr(pmid + ": missed"), HasSubstr("nothing for zebrafish[tiab]"),
                    HasSubstr("10.9999/none: nothing can be said"), HasSubstr("rubbish: nothing can be said"),
                    HasSubstr("3 known: 0 found, 1 missed, 2 not in this corpus")));
  EXPECT_THAT(result.err, HasSubstr("without --mesh-tree"));
  const auto json = nlohmann::json::parse(
      rig.Run({"search", "recall", "--known", "known.txt", "--file", "s.txt", "--format", "json"}).out);
  EXPECT_EQ(json["missed"], 1);
  EXPECT_EQ(json["records"][0]["strategies"][0]["failed_parts"][0], "zebrafish[tiab]");
  testing::WriteTestFile(rig.File("known.txt"), "# nothing\n");
  EXPECT_EQ(rig.Run({"search", "recall", "--known", "known.txt"}).exit_code, 2);
}

TEST(Search, ExplainNamesTheClausesThatFoundARecord) {
  CliRig rig;
  rig.RunPipeline();
  const std::string pmid = rig.Ask(
      "SELECT r.source_id FROM found_by f JOIN source_records r USING (record_id) WHERE f.query_id = 'migraine' AND "
      "r.title LIKE '%migraine%' LIMIT 1");
  const CliResult found = rig.Run({"search", "explain", pmid, "--query", "migraine"});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, AllOf(HasSubstr("migraine: belongs to it"), HasSubstr("migrain*[tiab]  (title: migraine")));
  const auto json =
      nlohmann::json::parse(rig.Run({"search", "explain", pmid, "--query", "migraine", "--format", "json"}).out);
  EXPECT_EQ(json[0]["matched"], true);
  EXPECT_EQ(rig.Run({"search", "explain", "1"}).exit_code, 2);
}

TEST(Search, AppendixHasAllSixteenItemsAndTheExactStrings) {
  CliRig rig;
  rig.RunPipeline();
  const CliResult imported = rig.Run({"import", LITMILL_SOURCE_DIR "/tests/data/sample/pubmed_update.xml"});
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  const CliResult result = rig.Run({"search", "appendix"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (int item = 1; item <= 16; ++item) EXPECT_THAT(result.out, HasSubstr("\n## " + std::to_string(item) + ". "));
  std::string term = rig.Ask("SELECT replace(term, '\"', '~') FROM searches WHERE query_id = 'migraine'");
  std::replace(term.begin(), term.end(), '~', '"');
  EXPECT_THAT(result.out, HasSubstr("```\n" + term + "\n```"));
  EXPECT_THAT(result.out, HasSubstr("PubMed through NCBI E-utilities (ESearch)"));
  EXPECT_THAT(result.out, HasSubstr("pubmed\\_update.xml"));
  EXPECT_THAT(result.out, HasSubstr("- 2000:2025\\[dp]"));
  EXPECT_THAT(result.out, HasSubstr("To be filled in by the reviewers"));
}

TEST(Search, AppendixOfACorpusWithoutSearchesClaimsNothing) {
  CliRig rig;
  ASSERT_EQ(rig.Run({"import", CliRig::SampleFiles().front()}).exit_code, 0);
  const CliResult result = rig.Run({"search", "appendix"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("Records from files"), HasSubstr("None in the strategies.")));
}

}  // namespace
}  // namespace litmill
