// SPDX-License-Identifier: Apache-2.0
// What each rule does on real texts: where its pattern matches, what becomes of the matches, what else covers them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "core/rule_set.h"
#include "tag/compiled_rules.h"
#include "tag/joined_text.h"
#include "tag/pattern_spans.h"
#include "tag/tag.h"

namespace litmill::tag {

/// What was seen of one rule. Matches are the pattern's, before masks, gates and longer mentions take some away.
struct RuleUsage {
  std::uint64_t own_examples = 0;  ///< Matches in the examples of its own concept.
  std::uint64_t matches = 0;       ///< In all texts.
  std::uint64_t standing = 0;      ///< Of an include: matches that became mentions.
  std::uint64_t records = 0;       ///< Of an include: records of the corpus with such a match.
  std::uint64_t touching = 0;      ///< Of a mask: matches that overlap one of what it masks.
  /// Of an include: rules of its concept that covered every match so far; meaningful once `matches` is not 0.
  std::vector<std::uint32_t> covered_by;
};

/// Runs texts through a rule set and counts. Memory does not grow with the texts.
class RuleUsageCounter {
 public:
  /// kConfig when the rules do not compile.
  [[nodiscard]] static Result<std::unique_ptr<RuleUsageCounter>> Make(const RuleSet& rules);

  /// The examples of every concept.
  [[nodiscard]] Result<void> CountExamples();
  [[nodiscard]] Result<void> CountRecord(const Record& record);

  [[nodiscard]] const CompiledRules& rules() const { return *compiled_; }
  [[nodiscard]] const std::vector<RuleUsage>& usage() const { return usage_; }  ///< By rule index.
  [[nodiscard]] std::uint64_t records() const { return records_; }
  /// Mentions in words of each concept, by concept index.
  [[nodiscard]] const std::vector<std::uint64_t>& mentions() const { return mentions_; }
  /// How often two concepts of a facet (lower index first) were mentioned by exactly the same words.
  [[nodiscard]] const std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t>& same_words() const {
    return same_words_;
  }

 private:
  RuleUsageCounter() = default;
  /// `example_of` = the concept whose example this is; kNoConcept = a record of the corpus.
  [[nodiscard]] Result<void> Count(const Record& record, std::uint32_t example_of);
  void CountMatches(std::uint32_t example_of);
  void NarrowCover(std::uint32_t rule);
  void CountMasks();
  void CountStanding(const TaggedRecord& tagged, bool is_record);
  void CountSameWords(const TaggedRecord& tagged);

  std::unique_ptr<CompiledRules> compiled_;
  std::unique_ptr<Tagger> tagger_;
  std::vector<std::vector<std::uint32_t>> rules_of_concept_;
  std::vector<RuleUsage> usage_;
  std::vector<std::uint64_t> mentions_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> same_words_;
  std::uint64_t records_ = 0;

  // Of the text in hand.
  JoinedText text_;
  PatternSpans spans_;
  std::vector<std::uint32_t> rules_found_;  ///< Rules with matches, ascending.
};

}  // namespace litmill::tag
