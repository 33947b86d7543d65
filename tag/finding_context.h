// SPDX-License-Identifier: Apache-2.0
// Whether a word of direction states a result, and of whom: plans, questions, advice and guesses are no results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/tagged_record.h"
#include "tag/finding_context_words.h"

namespace litmill::tag {

/// One sentence's words that tell what its directions are worth. Reused from sentence to sentence.
class FindingContext {
 public:
  /// `buffer` must outlive the use; [start, end) is the sentence.
  void Fill(std::string_view buffer, std::uint32_t start, std::uint32_t end, SectionRole role);
  /// False for "to improve sleep", "may reduce", "aimed at", "whether", "is recommended", questions, and in sentences
  /// of background, objective, methods, limitations and keywords.
  [[nodiscard]] bool StatesResult(std::uint32_t cue_start, std::uint32_t cue_end) const;
  /// Where clauses start, ascending; the first is the sentence's start.
  [[nodiscard]] const std::vector<std::uint32_t>& clauses() const { return clauses_; }
  [[nodiscard]] std::size_t ClauseOf(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t ClauseEnd(std::size_t clause) const {
    return clause + 1 < clauses_.size() ? clauses_[clause + 1] : end_;
  }
  /// Whether the clause compares groups: "than", "versus", "between".
  [[nodiscard]] bool Compares(std::size_t clause) const { return compares_[clause] != 0; }
  /// The words in the clause that limit it to a part of the people ("those with severe stress"); empty for none.
  [[nodiscard]] std::string_view Subgroup(std::size_t clause) const;

  /// Whether a sentence of that role can state a result at all.
  [[nodiscard]] static bool MayStateResults(SectionRole role);
  /// "reduction", "improvement", "benefit".
  [[nodiscard]] static bool IsNoun(std::string_view cue);

 private:
  struct ContextWord {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint16_t traits = 0;  ///< See ContextTraitsOf.
  };
  [[nodiscard]] std::string_view Text(std::size_t word) const;
  /// Whether there is such a word, and it has the trait.
  [[nodiscard]] bool Has(std::size_t word, ContextTrait trait) const {
    return word < words_.size() && (words_[word].traits & trait) != 0;
  }
  [[nodiscard]] bool Is(std::size_t word, std::string_view text) const;
  [[nodiscard]] bool StartsWith(std::size_t word, std::string_view text) const;
  [[nodiscard]] bool IsPlan(std::size_t word) const;
  void MarkPlans();
  void MarkClauses();
  [[nodiscard]] bool EndsClauseBefore(std::size_t word) const;
  /// Index of the first word at or after `at`.
  [[nodiscard]] std::size_t WordAt(std::uint32_t at) const;
  [[nodiscard]] bool IsPurpose(std::size_t cue_word, std::uint32_t cue_end) const;

  std::string_view buffer_;
  std::uint32_t end_ = 0;
  SectionRole role_ = SectionRole::kOther;
  bool is_question_ = false;
  std::uint32_t plan_from_ = 0;  ///< From here on the sentence says what was planned; its end when it does not.
  std::vector<ContextWord> words_;
  std::vector<std::uint32_t> clauses_;
  std::vector<char> compares_;  ///< By clause.
  std::vector<char> measures_;  ///< By clause: "was measured".
};

}  // namespace litmill::tag
