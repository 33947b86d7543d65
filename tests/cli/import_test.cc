// SPDX-License-Identifier: Apache-2.0
// litmill import of what databases export, and litmill dedupe: the way of a reviewer without API keys.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using ::testing::AllOf;
using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;

// Synthetic, all of it.
constexpr const char* kScopusRis =
    "TY  - JOUR\r\nTI  - Magnesium glycinate for imaginary migraine: a randomised trial\r\nAU  - Roe, J.\r\nAU  - Doe, "
    "K.\r\nPY  - 2021\r\nT2  - Journal of Synthetic Salts\r\nVL  - 7\r\nSP  - 11\r\nEP  - 19\r\nDO  - "
    "10.5555/synthetic.1\r\nAB  - We gave magnesium.\r\nZZ  - what is this\r\nDB  - Scopus\r\nUR  - "
    "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000001\r\nER  - \r\n\r\n"
    "TY  - JOUR\r\nTI  - Salt and sleep in invented volunteers\r\nAU  - Poe, L.\r\nPY  - 2019\r\nT2  - Journal of "
    "Synthetic Salts\r\nVL  - 5\r\nSP  - 1\r\nDB  - Scopus\r\nUR  - "
    "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000002\r\nER  - \r\n";

constexpr const char* kNbib =
    "PMID- 91000001\nTI  - Magnesium glycinate for imaginary migraine: a randomised trial.\nFAU - Roe, Jane\nAU  - Roe "
    "J\nFAU - Doe, Kim\nAU  - Doe K\nDP  - 2021 Mar\nJT  - Journal of synthetic salts\nVI  - 7\nPG  - 11-9\nLID - "
    "10.5555/synthetic.1 [doi]\nPT  - Randomized Controlled Trial\n\n";

/// No identifiers, and the same as the second of Scopus.
constexpr const char* kTable =
    "Title,Authors,Year,Journal,Volume,Pages\n\"Salt and sleep in invented volunteers.\",\"Poe, L.\",2019,J Synth "
    "Salts,5,1\n";

class Import : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::WriteTestFile(rig_.File("from_scopus.txt"), kScopusRis);
    testing::WriteTestFile(rig_.File("pubmed.nbib"), kNbib);
    testing::WriteTestFile(rig_.File("table.csv"), kTable);
  }
  CliResult ImportAll() {
    return rig_.Run({"import", "from_scopus.txt", "pubmed.nbib", "table.csv", "--format", "json"});
  }
  CliRig rig_;
};

TEST_F(Import, TellsFormatsByContentCountsAndMergesDuplicates) {
  const CliResult result = ImportAll();
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out)["files"];
  EXPECT_EQ(json[0]["format"], "ris");
  EXPECT_EQ(json[0]["stored"], 2);
  EXPECT_EQ(json[0]["unmapped"]["ZZ"], 1);
  EXPECT_EQ(json[1]["format"], "medline");
  EXPECT_EQ(json[2]["format"], "table");
  EXPECT_EQ(
      rig_.Ask("SELECT group_concat(source || ' ' || identified || ' ' || works, ', ') FROM prisma_identification"),
      "\"file 1 1, pubmed 1 1, scopus 2 2\"");
  EXPECT_EQ(rig_.Ask("SELECT records FROM prisma_flow WHERE what = 'to screen'"), "2");
  EXPECT_EQ(rig_.Ask("SELECT records FROM prisma_flow WHERE what = 'duplicates'"), "2");
  EXPECT_THAT(rig_.Ask("SELECT designs FROM evidence WHERE pmid = '91000001'"), HasSubstr("rct"));
  EXPECT_EQ(rig_.Ask("SELECT value FROM other_names WHERE kind = 'unmapped'"), "what is this");
  EXPECT_EQ(rig_.Ask("SELECT name || format || records FROM documents WHERE format = 'ris'"), "from_scopus.txtris2");
  EXPECT_EQ(rig_.Run({"validate"}).exit_code, 0);
}

TEST_F(Import, OfTheSameFilesChangesNothingAndTheOrderDoesNotMatter) {
  ASSERT_EQ(ImportAll().exit_code, 0);
  const std::string digest = rig_.Digest();
  ASSERT_EQ(ImportAll().exit_code, 0);
  EXPECT_EQ(rig_.Digest(), digest);
  ASSERT_EQ(rig_.Run({"import", "--db", "other.db", "table.csv", "pubmed.nbib", "from_scopus.txt"}).exit_code, 0);
  EXPECT_EQ(rig_.Digest("other.db"), digest);
}

TEST_F(Import, TheDatabaseGivenIsTheOneThatCounts) {
  ASSERT_EQ(rig_.Run({"import", "--database", "CINAHL", "table.csv"}).exit_code, 0);
  EXPECT_EQ(rig_.Ask("SELECT source FROM source_records"), "cinahl");
}

TEST_F(Import, FilesOfTheConfigurationAreImportedByARun) {
  std::string yaml = rig_.PipelineYaml();
  const std::size_t sources = yaml.find("\nsources:\n");
  ASSERT_NE(sources, std::string::npos);
  rig_.WritePipeline(
      yaml.insert(sources + 10, "  files:\n    - from_scopus.txt\n    - {path: table.csv, database: psycinfo}\n"));
  rig_.RunPipeline();
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM document_records"), "3");
  EXPECT_EQ(rig_.Ask("SELECT identified FROM prisma_identification WHERE source = 'psycinfo'"), "1");
  EXPECT_NE(rig_.Ask("SELECT searched FROM prisma_identification WHERE source = 'pubmed'"), "0");
}

TEST_F(Import, AFileThatIsNoExportIsOneProblemAndSaysWhatItLooksLike) {
  testing::WriteTestFile(rig_.File("page.html"), "<!DOCTYPE html><html><body>Please log in</body></html>");
  const CliResult result = rig_.Run({"import", "table.csv", "page.html"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM source_records"), "1");
  EXPECT_THAT(rig_.Ask("SELECT message FROM problems WHERE severity = 'error'"), HasSubstr("HTML"));
}

// --- Lists of identifiers
// ---------------------------------------------------------------------------------------------

constexpr const char* kList = LITMILL_SOURCE_DIR "/tests/data/sample/identifiers.txt";

TEST_F(Import, AListOfIdentifiersIsHandedToTheServicesAndEveryIdentifierIsAccountedFor) {
  const CliResult result = rig_.Run({"import", kList, "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr("identifiers.txt"), HasSubstr("a list of 26 identifiers")));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["files"][0]["format"], "identifiers");
  EXPECT_EQ(json["identifiers"]["requested"], 26);
  EXPECT_EQ(json["identifiers"]["stored"], 22);
  EXPECT_EQ(json["missing"].size(), 3U);
  EXPECT_EQ(rig_.Ask("SELECT list FROM identifier_outcomes WHERE value = '10.5555/litmill.medra.1'"), kList);
  EXPECT_EQ(rig_.Run({"validate"}).exit_code, 0);
  // The corpus is the one that a rebuild makes.
  EXPECT_EQ(rig_.Run({"rebuild", "--db", "rebuilt.db", "--from", kList}).exit_code, 3);
  EXPECT_EQ(rig_.ContentDigest(), rig_.ContentDigest("rebuilt.db"));
}

TEST_F(Import, AListAmongOtherFilesIsTakenWithThemInAnyOrder) {
  testing::WriteTestFile(rig_.File("ids.csv"), "doi,pmid\n10.5555/litmill.data.1,\n,90000001\n");
  testing::WriteTestFile(rig_.File("more.txt"), "PMID: 90000001\n10.5555/litmill.elsewhere.1\n");
  const CliResult result = rig_.Run({"import", "ids.csv", "table.csv", "more.txt"});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("repeated"));
  EXPECT_EQ(rig_.Ask("SELECT group_concat(list || line || state) FROM "
                     "(SELECT * FROM identifier_outcomes ORDER BY ordinal)"),
            "\"ids.csv2stored,ids.csv3stored,more.txt1repeated,more.txt2stored\"");
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM works"), "4");
  ASSERT_EQ(rig_.Run({"import", "--db", "other.db", "more.txt", "ids.csv", "table.csv"}).exit_code, 0);
  EXPECT_EQ(rig_.Digest("other.db"), rig_.Digest());
  // What the corpus has is not asked for again.
  rig_.service().ClearLog();
  EXPECT_EQ(rig_.Run({"import", "ids.csv", "table.csv", "more.txt"}).exit_code, 0);
  EXPECT_EQ(rig_.service().request_count(), 0U);
}

TEST_F(Import, ATableWithTitlesIsAnExportAlsoWhenItHasADoiColumn) {
  testing::WriteTestFile(rig_.File("export.csv"), "DOI,Title,Year\n10.5555/litmill.data.1,Salt and sleep,2019\n");
  const CliResult result = rig_.Run({"import", "export.csv", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["files"][0]["format"], "table");
  EXPECT_FALSE(json.contains("identifiers"));
  EXPECT_EQ(rig_.service().request_count(), 0U);
}

TEST_F(Import, WithoutTheServicesEachIdentifierSaysWhyAndTheOtherFilesAreImported) {
  services::FaultRule rule;
  rule.fault = "http_503";
  rule.endpoint = "efetch";
  rule.probability = 1;
  ASSERT_TRUE(rig_.service().SetFaults({rule}).has_value());
  testing::WriteTestFile(rig_.File("ids.txt"), "90000001\n90000002\n");
  const CliResult result = rig_.Run({"import", "ids.txt", "table.csv"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.out, HasSubstr("ids.txt, line 2: 90000002: failed: "));
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM source_records"), "1");
  EXPECT_EQ(rig_.Run({"validate"}).exit_code, 0);
  rig_.NoFaults();
  EXPECT_EQ(rig_.Run({"import", "ids.txt", "table.csv"}).exit_code, 0);
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM source_records"), "3");
}

TEST_F(Import, WithoutAContactAddressNothingIsAskedAndTheOtherFilesAreImported) {
  std::string yaml = rig_.PipelineYaml();
  const std::size_t at = yaml.find("base_url: '" + rig_.service().base_url() + "'");
  ASSERT_NE(at, std::string::npos);
  yaml.replace(at, yaml.find('}', at) - at, "base_url: 'https://services.invalid/'");
  rig_.WritePipeline(yaml);
  testing::WriteTestFile(rig_.File("ids.txt"), "90000001\n90000001\n");
  const CliResult result = rig_.Run({"import", "table.csv", "ids.txt", "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("LITMILL_EMAIL"));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["identifiers"]["failed"], 1);
  EXPECT_EQ(json["identifiers"]["repeated"], 1);
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM source_records"), "1");
  EXPECT_EQ(rig_.service().request_count(), 0U);
}

TEST_F(Import, AListOfTheConfigurationIsTakenByARun) {
  testing::WriteTestFile(rig_.File("ids.txt"), "10.5555/litmill.data.1\n10.5555/litmill.nobody.registered.this\n");
  std::string yaml = rig_.PipelineYaml();
  const std::size_t sources = yaml.find("\nsources:\n");
  ASSERT_NE(sources, std::string::npos);
  rig_.WritePipeline(yaml.insert(sources + 10, "  files: [ids.txt, table.csv]\n"));
  const CliResult result = rig_.Run({"run", "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_TRUE(json["balanced"]);
  EXPECT_EQ(json["identifiers"]["stored"], 1);
  EXPECT_EQ(json["missing"][0]["state"], "not-registered");
  EXPECT_EQ(rig_.Ask("SELECT sources FROM identifier_outcomes WHERE line = 1"), "datacite");
  EXPECT_EQ(rig_.Run({"validate"}).exit_code, 0);
  const std::string digest = rig_.Digest();
  rig_.ForgetCorpus();
  EXPECT_EQ(rig_.Run({"run", "--offline"}).exit_code, 3);
  EXPECT_EQ(rig_.Digest(), digest);
}

TEST_F(Import, APersonsDecisionsGoOutAsATableAndComeBack) {
  ASSERT_EQ(ImportAll().exit_code, 0);
  const CliResult split = rig_.Run({"dedupe", "split", "scopus:2-s2.0-85000000002", "--note", "=looked at both"});
  ASSERT_EQ(split.exit_code, 0) << split.err;
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM works"), "3");
  ASSERT_EQ(rig_.Run({"dedupe", "review", "--export", "pairs.csv"}).exit_code, 0);
  ASSERT_EQ(rig_.Run({"import", "--db", "other.db", "from_scopus.txt", "pubmed.nbib", "table.csv"}).exit_code, 0);
  const CliResult taken = rig_.Run({"dedupe", "review", "--db", "other.db", "--import", "pairs.csv"});
  ASSERT_EQ(taken.exit_code, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("1 decision(s) kept; 2 works before, 3 now"));
  EXPECT_EQ(rig_.ContentDigest("other.db"), rig_.ContentDigest());
  EXPECT_EQ(rig_.Ask("SELECT note FROM pair_decisions", "other.db"), "'=looked at both")
      << "guarded by the query's CSV";
  ASSERT_EQ(rig_.Run({"dedupe", "join", "scopus:2-s2.0-85000000002", "91000001"}).exit_code, 0);
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM works"), "2");
  EXPECT_EQ(rig_.Run({"validate"}).exit_code, 0);
}

TEST_F(Import, AReviewTableThatCannotBeReadNamesTheLineAndChangesNothing) {
  ASSERT_EQ(ImportAll().exit_code, 0);
  testing::WriteTestFile(rig_.File("pairs.csv"),
                         "decision,source,source_id,other_source,other_source_id\n,scopus,a,pubmed,b\nmaybe,x,1,y,2\n");
  const CliResult result = rig_.Run({"dedupe", "review", "--import", "pairs.csv"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("pairs.csv"), HasSubstr("line 3"), HasSubstr("maybe")));
  EXPECT_EQ(rig_.Ask("SELECT count(*) FROM pair_decisions"), "0");
  const CliResult alone = rig_.Run({"dedupe", "split", "work:99"});
  EXPECT_EQ(alone.exit_code, 2);
}

TEST_F(Import, WhatIsExportedComesBackAsTheSameWorks) {
  ASSERT_EQ(ImportAll().exit_code, 0);
  for (const std::string format : {"ris", "nbib", "bibtex", "csl-json", "csv"}) {
    ASSERT_EQ(rig_.Run({"export", "--format", format, "-o", "works." + format}).exit_code, 0) << format;
    const CliResult back = rig_.Run({"import", "--db", format + ".db", "works." + format});
    ASSERT_EQ(back.exit_code, 0) << back.err << back.out;
    const std::string works =
        "SELECT group_concat(title || year || journal || ifnull(volume, '') || ifnull(pages, ''), '|') "
        "FROM (SELECT * FROM works ORDER BY title)";
    EXPECT_EQ(rig_.Ask(works, format + ".db"), rig_.Ask(works)) << format;
  }
}

}  // namespace
}  // namespace litmill
