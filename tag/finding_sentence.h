// SPDX-License-Identifier: Apache-2.0
// The parts of a sentence that may state a finding: cues of direction, outcomes, what was given and compared with; and
// which cue speaks of which outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/analysis.h"
#include "tag/finding_context.h"
#include "tag/finding_cue.h"

namespace litmill::tag {

struct FindingCue {
  std::uint32_t mention = 0;  ///< Into Analysis::standing.
  CueMeaning meaning;
  std::size_t clause = 0;
  bool is_p_value = false;
  bool may_govern = true;
  bool governs = false;
  bool overruled = false;
};

struct FindingOutcome {
  std::uint32_t mention = 0;
  std::size_t clause = 0;
};

[[nodiscard]] inline bool IsRawMovement(const CueMeaning& meaning) {
  return meaning.strength == CueStrength::kMovement;
}

/// Reused from sentence to sentence and record to record. Mentions are numbered as in Analysis::standing.
class FindingSentence {
 public:
  /// Makes it ready for a record. `dropped`, by mention, gets those of facet direction that state no result.
  void Start(const CompiledRules& rules, const Analysis& analysis, std::vector<bool>& dropped) {
    rules_ = &rules;
    analysis_ = &analysis;
    dropped_ = &dropped;
  }

  /// The mentions [first, last) are the sentence's. Where no cue can state a result there are no parts, and no context.
  void Read(const Sentence& sentence, std::size_t first, std::size_t last);

  [[nodiscard]] const FindingContext& context() const { return context_; }
  [[nodiscard]] const std::vector<FindingCue>& cues() const { return cues_; }
  [[nodiscard]] const std::vector<FindingOutcome>& outcomes() const { return outcomes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& interventions() const { return interventions_; }
  [[nodiscard]] std::uint32_t comparator() const { return comparator_; }
  /// Before it the clause speaks of other outcomes than the one that GoverningCue was last asked for.
  [[nodiscard]] std::uint32_t scope_from() const { return scope_from_; }

  /// Of the cues that speak of an outcome the strongest: those of its clause that no other outcome stands before, else
  /// the nearest of the clause.
  [[nodiscard]] FindingCue* GoverningCue(std::size_t outcome);
  [[nodiscard]] bool ClauseHasOutcome(std::size_t clause) const;
  /// A change in both groups, or from baseline in a clause that compares no groups.
  [[nodiscard]] bool IsWithinGroup(const FindingCue& cue) const;
  /// What got better in both groups alike got better by itself.
  [[nodiscard]] bool InAllGroups(std::size_t clause) const;

 private:
  [[nodiscard]] std::string_view Facet(std::size_t mention) const {
    return rules_->rule_set.concepts[analysis_->standing[mention].concept_index].facet;
  }
  [[nodiscard]] std::string_view Words(std::size_t mention) const;
  /// A guessed role takes no result away: what was guessed to be methods or the aim may report, and so may a short
  /// text's start.
  [[nodiscard]] SectionRole RoleOf(const Sentence& sentence) const;
  [[nodiscard]] bool MayBeOutcome(std::size_t mention) const;
  /// Whether the cue is said of what was found, as far as assertion tells.
  [[nodiscard]] bool IsMeant(const Candidate& cue) const;
  [[nodiscard]] bool MayHaveCues(std::size_t first, std::size_t last) const;
  void DropCues(std::size_t first, std::size_t last);
  void AddOutcome(std::uint32_t mention);
  void Sort(std::uint32_t mention);
  /// "Serum magnesium" that stands for an exposure is not also what was measured.
  void DropExposuresAsOutcomes();
  /// "Higher" in "higher magnesium intake" tells how much was taken, not what came of it.
  void DropQualifiers();
  /// "Change from baseline" without a word of how it went tells nothing.
  void DropIdleWithinGroup();
  /// "Greater" in "greater improvement" tells how much.
  void FindDegrees();
  /// A noun inside an outcome's name ("clinical benefit rate", "Impression of Improvement") is no report of it.
  void FindNames();
  /// "Pain fell, but the difference was not significant."
  [[nodiscard]] bool SpeaksOfClauseBefore(const FindingCue& cue, std::size_t clause) const;
  /// Whether a comma or "and" stands between two cues.
  [[nodiscard]] bool IsListed(const FindingCue& before, const FindingCue& after) const;

  const CompiledRules* rules_ = nullptr;
  const Analysis* analysis_ = nullptr;
  std::vector<bool>* dropped_ = nullptr;
  FindingContext context_;
  std::vector<FindingCue> cues_;
  std::vector<FindingOutcome> outcomes_;
  std::vector<std::uint32_t> interventions_;
  std::vector<char> tells_;  ///< By clause: it has a cue that says how it went.
  std::uint32_t comparator_ = kNoConcept;
  SectionRole role_ = SectionRole::kOther;  ///< See RoleOf.
  std::uint32_t scope_from_ = 0;
};

}  // namespace litmill::tag
