// SPDX-License-Identifier: Apache-2.0
// Conditions of the shipped rules against two corpora of abstracts whose disease names carry MeSH identifiers; they are
// not part of the project ($LITMILL_GOLD). The floors are what was measured less three points; the figures are printed.
//
// How it is scored, at document level, for each condition concept with a MeSH identifier in the corpus:
//   gold: the document has an identifier of the concept or of a concept below it. "Myocardial infarction" is a heart
//     disease, so a document about it counts for condition:heart_disease, though its own identifier is another.
//   tagged: the text has a mention of the concept or of a concept below it, as a tag implies its parents.
// Both sides go up the same parents; a parent that is only implied is right or wrong together with its child. Since
// roll-ups repeat what their children score, the figure without any parents ("own": identifiers and mentions of the
// concept alone) is printed and has a floor of its own. Roll-ups without an identifier are not scored.
// `litmill evaluate --errors N` names the documents.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "app/gold_sets.h"
#include "tests/support/real_data.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

/// The annotators' documents with all identifiers of each.
struct Document {
  app::GoldDocument gold;
  std::set<std::string> uis;
};

std::vector<Document> ReadDocuments(const std::string& path) {
  RealFileSystem files;
  auto gold = app::ReadGold(files, path);
  if (!gold || gold->sets.size() != 1) {
    ADD_FAILURE() << path << ": " << (gold ? "not one set" : gold.error().message);
    return {};
  }
  std::vector<Document> documents;
  for (app::GoldDocument& document : gold->sets.front().documents.documents) {
    std::set<std::string> uis;
    for (const app::GoldSpan& span : document.spans) uis.insert(span.ids.begin(), span.ids.end());
    documents.push_back({std::move(document), std::move(uis)});
  }
  return documents;
}

struct Counts {
  int tp = 0, fp = 0, fn = 0;
  std::vector<std::string> false_found, missed;  ///< Document ids.
  void Add(bool gold, bool found, const std::string& id) {
    tp += gold && found ? 1 : 0;
    if (!gold && found) ++fp, false_found.push_back(id);
    if (gold && !found) ++fn, missed.push_back(id);
  }
  [[nodiscard]] double Precision() const { return tp + fp == 0 ? 0 : static_cast<double>(tp) / (tp + fp); }
  [[nodiscard]] double Recall() const { return tp + fn == 0 ? 0 : static_cast<double>(tp) / (tp + fn); }
  [[nodiscard]] double F1() const { return tp == 0 ? 0 : 2.0 * tp / (2.0 * tp + fp + fn); }
};

/// Concept and all above it, by concept index.
std::vector<std::set<std::uint32_t>> WithParents(const RuleSet& rules) {
  std::map<std::string, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < rules.concepts.size(); ++i)
    by_id[rules.concepts[i].facet + ":" + rules.concepts[i].id] = i;
  std::vector<std::set<std::uint32_t>> above(rules.concepts.size());
  for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) {
    std::vector<std::uint32_t> open = {i};
    while (!open.empty()) {
      const Concept& c = rules.concepts[open.back()];
      const bool is_new = above[i].insert(open.back()).second;
      open.pop_back();
      for (const std::string& parent : c.parents)
        if (is_new) open.push_back(by_id.at(c.facet + ":" + parent));
    }
  }
  return above;
}

bool Meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& ui) { return b.count(ui) != 0; });
}

struct CorpusScore {
  std::map<std::string, Counts> by_concept;
  Counts micro, own;
};

class CorpusScorer {
 public:
  CorpusScorer(const Tagger& tagger, std::string facet) : tagger_(tagger), facet_(std::move(facet)) {
    const RuleSet& rules = tagger.rule_set();
    above_ = WithParents(rules);
    uis_below_.resize(rules.concepts.size());
    for (std::uint32_t i = 0; i < rules.concepts.size(); ++i)
      for (const std::uint32_t parent : above_[i])
        uis_below_[parent].insert(rules.concepts[i].mesh.begin(), rules.concepts[i].mesh.end());
  }

  CorpusScore Score(const std::string& name, const std::vector<std::string>& files) {
    std::vector<Document> documents;
    for (const std::string& file : files)
      for (Document& document : ReadDocuments(GoldFolder() + file)) documents.push_back(std::move(document));
    for (const Document& document : documents) corpus_.insert(document.uis.begin(), document.uis.end());
    CorpusScore score;
    for (const Document& document : documents) AddDocument(document, score);
    Print(name, documents.size(), score);
    return score;
  }

 private:
  void AddDocument(const Document& document, CorpusScore& score) const {
    const RuleSet& rules = tagger_.rule_set();
    std::set<std::uint32_t> mentioned, implied;
    const TaggedRecord tagged = TagOrFail(tagger_, document.gold.record);
    for (const Mention& mention : tagged.mentions) {
      mentioned.insert(mention.concept_index);
      implied.insert(above_[mention.concept_index].begin(), above_[mention.concept_index].end());
    }
    for (std::uint32_t i = 0; i < rules.concepts.size(); ++i) {
      const Concept& c = rules.concepts[i];
      if (c.facet != facet_ || c.mesh.empty() || !Meet(uis_below_[i], corpus_)) continue;
      const bool gold = Meet(uis_below_[i], document.uis);
      const bool found = implied.count(i) != 0;
      score.by_concept[c.id].Add(gold, found, document.gold.id);
      score.micro.Add(gold, found, document.gold.id);
      const std::set<std::string> uis(c.mesh.begin(), c.mesh.end());
      if (Meet(uis, corpus_)) score.own.Add(Meet(uis, document.uis), mentioned.count(i) != 0, document.gold.id);
    }
  }

  static std::string FirstIds(const std::vector<std::string>& ids) {
    const std::vector<std::string> first(ids.begin(), ids.begin() + std::min<std::ptrdiff_t>(4, std::ssize(ids)));
    return fmt::format("{}{}", fmt::join(first, " "), ids.size() > first.size() ? " ..." : "");
  }

  void Print(const std::string& name, std::size_t documents, const CorpusScore& score) const {
    double macro = 0;
    int concepts = 0;
    for (const auto& [id, counts] : score.by_concept) {
      if (counts.tp + counts.fn == 0 && counts.fp == 0) continue;
      std::cout << fmt::format("  {:<32} P {:.3f} R {:.3f} F1 {:.3f}  tp {} fp {} ({}) fn {} ({})\n", id,
                               counts.Precision(), counts.Recall(), counts.F1(), counts.tp, counts.fp,
                               FirstIds(counts.false_found), counts.fn, FirstIds(counts.missed));
      if (counts.tp + counts.fn == 0) continue;
      macro += counts.F1();
      ++concepts;
    }
    const auto line = [&name](const char* what, const Counts& counts) {
      std::cout << fmt::format("{} {}: micro P {:.3f} R {:.3f} F1 {:.3f} (tp {} fp {} fn {})\n", name, what,
                               counts.Precision(), counts.Recall(), counts.F1(), counts.tp, counts.fp, counts.fn);
    };
    std::cout << fmt::format("{}: {} documents, {} concepts of facet {}, macro F1 {:.3f}\n", name, documents, concepts,
                             facet_, concepts == 0 ? 0 : macro / concepts);
    line("with parents", score.micro);
    line("own         ", score.own);
  }

  const Tagger& tagger_;
  std::string facet_;
  std::set<std::string> corpus_;  ///< All identifiers of the corpus.
  std::vector<std::set<std::uint32_t>> above_;
  std::vector<std::set<std::string>> uis_below_;  ///< Of the concept and of all below it.
};

/// No concept that the corpus can judge is bad.
void ExpectEveryConceptAbove(double floor, const CorpusScore& score) {
  int judged = 0;
  for (const auto& [id, counts] : score.by_concept) {
    if (counts.tp + counts.fn < 10) continue;
    ++judged;
    EXPECT_GE(counts.F1(), floor) << id;
  }
  EXPECT_GE(judged, 10);
}

const std::vector<std::string> kChemicalDisease = {"/bc5cdr/CDR_TrainingSet.PubTator.txt",
                                                   "/bc5cdr/CDR_DevelopmentSet.PubTator.txt"};

TEST(Gold, ConditionsOfChemicalDiseaseCorpus) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  const CorpusScore score = CorpusScorer(*ShippedTagger(), "condition").Score("bc5cdr", kChemicalDisease);
  EXPECT_GE(score.micro.F1(), 0.92);
  EXPECT_GE(score.own.F1(), 0.91);
  ExpectEveryConceptAbove(0.77, score);
}

TEST(Gold, ConditionsOfDiseaseCorpus) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  const CorpusScore score =
      CorpusScorer(*ShippedTagger(), "condition")
          .Score("ncbi-disease", {"/ncbi-disease/NCBItrainset_corpus.txt", "/ncbi-disease/NCBIdevelopset_corpus.txt"});
  EXPECT_GE(score.micro.F1(), 0.92);
  EXPECT_GE(score.own.F1(), 0.90);
  ExpectEveryConceptAbove(0.77, score);
}

TEST(Gold, FormsOfChemicalDiseaseCorpus) {
  LITMILL_NEEDS(GoldFolder());
  ASSERT_NE(ShippedTagger(), nullptr);
  const CorpusScore score = CorpusScorer(*ShippedTagger(), "form").Score("bc5cdr forms", kChemicalDisease);
  EXPECT_GE(score.own.F1(), 0.77);
}

}  // namespace
}  // namespace litmill::tag::testing
