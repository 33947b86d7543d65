// SPDX-License-Identifier: Apache-2.0
#include "tag/findings.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tag/direction.h"
#include "tag/finding_context.h"
#include "tag/finding_cue.h"

namespace litmill::tag {
namespace {

constexpr double kInferredIntervention = 0.6;  ///< The sentence does not name it; the record's main one is taken.
constexpr double kSurely = 0.7;                ///< Of ClassifyDirection, to overrule the cue's own movement.
constexpr double kUnsure = 0.4;
constexpr double kConditionAsOutcome = 0.7;  ///< It may only say who took part.

struct Cue {
  std::uint32_t mention = 0;  ///< Into Analysis::standing.
  CueMeaning meaning;
  std::size_t clause = 0;
  bool is_p_value = false;
  bool may_govern = true;
  bool governs = false;
  bool overruled = false;
};

struct Outcome {
  std::uint32_t mention = 0;
  std::size_t clause = 0;
};

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

bool IsRawMovement(const CueMeaning& meaning) { return meaning.strength == CueStrength::kMovement; }

class FindingFinder {
 public:
  FindingFinder(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result)
      : rules_(rules), analysis_(analysis), result_(result), dropped_(analysis.standing.size(), false) {}

  void Find() {
    FindMainIntervention();
    const std::vector<Candidate>& standing = analysis_.standing;
    for (std::size_t i = 0; i < standing.size();) {
      const std::size_t sentence = analysis_.passages.IndexAt(standing[i].start);
      const std::uint32_t end = analysis_.passages.sentences()[sentence].end;
      std::size_t next = i;
      bool has_direction = false;
      for (; next < standing.size() && standing[next].start < end; ++next)
        has_direction = has_direction || Facet(next) == "direction";
      if (next == i) ++next;  // Never: a mention starts before its sentence's end.
      if (has_direction) ReadSentence(analysis_.passages.sentences()[sentence], i, next);
      i = next;
    }
    Settle();
    Conclude();
  }

 private:
  [[nodiscard]] const Concept& ConceptOf(std::size_t mention) const {
    return rules_.rule_set.concepts[analysis_.standing[mention].concept_index];
  }
  [[nodiscard]] std::string_view Facet(std::size_t mention) const { return ConceptOf(mention).facet; }
  [[nodiscard]] std::string_view Words(std::size_t mention) const {
    const Candidate& c = analysis_.standing[mention];
    return std::string_view(analysis_.text.buffer).substr(c.start, c.end - c.start);
  }
  [[nodiscard]] bool IsIntervention(std::size_t mention) const {
    return Facet(mention) == "form" || Facet(mention) == "exposure";
  }
  [[nodiscard]] std::uint32_t DirectionConcept(std::string_view id) {
    if (directions_.empty()) {
      for (std::uint32_t i = 0; i < rules_.rule_set.concepts.size(); ++i)
        if (rules_.rule_set.concepts[i].facet == "direction") directions_.push_back(i);
    }
    for (const std::uint32_t i : directions_)
      if (rules_.rule_set.concepts[i].id == id) return i;
    return kNoConcept;
  }
  [[nodiscard]] Valence ValenceOf(std::size_t mention) const {
    const Concept& c = ConceptOf(mention);
    return c.facet == "condition" && c.valence == Valence::kUnknown ? Valence::kLowerIsBetter : c.valence;
  }

  /// Of the title, else the one with the most mentions.
  void FindMainIntervention() {
    std::vector<std::pair<std::uint32_t, int>> counts;
    for (std::size_t i = 0; i < analysis_.standing.size(); ++i) {
      const Candidate& c = analysis_.standing[i];
      if (!IsIntervention(i) || c.assertion == Assertion::kExcluded || c.assertion == Assertion::kNegated) continue;
      const bool in_title = analysis_.passages.At(c.start).role == SectionRole::kTitle;
      if (in_title && main_intervention_ == kNoConcept && c.assertion != Assertion::kComparator)
        main_intervention_ = c.concept_index;
      const auto known =
          std::find_if(counts.begin(), counts.end(), [&c](const auto& p) { return p.first == c.concept_index; });
      if (known == counts.end())
        counts.emplace_back(c.concept_index, 1);
      else
        ++known->second;
    }
    if (main_intervention_ != kNoConcept) return;
    int most = 0;
    for (const auto& [index, count] : counts) {
      if (count <= most) continue;
      most = count;
      main_intervention_ = index;
    }
  }

  void ReadSentence(const Sentence& sentence, std::size_t first, std::size_t last) {
    context_.Fill(analysis_.text.buffer, sentence.start, sentence.end, sentence.role);
    cues_.clear();
    outcomes_.clear();
    interventions_.clear();
    comparator_ = kNoConcept;
    for (std::size_t i = first; i < last; ++i) Sort(static_cast<std::uint32_t>(i));
    if (outcomes_.empty())
      for (std::size_t i = first; i < last && outcomes_.size() < kMostOutcomes; ++i)
        if (Facet(i) == "condition" && MayBeOutcome(i)) AddOutcome(static_cast<std::uint32_t>(i));
    DropQualifiers();
    DropIdleWithinGroup();
    FindNames();
    FindDegrees();
    KeepSpecificInterventions();
    for (std::size_t i = 0; i < outcomes_.size(); ++i) ReadOutcome(sentence, i);
    DropOverruled();
  }

  [[nodiscard]] bool MayBeOutcome(std::size_t mention) const {
    const Assertion assertion = analysis_.standing[mention].assertion;
    return assertion != Assertion::kExcluded && assertion != Assertion::kBackground;
  }

  void AddOutcome(std::uint32_t mention) {
    outcomes_.push_back({mention, context_.ClauseOf(analysis_.standing[mention].start)});
  }

  void Sort(std::uint32_t mention) {
    const Candidate& c = analysis_.standing[mention];
    const std::string_view facet = Facet(mention);
    if (facet == "direction") {
      const bool meant = c.assertion == Assertion::kPresent || c.assertion == Assertion::kHedged ||
                         c.assertion == Assertion::kComparator;
      if (!meant || !context_.StatesResult(c.start, c.end)) {
        dropped_[mention] = true;
        return;
      }
      Cue cue;
      cue.mention = mention;
      cue.meaning = MeaningOf(ConceptOf(mention).id);
      cue.clause = context_.ClauseOf(c.start);
      const std::string_view words = Words(mention);
      cue.is_p_value =
          (words[0] == 'p' || words[0] == 'P') && words.find_first_of("0123456789") != std::string_view::npos;
      cues_.push_back(cue);
    } else if (facet == "outcome" && outcomes_.size() < kMostOutcomes && MayBeOutcome(mention)) {
      AddOutcome(mention);
    } else if (IsIntervention(mention)) {
      if (c.assertion == Assertion::kComparator)
        comparator_ = c.concept_index;
      else if (c.assertion == Assertion::kPresent || c.assertion == Assertion::kHedged ||
               c.assertion == Assertion::kObjective)
        interventions_.push_back(mention);
    } else if (facet == "comparator" && comparator_ == kNoConcept) {
      comparator_ = c.concept_index;
    }
  }

  /// "Higher" in "higher magnesium intake" tells how much was taken, not what came of it.
  void DropQualifiers() {
    std::size_t at = 0;
    const auto is_qualifier = [this, &at](const Cue& cue) {
      if (!IsRawMovement(cue.meaning)) return false;
      const Candidate& c = analysis_.standing[cue.mention];
      while (at < interventions_.size() && analysis_.standing[interventions_[at]].end <= c.start) ++at;
      return at < interventions_.size() && analysis_.standing[interventions_[at]].start <= c.start;
    };
    for (const Cue& cue : cues_)
      if (is_qualifier(cue)) dropped_[cue.mention] = true;
    cues_.erase(std::remove_if(cues_.begin(), cues_.end(), [this](const Cue& cue) { return dropped_[cue.mention]; }),
                cues_.end());
  }

  /// "Change from baseline" without a word of how it went tells nothing.
  void DropIdleWithinGroup() {
    std::vector<bool> tells(context_.clauses().size(), false);
    for (const Cue& cue : cues_)
      if (cue.meaning.strength < CueStrength::kWithinGroup) tells[cue.clause] = true;
    for (Cue& cue : cues_) {
      if (cue.meaning.strength < CueStrength::kWithinGroup) continue;
      cue.may_govern = false;
      if (cue.meaning.strength == CueStrength::kWithinGroup && !tells[cue.clause]) dropped_[cue.mention] = true;
    }
  }

  /// "Greater" in "greater improvement" tells how much.
  void FindDegrees() {
    constexpr std::uint32_t kOneWord = 14;
    for (std::size_t i = 0; i + 1 < cues_.size(); ++i) {
      const Candidate& c = analysis_.standing[cues_[i].mention];
      const Candidate& next = analysis_.standing[cues_[i + 1].mention];
      const std::string_view words = Words(cues_[i].mention);
      const bool degree = words.size() > 2 && (words.substr(1) == "reater" || words.substr(1) == "igher");
      if (degree && next.start >= c.end && next.start - c.end < kOneWord &&
          FindingContext::IsNoun(Words(cues_[i + 1].mention)))
        cues_[i].may_govern = false;
    }
  }

  /// A noun inside an outcome's name ("clinical benefit rate", "Impression of Improvement") is no report of it.
  void FindNames() {
    std::size_t at = 0;
    for (Cue& cue : cues_) {
      const Candidate& c = analysis_.standing[cue.mention];
      while (at < outcomes_.size() && analysis_.standing[outcomes_[at].mention].end <= c.start) ++at;
      if (at == outcomes_.size()) return;
      const Candidate& o = analysis_.standing[outcomes_[at].mention];
      if (o.start < c.start && c.end <= o.end && FindingContext::IsNoun(Words(cue.mention))) cue.may_govern = false;
    }
  }

  /// Each concept once, without the parents of another one.
  void KeepSpecificInterventions() {
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t mention : interventions_) {
      const std::uint32_t index = analysis_.standing[mention].concept_index;
      const auto covered = [this, index](std::uint32_t other) {
        const std::uint32_t o = analysis_.standing[other].concept_index;
        const auto& up = rules_.concepts[o].ancestors;
        return o == index || std::binary_search(up.begin(), up.end(), index);
      };
      if (std::any_of(kept.begin(), kept.end(), covered)) continue;
      const auto& up = rules_.concepts[index].ancestors;
      kept.erase(std::remove_if(kept.begin(), kept.end(),
                                [this, &up](std::uint32_t other) {
                                  return std::binary_search(up.begin(), up.end(),
                                                            analysis_.standing[other].concept_index);
                                }),
                 kept.end());
      if (kept.size() < kMostInterventions) kept.push_back(mention);
    }
    interventions_ = std::move(kept);
  }

  /// Of the cues that speak of an outcome the strongest: those of its clause that no other outcome stands before, else
  /// the nearest of the clause.
  Cue* GoverningCue(std::size_t outcome) {
    const std::size_t clause = outcomes_[outcome].clause;
    const Candidate& own = analysis_.standing[outcomes_[outcome].mention];
    const bool first = outcome == 0 || outcomes_[outcome - 1].clause != clause;
    const bool last = outcome + 1 == outcomes_.size() || outcomes_[outcome + 1].clause != clause;
    const std::uint32_t from = first ? 0 : analysis_.standing[outcomes_[outcome - 1].mention].end;
    const std::uint32_t to = last ? ~std::uint32_t{0} : analysis_.standing[outcomes_[outcome + 1].mention].start;
    scope_from_ = 0;
    Cue* best = nullptr;
    Cue* nearest = nullptr;
    const Cue* behind = nullptr;  // The last one before the outcome.
    std::uint32_t nearest_distance = ~std::uint32_t{0};
    for (Cue& cue : cues_) {
      if (!cue.may_govern) continue;
      const Candidate& c = analysis_.standing[cue.mention];
      const std::uint32_t distance = c.start >= own.end   ? c.start - own.end
                                     : own.start >= c.end ? own.start - c.end
                                                          : 0;
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
        scope_from_ = analysis_.standing[behind->mention].end;
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

  /// "Pain fell, but the difference was not significant."
  [[nodiscard]] bool SpeaksOfClauseBefore(const Cue& cue, std::size_t clause) const {
    constexpr std::uint32_t kShortClause = 90;
    if (cue.clause != clause + 1 || cue.meaning.strength > CueStrength::kTrend || ClauseHasOutcome(cue.clause))
      return false;
    if (context_.ClauseEnd(cue.clause) - context_.clauses()[cue.clause] > kShortClause) return false;
    const std::string_view words = Words(cue.mention);
    return cue.is_p_value || words.find("ignifican") != std::string_view::npos ||
           words.find("iffer") != std::string_view::npos;
  }

  /// Whether a comma or "and" stands between two cues.
  [[nodiscard]] bool IsListed(const Cue& before, const Cue& after) const {
    constexpr std::uint32_t kNear = 300;
    const std::uint32_t from = analysis_.standing[before.mention].end;
    const std::uint32_t to = analysis_.standing[after.mention].start;
    if (to <= from || to - from > kNear) return to > from;
    const std::string_view gap = std::string_view(analysis_.text.buffer).substr(from, to - from);
    return gap.find(',') != std::string_view::npos || gap.find(" and ") != std::string_view::npos;
  }

  [[nodiscard]] bool ClauseHasOutcome(std::size_t clause) const {
    return std::any_of(outcomes_.begin(), outcomes_.end(), [clause](const Outcome& o) { return o.clause == clause; });
  }

  /// A change in both groups, or from baseline in a clause that compares no groups.
  [[nodiscard]] bool IsWithinGroup(const Cue& cue) const {
    if (cue.meaning.strength != CueStrength::kVerdict && !IsRawMovement(cue.meaning)) return false;
    return !context_.Compares(cue.clause) && std::any_of(cues_.begin(), cues_.end(), [&cue](const Cue& other) {
      return other.clause == cue.clause && other.meaning.strength == CueStrength::kWithinGroup;
    });
  }

  void ReadOutcome(const Sentence& sentence, std::size_t outcome) {
    Cue* const cue = GoverningCue(outcome);
    if (cue == nullptr) return;
    cue->governs = true;
    const std::uint32_t mention = outcomes_[outcome].mention;
    Finding finding;
    finding.outcome = analysis_.standing[mention].concept_index;
    finding.direction = analysis_.standing[cue->mention].concept_index;
    finding.role = sentence.role;
    finding.assertion = std::max(
        analysis_.standing[cue->mention].assertion == Assertion::kHedged ? Assertion::kHedged : Assertion::kPresent,
        analysis_.standing[mention].assertion == Assertion::kHedged ? Assertion::kHedged : Assertion::kPresent);
    if (!Weigh(*cue, outcome, finding)) return;
    if (IsRawMovement(cue->meaning) && finding.direction == analysis_.standing[cue->mention].concept_index)
      JoinVerdict(*cue, finding);
    finding.subgroup = context_.Subgroup(cue->clause);
    finding.comparator = comparator_;
    if (Facet(mention) == "condition") finding.confidence *= kConditionAsOutcome;
    finding.confidence *= RoleFactor(sentence.role) * AssertionFactor(finding.assertion);
    Place(sentence, finding);
    Emit(mention, finding);
  }

  /// Movement, benefit, confidence; and the direction where the clause as a whole says otherwise than its cue.
  /// False when the only sign, a p-value, is contradicted.
  bool Weigh(const Cue& cue, std::size_t outcome, Finding& finding) {
    const std::uint32_t mention = outcomes_[outcome].mention;
    const Valence valence = ValenceOf(mention);
    const Candidate& c = analysis_.standing[cue.mention];
    const Candidate& o = analysis_.standing[mention];
    std::uint32_t from = std::min(context_.clauses()[outcomes_[outcome].clause], context_.clauses()[cue.clause]);
    std::uint32_t to = std::max(context_.ClauseEnd(outcomes_[outcome].clause), context_.ClauseEnd(cue.clause));
    constexpr std::uint32_t kAround = 400;
    from = std::max(from, std::min(c.start, o.start) - std::min(std::min(c.start, o.start), kAround));
    to = std::min(to, std::max(c.end, o.end) + kAround);
    from = std::max(from, scope_from_);
    to = std::min(to, from + 4 * kAround);
    const std::string_view clause = std::string_view(analysis_.text.buffer).substr(from, to - from);
    const std::string_view given = interventions_.empty() ? std::string_view() : Words(interventions_.front());
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
    if (IsWithinGroup(cue)) {
      if (const std::uint32_t within = DirectionConcept("within_group_change"); within != kNoConcept)
        finding.direction = within;
    } else if (answer.movement == Movement::kNoDifference && answer.confidence >= kSurely) {
      finding.movement = Movement::kNoDifference;
      finding.benefit = Benefit::kNone;
      finding.confidence = answer.confidence;
      if (const std::uint32_t none = DirectionConcept("no_significant_difference"); none != kNoConcept)
        finding.direction = none;
      return true;
    }
    if (finding.benefit != Benefit::kUnknown) {
      finding.movement = MovementFor(finding.benefit, valence);
      finding.confidence = std::max(kUnsure, answer.difference);
      // "Placebo was better than zinc": what is good for the comparator is bad for the intervention.
      const bool against = finding.movement != Movement::kUnclear && answer.movement != finding.movement;
      if (against && context_.Compares(cue.clause) && answer.confidence >= kSurely) {
        finding.movement = answer.movement;
        finding.benefit = BenefitOf(finding.movement, valence);
        finding.confidence = answer.confidence;
      }
      return true;
    }
    if (answer.movement == finding.movement) {
      finding.confidence = answer.confidence;
    } else if (IsRawMovement(cue.meaning) && context_.Compares(cue.clause) && answer.confidence >= kSurely) {
      finding.movement = answer.movement;  // It is the comparator's group that had more.
      finding.confidence = answer.confidence;
    }
    finding.benefit = BenefitOf(finding.movement, valence);
    return true;
  }

  /// A raw movement that is good is also "improved"; one that is bad "worsened" where the sentence says what was given.
  void JoinVerdict(const Cue& cue, const Finding& finding) {
    const bool given = std::any_of(interventions_.begin(), interventions_.end(),
                                   [this](std::uint32_t mention) { return Facet(mention) == "form"; });
    const bool better = finding.benefit == Benefit::kBetter;
    if (!better && !(finding.benefit == Benefit::kWorse && given)) return;
    const std::uint32_t verdict = DirectionConcept(better ? "improved" : "worsened");
    if (verdict == kNoConcept) return;
    Candidate joined = analysis_.standing[cue.mention];
    joined.concept_index = verdict;
    joined_.push_back(joined);
  }

  void Place(const Sentence& sentence, Finding& finding) const {
    const Field& field = analysis_.text.fields[sentence.field];
    std::uint32_t end = sentence.end;
    while (end > sentence.start + 1 && analysis_.text.buffer[end - 1] == ' ') --end;
    const ByteSpan stored = analysis_.text.Stored(field, sentence.start, end);
    finding.field = FieldName(field.kind);
    finding.position = field.position;
    finding.start = stored.start;
    finding.end = stored.end;
  }

  void Emit(std::uint32_t outcome, Finding& finding) {
    const Candidate& o = analysis_.standing[outcome];
    bool any = false;
    for (const std::uint32_t mention : interventions_) {
      const Candidate& c = analysis_.standing[mention];
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
    for (std::size_t i = result_.findings.size(); i-- > 0;) {
      Finding& known = result_.findings[i];
      if (known.start != finding.start || known.field != finding.field || known.position != finding.position) break;
      if (known.intervention != finding.intervention || known.outcome != finding.outcome ||
          known.direction != finding.direction || known.subgroup != finding.subgroup)
        continue;
      known.confidence = std::max(known.confidence, finding.confidence);
      return;
    }
    result_.findings.push_back(finding);
  }

  /// A verdict that lost to "no difference" or a trend everywhere is none; so is one beside such a cue in a clause
  /// without outcomes.
  void DropOverruled() {
    std::vector<bool> strong(context_.clauses().size() + 1, false);
    for (const Cue& cue : cues_)
      if (cue.meaning.strength <= CueStrength::kTrend && !cue.is_p_value) strong[cue.clause] = true;
    for (const Cue& cue : cues_) {
      if (cue.meaning.strength != CueStrength::kVerdict || cue.governs) continue;
      const bool beside = strong[cue.clause] && !ClauseHasOutcome(cue.clause);
      if (cue.overruled || beside) dropped_[cue.mention] = true;
    }
  }

  void Settle() {
    std::vector<Candidate>& standing = analysis_.standing;
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

  /// One conclusion for each intervention and outcome: the movement that most speaks for.
  void Conclude() {
    std::vector<const Finding*> order;
    for (const Finding& finding : result_.findings) order.push_back(&finding);
    std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
      return std::tie(a->intervention, a->outcome) < std::tie(b->intervention, b->outcome);
    });
    for (std::size_t i = 0; i < order.size();) {
      std::size_t next = i;
      while (next < order.size() && order[next]->intervention == order[i]->intervention &&
             order[next]->outcome == order[i]->outcome)
        ++next;
      result_.conclusions.push_back(ConclusionOf(order, i, next));
      i = next;
    }
  }

  static Conclusion ConclusionOf(const std::vector<const Finding*>& order, std::size_t from, std::size_t to) {
    struct Voice {
      Movement movement = Movement::kUnclear;
      Benefit benefit = Benefit::kUnknown;
      double weight = 0;
    };
    std::vector<Voice> voices;
    for (std::size_t i = from; i < to; ++i) {
      const Finding& finding = *order[i];
      const auto same = std::find_if(voices.begin(), voices.end(), [&finding](const Voice& v) {
        return v.movement == finding.movement && v.benefit == finding.benefit;
      });
      if (same == voices.end())
        voices.push_back({finding.movement, finding.benefit, finding.confidence});
      else
        same->weight += finding.confidence;
    }
    // What is unclear contradicts nothing.
    const auto unclear = [](const Voice& v) {
      return v.movement == Movement::kUnclear && v.benefit == Benefit::kUnknown;
    };
    const auto loudest = std::max_element(voices.begin(), voices.end(), [&unclear](const Voice& a, const Voice& b) {
      return std::make_pair(!unclear(a), a.weight) < std::make_pair(!unclear(b), b.weight);
    });
    Conclusion conclusion;
    conclusion.intervention = order[from]->intervention;
    conclusion.outcome = order[from]->outcome;
    conclusion.movement = loudest->movement;
    conclusion.benefit = loudest->benefit;
    conclusion.finding_count = static_cast<std::uint32_t>(to - from);
    conclusion.is_mixed =
        std::count_if(voices.begin(), voices.end(), [&unclear](const Voice& v) { return !unclear(v); }) > 1;
    return conclusion;
  }

  const CompiledRules& rules_;
  Analysis& analysis_;
  TaggedRecord& result_;
  std::vector<bool> dropped_;  ///< By mention.
  std::vector<Candidate> joined_;
  std::vector<std::uint32_t> directions_;
  std::uint32_t main_intervention_ = kNoConcept;
  FindingContext context_;
  std::vector<Cue> cues_;
  std::vector<Outcome> outcomes_;
  std::vector<std::uint32_t> interventions_;
  std::uint32_t comparator_ = kNoConcept;
  std::uint32_t scope_from_ = 0;  ///< Before it the clause speaks of other outcomes.
};

}  // namespace

void FindFindings(const CompiledRules& rules, Analysis& analysis, TaggedRecord& result) {
  const bool any = std::any_of(analysis.standing.begin(), analysis.standing.end(), [&rules](const Candidate& c) {
    return rules.rule_set.concepts[c.concept_index].facet == "direction";
  });
  if (any) FindingFinder(rules, analysis, result).Find();
}

}  // namespace litmill::tag
