// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_sentence.h"

#include <algorithm>
#include <string>

#include "tag/finding_interventions.h"
#include "tag/findings.h"

namespace litmill::tag {

std::string_view FindingSentence::Words(std::size_t mention) const {
  const Candidate& c = analysis_->standing[mention];
  return std::string_view(analysis_->text.buffer).substr(c.start, c.end - c.start);
}

void FindingSentence::Read(const Sentence& sentence, std::size_t first, std::size_t last) {
  role_ = RoleOf(sentence);
  cues_.clear();
  outcomes_.clear();
  interventions_.clear();
  comparator_ = kNoConcept;
  if (!MayHaveCues(first, last)) return DropCues(first, last);
  context_.Fill(analysis_->text.buffer, sentence.start, sentence.end, role_);
  for (std::size_t i = first; i < last; ++i) Sort(static_cast<std::uint32_t>(i));
  DropExposuresAsOutcomes();
  if (outcomes_.empty())
    for (std::size_t i = first; i < last && outcomes_.size() < kMostOutcomes; ++i)
      if (Facet(i) == "condition" && MayBeOutcome(i)) AddOutcome(static_cast<std::uint32_t>(i));
  DropQualifiers();
  DropIdleWithinGroup();
  FindNames();
  FindDegrees();
  KeepSpecificInterventions(*rules_, *analysis_, kMostInterventions, interventions_);
}

SectionRole FindingSentence::RoleOf(const Sentence& sentence) const {
  constexpr std::uint32_t kFewSentences = 3;
  if (!sentence.is_inferred) return sentence.role;
  if (sentence.role == SectionRole::kMethods || sentence.role == SectionRole::kObjective) return SectionRole::kOther;
  if (sentence.role != SectionRole::kBackground) return sentence.role;
  const Field& field = analysis_->text.fields[sentence.field];
  const std::size_t count = analysis_->passages.IndexAt(field.end - 1) - analysis_->passages.IndexAt(field.start) + 1;
  return count < kFewSentences ? SectionRole::kOther : sentence.role;
}

bool FindingSentence::MayBeOutcome(std::size_t mention) const {
  const Assertion assertion = analysis_->standing[mention].assertion;
  return assertion != Assertion::kExcluded && (assertion != Assertion::kBackground || role_ == SectionRole::kOther);
}

void FindingSentence::AddOutcome(std::uint32_t mention) {
  outcomes_.push_back({mention, context_.ClauseOf(analysis_->standing[mention].start)});
}

bool FindingSentence::IsMeant(const Candidate& cue) const {
  const bool guessed = role_ == SectionRole::kOther &&
                       (cue.assertion == Assertion::kBackground || cue.assertion == Assertion::kObjective);
  return guessed || cue.assertion == Assertion::kPresent || cue.assertion == Assertion::kHedged ||
         cue.assertion == Assertion::kComparator;
}

bool FindingSentence::MayHaveCues(std::size_t first, std::size_t last) const {
  if (!FindingContext::MayStateResults(role_)) return false;
  for (std::size_t i = first; i < last; ++i)
    if (IsMeant(analysis_->standing[i]) && Facet(i) == "direction") return true;
  return false;
}

void FindingSentence::DropCues(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (Facet(i) == "direction") (*dropped_)[i] = true;
}

void FindingSentence::Sort(std::uint32_t mention) {
  const Candidate& c = analysis_->standing[mention];
  const std::string_view facet = Facet(mention);
  if (facet == "direction") {
    if (!IsMeant(c) || !context_.StatesResult(c.start, c.end)) {
      (*dropped_)[mention] = true;
      return;
    }
    FindingCue cue;
    cue.mention = mention;
    cue.meaning = MeaningOf(rules_->rule_set.concepts[c.concept_index].id);
    cue.clause = context_.ClauseOf(c.start);
    const std::string_view words = Words(mention);
    cue.is_p_value =
        (words[0] == 'p' || words[0] == 'P') && words.find_first_of("0123456789") != std::string_view::npos;
    cues_.push_back(cue);
  } else if (facet == "outcome" && outcomes_.size() < kMostOutcomes && MayBeOutcome(mention)) {
    AddOutcome(mention);
  } else if (IsIntervention(*rules_, c)) {
    if (c.assertion == Assertion::kComparator)
      comparator_ = c.concept_index;
    else if (c.assertion == Assertion::kPresent || c.assertion == Assertion::kHedged ||
             c.assertion == Assertion::kObjective)
      interventions_.push_back(mention);
  } else if (facet == "comparator" && comparator_ == kNoConcept) {
    comparator_ = c.concept_index;
  }
}

void FindingSentence::DropExposuresAsOutcomes() {
  std::size_t at = 0;
  const auto is_exposure = [this, &at](const FindingOutcome& outcome) {
    const Candidate& o = analysis_->standing[outcome.mention];
    while (at < interventions_.size() && analysis_->standing[interventions_[at]].end <= o.start) ++at;
    return at < interventions_.size() && Facet(interventions_[at]) == "exposure" &&
           analysis_->standing[interventions_[at]].start < o.end;
  };
  outcomes_.erase(std::remove_if(outcomes_.begin(), outcomes_.end(), is_exposure), outcomes_.end());
}

void FindingSentence::DropQualifiers() {
  std::size_t at = 0;
  const auto is_qualifier = [this, &at](const FindingCue& cue) {
    if (!IsRawMovement(cue.meaning)) return false;
    const Candidate& c = analysis_->standing[cue.mention];
    while (at < interventions_.size() && analysis_->standing[interventions_[at]].end <= c.start) ++at;
    return at < interventions_.size() && analysis_->standing[interventions_[at]].start <= c.start;
  };
  for (const FindingCue& cue : cues_)
    if (is_qualifier(cue)) (*dropped_)[cue.mention] = true;
  cues_.erase(
      std::remove_if(cues_.begin(), cues_.end(), [this](const FindingCue& cue) { return (*dropped_)[cue.mention]; }),
      cues_.end());
}

void FindingSentence::DropIdleWithinGroup() {
  tells_.assign(context_.clauses().size(), 0);
  for (const FindingCue& cue : cues_)
    if (cue.meaning.strength < CueStrength::kWithinGroup) tells_[cue.clause] = 1;
  for (FindingCue& cue : cues_) {
    if (cue.meaning.strength < CueStrength::kWithinGroup) continue;
    cue.may_govern = false;
    if (cue.meaning.strength == CueStrength::kWithinGroup && tells_[cue.clause] == 0) (*dropped_)[cue.mention] = true;
  }
}

void FindingSentence::FindDegrees() {
  constexpr std::uint32_t kOneWord = 14;
  for (std::size_t i = 0; i + 1 < cues_.size(); ++i) {
    const Candidate& c = analysis_->standing[cues_[i].mention];
    const Candidate& next = analysis_->standing[cues_[i + 1].mention];
    const std::string_view words = Words(cues_[i].mention);
    const bool degree = words.size() > 2 && (words.substr(1) == "reater" || words.substr(1) == "igher");
    if (degree && next.start >= c.end && next.start - c.end < kOneWord &&
        FindingContext::IsNoun(Words(cues_[i + 1].mention)))
      cues_[i].may_govern = false;
  }
}

void FindingSentence::FindNames() {
  std::size_t at = 0;
  for (FindingCue& cue : cues_) {
    const Candidate& c = analysis_->standing[cue.mention];
    while (at < outcomes_.size() && analysis_->standing[outcomes_[at].mention].end <= c.start) ++at;
    if (at == outcomes_.size()) return;
    const Candidate& o = analysis_->standing[outcomes_[at].mention];
    if (o.start < c.start && c.end <= o.end && FindingContext::IsNoun(Words(cue.mention))) cue.may_govern = false;
  }
}

FindingCue* FindingSentence::GoverningCue(std::size_t outcome) {
  const std::size_t clause = outcomes_[outcome].clause;
  const Candidate& own = analysis_->standing[outcomes_[outcome].mention];
  const bool first = outcome == 0 || outcomes_[outcome - 1].clause != clause;
  const bool last = outcome + 1 == outcomes_.size() || outcomes_[outcome + 1].clause != clause;
  const std::uint32_t from = first ? 0 : analysis_->standing[outcomes_[outcome - 1].mention].end;
  const std::uint32_t to = last ? ~std::uint32_t{0} : analysis_->standing[outcomes_[outcome + 1].mention].start;
  scope_from_ = 0;
  FindingCue* best = nullptr;
  FindingCue* nearest = nullptr;
  const FindingCue* behind = nullptr;  // The last one before the outcome.
  std::uint32_t nearest_distance = ~std::uint32_t{0};
  for (FindingCue& cue : cues_) {
    if (!cue.may_govern) continue;
    const Candidate& c = analysis_->standing[cue.mention];
    const std::uint32_t distance = c.start >= own.end ? c.start - own.end : own.start >= c.end ? own.start - c.end : 0;
    const bool here = cue.clause == clause;
    if (cue.is_p_value && (c.start < own.start || c.start > to)) continue;
    if (here && distance < nearest_distance) {
      nearest_distance = distance;
      nearest = &cue;
    }
    // "Pain fell, but the difference was not significant."
    const bool of_clause_before = last && SpeaksOfClauseBefore(cue, clause);
    if (!of_clause_before && (!here || c.start < from || c.start >= to)) continue;
    // "pain was unchanged and improvements in sleep were seen": what other outcomes have had is theirs.
    if (!first && behind != nullptr && c.start < own.start && IsListed(*behind, cue)) {
      best = nullptr;
      scope_from_ = analysis_->standing[behind->mention].end;
    }
    if (c.start < own.start) behind = &cue;
    if (best == nullptr || cue.meaning.strength < best->meaning.strength) {
      if (best != nullptr) best->overruled = true;
      best = &cue;
    } else if (cue.meaning.strength > best->meaning.strength) {
      cue.overruled = true;
    }
  }
  return best != nullptr ? best : nearest;
}

bool FindingSentence::SpeaksOfClauseBefore(const FindingCue& cue, std::size_t clause) const {
  constexpr std::uint32_t kShortClause = 90;
  if (cue.clause != clause + 1 || cue.meaning.strength > CueStrength::kTrend || ClauseHasOutcome(cue.clause))
    return false;
  if (context_.ClauseEnd(cue.clause) - context_.clauses()[cue.clause] > kShortClause) return false;
  const std::string_view words = Words(cue.mention);
  return cue.is_p_value || words.find("ignifican") != std::string_view::npos ||
         words.find("iffer") != std::string_view::npos;
}

bool FindingSentence::IsListed(const FindingCue& before, const FindingCue& after) const {
  constexpr std::uint32_t kNear = 300;
  const std::uint32_t from = analysis_->standing[before.mention].end;
  const std::uint32_t to = analysis_->standing[after.mention].start;
  if (to <= from || to - from > kNear) return to > from;
  const std::string_view gap = std::string_view(analysis_->text.buffer).substr(from, to - from);
  return gap.find(',') != std::string_view::npos || gap.find(" and ") != std::string_view::npos;
}

bool FindingSentence::ClauseHasOutcome(std::size_t clause) const {
  return std::any_of(outcomes_.begin(), outcomes_.end(),
                     [clause](const FindingOutcome& o) { return o.clause == clause; });
}

bool FindingSentence::IsWithinGroup(const FindingCue& cue) const {
  if (cue.meaning.strength != CueStrength::kVerdict && !IsRawMovement(cue.meaning)) return false;
  return !context_.Compares(cue.clause) && std::any_of(cues_.begin(), cues_.end(), [&cue](const FindingCue& other) {
    return other.clause == cue.clause && other.meaning.strength == CueStrength::kWithinGroup;
  });
}

bool FindingSentence::InAllGroups(std::size_t clause) const {
  return std::any_of(cues_.begin(), cues_.end(), [this, clause](const FindingCue& cue) {
    return cue.clause == clause && cue.meaning.strength == CueStrength::kWithinGroup &&
           Words(cue.mention).find("group") != std::string_view::npos;
  });
}

}  // namespace litmill::tag
