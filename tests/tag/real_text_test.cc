// SPDX-License-Identifier: Apache-2.0
// Real abstracts ($LITMILL_REAL_DATA): the one-pass search finds what each pattern finds alone.
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "tests/support/real_data.h"
#include "tests/tag/naive_matcher.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

/// Title and abstract of every record in a PubMed XML file; nothing for other files.
void AppendRecords(const std::string& path, std::size_t limit, std::vector<Record>& records) {
  pugi::xml_document document;
  if (!document.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) return;
  for (const pugi::xpath_node& node : document.select_nodes("//MedlineCitation/Article")) {
    if (records.size() >= limit) return;
    Record record;
    record.title.text = node.node().child("ArticleTitle").text().get();
    for (const pugi::xml_node section : node.node().child("Abstract").children("AbstractText")) {
      record.abstract_sections.emplace_back();
      record.abstract_sections.back().body.text = section.text().get();
    }
    records.push_back(std::move(record));
  }
}

TEST(RealText, OnePassFindsWhatEachPatternFindsAlone) {
  LITMILL_NEEDS(litmill::testing::RealDataFolder());
  const Tagger* shipped = ShippedTagger();
  ASSERT_NE(shipped, nullptr);
  // Without masks, gates and neighbours of the same facet, so that every match of every rule is a mention.
  RuleSet alone;
  for (const Concept& c : shipped->rule_set().concepts) {
    for (const Rule& rule : c.rules) {
      Concept single;
      single.facet = "facet" + std::to_string(alone.concepts.size());
      single.id = "x";
      single.rules = {rule};
      single.rules[0].kind = RuleKind::kInclude;
      single.rules[0].gate.clear();
      single.rules[0].abbreviation = AbbreviationPolicy::kNone;
      single.rules[0].gate_scope = GateScope::kNone;
      single.rules[0].name = single.facet;
      alone.concepts.push_back(std::move(single));
    }
  }
  auto tagger = Tagger::Compile(alone);
  ASSERT_TRUE(tagger) << tagger.error().message;
  std::vector<Record> records;
  for (const std::string& file : litmill::testing::FilesBelow(litmill::testing::RealDataFolder() + "/pubmed-xml"))
    AppendRecords(file, 400, records);
  ASSERT_GT(records.size(), 50U);
  std::size_t mentions = 0;
  for (const Record& record : records) {
    const auto found = MentionKeys(TagOrFail(**tagger, record));
    ASSERT_EQ(found, NaiveMentionKeys((*tagger)->rule_set(), record)) << record.title.text;
    mentions += found.size();
  }
  std::cout << records.size() << " records, " << mentions << " matches\n";
  EXPECT_GT(mentions, records.size());
}

}  // namespace
}  // namespace litmill::tag::testing
