// SPDX-License-Identifier: Apache-2.0
#include "app/config.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::app {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::HasSubstr;

constexpr const char* kSmall = R"(version: 1
name: small
search:
  years: {from: 2000, to: 2025}
  blocks:
    magnesium: ['magnesium[tiab]', '"Magnesium"[Mesh]']
    migraine: ['migrain*[tiab]']
  queries:
    migraine: {label: Migraine, all: [magnesium, migraine]}
rules: [rules]
)";

Result<Config> Load(const std::string& text) {
  const litmill::testing::TempDir dir;
  litmill::testing::WriteTestFile(dir.File("p.yaml"), text);
  RealFileSystem files;
  return LoadConfig(files, dir.File("p.yaml"));
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Config, RendersEachQueryWithItsBlocksAndYears) {
  const auto config = Load(kSmall);
  ASSERT_THAT(config, IsOk());
  ASSERT_EQ(config->queries.size(), 1U);
  EXPECT_EQ(config->queries[0].term, "(magnesium[tiab] OR \"Magnesium\"[Mesh]) AND (migrain*[tiab]) AND 2000:2025[dp]");
  EXPECT_EQ(config->corpus_path, "corpus.db");
  EXPECT_THAT(config->rules[0], ::testing::EndsWith("/rules"));
}

TEST(Config, RendersExclusionsAroundTheWholeQuery) {
  const auto config = Load(Replaced(kSmall, "all: [magnesium, migraine]", "all: [magnesium], none: [migraine]"));
  ASSERT_THAT(config, IsOk());
  EXPECT_EQ(config->queries[0].term,
            "((magnesium[tiab] OR \"Magnesium\"[Mesh]) AND 2000:2025[dp]) NOT (migrain*[tiab])");
}

TEST(Config, LookingAllWorksUpInCrossrefIsAChoiceThatDecidesTheCorpus) {
  const auto plain = Load(kSmall);
  ASSERT_THAT(plain, IsOk());
  EXPECT_FALSE(plain->crossref_all_works);
  const std::string with = "sources: {crossref: {all_works: true}}\nrules: [rules]";
  const auto all = Load(Replaced(kSmall, "rules: [rules]", with));
  ASSERT_THAT(all, IsOk());
  EXPECT_TRUE(all->crossref_all_works);
  EXPECT_NE(all->sha256, plain->sha256);
  EXPECT_THAT(DescribeConfig(*all), HasSubstr("all_works: true"));
  EXPECT_THAT(Load(Replaced(kSmall, "rules: [rules]", Replaced(with, "crossref", "openalex"))),
              IsError(ErrorCode::kConfig))
      << "no other source has it";
  EXPECT_THAT(Load(Replaced(kSmall, "rules: [rules]", Replaced(with, "true", "often"))), IsError(ErrorCode::kConfig));
}

TEST(Config, TheShippedPipelineIsSound) {
  RealFileSystem files;
  const auto config = LoadConfig(files, LITMILL_SOURCE_DIR "/pipeline.yaml");
  ASSERT_THAT(config, IsOk());
  EXPECT_EQ(config->queries.size(), 5U);
  for (const QueryConfig& query : config->queries) {
    EXPECT_THAT(query.term, HasSubstr("2000:2025[dp]"));
    EXPECT_THAT(query.term, HasSubstr("magnesium[tiab]"));
    EXPECT_EQ(query.term.find("mg[tiab]"), std::string::npos) << "PubMed's [tiab] has no case: mg would be milligrams";
  }
}

struct BadCase {
  const char* name;
  const char* from;
  const char* to;
  const char* expected;
};

class BadConfigs : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadConfigs, AreRefusedWithPlaceAndReason) {
  const auto config = Load(Replaced(kSmall, GetParam().from, GetParam().to));
  ASSERT_THAT(config, IsError(ErrorCode::kConfig));
  EXPECT_THAT(config.error().message, HasSubstr(GetParam().expected));
  EXPECT_THAT(config.error().message, HasSubstr("p.yaml:"));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadConfigs,
    ::testing::Values(
        BadCase{"UnknownVersion", "version: 1", "version: 2", "p.yaml:1:10: version: a whole number from 1 to 1"},
        BadCase{"MistypedKey", "search:", "serach:", "did you mean \"search\"?"},
        BadCase{"UnknownBlock", "all: [magnesium, migraine]", "all: [magnesum, migraine]",
                "did you mean \"magnesium\"?"},
        BadCase{"UnknownQueryKey", "all: [magnesium, migraine]", "lable: x", "unknown key \"lable\""},
        BadCase{"OpenBracket", "all: [magnesium, migraine]", "term: '(magnesium'",
                "character 1 of the term: this '(' is never closed"},
        BadCase{"SwappedBrackets", "all: [magnesium, migraine]", "term: 'magnesium)('", "this ')' closes nothing"},
        BadCase{"OpenQuote", "all: [magnesium, migraine]", "term: '\"magnesium'", "quotation mark is never closed"},
        BadCase{"SmartQuotes", "all: [magnesium, migraine]", "term: \"\xE2\x80\x9Cmagnesium\xE2\x80\x9D\"",
                "typographic quotation marks"},
        BadCase{"TwoForms", "all: [magnesium, migraine]", "all: [magnesium], term: x", "either"},
        BadCase{"YearsBackwards", "{from: 2000, to: 2025}", "{from: 2025, to: 2000}", "last year is before the first"},
        BadCase{"SecretInFile", "rules: [rules]", "sources: {pubmed: {api_key: s3cret}}\nrules: [rules]",
                "keys and addresses do not belong"},
        BadCase{"PlainHttp", "rules: [rules]", "sources: {pubmed: {base_url: 'http://example.org/'}}\nrules: [rules]",
                "https://"},
        BadCase{"BatchSize", "rules: [rules]", "sources: {pubmed: {batch_size: 0}}\nrules: [rules]", "from 1 to 500"},
        BadCase{"TooFast", "rules: [rules]", "sources: {pubmed: {requests_per_second: 50}}\nrules: [rules]",
                "at most 10 requests a second"},
        BadCase{"KeyTwice", "rules: [rules]", "rules: [rules]\nname: again", "second time"},
        BadCase{"MistypedRules", "rules: [rules]", "rule: [rules]", "did you mean \"rules\"?"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(Config, MissingFileSaysWhatToDo) {
  RealFileSystem files;
  const auto config = LoadConfig(files, "/no/such/pipeline.yaml");
  ASSERT_THAT(config, IsError(ErrorCode::kConfig));
  EXPECT_THAT(config.error().message, HasSubstr("-c FILE"));
}

TEST(Config, HashFollowsTheQueriesNotTheLayout) {
  const std::string before = Load(kSmall)->sha256;
  EXPECT_EQ(Load(std::string("# a comment\n") + kSmall)->sha256, before);
  EXPECT_NE(Load(Replaced(kSmall, "to: 2025", "to: 2024"))->sha256, before);
}

TEST(Config, NoPrefixAndNoRandomDamageCrashesIt) {
  const std::string whole = kSmall;
  for (std::size_t size = 0; size < whole.size(); ++size) (void)Load(whole.substr(0, size)).has_value();
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    std::string damaged = whole;
    for (int n = 0; n < 3; ++n) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    (void)Load(damaged).has_value();
  }
  SUCCEED() << "each of them returned";
}

TEST(LoopbackUrls, AreThisMachineAndNothingElse) {
  for (const char* url : {"http://127.0.0.1:8080/x/", "http://localhost/", "https://LOCALHOST:1/", "http://[::1]:80/",
                          "http://127.1.2.3"})
    EXPECT_TRUE(IsLoopbackUrl(url)) << url;
  for (const char* url :
       {"https://eutils.ncbi.nlm.nih.gov/", "http://127.0.0.1.example.org/", "http://localhost.example.org/",
        "http://127.0.0.1@example.org/", "http://example.org/127.0.0.1", "127.0.0.1", "http://[::1].example.org/"})
    EXPECT_FALSE(IsLoopbackUrl(url)) << url;
}

}  // namespace
}  // namespace litmill::app
