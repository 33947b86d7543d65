// SPDX-License-Identifier: Apache-2.0
#include "tag/direction_features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tag/comparison_groups.h"
#include "tag/direction_numbers.h"
#include "tag/finding_cues.h"
#include "tag/finding_words.h"

namespace litmill::tag {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// Its memory is used again, from question to question.
class FeatureReader {
 public:
  DirectionFeatures Read(const DirectionQuestion& question) {
    Start(question);
    for (std::size_t i = 0; i < Words().size(); ++i) ReadCue(i);
    for (const NumberRole& number : numbers_) ReadNumber(number);
    ReadNearest();
    ReadPValues();
    ReadPairs();
    ReadWhole();
    for (std::size_t i = 0; i < kStandingCount; ++i) features_.way[i] = std::clamp(features_.way[i], -1.5, 1.5);
    return features_;
  }

 private:
  void Start(const DirectionQuestion& question) {
    signs_.clear();
    outcome_change_ = outcome_verdict_ = interval_ = 0;
    focus_clause_ = focus_sentence_ = 0;
    found_ = cue_sum_ = 0;
    compounded_ = kNone;
    features_ = {};
    words_.Fill(question.span);
    outcome_.Fill(question.outcome);
    groups_.Fill(words_.words(), question.intervention, question.comparator, question.outcome);
    ReadNumbers(words_.words(), numbers_);
    ReadOutcome(question.valence);
    FindFocus();
  }

  [[nodiscard]] const std::vector<Word>& Words() const { return words_.words(); }

  void Put(Placed feature, std::size_t word) {
    const Word& w = Words()[word];
    const std::size_t nearness = w.clause == focus_clause_ ? 0 : w.sentence == focus_sentence_ ? 1 : 2;
    features_.difference[static_cast<std::size_t>(feature) * 3 + nearness] = 1;
  }
  void Put(Whole feature, double value = 1) {
    features_.difference[kPlacedCount + static_cast<std::size_t>(feature)] = value;
  }
  void Put(Signed feature, Standing standing, double value) {
    features_.way[static_cast<std::size_t>(feature) * kStandings + static_cast<std::size_t>(standing)] += value;
  }
  void Put(LoneSigned feature, double value) {
    features_.way[kStandingCount + static_cast<std::size_t>(feature)] = value;
  }

  void ReadOutcome(Valence known) {
    ContentKeys(outcome_, outcome_keys_);
    int valence = 0;
    bool turned = false;
    for (const Word& word : outcome_.words()) {
      if (word.kind != WordKind::kWord) continue;
      if (word.cue == WordCue::kChange) outcome_change_ = word.sign;
      if (word.cue == WordCue::kVerdict) outcome_verdict_ = word.sign;
      turned = turned || TurnsValence(word.text);
      const int of_word = ValenceOfWord(word.text);
      valence = valence == 0 ? of_word : (of_word == 0 ? valence : (valence < 0 || of_word < 0 ? -1 : 1));
    }
    if (turned) valence = 1;
    valence_ = outcome_verdict_ != 0 ? outcome_verdict_ : valence;
    if (known != Valence::kUnknown) valence_ = known == Valence::kHigherIsBetter ? 1 : -1;
    in_outcome_.assign(Words().size(), false);
    for (std::size_t i = 0; i < Words().size(); ++i)
      in_outcome_[i] = Words()[i].kind == WordKind::kWord &&
                       std::find(outcome_keys_.begin(), outcome_keys_.end(), Words()[i].key) != outcome_keys_.end();
  }

  /// The clause with the most of the outcome's words; of equals the one that says more about a result.
  void FindFocus() {
    double best = -1;
    std::vector<std::string_view>& seen = seen_;
    for (std::size_t i = 0; i < Words().size();) {
      const std::uint32_t clause = Words()[i].clause;
      const std::size_t start = i;
      seen.clear();
      double result_words = 0;
      for (; i < Words().size() && Words()[i].clause == clause; ++i) {
        const Word& word = Words()[i];
        if (in_outcome_[i] && std::find(seen.begin(), seen.end(), word.key) == seen.end()) seen.push_back(word.key);
        if (word.text == "p" || word.cue == WordCue::kSignificant || word.cue == WordCue::kComparative)
          result_words = 1;
      }
      const double score = static_cast<double>(seen.size()) + 0.3 * result_words;
      if (score <= best) continue;
      best = score;
      focus_clause_ = clause;
      focus_sentence_ = Words()[start].sentence;
      found_ = outcome_keys_.empty() ? 0 : static_cast<double>(seen.size()) / static_cast<double>(outcome_keys_.size());
    }
  }

  void ReadCue(std::size_t i) {
    const Word& word = Words()[i];
    switch (word.cue) {
      case WordCue::kSignificant:
        return Put(word.negated ? Placed::kNoSignificant : Placed::kSignificant, i);
      case WordCue::kInsignificant:
        return Put(Placed::kInsignificant, i);
      case WordCue::kDifference:
        return Put(word.negated ? Placed::kNoDifference : Placed::kDifference, i);
      case WordCue::kEffect:
        if (word.negated) Put(Placed::kNoEffect, i);
        return;
      case WordCue::kSame:
        if (word.text == "both") return Put(Whole::kBothGroups);
        if (!word.negated) Put(Placed::kSame, i);
        return;
      case WordCue::kTrend:
        return Put(Placed::kTrend, i);
      case WordCue::kBaseline:
        return Put(Whole::kBaseline);
      case WordCue::kComparative:
      case WordCue::kChange:
      case WordCue::kVerdict:
        return ReadMovement(i);
      default:
        return;
    }
  }

  void ReadMovement(std::size_t i) {
    const Word& word = Words()[i];
    if (in_outcome_[i] && word.cue != WordCue::kComparative) {
      // The outcome is itself a change ("reduction in pain"): that it happened is more of it.
      if (!word.negated && word.clause == focus_clause_) Put(LoneSigned::kOwnChange, 1);
      return;
    }
    if (word.negated) return Put(Placed::kNoMovement, i);
    Put(word.cue == WordCue::kComparative ? Placed::kComparative
        : word.cue == WordCue::kChange    ? Placed::kChange
                                          : Placed::kVerdict,
        i);
    const bool here = word.clause == focus_clause_;
    double sign = word.sign;
    Signed feature = here ? Signed::kComparativeHere : Signed::kComparativeAway;
    if (word.cue == WordCue::kComparative) {
      const std::size_t changed = ChangeBehind(i);
      if (changed != kNone) {
        sign *= Words()[changed].cue == WordCue::kVerdict ? Words()[changed].sign * (valence_ == 0 ? 0.5 : valence_)
                                                          : Words()[changed].sign;
        if (in_outcome_[changed]) sign = word.sign;
        feature = Signed::kCompound;
        compounded_ = changed;
      }
    } else if (i == compounded_) {
      return;
    } else if (word.cue == WordCue::kChange) {
      feature = here ? Signed::kChangeHere : Signed::kChangeAway;
      if (outcome_change_ != 0 && outcome_change_ == word.sign && sign < 0) sign = 1;
    } else {
      feature = valence_ == 0 ? Signed::kVerdictUnknown : here ? Signed::kVerdictHere : Signed::kVerdictAway;
      if (valence_ != 0) sign *= valence_;
    }
    const Standing standing = groups_.StandingOf(i);
    Put(feature, standing, sign);
    const double told = standing == Standing::kComparator ? -sign : standing == Standing::kBesideComparator ? 0 : sign;
    cue_sum_ += told * (here ? 2 : 1);
    signs_.push_back({i, told});
  }

  /// "greater [clinical] reduction": the change that a comparative belongs to.
  [[nodiscard]] std::size_t ChangeBehind(std::size_t i) const {
    for (std::size_t k = i + 1; k < Words().size() && k <= i + 3; ++k) {
      const Word& word = Words()[k];
      if (word.kind != WordKind::kWord || word.clause != Words()[i].clause || word.cue == WordCue::kVersus ||
          word.text == "in" || word.text == "and" || word.text == "for" || word.text == "or")
        return kNone;
      if (word.cue == WordCue::kChange || word.cue == WordCue::kVerdict) return k;
    }
    return kNone;
  }

  void ReadNumber(const NumberRole& number) {
    const bool here = Words()[number.word].clause == focus_clause_;
    switch (number.use) {
      case NumberUse::kPValue:
        return Put(number.flag > 0 ? Placed::kPSmall : Placed::kPLarge, number.word);
      case NumberUse::kInterval:
        if (number.flag != 0) Put(number.flag > 0 ? Placed::kIntervalWithout : Placed::kIntervalWith, number.word);
        if (number.flag != 0 && (here || interval_ == 0)) interval_ = number.flag;
        if (number.sign != 0) Put(LoneSigned::kIntervalSide, number.sign);
        return;
      case NumberUse::kRatio:
        // Ratios are of what is feared: of "survival" they are those of death.
        return Put(here ? LoneSigned::kRatioHere : LoneSigned::kRatioAway, valence_ > 0 ? -number.sign : number.sign);
      case NumberUse::kDifference:
        return Put(LoneSigned::kEstimateHere, number.sign);
      default:
        return;
    }
  }

  /// +1 yes, -1 no, 0 the word does not say whether there is a difference.
  [[nodiscard]] int Says(std::size_t i) const {
    const Word& word = Words()[i];
    switch (word.cue) {
      case WordCue::kSignificant:
      case WordCue::kComparative:
      case WordCue::kChange:
      case WordCue::kVerdict:
        return in_outcome_[i] ? 0 : word.negated ? -1 : 1;
      case WordCue::kDifference:
      case WordCue::kEffect:
        return word.negated ? -1 : 0;
      case WordCue::kSame:
        return word.negated || word.text == "both" ? 0 : -1;
      case WordCue::kInsignificant:
        return -1;
      default:
        return 0;
    }
  }

  /// What the words closest to the outcome's words say.
  void ReadNearest() {
    std::size_t best = kNone;
    int says = 0;
    int last = 0;
    double sign = 0;
    std::size_t last_outcome = kNone;
    std::vector<std::size_t>& from = distances_;
    from.assign(Words().size(), 1000);
    for (std::size_t i = 0; i < Words().size(); ++i) {
      if (in_outcome_[i] && Words()[i].sentence == focus_sentence_) last_outcome = i;
      if (last_outcome != kNone) from[i] = i - last_outcome;
    }
    std::size_t next_outcome = kNone;
    for (std::size_t i = Words().size(); i-- > 0;) {
      if (in_outcome_[i] && Words()[i].sentence == focus_sentence_) next_outcome = i;
      if (next_outcome != kNone) from[i] = std::min(from[i], next_outcome - i);
      if (Words()[i].clause != focus_clause_) from[i] += 12;
      if (const int here = Says(i); here != 0 && from[i] < best && from[i] < 1000) {
        best = from[i];
        says = here;
      }
    }
    for (std::size_t i = 0; i < Words().size(); ++i)
      if (const int here = Says(i); here != 0) last = here;
    std::size_t closest = kNone;
    for (const MovementSign& s : signs_) {
      if (from[s.word] >= closest) continue;
      closest = from[s.word];
      sign = s.sign;
    }
    if (says < 0) Put(Whole::kNearestSaysNo);
    if (says > 0) Put(Whole::kNearestSaysYes);
    if (last < 0) Put(Whole::kLastSaysNo);
    if (last > 0) Put(Whole::kLastSaysYes);
    Put(LoneSigned::kNearestCue, sign > 0 ? 1 : sign < 0 ? -1 : 0);
    Put(LoneSigned::kAllCues, cue_sum_ > 0 ? 1 : cue_sum_ < 0 ? -1 : 0);
  }

  void ReadPValues() {
    std::size_t outcome_end = kNone;
    for (std::size_t i = 0; i < Words().size(); ++i)
      if (in_outcome_[i] && Words()[i].clause == focus_clause_) outcome_end = i;
    int small = 0;
    int large = 0;
    int next = 0;
    for (const NumberRole& number : numbers_) {
      if (number.use != NumberUse::kPValue) continue;
      (number.flag > 0 ? small : large) += 1;
      if (next == 0 && outcome_end != kNone && number.word > outcome_end) next = number.flag;
    }
    if (next > 0) Put(Whole::kNextPSmall);
    if (next < 0) Put(Whole::kNextPLarge);
    if (small > 0 && large == 0) Put(Whole::kAllPSmall);
    if (large > 0 && small == 0) Put(Whole::kAllPLarge);
    if (small == 0 && large == 0 && interval_ != 0)
      Put(interval_ < 0 ? Whole::kOnlyIntervalWith : Whole::kOnlyIntervalWithout);
  }

  void ReadPairs() {
    ValuePair pair = groups_.FindPair(numbers_, focus_clause_);
    if (!pair.found) pair = groups_.FindPairInSentence(numbers_, focus_sentence_);
    if (!pair.found) {
      if (signs_.empty()) Put(LoneSigned::kValenceAlone, valence_);
      return;
    }
    const double most = std::max(std::abs(pair.intervention), std::abs(pair.comparator));
    const double gap = most == 0 ? 0 : std::abs(pair.intervention - pair.comparator) / most;
    Put(Whole::kValuesClose, gap < 0.1 ? 1 : 0);
    Put(Whole::kValuesApart, gap > 0.4 ? 1 : 0);
    const double sign = pair.intervention > pair.comparator ? 1 : pair.intervention < pair.comparator ? -1 : 0;
    int change = 0;
    for (const Word& word : Words())
      if (word.sentence == focus_sentence_ && word.cue == WordCue::kChange && change == 0) change = word.sign;
    const bool changes = pair.intervention < 0 || pair.comparator < 0;
    if (signs_.empty() && pair.known)
      Put(LoneSigned::kPairAlone, sign);
    else if (change < 0 && !changes)
      Put(LoneSigned::kPairOfDrops, sign);
    else if (change > 0)
      Put(LoneSigned::kPairOfRises, sign);
    else
      Put(pair.known ? LoneSigned::kPairKnown : LoneSigned::kPairGuessed, sign);
  }

  void ReadWhole() {
    Put(Whole::kOutcomeFound, found_);
    Put(Whole::kBias);
    const bool any_word = std::any_of(Words().begin(), Words().end(), [](const Word& w) {
      return w.sign != 0 || w.cue == WordCue::kSignificant || w.cue == WordCue::kDifference ||
             w.cue == WordCue::kSame || w.cue == WordCue::kEffect;
    });
    if (!any_word) Put(Whole::kOnlyNumbers);
    Put(LoneSigned::kValence, valence_);
    Put(LoneSigned::kUpward, 1);
  }

  struct MovementSign {
    std::size_t word = 0;
    double sign = 0;
  };

  SpanWords words_, outcome_;
  ComparisonGroups groups_;
  std::vector<NumberRole> numbers_;
  std::vector<std::string_view> outcome_keys_;
  std::vector<bool> in_outcome_;
  std::vector<MovementSign> signs_;
  std::vector<std::string_view> seen_;  ///< The outcome's words in the clause in hand.
  std::vector<std::size_t> distances_;  ///< By word: to the nearest of the outcome's words.
  int outcome_change_ = 0;
  int outcome_verdict_ = 0;
  int valence_ = 0;
  std::uint32_t focus_clause_ = 0;
  std::uint32_t focus_sentence_ = 0;
  int interval_ = 0;  ///< The flag of an interval, rather of the focus.
  double found_ = 0;
  double cue_sum_ = 0;
  std::size_t compounded_ = kNone;
  DirectionFeatures features_;
};

}  // namespace

DirectionFeatures FeaturesOf(const DirectionQuestion& question) {
  thread_local FeatureReader reader;
  return reader.Read(question);
}

}  // namespace litmill::tag
