// SPDX-License-Identifier: Apache-2.0
// One strategy, several databases, one corpus: found in which, linked by identifiers, and a database that fails.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kAll{"scopus", "wos", "embase", "europepmc"};

nlohmann::json JsonOf(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

/// Names of the sources that were not searched, or not to their end.
std::vector<std::string> NotSearched(const nlohmann::json& run) {
  std::vector<std::string> names;
  for (const auto& failure : run["not_searched"]) names.push_back(failure["source"]);
  return names;
}

TEST(Databases, OneStrategyIsSearchedInAllAndTheirRecordsAreLinked) {
  CliRig rig;
  rig.EnableDatabases(kAll);
  const CliResult result = rig.Run({"run", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  const auto json = JsonOf(result.out);
  EXPECT_TRUE(json["balanced"]);
  EXPECT_EQ(json["searches"].size(), 25U) << "five queries in five databases";
  for (const std::string source : {"pubmed", "scopus", "wos", "embase", "europepmc"})
    EXPECT_NE(rig.Ask("SELECT count(*) FROM source_records WHERE source = '" + source + "'"), "0") << source;
  // What a database holds and the strategy finds is one work with PubMed's record of it.
  EXPECT_NE(rig.Ask("SELECT works FROM source_overlap WHERE sources = 'embase; pubmed; scopus'"), "");
  EXPECT_EQ(rig.Ask("SELECT sum(works) FROM source_overlap"), rig.Ask("SELECT count(*) FROM works"));
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM source_records AS a JOIN source_records AS b ON a.work_id = b.work_id AND "
                    "a.source = b.source AND a.record_id < b.record_id"),
            "0");
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM record_identifiers AS i JOIN source_records AS r USING (record_id) JOIN "
                    "record_identifiers AS j ON j.scheme = 'pmid' AND j.value = i.value AND j.is_valid JOIN "
                    "source_records AS q ON q.record_id = j.record_id WHERE i.scheme = 'pmid' AND i.is_valid AND "
                    "r.source <> q.source AND r.work_id <> q.work_id"),
            "0")
      << "the same PMID in two databases is one work";
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
}

TEST(Databases, TheSearchesAreWrittenDownAsPrismaSAsks) {
  CliRig rig;
  rig.EnableDatabases({"scopus"});
  ASSERT_EQ(rig.Run({"run"}).exit_code, 0);
  EXPECT_THAT(rig.Ask("SELECT term FROM searches WHERE source = 'scopus' AND query_id = 'migraine'"),
              HasSubstr("TITLE-ABS-KEY"));
  EXPECT_THAT(rig.Ask("SELECT strategy FROM searches WHERE source = 'scopus' AND query_id = 'migraine'"),
              HasSubstr("migrain*[tiab]"));
  EXPECT_THAT(rig.Ask("SELECT warnings_json FROM searches WHERE source = 'scopus' AND query_id = 'migraine'"),
              HasSubstr("translation"));
  const CliResult appendix = rig.Run({"search", "appendix"});
  EXPECT_EQ(appendix.exit_code, 0);
  EXPECT_THAT(appendix.out, HasSubstr("Scopus"));
}

TEST(Databases, TheSecondRunChangesNothing) {
  CliRig rig;
  rig.EnableDatabases(kAll);
  ASSERT_EQ(rig.Run({"run"}).exit_code, 0);
  const std::string before = rig.Digest();
  const CliResult again = rig.Run({"run", "--format", "json"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(rig.Digest(), before);
  EXPECT_TRUE(JsonOf(again.out)["balanced"]);
  EXPECT_EQ(rig.service().request_count("efetch"), 1U) << "the second run fetched again";
}

TEST(Databases, ACorpusFromTheArchiveAloneIsTheSame) {
  CliRig rig;
  rig.EnableDatabases(kAll);
  ASSERT_EQ(rig.Run({"run"}).exit_code, 0);
  const std::string online = rig.Digest();
  rig.ForgetCorpus();
  const CliResult offline = rig.Run({"run", "--offline"});
  EXPECT_EQ(offline.exit_code, 0) << offline.err;
  EXPECT_EQ(rig.Digest(), online);
}

TEST(Databases, WithoutAKeyADatabaseIsSkippedAndItsSearchPrinted) {
  CliRig rig;
  rig.EnableDatabases(kAll);
  rig.SetEnv("EMBASE_API_KEY", "");
  const CliResult table = rig.Run({"run"});
  EXPECT_EQ(table.exit_code, 3) << table.err;
  EXPECT_THAT(table.out, HasSubstr("EMBASE_API_KEY is not set"));
  EXPECT_THAT(table.out, HasSubstr("migrain*:ti,ab")) << "the text to search by hand";
  EXPECT_EQ(rig.service().request_count("embase"), 0U);
  EXPECT_NE(rig.Ask("SELECT count(*) FROM source_records WHERE source = 'scopus'"), "0");
  EXPECT_NE(rig.Ask("SELECT count(*) FROM source_records WHERE source = 'pubmed'"), "0");
}

class FailingDatabase : public ::testing::TestWithParam<std::string> {};

TEST_P(FailingDatabase, DoesNotStopTheOthers) {
  CliRig rig;
  rig.EnableDatabases(kAll);
  services::FaultRule rule;
  rule.fault = "http_503";
  rule.endpoint = GetParam() == "wos" ? "wos_starter" : GetParam() == "pubmed" ? "esearch" : GetParam();
  rule.probability = 1;
  ASSERT_TRUE(rig.service().SetFaults({rule}).has_value());
  const CliResult result = rig.Run({"run", "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  const auto json = JsonOf(result.out);
  EXPECT_EQ(NotSearched(json), std::vector<std::string>{GetParam()});
  EXPECT_TRUE(json["balanced"]);
  for (const std::string source : {"pubmed", "scopus", "wos", "embase", "europepmc"})
    EXPECT_EQ(rig.Ask("SELECT count(*) > 0 FROM source_records WHERE source = '" + source + "'"),
              source == GetParam() ? "0" : "1")
        << source;
  // Once it is back the next run has all.
  rig.NoFaults();
  EXPECT_EQ(rig.Run({"run"}).exit_code, 0);
  const std::string late = rig.Digest();
  rig.ForgetEverything();
  EXPECT_EQ(rig.Run({"run"}).exit_code, 0);
  EXPECT_EQ(rig.Digest(), late) << "a database that came late makes another corpus";
}

INSTANTIATE_TEST_SUITE_P(Each, FailingDatabase, ::testing::Values("pubmed", "scopus", "wos", "embase", "europepmc"),
                         [](const auto& each) { return each.param; });

TEST(Databases, WhenAllFailTheExitCodeSaysSo) {
  CliRig rig;
  rig.EnableDatabases({"scopus"});
  services::FaultRule search, scopus;
  search.fault = scopus.fault = "http_503";
  search.endpoint = "esearch";
  scopus.endpoint = "scopus";
  search.probability = scopus.probability = 1;
  ASSERT_TRUE(rig.service().SetFaults({search, scopus}).has_value());
  EXPECT_EQ(rig.Run({"run"}).exit_code, 4);
}

TEST(Databases, ClausesAreCounted) {
  CliRig rig;
  const CliResult result = rig.Run({"search", "count", "--query", "migraine", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = JsonOf(result.out);
  ASSERT_GT(json.size(), 10U);
  EXPECT_EQ(json[0]["depth"], 0);
  EXPECT_GT(json[0]["hits"], 5);
  std::uint64_t most = 0;
  for (const auto& clause : json)
    if (clause["text"].get<std::string>().starts_with("migrain*")) most = clause["hits"];
  EXPECT_GT(most, json[0]["hits"]) << "one word alone finds more than the whole query";
  EXPECT_EQ(rig.service().request_count("efetch"), 0U);
}

TEST(Databases, ClausesAreCountedInAnotherDatabase) {
  CliRig rig;
  rig.EnableDatabases({"scopus"});
  const CliResult result = rig.Run({"search", "count", "--query", "migraine", "--on", "scopus", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_GT(JsonOf(result.out)[0]["hits"], 0);
  EXPECT_EQ(rig.Run({"search", "count", "--on", "nowhere"}).exit_code, 2);
}

}  // namespace
}  // namespace litmill
