// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_dose.h"

#include <algorithm>
#include <optional>

#include "tag/quantity_unit.h"
#include "tag/quantity_words.h"

namespace litmill::tag {
namespace {

/// How far from a dose its agent and its schedule may stand.
constexpr std::size_t kAgentReach = 120;
constexpr std::size_t kScheduleReach = 100;
/// "2 x 500 mg": no one takes more at a time.
constexpr double kMostTimes = 12;

std::uint32_t OffsetOf(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

/// Words of dosing, which may stand between a dose and its agent.
constexpr auto kDosing = WordSet(
    "a", "about", "active", "administered", "administration", "after", "amount", "an", "approximately", "are", "around",
    "as", "at", "be", "being", "bolus", "by", "capsule", "capsules", "combined", "consisted", "consisting", "consumed",
    "contained", "containing", "contains", "continuous", "containg", "course", "daily", "day", "days", "delivered",
    "dosage", "dosages", "dose", "doses", "dosed", "effervescent", "either", "elemental", "elementary", "equal",
    "equivalent", "extra", "fixed", "followed", "form", "from", "gave", "given", "group", "groups", "high", "in",
    "infused", "infusion", "infusions", "ingested", "injected", "injection", "initial", "intake", "intakes",
    "intramuscular", "intramuscularly", "intravenous", "intravenously", "ionic", "is", "iv", "loading", "low",
    "maintenance", "mean", "median", "morning", "nightly", "of", "once", "only", "or", "oral", "orally", "per",
    "placebo", "powder", "provided", "providing", "pure", "received", "receive", "receiving", "salt", "single", "slow",
    "solution", "supplement", "supplemental", "supplementation", "supplemented", "supplements", "supplying", "tablet",
    "tablets", "taken", "that", "the", "therapeutic", "therapy", "to", "took", "total", "treated", "treatment", "twice",
    "up", "usual", "using", "was", "week", "weekly", "were", "which", "with");
/// Between a dose and an agent behind it: fewer, since a verb begins another statement.
constexpr auto kBetweenAfter =
    WordSet("a", "active", "an", "as", "bolus", "continuous", "daily", "dose", "doses", "each", "effervescent",
            "elemental", "elementary", "extra", "im", "in", "form", "infusion", "intramuscular", "intravenous",
            "intravenously", "ionic", "iv", "of", "oral", "orally", "per", "po", "powder", "pure", "slow",
            "supplemental", "tablet", "tablets", "the", "total");
/// Amounts that the body has, loses or eats away: not given.
constexpr auto kNotGiven =
    WordSet("albumin", "birthweight", "bleeding", "creatinine", "excreted", "excretion", "gain", "glucose",
            "haemoglobin", "hemoglobin", "lose", "loss", "lost", "output", "protein", "proteinuria", "stool", "tumor",
            "tumour", "volume", "volumes", "weighed", "weighing", "weighs", "weight", "weights", "yield");
constexpr auto kChanges =
    WordSet("change", "changed", "decrease", "decreased", "decreases", "decrement", "difference", "differed", "dropped",
            "fall", "fell", "greater", "higher", "increase", "increased", "increases", "increment", "increments",
            "less", "loss", "lower", "more", "reduction", "rise", "rose");
constexpr auto kElemental = WordSet("elemental", "elementary", "ionic");

struct DoseText {
  std::uint32_t start = 0, end = 0;
  std::uint32_t list_start = 0;  ///< Of "100, 200 and 400 mg"; else `start`.
  double amount = 0;
  std::optional<double> upper;
  std::string_view unit;
  Rate rate;
};

class DoseReader {
 public:
  DoseReader(const CompiledRules& rules, QuantityReading& reading, const SentenceNumbers& sentence)
      : rules_(rules), reading_(reading), text_(reading.text.substr(0, sentence.end)), sentence_(sentence) {}

  void ReadAll() {
    for (std::size_t i = sentence_.first; i < sentence_.last; ++i) {
      const Number& number = reading_.numbers[i];
      if (number.is_claimed || number.in_name) continue;
      const AmountUnit unit = ReadAmountUnit(text_, number.end);
      if (!unit.unit.empty()) ReadDose(i, unit);
    }
  }

 private:
  void ReadDose(std::size_t index, const AmountUnit& unit) {
    const Number& number = reading_.numbers[index];
    DoseText dose;
    dose.start = number.start;
    dose.amount = Amount(number, unit.unit);
    dose.unit = unit.unit;
    dose.rate = ReadRate(text_, unit.end);
    dose.end = static_cast<std::uint32_t>(dose.rate.per.empty() ? unit.end : dose.rate.end);
    const std::size_t first = FirstOfRange(index, dose);
    for (std::size_t i = first; i <= index; ++i) reading_.numbers[i].is_claimed = true;
    if (dose.rate.is_concentration || dose.amount <= 0 || number.has_minus || IsNotGiven(dose)) {
      ClaimList(first);
      return;
    }
    ReadMultiple(first, dose);
    const bool restates = RestatesTheDoseBefore(dose);
    if (dose.rate.per.empty() && !restates) dose.rate.per = ScheduleAround(dose);
    dose.list_start = reading_.numbers[FirstOfList(first)].start;
    if (dose.start < dose.list_start) dose.list_start = dose.start;  // "2 x 500 mg"
    const std::uint32_t agent = AgentOf(dose);
    if (agent == kNoConcept && (dose.unit == "mL" || dose.unit == "units")) return;
    AddList(first, dose, agent);
    Add(dose, agent);
    last_end_ = dose.end;
  }

  /// "1.500 mg" is how one and a half thousand is written where the comma parts decimals; nobody weighs to the
  /// microgram and gets two noughts.
  [[nodiscard]] double Amount(const Number& number, std::string_view unit) const {
    const std::string_view digits = text_.substr(number.start, number.end - number.start);
    const bool is_thousand =
        unit == "mg" && digits.size() == 5 && digits[0] != '0' && digits[1] == '.' && digits.substr(3) == "00";
    return is_thousand ? number.value * 1000 : number.value;
  }

  /// "300-400 mg", "200 mg to 400 mg": takes the number before as the lower end.
  std::size_t FirstOfRange(std::size_t index, DoseText& dose) const {
    if (index == sentence_.first) return index;
    const Number& before = reading_.numbers[index - 1];
    if (before.is_claimed || before.in_name) return index;
    std::string_view gap = text_.substr(before.end, dose.start - before.end);
    if (gap != "-" && gap != " - " && gap != " to " && gap != "-to-") return index;
    if (before.value >= dose.amount) return index;
    dose.start = before.start;
    dose.upper = dose.amount;
    dose.amount = before.value;
    return index - 1;
  }

  /// The numbers of "100, 200 and 400 mg" before the one with the unit.
  [[nodiscard]] std::size_t FirstOfList(std::size_t first) const {
    std::size_t i = first;
    while (i > sentence_.first && first - i < 4) {
      const Number& before = reading_.numbers[i - 1];
      const std::string_view gap = text_.substr(before.end, reading_.numbers[i].start - before.end);
      const bool is_list = gap == ", " || gap == " or " || gap == " and " || gap == ", and " || gap == ", or " ||
                           gap == "/" || gap == " / " || gap == " vs " || gap == " versus " || gap == " vs. ";
      if (!is_list || before.is_claimed || before.in_name || before.is_word || before.has_minus) break;
      --i;
    }
    return i;
  }
  void ClaimList(std::size_t first) {
    for (std::size_t i = FirstOfList(first); i < first; ++i) reading_.numbers[i].is_claimed = true;
  }
  void AddList(std::size_t first, const DoseText& dose, std::uint32_t agent) {
    for (std::size_t i = FirstOfList(first); i < first; ++i) {
      Number& number = reading_.numbers[i];
      if (number.value <= 0) continue;
      number.is_claimed = true;
      DoseText one = dose;
      one.start = number.start;
      one.end = number.end;
      one.amount = number.value;
      one.upper.reset();
      Add(one, agent);
    }
  }

  /// "2 x 500 mg": taken so many times a day when days are spoken of, else together.
  void ReadMultiple(std::size_t first, DoseText& dose) {
    if (first == sentence_.first) return;
    Number& times = reading_.numbers[first - 1];
    const std::string_view gap = text_.substr(times.end, dose.start - times.end);
    const bool is_times = gap == " x " || gap == "x" || gap == " × " || gap == "×" || gap == " X " || gap == "x ";
    if (!is_times || !times.is_whole || times.value < 1 || times.value > kMostTimes) return;
    times.is_claimed = true;
    dose.start = times.start;
    if (dose.rate.per == "day") {
      if (times.value > 1) dose.rate.per = std::to_string(static_cast<int>(times.value)) + "/day";
    } else {
      dose.amount *= times.value;
      if (dose.upper) *dose.upper *= times.value;
    }
  }

  /// "birth weight 3200 g", "increased by 50 mg", "per 100 mg/day increase".
  [[nodiscard]] bool IsNotGiven(const DoseText& dose) const {
    std::size_t at = dose.start;
    for (int i = 0; i < 5; ++i) {
      while (at > sentence_.start && (text_[at - 1] == '(' || text_[at - 1] == ' ' || text_[at - 1] == '-')) --at;
      if (at > sentence_.start && (text_[at - 1] == ';' || text_[at - 1] == ',')) break;
      const std::string_view word = WordBefore(text_, at);
      if (word.empty()) break;
      const LowerWord lower(word);
      if (kNotGiven.Has(lower.view())) return true;
      if (i == 0 && lower.view() == "per") return true;
      if (i == 0 && lower.view() == "by") {
        const LowerWord change(WordBefore(text_, OffsetOf(text_, word)));
        if (StartsWithIgnoringCase(change.view(), "reduc") || kChanges.Has(change.view())) return true;
      }
      at = OffsetOf(text_, word);
    }
    const std::string_view next = WordAfter(text_, dose.end);
    return kChanges.Has(LowerWord(next).view());
  }

  /// "1,000 mg (41 mmol)": the same amount once more, in another unit.
  [[nodiscard]] bool RestatesTheDoseBefore(const DoseText& dose) const {
    if (last_end_ == 0 || dose.end >= text_.size() || text_[dose.end] != ')') return false;
    return text_.substr(last_end_, dose.start - last_end_) == " (";
  }

  /// "daily dose of 500 mg", "500 mg ... was taken daily": the schedule in the same clause, if no other number of doses
  /// comes between.
  [[nodiscard]] std::string ScheduleAround(const DoseText& dose) const {
    std::size_t at = dose.start;
    for (int i = 0; i < 6; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < sentence_.start) break;
      const LowerWord lower(word);
      if (lower.view() == "daily" || lower.view() == "nightly") return DailyBefore(word);
      if (lower.view() == "single" || lower.view() == "bolus" || lower.view() == "loading") return "single";
      if (lower.view() == "weekly") return "week";
      if (!kDosing.Has(lower.view()) || lower.view() == "or") break;
      at = OffsetOf(text_, word);
    }
    return ScheduleAfter(dose);
  }
  [[nodiscard]] std::string DailyBefore(std::string_view daily) const {
    const LowerWord word(WordBefore(text_, OffsetOf(text_, daily)));
    if (word.view() == "twice") return "2/day";
    if (word.view() == "thrice") return "3/day";
    return "day";
  }
  [[nodiscard]] std::string ScheduleAfter(const DoseText& dose) const {
    const std::size_t limit = std::min<std::size_t>(text_.size(), dose.end + kScheduleReach);
    int depth = 0;
    for (std::size_t at = dose.end; at < limit; ++at) {
      const char c = text_[at];
      if (c == ';') return {};
      if (c == '(') ++depth;
      if (c == ')' && depth > 0) --depth;
      if (depth > 0) continue;
      if (IsDigit(c) && at > 0 && !IsLetter(text_[at - 1]) && !IsDigit(text_[at - 1]) && IsAmountAt(at)) return {};
      if (at == 0 || IsLetter(text_[at - 1]) || IsDigit(text_[at - 1])) continue;
      if (text_.substr(at, 5) == "days " || text_.substr(at, 2) == "a " || IsLetter(c) || IsDigit(c)) {
        const Rate schedule = ReadSchedule(text_, at);
        if (!schedule.per.empty()) return schedule.per;
      }
    }
    return {};
  }
  /// Whether digits at `at` are another amount.
  [[nodiscard]] bool IsAmountAt(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && end - at < 12 && (IsDigit(text_[end]) || text_[end] == '.' || text_[end] == ','))
      ++end;
    return !ReadAmountUnit(text_, end).unit.empty();
  }

  // --- agents ---

  /// The mention that covers the byte before `at`. "riboflavin" may stand for a combination with it (a form) and for
  /// itself (a co-intervention): the dose beside it is its own.
  [[nodiscard]] const Candidate* AgentEndingAt(std::size_t at) const {
    const auto& agents = reading_.agents;
    auto after = std::lower_bound(agents.begin(), agents.end(), at,
                                  [](const Candidate& c, std::size_t value) { return c.start < value; });
    const Candidate* found = nullptr;
    for (int i = 0; i < 4 && after != agents.begin(); ++i) {
      --after;
      if (after->end < at) continue;
      if (found == nullptr || rules_.rule_set.concepts[after->concept_index].facet == "co_intervention")
        found = &*after;
    }
    return found;
  }
  /// The mention that covers the byte at `at`.
  [[nodiscard]] const Candidate* AgentStartingAt(std::size_t at) const { return AgentEndingAt(at + 1); }

  [[nodiscard]] const Candidate* AgentBefore(const DoseText& dose) const {
    const std::size_t limit = dose.list_start - std::min<std::size_t>(dose.list_start - sentence_.start, kAgentReach);
    std::size_t at = dose.list_start;
    for (int words = 0; words < 14; ++words) {
      while (at > limit && IsAnyOf(text_[at - 1], " (,:=[-")) --at;
      if (at > limit && text_[at - 1] == ')') at = BeforeBracket(at, limit);
      while (at > limit && text_[at - 1] == ' ') --at;
      if (at <= limit) return nullptr;
      if (const Candidate* agent = AgentEndingAt(at)) return agent;
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) + word.size() != at || OffsetOf(text_, word) < limit) return nullptr;
      if (!kDosing.Has(LowerWord(word).view())) return nullptr;
      at = OffsetOf(text_, word);
    }
    return nullptr;
  }
  /// Before "(MS)": a short bracket without numbers tells another name of what stands before it.
  [[nodiscard]] std::size_t BeforeBracket(std::size_t at, std::size_t limit) const {
    std::size_t open = at - 1;
    while (open > limit && at - open < 20 && text_[open - 1] != '(' && !IsDigit(text_[open - 1])) --open;
    return open > limit && text_[open - 1] == '(' ? open - 1 : at;
  }

  [[nodiscard]] const Candidate* AgentAfter(const DoseText& dose, bool* with_of) const {
    const std::size_t limit = std::min<std::size_t>(text_.size(), dose.end + kAgentReach);
    std::size_t at = dose.end;
    for (int words = 0; words < 8; ++words) {
      while (at < limit && (text_[at] == ' ' || text_[at] == '-')) ++at;
      if (at < limit && text_[at] == '(') {
        if (const Candidate* inside = AgentStartingAt(at + 1)) return inside;
        const std::size_t close = text_.substr(at, 40).find(')');
        if (close == std::string_view::npos) return nullptr;
        at += close + 1;
        continue;
      }
      if (at >= limit) return nullptr;
      if (const Candidate* agent = AgentStartingAt(at)) return agent;
      const std::string_view word = WordAfter(text_, at);
      if (word.empty() || OffsetOf(text_, word) != at) return nullptr;
      const LowerWord lower(word);
      if (!kBetweenAfter.Has(lower.view())) return nullptr;
      if (lower.view() == "of") *with_of = true;
      at += word.size();
    }
    return nullptr;
  }

  /// Each mention takes the dose beside it: the one before the dose unless the dose before has it, the one after it
  /// when it is introduced by "of" or there is none before.
  std::uint32_t AgentOf(const DoseText& dose) {
    bool with_of = false;
    const Candidate* after = AgentAfter(dose, &with_of);
    const Candidate* before = AgentBefore(dose);
    const bool is_taken = before != nullptr && before->start == taken_start_ && took_after_;
    const Candidate* chosen = before;
    if (after != nullptr && (with_of || before == nullptr || is_taken)) chosen = after;
    if (chosen == nullptr) return kNoConcept;
    took_after_ = chosen == after;
    taken_start_ = chosen->start;
    return chosen->concept_index;
  }

  [[nodiscard]] std::string BasisOf(const DoseText& dose, std::uint32_t agent) const {
    std::size_t at = dose.start;
    for (int i = 0; i < 2; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty()) break;
      if (kElemental.Has(LowerWord(word).view())) return "elemental";
      at = OffsetOf(text_, word);
    }
    at = dose.end;
    for (int i = 0; i < 4; ++i) {
      const std::string_view word = WordAfter(text_, at);
      if (word.empty()) break;
      if (kElemental.Has(LowerWord(word).view())) return "elemental";
      at = OffsetOf(text_, word) + word.size();
    }
    return agent != kNoConcept && IsSalt(agent) ? "salt" : "";
  }
  /// By its label: of two words or more, the last the name of an anion ("magnesium oxide", "ferrous sulfate").
  [[nodiscard]] bool IsSalt(std::uint32_t concept_index) const {
    const Concept& agent = rules_.rule_set.concepts[concept_index];
    const std::size_t space = agent.label.find(' ');
    if (agent.facet != "form" || space == std::string::npos || agent.label.size() < space + 5) return false;
    const std::string_view ending = std::string_view(agent.label).substr(agent.label.size() - 3);
    return ending == "ate" || ending == "ide" || ending == "ite";
  }

  void Add(const DoseText& dose, std::uint32_t agent) {
    PlacedQuantity& placed = reading_.Add("dose", dose.start, dose.end, sentence_.role);
    placed.quantity.amount = dose.amount;
    placed.quantity.upper = dose.upper;
    placed.quantity.unit = dose.unit;
    placed.quantity.per = dose.rate.per;
    placed.quantity.agent = agent;
    placed.quantity.basis = BasisOf(dose, agent);
  }

  const CompiledRules& rules_;
  QuantityReading& reading_;
  std::string_view text_;
  const SentenceNumbers& sentence_;
  std::uint32_t last_end_ = 0;     ///< Of the dose before.
  std::uint32_t taken_start_ = 0;  ///< Of the mention that the dose before took.
  bool took_after_ = false;        ///< That mention stands behind its dose.
};

}  // namespace

void ReadDoses(const CompiledRules& rules, QuantityReading& reading, const SentenceNumbers& sentence) {
  DoseReader(rules, reading, sentence).ReadAll();
}

}  // namespace litmill::tag
