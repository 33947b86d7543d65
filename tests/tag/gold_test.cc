// SPDX-License-Identifier: Apache-2.0
// The shipped rules against a list of traps that is not part of the project ($LITMILL_GOLD). Conditions in labelled
// abstracts: gold_conditions_test.cc.
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/real_data.h"
#include "tests/tag/gold_files.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

/// A trap's text becomes the part of a record that it was written for.
Record TrapRecord(const std::string& section, const std::string& text) {
  Record record;
  const auto ui_of = [](const std::string& name) -> std::string {
    static const std::map<std::string, std::string> kUis = {{"Depression, Chemical", "D003864"},
                                                            {"Cortical Spreading Depression", "D013181"},
                                                            {"Randomized Controlled Trial", "D016449"},
                                                            {"Review", "D016454"},
                                                            {"magnesium diglycinate", "C091418"}};
    const auto found = kUis.find(name);
    return found == kUis.end() ? "D000000" : found->second;
  };
  if (section == "TITLE")
    record.title.text = text;
  else if (section == "MESH")
    record.mesh_headings.push_back({ui_of(text), text, "", false, false, {}});
  else if (section == "PUBTYPE")
    record.publication_types.push_back({ui_of(text), text});
  else if (section == "CHEMICAL")
    record.chemicals.push_back({"0", ui_of(text), text});
  else if (section == "KEYWORD")
    record.keywords.push_back({"NOTNLM", false, {text, ""}});
  else if (section == "COPYRIGHT")
    record.copyright = text;
  else
    record = WithAbstract({text});
  return record;
}

/// The tags of a column that are plain facet:concept tags of ours.
std::set<std::string> KnownTags(const std::string& column, const std::set<std::string>& ours) {
  std::set<std::string> tags;
  for (const std::string& part : Split(column, ";")) {
    const std::string tag = Trimmed(part);
    if (ours.count(tag) != 0) tags.insert(tag);
  }
  return tags;
}

TEST(Gold, TrapsAreAvoidedAndPlainMentionsFound) {
  LITMILL_NEEDS(GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  std::set<std::string> ours;
  for (std::uint32_t i = 0; i < tagger->rule_set().concepts.size(); ++i) ours.insert(FullId(tagger->rule_set(), i));
  struct Score {
    int expected = 0, found = 0, forbidden = 0, wrong = 0;
  };
  std::map<std::string, Score> groups;
  Score total;
  std::ifstream file(GoldFolder() + "/traps.tsv");
  ASSERT_TRUE(file) << GoldFolder();
  std::string line;
  std::getline(file, line);
  std::vector<std::string> misses;
  while (std::getline(file, line)) {
    const auto columns = Split(line, "\t");
    if (columns.size() < 7) continue;
    std::string text = columns[4];
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n")) text.replace(at, 2, "\n");
    const auto tagged = TagIds(*tagger, TrapRecord(columns[3], text));
    for (Score* score : {&groups[columns[2]], &total}) {
      for (const std::string& tag : KnownTags(columns[5], ours)) {
        ++score->expected;
        score->found += tagged.count(tag) != 0 ? 1 : 0;
        if (score == &total && tagged.count(tag) == 0)
          misses.push_back(fmt::format("missed    {} {}", columns[0], tag));
      }
      for (const std::string& tag : KnownTags(columns[6], ours)) {
        ++score->forbidden;
        score->wrong += tagged.count(tag) != 0 ? 1 : 0;
        if (score == &total && tagged.count(tag) != 0)
          misses.push_back(fmt::format("forbidden {} {}", columns[0], tag));
      }
    }
  }
  for (const auto& [group, score] : groups)
    std::cout << fmt::format("{:<18} expected {:>3} found {:>3}   forbidden {:>3} tagged {:>2}\n", group,
                             score.expected, score.found, score.forbidden, score.wrong);
  std::cout << fmt::format("{:<18} expected {:>3} found {:>3}   forbidden {:>3} tagged {:>2}\n", "all", total.expected,
                           total.found, total.forbidden, total.wrong);
  for (const std::string& miss : misses) std::cout << miss << '\n';
  EXPECT_GT(total.expected, 100);
  EXPECT_EQ(total.wrong, 0);
  EXPECT_GE(total.found, 0.90 * total.expected);
}

}  // namespace
}  // namespace litmill::tag::testing
