// SPDX-License-Identifier: Apache-2.0
#include "tag/findings.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tag/direction.h"
#include "tag/finding_conclusions.h"
#include "tag/finding_interventions.h"
#include "tag/finding_sentence.h"

namespace litmill::tag {
namespace {

constexpr double kInferredIntervention = 0.6;  ///< The sentence does not name it; the record's main one is taken.
constexpr double kSurely = 0.7;                ///< Of ClassifyDirection, to overrule the cue's own movement.
constexpr double kUnsure = 0.4;
constexpr double kConditionAsOutcome = 0.7;  ///< It may only say who took part.

double RoleFactor(SectionRole role) {
  switch (role) {
    case SectionRole::kTitle:
      return 0.5;
    case SectionRole::kConclusions:
      return 0.8;
    case SectionRole::kResults:
      return 1;
    default:
      return 0.7;
  }
}

double AssertionFactor(Assertion assertion) { return assertion == Assertion::kHedged ? 0.5 : 1; }

/// Its memory is used again, from record to record.
class FindingFinder {
 public:
  void Find(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result) {
    rules_ = &rules;
    analysis_ = &analysis;
    result_ = &result;
    dropped_.assign(analysis.standing.size(), false);
    joined_.clear();
    directions_.clear();
    parts_.Start(rules, analysis, dropped_);
    main_intervention_ = MainIntervention(rules, analysis);
    const std::vector<Candidate>& standing = analysis.standing;
    for (std::size_t i = 0; i < standing.size();) {
      const std::size_t sentence = analysis_->passages.IndexAt(standing[i].start);
      const std::uint32_t end = analysis_->passages.sentences()[sentence].end;
      std::size_t next = i;
      bool has_direction = false;
      for (; next < standing.size() && standing[next].start < end; ++next)
        has_direction = has_direction || Facet(next) == "direction";
      if (next == i) ++next;  // Never: a mention starts before its sentence's end.
      if (has_direction) ReadSentence(analysis_->passages.sentences()[sentence], i, next);
      i = next;
    }
    Settle();
    Conclude(result_->findings, result_->conclusions);
  }

 private:
  [[nodiscard]] const Concept& ConceptOf(std::size_t mention) const {
    return rules_->rule_set.concepts[analysis_->standing[mention].concept_index];
  }
  [[nodiscard]] std::string_view Facet(std::size_t mention) const { return ConceptOf(mention).facet; }
  [[nodiscard]] std::string_view Words(std::size_t mention) const {
    const Candidate& c = analysis_->standing[mention];
    return std::string_view(analysis_->text.buffer).substr(c.start, c.end - c.start);
  }
  [[nodiscard]] std::uint32_t DirectionConcept(std::string_view id) {
    if (directions_.empty()) {
      for (std::uint32_t i = 0; i < rules_->rule_set.concepts.size(); ++i)
        if (rules_->rule_set.concepts[i].facet == "direction") directions_.push_back(i);
    }
    for (const std::uint32_t i : directions_)
      if (rules_->rule_set.concepts[i].id == id) return i;
    return kNoConcept;
  }
  [[nodiscard]] Valence ValenceOf(std::size_t mention) const {
    const Concept& c = ConceptOf(mention);
    return c.facet == "condition" && c.valence == Valence::kUnknown ? Valence::kLowerIsBetter : c.valence;
  }

  void ReadSentence(const Sentence& sentence, std::size_t first, std::size_t last) {
    parts_.Read(sentence, first, last);
    if (parts_.cues().empty()) return;
    for (std::size_t i = 0; i < parts_.outcomes().size(); ++i) ReadOutcome(sentence, i);
    DropOverruled();
  }

  void ReadOutcome(const Sentence& sentence, std::size_t outcome) {
    FindingCue* const cue = parts_.GoverningCue(outcome);
    if (cue == nullptr) return;
    cue->governs = true;
    const std::uint32_t mention = parts_.outcomes()[outcome].mention;
    if (cue->meaning.strength == CueStrength::kVerdict && parts_.IsWithinGroup(*cue) && parts_.InAllGroups(cue->clause))
      dropped_[cue->mention] = true;
    if (!MaySay(*cue, mention)) return;
    Finding finding;
    finding.outcome = analysis_->standing[mention].concept_index;
    finding.direction = analysis_->standing[cue->mention].concept_index;
    finding.role = sentence.role;
    finding.assertion = std::max(
        analysis_->standing[cue->mention].assertion == Assertion::kHedged ? Assertion::kHedged : Assertion::kPresent,
        analysis_->standing[mention].assertion == Assertion::kHedged ? Assertion::kHedged : Assertion::kPresent);
    if (!Weigh(*cue, outcome, finding)) return;
    if (IsRawMovement(cue->meaning) && finding.direction == analysis_->standing[cue->mention].concept_index)
      JoinVerdict(*cue, finding);
    finding.subgroup = parts_.context().Subgroup(cue->clause);
    finding.comparator = parts_.comparator();
    if (Facet(mention) == "condition") finding.confidence *= kConditionAsOutcome;
    finding.confidence *= RoleFactor(sentence.role) * AssertionFactor(finding.assertion);
    Place(sentence, finding);
    Emit(mention, finding);
  }

  /// Whether weighing the cue can show at all: in a finding, or in a verdict that joins it (see JoinVerdict), which
  /// where nothing was given is only "improved". Most records of a wide corpus speak of no intervention.
  [[nodiscard]] bool MaySay(const FindingCue& cue, std::uint32_t mention) const {
    if (main_intervention_ != kNoConcept || !parts_.interventions().empty()) return true;
    const Valence valence = ValenceOf(mention);
    if (!IsRawMovement(cue.meaning) || valence == Valence::kUnknown) return false;
    // Only a comparison can turn the movement round.
    return parts_.context().Compares(cue.clause) || BenefitOf(cue.meaning.movement, valence) == Benefit::kBetter;
  }

  /// Movement, benefit, confidence; and the direction where the clause as a whole says otherwise than its cue.
  /// False when the only sign, a p-value, is contradicted.
  bool Weigh(const FindingCue& cue, std::size_t outcome, Finding& finding) {
    const std::uint32_t mention = parts_.outcomes()[outcome].mention;
    const Valence valence = ValenceOf(mention);
    const Candidate& c = analysis_->standing[cue.mention];
    const Candidate& o = analysis_->standing[mention];
    std::uint32_t from =
        std::min(parts_.context().clauses()[parts_.outcomes()[outcome].clause], parts_.context().clauses()[cue.clause]);
    std::uint32_t to =
        std::max(parts_.context().ClauseEnd(parts_.outcomes()[outcome].clause), parts_.context().ClauseEnd(cue.clause));
    constexpr std::uint32_t kAround = 400;
    from = std::max(from, std::min(c.start, o.start) - std::min(std::min(c.start, o.start), kAround));
    to = std::min(to, std::max(c.end, o.end) + kAround);
    from = std::max(from, parts_.scope_from());
    to = std::min(to, from + 4 * kAround);
    const std::string_view clause = std::string_view(analysis_->text.buffer).substr(from, to - from);
    const std::string_view given =
        parts_.interventions().empty() ? std::string_view() : Words(parts_.interventions().front());
    const DirectionAnswer answer =
        ClassifyDirection({clause, given, "placebo or control group", Words(mention), valence});
    finding.movement = cue.meaning.movement;
    finding.benefit = cue.meaning.benefit;
    finding.confidence = kUnsure;
    if (cue.meaning.strength == CueStrength::kNoDifference) {
      if (answer.movement == Movement::kNoDifference) finding.confidence = answer.confidence;
      return answer.movement == Movement::kNoDifference || !cue.is_p_value;
    }
    if (cue.meaning.strength == CueStrength::kTrend) return true;
    if (parts_.IsWithinGroup(cue)) {
      if (const std::uint32_t within = DirectionConcept("within_group_change"); within != kNoConcept)
        finding.direction = within;
    } else if (answer.interval_has_null ||
               (answer.movement == Movement::kNoDifference && answer.confidence >= kSurely)) {
      finding.movement = Movement::kNoDifference;
      finding.benefit = Benefit::kNone;
      finding.confidence = std::max(kSurely, 1 - answer.difference);
      if (const std::uint32_t none = DirectionConcept("no_significant_difference"); none != kNoConcept)
        finding.direction = none;
      return true;
    }
    if (finding.benefit != Benefit::kUnknown) {
      finding.movement = MovementFor(finding.benefit, valence);
      finding.confidence = std::max(kUnsure, answer.difference);
      // "Placebo was better than zinc": what is good for the comparator is bad for the intervention.
      const bool against = finding.movement != Movement::kUnclear && answer.movement != finding.movement;
      if (against && parts_.context().Compares(cue.clause) && answer.confidence >= kSurely) {
        finding.movement = answer.movement;
        finding.benefit = BenefitOf(finding.movement, valence);
        finding.confidence = answer.confidence;
      }
      return true;
    }
    if (answer.movement == finding.movement) {
      finding.confidence = answer.confidence;
    } else if (IsRawMovement(cue.meaning) && parts_.context().Compares(cue.clause) && answer.confidence >= kSurely) {
      finding.movement = answer.movement;  // It is the comparator's group that had more.
      finding.confidence = answer.confidence;
    }
    finding.benefit = BenefitOf(finding.movement, valence);
    return true;
  }

  /// A raw movement that is good is also "improved"; one that is bad "worsened" where the sentence says what was given.
  void JoinVerdict(const FindingCue& cue, const Finding& finding) {
    const bool given = std::any_of(parts_.interventions().begin(), parts_.interventions().end(),
                                   [this](std::uint32_t mention) { return Facet(mention) == "form"; });
    const bool better = finding.benefit == Benefit::kBetter;
    if (!better && !(finding.benefit == Benefit::kWorse && given)) return;
    const std::uint32_t verdict = DirectionConcept(better ? "improved" : "worsened");
    if (verdict == kNoConcept) return;
    Candidate joined = analysis_->standing[cue.mention];
    joined.concept_index = verdict;
    joined_.push_back(joined);
  }

  void Place(const Sentence& sentence, Finding& finding) const {
    const Field& field = analysis_->text.fields[sentence.field];
    std::uint32_t end = sentence.end;
    while (end > sentence.start + 1 && analysis_->text.buffer[end - 1] == ' ') --end;
    const ByteSpan stored = analysis_->text.Stored(field, sentence.start, end);
    finding.field = FieldName(field.kind);
    finding.position = field.position;
    finding.start = stored.start;
    finding.end = stored.end;
  }

  void Emit(std::uint32_t outcome, Finding& finding) {
    const Candidate& o = analysis_->standing[outcome];
    bool any = false;
    for (const std::uint32_t mention : parts_.interventions()) {
      const Candidate& c = analysis_->standing[mention];
      if (c.start < o.end && o.start < c.end) continue;  // "serum magnesium" is not its own cause.
      finding.intervention = c.concept_index;
      Add(finding);
      any = true;
    }
    if (any || main_intervention_ == kNoConcept) return;
    finding.intervention = main_intervention_;
    finding.confidence *= kInferredIntervention;
    Add(finding);
  }

  void Add(const Finding& finding) {
    for (std::size_t i = result_->findings.size(); i-- > 0;) {
      Finding& known = result_->findings[i];
      if (known.start != finding.start || known.field != finding.field || known.position != finding.position) break;
      if (known.intervention != finding.intervention || known.outcome != finding.outcome ||
          known.direction != finding.direction || known.subgroup != finding.subgroup)
        continue;
      known.confidence = std::max(known.confidence, finding.confidence);
      return;
    }
    result_->findings.push_back(finding);
  }

  /// A verdict that lost to "no difference" or a trend everywhere is none; so is one beside such a cue in a clause
  /// without outcomes.
  void DropOverruled() {
    strong_.assign(parts_.context().clauses().size() + 1, 0);
    for (const FindingCue& cue : parts_.cues())
      if (cue.meaning.strength <= CueStrength::kTrend && !cue.is_p_value) strong_[cue.clause] = 1;
    for (const FindingCue& cue : parts_.cues()) {
      if (cue.meaning.strength != CueStrength::kVerdict || cue.governs) continue;
      const bool beside = strong_[cue.clause] != 0 && !parts_.ClauseHasOutcome(cue.clause);
      if (cue.overruled || beside) dropped_[cue.mention] = true;
    }
  }

  void Settle() {
    std::vector<Candidate>& standing = analysis_->standing;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < standing.size(); ++i)
      if (!dropped_[i]) standing[kept++] = standing[i];
    standing.resize(kept);
    if (joined_.empty()) return;
    standing.insert(standing.end(), joined_.begin(), joined_.end());
    const auto key = [](const Candidate& c) { return std::make_tuple(c.start, c.end, c.concept_index); };
    std::stable_sort(standing.begin(), standing.end(),
                     [&key](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
    standing.erase(std::unique(standing.begin(), standing.end(),
                               [&key](const Candidate& a, const Candidate& b) { return key(a) == key(b); }),
                   standing.end());
  }

  const CompiledRules* rules_ = nullptr;
  Analysis* analysis_ = nullptr;
  TaggedRecord* result_ = nullptr;
  std::vector<bool> dropped_;  ///< By mention.
  std::vector<char> strong_;   ///< By clause: it has a cue that a verdict loses to.
  std::vector<Candidate> joined_;
  std::vector<std::uint32_t> directions_;
  std::uint32_t main_intervention_ = kNoConcept;
  FindingSentence parts_;  ///< Of the sentence in hand.
};

}  // namespace

void FindFindings(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result) {
  // The traits are at hand; nearly all mentions need no look at their concept's facet.
  const bool any = std::any_of(analysis.standing.begin(), analysis.standing.end(), [&rules](const Candidate& c) {
    return rules.concepts[c.concept_index].facet_traits == kStatementFacet &&
           rules.rule_set.concepts[c.concept_index].facet == "direction";
  });
  if (!any) return;
  thread_local FindingFinder finder;
  finder.Find(rules, analysis, result);
}

}  // namespace litmill::tag
