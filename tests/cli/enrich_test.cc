// SPDX-License-Identifier: Apache-2.0
// Works looked up in Crossref, OpenAlex and Unpaywall: what they add, what a failing one costs, and that a killed run
// goes on.
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"
#include "tests/services/works_file.h"

namespace litmill {
namespace {

using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;

constexpr const char* kMail = "reviewer.secret@example.org";
constexpr const char* kRetracted = "10.5555/litmill.sample.1";  // PubMed has it and does not know of the retraction
constexpr const char* kNotice = "10.5555/litmill.notice.1";
constexpr const char* kElsewhere = "10.5555/litmill.elsewhere.1";  // in Scopus and Web of Science, not in PubMed

nlohmann::json JsonOf(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

/// The sample's works, held by OpenAlex too, one of them retracted.
std::vector<services::RegisteredWork> EnrichedWorks() {
  auto works = services::ReadWorks(testing::ReadTestFile(LITMILL_SOURCE_DIR "/tests/data/sample/works.jsonl"));
  EXPECT_TRUE(works.has_value());
  int number = 0;
  for (services::RegisteredWork& work : *works) {
    if (work.alias_of.empty() && work.agency == "Crossref")
      work.databases["openalex"] = "W" + std::to_string(4'000'000'000 + ++number);
    if (work.doi == kRetracted) work.retracted_by = kNotice;
  }
  return *works;
}

class EnrichRig : public CliRig {
 public:
  explicit EnrichRig(const std::vector<std::string>& sources, const std::vector<std::string>& databases = {}) {
    EnableDatabases(databases);
    for (services::RegisteredWork& work : EnrichedWorks()) service().AddWork(std::move(work));
    SetEnv("LITMILL_EMAIL", kMail);
    std::string yaml = PipelineYaml();
    for (const std::string& source : sources) {
      const std::string from = "  " + source + ": {";
      const std::size_t at = yaml.find(from);
      EXPECT_NE(at, std::string::npos) << source;
      yaml.insert(at + from.size(), source == "crossref" ? "all_works: true, " : "enabled: true, ");
    }
    WritePipeline(yaml);
  }
  std::string CountOf(const std::string& source) {
    return Ask("SELECT count(*) FROM source_records WHERE source = '" + source + "'");
  }
  std::uint64_t Lookups() {
    std::uint64_t sum = 0;
    for (const char* endpoint : {"crossref_work", "crossref_list", "openalex", "unpaywall"})
      sum += service().request_count(endpoint);
    return sum;
  }
};

const std::vector<std::string> kAll{"crossref", "openalex", "unpaywall"};

TEST(Enrich, NothingIsLookedUpUnlessAskedFor) {
  EnrichRig rig({});
  rig.RunPipeline();
  EXPECT_EQ(rig.Lookups(), 0U);
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM retracted_now WHERE notice_dois IS NOT NULL"), "0");
}

TEST(Enrich, ARetractionThatCrossrefAloneKnowsIsSeen) {
  EnrichRig rig({"crossref"});
  const CliResult result = rig.Run({"run", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_TRUE(JsonOf(result.out)["balanced"]);
  EXPECT_EQ(rig.Ask("SELECT notice_dois FROM retracted_now WHERE source = 'crossref'"), kNotice);
  EXPECT_EQ(rig.Ask("SELECT pmid FROM evidence WHERE is_retracted = 1 AND doi = '" + std::string(kRetracted) + "'"),
            "90000001");
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
  EXPECT_NE(rig.CountOf("crossref"), "0");
  EXPECT_EQ(rig.CountOf("openalex"), "0");
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM works AS w WHERE NOT EXISTS (SELECT 1 FROM source_records AS r WHERE "
                    "r.work_id = w.work_id AND r.source = 'pubmed')"),
            "0")
      << "a record that was looked up is of a work that was searched";
}

TEST(Enrich, AnAbstractThatTheDatabaseDoesNotGiveComesFromOpenAlex) {
  const std::string of_work = " WHERE doi = '" + std::string(kElsewhere) + "'";
  const std::string abstract_source =
      "SELECT f.source FROM work_fields AS f JOIN evidence AS e ON e.work_id = f.work_id" + of_work +
      " AND f.field = 'abstract'";
  EnrichRig plain({}, {"scopus", "wos"});
  plain.RunPipeline();
  ASSERT_EQ(plain.Ask("SELECT abstract_status FROM evidence" + of_work), "absent");
  EnrichRig rig({"openalex"}, {"scopus", "wos"});
  rig.RunPipeline();
  EXPECT_EQ(rig.Ask("SELECT abstract_status FROM evidence" + of_work), "present");
  EXPECT_EQ(rig.Ask(abstract_source), "openalex");
  EXPECT_NE(rig.Ask("SELECT count(*) FROM evidence" + of_work + " AND conditions IS NOT NULL"), "0");
  EXPECT_EQ(rig.Ask("SELECT sources FROM source_overlap WHERE sources = 'openalex; scopus; wos'"),
            "openalex; scopus; wos");
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
}

TEST(Enrich, TheSecondRunAsksNothingAgain) {
  EnrichRig rig(kAll);
  rig.RunPipeline();
  for (const std::string& source : kAll) EXPECT_NE(rig.CountOf(source), "0") << source;
  EXPECT_NE(rig.Ask("SELECT count(*) FROM outcomes WHERE state = 'not-found' AND source = 'crossref'"), "")
      << "what a source does not know is not asked again either";
  const std::string before = rig.Digest();
  rig.service().ClearLog();
  rig.RunPipeline();
  EXPECT_EQ(rig.Lookups(), 0U);
  EXPECT_EQ(rig.Digest(), before);
}

TEST(Enrich, ACorpusFromTheArchiveAloneIsTheSame) {
  EnrichRig rig(kAll);
  rig.RunPipeline();
  const std::string online = rig.Digest();
  rig.ForgetCorpus();
  rig.service().ClearLog();
  rig.RunPipeline({"--offline"});
  EXPECT_EQ(rig.service().request_count(), 0U);
  EXPECT_EQ(rig.Digest(), online);
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
}

TEST(Enrich, ADoiThatLeadsToAnotherWorkAddsNoWork) {
  EnrichRig rig({"openalex"});
  for (services::RegisteredWork& work : EnrichedWorks()) {
    if (work.doi != kRetracted) continue;
    work.alias_of = kElsewhere;
    rig.service().AddWork(work);
  }
  rig.RunPipeline();
  EXPECT_EQ(
      rig.Ask("SELECT state FROM outcomes WHERE source = 'openalex' AND source_id = '" + std::string(kRetracted) + "'"),
      "not-found");
  EXPECT_THAT(rig.Ask("SELECT reason FROM outcomes WHERE source = 'openalex' AND source_id = '" +
                      std::string(kRetracted) + "'"),
              HasSubstr(kElsewhere));
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM record_identifiers WHERE value = '" + std::string(kElsewhere) + "'"), "0");
}

class LookupDown : public ::testing::TestWithParam<std::string> {};

TEST_P(LookupDown, DoesNotStopTheOthers) {
  EnrichRig rig(kAll);
  std::vector<services::FaultRule> rules;
  for (const std::string& endpoint : GetParam() == "crossref"
                                         ? std::vector<std::string>{"crossref_list", "crossref_work"}
                                         : std::vector<std::string>{GetParam()}) {
    services::FaultRule rule;
    rule.fault = "http_503";
    rule.endpoint = endpoint;
    rule.probability = 1;
    rules.push_back(rule);
  }
  ASSERT_TRUE(rig.service().SetFaults(rules).has_value());
  const CliResult result = rig.Run({"run", "--format", "json"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  const auto json = JsonOf(result.out);
  EXPECT_TRUE(json["balanced"]);
  ASSERT_EQ(json["not_searched"].size(), 1U) << result.out;
  EXPECT_EQ(json["not_searched"][0]["source"], GetParam());
  EXPECT_THAT(result.err, HasSubstr("503"));
  for (const std::string& source : kAll) EXPECT_EQ(rig.CountOf(source) == "0", source == GetParam()) << source;
  EXPECT_EQ(
      rig.Ask("SELECT count(DISTINCT state || ifnull(reason, '')) FROM outcomes WHERE source = '" + GetParam() + "'"),
      "1");
  EXPECT_THAT(rig.Ask("SELECT reason FROM outcomes WHERE state = 'failed' AND source = '" + GetParam() + "'"),
              HasSubstr("503"));
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
  // Once it is back the next run has all.
  rig.NoFaults();
  rig.RunPipeline();
  const std::string late = rig.Digest();
  rig.ForgetEverything();
  rig.RunPipeline();
  EXPECT_EQ(rig.Digest(), late) << "a source that came late makes another corpus";
}

INSTANTIATE_TEST_SUITE_P(Each, LookupDown, ::testing::ValuesIn(kAll), [](const auto& each) { return each.param; });

TEST(Enrich, WithoutAContactAddressUnpaywallIsSkippedAndSaid) {
  EnrichRig rig(kAll);
  rig.SetEnv("LITMILL_EMAIL", "");
  const CliResult result = rig.Run({"run"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("LITMILL_EMAIL"));
  EXPECT_THAT(result.out, HasSubstr("Not asked: Unpaywall"));
  EXPECT_EQ(rig.service().request_count("unpaywall"), 0U);
  EXPECT_NE(rig.CountOf("openalex"), "0");
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM outcomes WHERE source = 'unpaywall'"), "0");
}

struct Kill {
  const char* endpoint;
  std::uint64_t requests;
};

TEST(Enrich, AfterSigkillAnywhereTheRunGoesOnToTheCalmCorpus) {
  EnrichRig rig(kAll, {"scopus"});
  rig.RunPipeline();
  const std::string calm = rig.Digest();
  const std::uint64_t calm_lookups = rig.Lookups();
  int killed_midway = 0;
  const Kill kills[] = {{"efetch", 1},        {"crossref_list", 1}, {"crossref_list", 3},
                        {"crossref_work", 2}, {"openalex", 1},      {"openalex", 3},
                        {"unpaywall", 1},     {"unpaywall", 30},    {"unpaywall", 70}};
  for (const Kill& at : kills) {
    rig.ForgetEverything();
    rig.service().ClearLog();
    const pid_t process = rig.Start({"run"});
    for (int i = 0; i < 20'000 && rig.service().request_count(at.endpoint) < at.requests; ++i) usleep(500);
    kill(process, SIGKILL);
    killed_midway += rig.Wait(process).exit_code == 128 + SIGKILL ? 1 : 0;
    rig.RunPipeline();
    EXPECT_EQ(rig.Digest(), calm) << at.endpoint << " " << at.requests;
    EXPECT_LE(rig.Lookups(), calm_lookups + 2) << "what was answered is not asked again";
    EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
  }
  EXPECT_GT(killed_midway, 6) << "most kills must hit a running program";
}

TEST(Enrich, ARebuiltCorpusIsLookedUpToo) {
  EnrichRig rig(kAll);
  testing::WriteTestFile(rig.File("list.txt"), "90000001\n" + std::string(kElsewhere) + "\n");
  const CliResult result = rig.Run({"rebuild", "--from", "list.txt", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_TRUE(JsonOf(result.out)["balanced"]);
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM works"), "2");
  EXPECT_EQ(rig.CountOf("crossref"), "2");
  EXPECT_EQ(rig.CountOf("openalex"), "2");
  EXPECT_EQ(rig.CountOf("unpaywall"), "2");
  EXPECT_EQ(rig.Ask("SELECT count(*) FROM retracted_now"), "1");
  // The one that the rebuild itself fetched from Crossref is not asked for again.
  EXPECT_EQ(rig.Ask("SELECT group_concat(source_id) FROM outcomes WHERE source = 'crossref'"), kRetracted);
  EXPECT_EQ(rig.Run({"validate"}).exit_code, 0);
  rig.service().ClearLog();
  EXPECT_EQ(rig.Run({"rebuild", "--from", "list.txt"}).exit_code, 0);
  EXPECT_EQ(rig.Lookups(), 0U);
  // A source that fails is told here too.
  rig.ForgetEverything();
  services::FaultRule rule;
  rule.fault = "http_503";
  rule.endpoint = "openalex";
  rule.probability = 1;
  ASSERT_TRUE(rig.service().SetFaults({rule}).has_value());
  const CliResult partial = rig.Run({"rebuild", "--from", "list.txt"});
  EXPECT_EQ(partial.exit_code, 3) << partial.err;
  EXPECT_THAT(partial.err, HasSubstr("OpenAlex"));
}

TEST(Enrich, NoKeyAndNoAddressIsKept) {
  const std::string key = CliRig::KeyOf("openalex");
  for (const bool key_is_right : {true, false}) {
    EnrichRig rig(kAll);
    rig.SetEnv("OPENALEX_API_KEY", key);
    rig.service().SetServiceKey("openalex", key_is_right ? key : "the-right-one");
    const CliResult result = rig.Run({"run", "--log-format", "json"});
    EXPECT_EQ(result.exit_code, key_is_right ? 0 : 3) << result.err;  // the refusal repeats the key
    std::vector<std::pair<std::string, std::string>> texts{{"stdout", result.out}, {"stderr", result.err}};
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(rig.File("x")).parent_path()))
      if (entry.is_regular_file())
        texts.emplace_back(entry.path().string(), testing::ReadTestFile(entry.path().string()));
    for (const auto& [name, text] : texts)
      for (const std::string& secret : {key, std::string(kMail), std::string("reviewer.secret%40example.org")})
        EXPECT_EQ(text.find(secret), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace litmill
