// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_duration.h"

#include <algorithm>
#include <array>
#include <optional>

#include "tag/quantity_words.h"
#include "tag/word_table.h"

namespace litmill::tag {
namespace {

/// How far around a time the words that tell what it measures may stand.
constexpr std::size_t kReachBefore = 70;
constexpr std::size_t kReachAfter = 40;

std::uint32_t OffsetOf(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

/// Each unit with its spellings.
constexpr auto kTimeUnits = [] {
  WordTable<std::string_view, 64> units;
  for (const std::string_view word : {"d", "day", "days"}) units[word] = "day";
  for (const std::string_view word : {"h", "hr", "hrs", "hour", "hours"}) units[word] = "hour";
  for (const std::string_view word : {"min", "mins", "minute", "minutes"}) units[word] = "minute";
  for (const std::string_view word : {"mo", "mos", "month", "months"}) units[word] = "month";
  for (const std::string_view word : {"week", "weeks", "wk", "wks"}) units[word] = "week";
  for (const std::string_view word : {"y", "year", "years", "yr", "yrs"}) units[word] = "year";
  return units;
}();

struct TimeText {
  std::uint32_t start = 0, end = 0;
  double amount = 0;
  std::optional<double> upper;
  std::string_view unit;
  bool is_attributive = false;  ///< "8-week", "12 week trial"
};

constexpr auto kAgeWords = WordSet("age", "aged", "ages", "aging", "older", "younger", "old");
constexpr auto kBackWords =
    WordSet("ago", "apart", "before", "earlier", "later", "old", "older", "postpartum", "prior", "younger");
/// Just before a time: it is a rate, a limit or the past, no length of a treatment.
constexpr auto kOtherBefore = WordSet("every", "last", "next", "once", "past", "per", "preceding", "previous", "within",
                                      "each", "until", "before", "than", "since");
constexpr auto kLengthBefore = WordSet(
    "during", "for", "lasted", "lasting", "over", "throughout", "after", "of", "was", "is", "consecutive", "least",
    "about", "approximately", "additional", "further", "total", "first", "up", "to", "the", "a", "an", "period",
    "course", "entire", "another", "other", "subsequent", "initial", "following", "median", "mean", "in");
constexpr auto kTreatments =
    WordSet("administration", "course", "courses", "crossover", "double", "experiment", "feeding", "intervention",
            "interventions", "open", "parallel", "period", "periods", "phase", "phases", "placebo", "program",
            "programme", "protocol", "randomised", "randomized", "regimen", "rct", "single", "study", "supplementation",
            "therapy", "training", "treatment", "treatments", "trial", "trials", "use", "intake", "diet", "consumption",
            "exposure", "multicenter", "multicentre", "prospective", "daily", "oral", "controlled", "blind", "blinded",
            "clinical", "active");
constexpr auto kOutcomesOfTime = WordSet("survival", "risk", "mortality", "incidence", "rate", "rates", "history",
                                         "intervals", "interval", "reduction", "difference", "increase", "follow");
constexpr auto kIllness =
    WordSet("diagnosed", "diagnosis", "disease", "diabetes", "experience", "history", "illness", "menopausal",
            "menopause", "migraine", "onset", "symptom", "symptoms", "disorder", "pain", "headache", "gestation",
            "gestational", "pregnancy", "amenorrhea", "smoking", "suffered", "suffering", "survived", "survival");

class DurationReader {
 public:
  DurationReader(QuantityReading& reading, const SentenceNumbers& sentence)
      : reading_(reading), text_(reading.text.substr(0, sentence.end)), sentence_(sentence) {}

  void ReadAll() {
    for (std::size_t i = sentence_.first; i < sentence_.last; ++i) {
      Number& number = reading_.numbers[i];
      if (number.is_claimed || number.in_name) continue;
      if (IsAgeWithoutUnit(number)) {
        ClaimAges(i);
        continue;
      }
      TimeText time;
      if (ReadTime(i, time)) Classify(time);
    }
  }

 private:
  /// "aged 18-65", "age range 20 to 40".
  [[nodiscard]] bool IsAgeWithoutUnit(const Number& number) const {
    if (number.value > 110) return false;
    std::size_t at = number.start;
    for (int i = 0; i < 3; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < sentence_.start) return false;
      const LowerWord lower(word);
      if (lower.view() == "aged" || lower.view() == "age" || lower.view() == "ages") return true;
      if (lower.view() != "between" && lower.view() != "from" && lower.view() != "range" && lower.view() != "of" &&
          lower.view() != "over" && lower.view() != "was" && lower.view() != "ranged" && lower.view() != "ranging")
        return false;
      at = OffsetOf(text_, word);
    }
    return false;
  }
  void ClaimAges(std::size_t first) {
    reading_.numbers[first].is_claimed = true;
    for (std::size_t i = first + 1; i < sentence_.last && i < first + 4; ++i) {
      const std::uint32_t from = reading_.numbers[i - 1].end;
      const std::string_view gap = text_.substr(from, reading_.numbers[i].start - from);
      const bool goes_on = gap == "-" || gap == " to " || gap == " - " || gap == " and " || gap == " ± " ||
                           gap == "±" || gap == " (" || gap == " years to ";
      if (!goes_on || reading_.numbers[i].value > 110) return;
      reading_.numbers[i].is_claimed = true;
    }
  }

  /// A number with a unit of time behind it; a range takes the number before.
  bool ReadTime(std::size_t index, TimeText& time) {
    Number& number = reading_.numbers[index];
    std::size_t at = number.end;
    if (at < text_.size() && (text_[at] == ' ' || text_[at] == '-')) ++at;
    if (at >= text_.size() || !kTimeUnits.MayBeginAt(text_, at)) return false;
    std::size_t end = at;
    while (end < text_.size() && IsLetter(text_[end]) && end - at < 10) ++end;
    const LowerWord word(text_.substr(at, end - at));
    const std::string_view* const unit = kTimeUnits.Find(word.view());
    if (unit == nullptr) return false;
    time.unit = *unit;
    if ((end < text_.size() && (IsDigit(text_[end]) || text_[end] == '/'))) return false;
    if (word.view().size() == 1 && text_[at] != word.view()[0]) return false;  // "5 D", "3 H"
    number.is_claimed = true;
    time.start = number.start;
    time.end = static_cast<std::uint32_t>(end);
    time.amount = number.value;
    time.is_attributive = word.view().back() != 's' && number.value != 1 && word.view().size() > 2;
    if (index > sentence_.first) {
      Number& before = reading_.numbers[index - 1];
      const std::string_view gap = text_.substr(before.end, number.start - before.end);
      if ((gap == "-" || gap == " to " || gap == " - " || gap == "-to-") && before.value < number.value &&
          !before.in_name) {
        before.is_claimed = true;
        time.start = before.start;
        time.upper = time.amount;
        time.amount = before.value;
      }
    }
    return true;
  }

  /// The lower-case words of [from, to), as far as they are asked for.
  template <typename Test>
  [[nodiscard]] bool AnyWord(std::size_t from, std::size_t to, Test test) const {
    std::size_t at = from;
    while (at < to) {
      if (!IsLetter(text_[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < to && IsLetter(text_[end])) ++end;
      if (test(LowerWord(text_.substr(at, end - at)).view())) return true;
      at = end;
    }
    return false;
  }

  /// Back to the last ";" or "," within reach.
  [[nodiscard]] std::size_t ClauseStart(std::size_t at, std::size_t reach) const {
    const std::size_t limit = at - std::min<std::size_t>(at - sentence_.start, reach);
    std::size_t start = at;
    while (start > limit && text_[start - 1] != ';' && text_[start - 1] != ',') --start;
    // Not in the middle of a word.
    while (start < at && start > 0 && IsLetter(text_[start - 1]) && IsLetter(text_[start])) ++start;
    return start;
  }
  [[nodiscard]] std::size_t ClauseEnd(std::size_t at, std::size_t reach) const {
    const std::size_t limit = std::min<std::size_t>(text_.size(), at + reach);
    std::size_t end = at;
    while (end < limit && text_[end] != ';' && text_[end] != ',' && text_[end] != ')') ++end;
    return end;
  }

  void Classify(const TimeText& time) {
    const std::size_t from = ClauseStart(time.start, kReachBefore);
    const std::size_t to = ClauseEnd(time.end, kReachAfter);
    const LowerWord before(WordBefore(text_, time.start));
    const LowerWord after(WordAfter(text_, time.end));
    if (IsAge(time, from) || kBackWords.Has(after.view()) || kOtherBefore.Has(before.view())) return;
    if (StartsWithIgnoringCase(text_.substr(time.end), " of age")) return;
    if (const char* kind = NamedPeriod(time, from, to)) return Add(kind, time);
    if (kOutcomesOfTime.Has(after.view())) return;
    if (IsInfusion(time, from)) return Add("infusion-time", time);
    if (time.unit == "minute" || time.unit == "hour") return;
    if (AnyWord(from, time.start, [](std::string_view w) { return kIllness.Has(w) || w == "age" || w == "aged"; }) &&
        !time.is_attributive && !IsFor(before.view()))
      return;
    if (IsTreatment(time, before.view(), after.view(), from)) Add("duration", time);
  }

  static bool IsFor(std::string_view before) {
    return before == "for" || before == "during" || before == "throughout" || before == "lasting";
  }

  [[nodiscard]] bool IsAge(const TimeText& time, std::size_t from) const {
    const std::string_view after = text_.substr(time.end, 5);
    if (StartsWithIgnoringCase(after, "-old") || StartsWithIgnoringCase(after, " old")) return true;
    if (time.unit != "year" && time.unit != "month") return false;
    const std::size_t near = std::max<std::size_t>(from, time.start > 45U ? time.start - 45U : 0U);
    return AnyWord(near, time.start, [](std::string_view w) { return kAgeWords.Has(w); });
  }

  /// Follow-up, baseline, washout: by a word near the time in its clause.
  [[nodiscard]] const char* NamedPeriod(const TimeText& time, std::size_t from, std::size_t to) const {
    const auto is_follow = [](std::string_view w) {
      return w == "follow" || w == "followed" || w == "followup" || w == "observed" || w == "monitored";
    };
    const auto is_washout = [](std::string_view w) { return w == "washout" || w == "wash"; };
    const std::size_t near_end = std::min<std::size_t>(to, time.end + 24U);
    if (AnyWord(time.end, near_end, is_washout) || (AnyWord(from, time.start, is_washout) && IsNamedLength(time)))
      return "washout";
    const auto is_baseline = [](std::string_view w) { return w == "baseline" || w == "run"; };
    if (time.is_attributive && AnyWord(time.end, std::min<std::size_t>(to, time.end + 14U), is_baseline))
      return "baseline-period";
    if (AnyWord(from, time.start, is_baseline) && IsNamedLength(time) && HasPeriodBefore(time, from))
      return "baseline-period";
    if (AnyWord(time.end, near_end, is_follow)) return IsFollowedBy(time.end, near_end) ? nullptr : "follow-up";
    if (AnyWord(from, time.start, is_follow) && !IsFollowedBy(from, time.start)) return "follow-up";
    return nullptr;
  }
  /// "followed by" joins two things; nobody is followed.
  [[nodiscard]] bool IsFollowedBy(std::size_t from, std::size_t to) const {
    return text_.substr(from, std::min(text_.size(), to + 3) - from).find("followed by") != std::string_view::npos;
  }
  [[nodiscard]] bool HasPeriodBefore(const TimeText& time, std::size_t from) const {
    return AnyWord(from, time.start, [](std::string_view w) { return w == "period" || w == "phase" || w == "in"; });
  }
  /// "of 4 weeks", "was 4 weeks", "(4 weeks", "for 4 weeks".
  [[nodiscard]] bool IsNamedLength(const TimeText& time) const {
    if (time.start > 0 && text_[time.start - 1] == '(') return true;
    const LowerWord before(WordBefore(text_, time.start));
    return before.view() == "of" || before.view() == "was" || before.view() == "for" || before.view() == "lasted" ||
           before.view() == "lasting" || before.view() == "a" || before.view() == "period";
  }

  /// "2 g over 20 min", "infused in 30 minutes".
  [[nodiscard]] bool IsInfusion(const TimeText& time, std::size_t from) const {
    if (time.unit != "minute" && time.unit != "hour") return false;
    const LowerWord before(WordBefore(text_, time.start));
    const bool is_attributive = time.is_attributive && StartsWithIgnoringCase(WordAfter(text_, time.end), "infus");
    if (is_attributive) return true;
    if (before.view() != "over" && before.view() != "in" && before.view() != "for" && before.view() != "during")
      return false;
    if (AnyWord(from, time.start, [](std::string_view w) {
          return StartsWithIgnoringCase(w, "infus") || w == "bolus" || w == "intravenous" || w == "intravenously" ||
                 w == "iv" || StartsWithIgnoringCase(w, "inject");
        }))
      return true;
    return !reading_.found.empty() && reading_.found.back().quantity.kind == "dose" &&
           reading_.found.back().end <= time.start && time.start - reading_.found.back().end < 40U &&
           before.view() != "for";
  }

  [[nodiscard]] bool IsTreatment(const TimeText& time, std::string_view before, std::string_view after,
                                 std::size_t from) const {
    if (time.unit == "year" && time.amount > 50) return false;
    if (before == "for" || before == "during" || before == "throughout" || before == "lasting" || before == "lasted")
      return true;
    // "for a period of 8 weeks", "for up to 12 months", "for the first 4 weeks"
    std::size_t at = time.start;
    for (int i = 0; i < 5; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < from) break;
      const LowerWord lower(word);
      if (lower.view() == "for" || lower.view() == "lasted" || lower.view() == "lasting" || lower.view() == "over" ||
          lower.view() == "during" || lower.view() == "throughout")
        return true;
      if (!kLengthBefore.Has(lower.view())) break;
      at = OffsetOf(text_, word);
    }
    if (before == "over") return true;
    if (kTreatments.Has(after) && (time.is_attributive || before.empty() || before == "a" || before == "the"))
      return true;
    if (after == "of" || before == "after") return IsOfTreatment(time);
    return IsTreatmentDuration(time, from);
  }
  /// "treatment duration was 8 weeks", "the duration of the study was 8 weeks"; not "the duration of benefit".
  [[nodiscard]] bool IsTreatmentDuration(const TimeText& time, std::size_t from) const {
    const auto is_duration = [](std::string_view w) { return w == "duration" || w == "length"; };
    const auto is_treatment = [](std::string_view w) { return kTreatments.Has(w); };
    return AnyWord(from, time.start, is_duration) && AnyWord(from, time.start, is_treatment);
  }

  /// "after 8 weeks of treatment", "12 weeks of magnesium".
  [[nodiscard]] bool IsOfTreatment(const TimeText& time) const {
    const std::string_view of = WordAfter(text_, time.end);
    if (!EqualsIgnoringCase(of, "of")) return false;
    std::size_t at = OffsetOf(text_, of) + of.size();
    for (int i = 0; i < 3; ++i) {
      while (at < text_.size() && text_[at] == ' ') ++at;
      if (IsAgentAt(at)) return true;
      const std::string_view word = WordAfter(text_, at);
      if (word.empty()) return false;
      if (kTreatments.Has(LowerWord(word).view())) return true;
      at = OffsetOf(text_, word) + word.size();
    }
    return false;
  }
  [[nodiscard]] bool IsAgentAt(std::size_t at) const {
    const auto found = std::lower_bound(reading_.agents.begin(), reading_.agents.end(), at,
                                        [](const Candidate& c, std::size_t value) { return c.start < value; });
    return found != reading_.agents.end() && found->start == at;
  }

  void Add(const char* kind, const TimeText& time) {
    PlacedQuantity& placed = reading_.Add(kind, time.start, time.end, sentence_.role);
    placed.quantity.amount = time.amount;
    placed.quantity.upper = time.upper;
    placed.quantity.unit = time.unit;
  }

  QuantityReading& reading_;
  std::string_view text_;
  const SentenceNumbers& sentence_;
};

}  // namespace

void ReadDurations(QuantityReading& reading, const SentenceNumbers& sentence) {
  DurationReader(reading, sentence).ReadAll();
}

}  // namespace litmill::tag
