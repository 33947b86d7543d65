// SPDX-License-Identifier: Apache-2.0
// The documentation keeps its word where a program can check it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "app/rules_file.h"
#include "core/file_system.h"

namespace litmill {
namespace {

std::string Read(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// "Suite.Case" of every TEST, TEST_F and TEST_P below tests/.
std::set<std::string> AllTests() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(LITMILL_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = Read(entry.path());
    for (std::size_t at = text.find("\nTEST"); at != std::string::npos; at = text.find("\nTEST", at + 1)) {
      const std::size_t open = text.find('(', at);
      const std::size_t comma = text.find(", ", open);
      const std::size_t close = text.find(')', comma);
      names.insert(text.substr(open + 1, comma - open - 1) + "." + text.substr(comma + 2, close - comma - 2));
    }
  }
  return names;
}

TEST(Docs, EveryTestThatAGuaranteeNamesExists) {
  const std::set<std::string> tests = AllTests();
  const std::string text = Read(LITMILL_SOURCE_DIR "/docs/guarantees.md");
  int named = 0;
  for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
    const std::size_t end = text.find('`', at + 1);
    const std::string word = text.substr(at + 1, end - at - 1);
    at = end + 1;
    const std::size_t dot = word.find('.');
    if (dot == std::string::npos || dot == 0 || word[0] < 'A' || word[0] > 'Z' || word.find(' ') != std::string::npos)
      continue;
    ++named;
    EXPECT_EQ(tests.count(word), 1U) << word;
  }
  EXPECT_GT(named, 25);
}

TEST(Docs, EveryKeyOfTheShippedPipelineIsDescribed) {
  const std::string text = Read(LITMILL_SOURCE_DIR "/docs/configuration.md");
  for (const char* key : {"version",
                          "name",
                          "title",
                          "search.years",
                          "search.blocks.NAME",
                          "search.queries.NAME.all",
                          "search.queries.NAME.none",
                          "search.queries.NAME.term",
                          "search.queries.NAME.label",
                          "sources.pubmed.enabled",
                          "sources.pubmed.base_url",
                          "sources.pubmed.batch_size",
                          "sources.pubmed.requests_per_second",
                          "sources.pubmed.tries",
                          "sources.pubmed.retry_delay_ms",
                          "sources.pubmed.stall_timeout_s",
                          "sources.openalex.enabled",
                          "sources.crossref.all_works",
                          "rules",
                          "store.corpus",
                          "store.archive",
                          "NCBI_API_KEY",
                          "LITMILL_EMAIL"})
    EXPECT_NE(text.find(std::string("`") + key), std::string::npos) << key;
}

TEST(Docs, TheFiguresOfAccuracyAreOfTheRulesVersion) {
  const std::string text = Read(LITMILL_SOURCE_DIR "/docs/accuracy.md");
  ASSERT_FALSE(text.empty()) << "docs/accuracy.md is written by the target accuracy_doc";
  RealFileSystem files;
  const auto rules =
      app::LoadRules(files, {LITMILL_SOURCE_DIR "/rules/general", LITMILL_SOURCE_DIR "/rules/magnesium"});
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_NE(text.find("Rule set: version `" + rules->version + "`"), std::string::npos)
      << "write docs/accuracy.md again (target accuracy_doc): the rules are " << rules->version << " now";
}

}  // namespace
}  // namespace litmill
