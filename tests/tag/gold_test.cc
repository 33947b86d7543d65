// SPDX-License-Identifier: Apache-2.0
// The shipped rules against labelled data that are not part of the project ($LITMILL_GOLD): a list of traps, and two
// corpora of abstracts with MeSH identifiers. The floors are what was measured less five points; the figures are
// printed.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/real_data.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

std::vector<std::string> Split(const std::string& line, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t next = line.find(separator, at);
    parts.push_back(line.substr(at, next == std::string::npos ? next : next - at));
    if (next == std::string::npos) return parts;
    at = next + separator.size();
  }
}

std::string Trimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  return text;
}

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

struct Document {
  std::string title, abstract;
  std::set<std::string> uis;
};

/// PubTator: "PMID|t|title", "PMID|a|abstract", then tab-separated annotations of which the last column holds
/// identifiers.
std::vector<Document> ReadPubTator(const std::string& path) {
  std::vector<Document> documents;
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::string line;
  while (std::getline(file, line)) {
    line = Trimmed(line);
    const std::size_t bar = line.find('|');
    if (bar != std::string::npos && bar < 12 && line.compare(bar, 3, "|t|") == 0) {
      documents.emplace_back();
      documents.back().title = line.substr(bar + 3);
    } else if (bar != std::string::npos && bar < 12 && line.compare(bar, 3, "|a|") == 0 && !documents.empty()) {
      documents.back().abstract = line.substr(bar + 3);
    } else if (const auto columns = Split(line, "\t"); columns.size() >= 6 && !documents.empty()) {
      std::string ids = columns[5];
      std::replace(ids.begin(), ids.end(), '+', '|');
      for (std::string ui : Split(ids, "|")) {
        if (ui.rfind("MESH:", 0) == 0) ui.erase(0, 5);
        documents.back().uis.insert(Trimmed(ui));
      }
    }
  }
  return documents;
}

struct Counts {
  int tp = 0, fp = 0, fn = 0;
  [[nodiscard]] double Precision() const { return tp + fp == 0 ? 0 : static_cast<double>(tp) / (tp + fp); }
  [[nodiscard]] double Recall() const { return tp + fn == 0 ? 0 : static_cast<double>(tp) / (tp + fn); }
  [[nodiscard]] double F1() const { return tp == 0 ? 0 : 2.0 * tp / (2.0 * tp + fp + fn); }
};

/// Micro F1 over (document, concept): text mentions of the concept itself against a MeSH identifier of the concept.
double ScoreCorpus(const Tagger& tagger, const std::string& name, const std::vector<std::string>& files) {
  const RuleSet& rules = tagger.rule_set();
  std::map<std::string, Counts> by_concept;
  Counts micro;
  std::set<std::string> uis_in_corpus;
  std::vector<Document> documents;
  for (const std::string& file : files) {
    for (Document& document : ReadPubTator(GoldFolder() + file)) documents.push_back(std::move(document));
  }
  for (const Document& document : documents) uis_in_corpus.insert(document.uis.begin(), document.uis.end());
  for (const Document& document : documents) {
    Record record = WithAbstract({document.abstract});
    record.title.text = document.title;
    std::set<std::uint32_t> tagged;
    for (const Mention& mention : TagOrFail(tagger, record).mentions) tagged.insert(mention.concept_index);
    for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) {
      const Concept& c = rules.concepts[i];
      const auto in = [&c](const std::set<std::string>& uis) {
        return std::any_of(c.mesh.begin(), c.mesh.end(), [&uis](const std::string& ui) { return uis.count(ui) != 0; });
      };
      if ((c.facet != "condition" && c.facet != "form") || !in(uis_in_corpus)) continue;
      const bool gold = in(document.uis);
      const bool found = tagged.count(i) != 0;
      for (Counts* counts : {&by_concept[c.facet + ":" + c.id], &micro}) {
        if (gold && found) ++counts->tp;
        if (!gold && found) ++counts->fp;
        if (gold && !found) ++counts->fn;
      }
    }
  }
  double macro = 0;
  int concepts = 0;
  for (const auto& [id, counts] : by_concept) {
    if (counts.tp + counts.fn == 0) continue;
    macro += counts.F1();
    ++concepts;
    std::cout << fmt::format("  {:<40} P {:.3f} R {:.3f} F1 {:.3f}  tp {} fp {} fn {}\n", id, counts.Precision(),
                             counts.Recall(), counts.F1(), counts.tp, counts.fp, counts.fn);
  }
  std::cout << fmt::format("{}: {} documents, {} concepts, micro P {:.3f} R {:.3f} F1 {:.3f}, macro F1 {:.3f}\n", name,
                           documents.size(), concepts, micro.Precision(), micro.Recall(), micro.F1(),
                           concepts == 0 ? 0 : macro / concepts);
  return micro.F1();
}

TEST(Gold, ConditionsOfChemicalDiseaseCorpus) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  EXPECT_GE(ScoreCorpus(*ShippedTagger(), "bc5cdr",
                        {"/bc5cdr/CDR_TrainingSet.PubTator.txt", "/bc5cdr/CDR_DevelopmentSet.PubTator.txt"}),
            0.77);
}

TEST(Gold, ConditionsOfDiseaseCorpus) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  EXPECT_GE(ScoreCorpus(*ShippedTagger(), "ncbi-disease",
                        {"/ncbi-disease/NCBItrainset_corpus.txt", "/ncbi-disease/NCBIdevelopset_corpus.txt"}),
            0.73);
}

}  // namespace
}  // namespace litmill::tag::testing
