// SPDX-License-Identifier: Apache-2.0
// design:rct from words alone, on abstracts of trials and on abstracts that speak of no chance at all ($LITMILL_GOLD).
//
// The trial sets are as their makers found them: some of their abstracts are follow-ups, cohorts and case series that
// no reader would call randomised, so that recall cannot reach 1. The second set are the abstracts of two corpora about
// diseases that hold no word beginning with "random" (save "random sample" and the like); a handful are old blinded
// trials, so that the share tagged is no pure error either.
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/real_data.h"
#include "tests/tag/brat.h"
#include "tests/tag/shipped_rules.h"
#include "tests/tag/tag_test_support.h"

namespace litmill::tag::testing {
namespace {

using litmill::testing::GoldFolder;

bool IsTrial(const Tagger& tagger, const Record& record) { return TagIds(tagger, record).count("design:rct") != 0; }

double ShareOfTrials(const Tagger& tagger, const std::string& name, const std::vector<Record>& records) {
  int trials = 0;
  for (const Record& record : records) trials += IsTrial(tagger, record) ? 1 : 0;
  const double share = records.empty() ? 0 : static_cast<double>(trials) / static_cast<double>(records.size());
  std::cout << fmt::format("design:rct {}: {} of {} ({:.3f})\n", name, trials, records.size(), share);
  return share;
}

std::vector<Record> TrialRecords(const std::string& folder) {
  std::vector<Record> records;
  for (BratDocument& document : ReadBratFolder(GoldFolder() + folder)) records.push_back(std::move(document.record));
  return records;
}

bool SpeaksOfChance(const std::string& text) {
  for (std::size_t at = text.find("andom"); at != std::string::npos; at = text.find("andom", at + 1)) {
    const std::string rest = text.substr(at + 5, 14);
    const bool is_sample = rest.rfind(" sample", 0) == 0 || rest.rfind("ly selected", 0) == 0 ||
                           rest.rfind(" distribution", 0) == 0 || rest.rfind("ly distributed", 0) == 0;
    if (!is_sample) return true;
  }
  return false;
}

/// Titles and abstracts of a PubTator file: "PMID|t|title", "PMID|a|abstract".
std::vector<Record> RecordsWithoutChance(const std::string& path) {
  std::vector<Record> records;
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::string line, title;
  while (std::getline(file, line)) {
    const std::size_t bar = line.find('|');
    if (bar == std::string::npos || bar > 12) continue;
    if (line.compare(bar, 3, "|t|") == 0) title = line.substr(bar + 3);
    if (line.compare(bar, 3, "|a|") != 0) continue;
    const std::string abstract = line.substr(bar + 3);
    if (SpeaksOfChance(title) || SpeaksOfChance(abstract)) continue;
    records.push_back(WithAbstract({abstract}));
    records.back().title.text = title;
  }
  return records;
}

TEST(Gold, RandomisedTrialsAreKnownFromTheirText) {
  LITMILL_NEEDS(GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  EXPECT_GE(ShareOfTrials(*tagger, "evidence-outcomes", TrialRecords("/evidence-outcomes")), 0.93);
  EXPECT_GE(ShareOfTrials(*tagger, "pico-corpus", TrialRecords("/pico-corpus")), 0.90);
}

TEST(Gold, AbstractsWithoutChanceAreNoTrials) {
  LITMILL_NEEDS(GoldFolder());
  const Tagger* tagger = ShippedTagger();
  ASSERT_NE(tagger, nullptr);
  std::vector<Record> records;
  for (const char* file : {"/bc5cdr/CDR_TrainingSet.PubTator.txt", "/bc5cdr/CDR_DevelopmentSet.PubTator.txt",
                           "/ncbi-disease/NCBItrainset_corpus.txt", "/ncbi-disease/NCBIdevelopset_corpus.txt"})
    for (Record& record : RecordsWithoutChance(GoldFolder() + file)) records.push_back(std::move(record));
  ASSERT_GT(records.size(), 1000U);
  EXPECT_LE(ShareOfTrials(*tagger, "abstracts without chance", records), 0.04);
}

}  // namespace
}  // namespace litmill::tag::testing
