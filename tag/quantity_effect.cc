// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_effect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "tag/quantity_words.h"

namespace litmill::tag {
namespace {

/// How far before its number the name of a measure may stand, and how far around a threshold its words.
constexpr std::size_t kNameReach = 120;
constexpr int kNameWords = 16;
constexpr std::size_t kThresholdReach = 90;

std::uint32_t OffsetOf(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

double Signed(const Number& number) { return number.has_minus ? -number.value : number.value; }

/// The start of a number with its minus sign.
std::uint32_t SignedStart(std::string_view text, const Number& number) {
  if (!number.has_minus) return number.start;
  std::uint32_t at = number.start - 1;
  while (at > 0 && text[at] != '-') --at;
  return at;
}

std::size_t BackOver(std::string_view text, std::size_t at, std::size_t limit, std::string_view characters) {
  while (at > limit && IsAnyOf(text[at - 1], characters)) --at;
  return at;
}

// --- p-values
// ---------------------------------------------------------------------------------------------------------

/// A sign of comparison that ends at `at`; moves `at` before it.
std::string_view SignBefore(std::string_view text, std::size_t limit, std::size_t& at) {
  struct Spelling {
    std::string_view text, sign;
  };
  // Longer spellings first.
  static constexpr std::array<Spelling, 17> kSpellings = {{{"less than or equal to", "≤"},
                                                           {"=or<", "≤"},
                                                           {"= or <", "≤"},
                                                           {"greater than or equal to", "≥"},
                                                           {"less than", "<"},
                                                           {"greater than", ">"},
                                                           {"< or =", "≤"},
                                                           {"> or =", "≥"},
                                                           {"</=", "≤"},
                                                           {">/=", "≥"},
                                                           {"<=", "≤"},
                                                           {">=", "≥"},
                                                           {"≤", "≤"},
                                                           {"≥", "≥"},
                                                           {"<", "<"},
                                                           {">", ">"},
                                                           {"=", "="}}};
  const std::size_t end = BackOver(text, at, limit, " ");
  if (end == limit || !IsAnyOf(text[end - 1], "<>=no\xA4\xA5")) return {};  // their last bytes
  for (const Spelling& spelling : kSpellings) {
    const std::size_t size = spelling.text.size();
    if (end < limit + size || !EqualsIgnoringCase(text.substr(end - size, size), spelling.text)) continue;
    at = end - size;
    return spelling.sign;
  }
  return {};
}

/// Words that may stand between "p" and the sign: "P for trend < 0.05", "P value = 0.01".
constexpr auto kPWords = WordSet("difference", "for", "heterogeneity", "interaction", "linear", "nonlinearity", "of",
                                 "overall", "trend", "value", "values", "was", "were", "all", "both", "is");

/// Where the "p" of a p-value stands whose sign starts at `at`.
std::optional<std::size_t> LetterP(std::string_view text, std::size_t limit, std::size_t at) {
  for (int i = 0; i < 5; ++i) {
    at = BackOver(text, at, limit, " -(),_:");
    std::size_t start = at;
    while (start > limit && IsLetter(text[start - 1]) && at - start < 20) --start;
    const LowerWord word(text.substr(start, at - start));
    if (word.view() == "p" || word.view() == "ps" || word.view() == "ptrend" || word.view() == "pinteraction")
      return start > 0 && IsDigit(text[start - 1]) ? std::nullopt : std::optional<std::size_t>(start);
    if (!kPWords.Has(word.view())) return std::nullopt;
    at = start;
  }
  return std::nullopt;
}

constexpr auto kThresholdWords = WordSet("accepted", "alpha", "considered", "cutoff", "deemed", "defined", "denote",
                                         "denoted", "indicate", "indicated", "level", "regarded", "set", "taken",
                                         "threshold", "judged", "chosen", "interpreted", "specified");

/// "P < 0.05 was considered significant", "the level of significance was set at P < 0.05": no result.
bool IsThreshold(std::string_view text, const SentenceNumbers& sentence, std::size_t start, std::size_t end) {
  const std::size_t from = start - std::min<std::size_t>(start - sentence.start, kThresholdReach);
  const std::size_t to = std::min<std::size_t>(sentence.end, end + kThresholdReach);
  bool has_word = false;
  bool has_significance = false;
  std::size_t at = from;
  while (at < to) {
    if (!IsLetter(text[at])) {
      ++at;
      continue;
    }
    std::size_t stop = at;
    while (stop < to && IsLetter(text[stop])) ++stop;
    const LowerWord word(text.substr(at, stop - at));
    has_word = has_word || kThresholdWords.Has(word.view());
    has_significance =
        has_significance || StartsWithIgnoringCase(word.view(), "signific") || word.view() == "statistically";
    at = stop;
  }
  return has_word && has_significance;
}

/// "1.2 x 10-5", "5 × 10(-8)", "3E-6": the factor and where it ends.
double PowerOfTen(std::string_view text, std::uint32_t& end, std::size_t limit) {
  std::size_t at = end;
  const auto skip = [&](std::string_view characters) {
    while (at < limit && IsAnyOf(text[at], characters)) ++at;
  };
  const bool is_scientific = at + 1 < limit && (text[at] == 'e' || text[at] == 'E') && text[at + 1] == '-';
  if (is_scientific) {
    ++at;
  } else {
    skip(" ");
    const bool is_times = text.substr(at, 2) == "×";
    if (!is_times && (at >= limit || (text[at] != 'x' && text[at] != '*' && text[at] != 'X'))) return 1;
    at += is_times ? 2 : 1;
    skip(" ");
    if (text.substr(at, 2) != "10") return 1;
    at += 2;
    skip(" ^([");
  }
  if (at >= limit || text[at] != '-') return 1;
  ++at;
  int exponent = 0;
  const std::size_t digits = at;
  while (at < limit && IsDigit(text[at]) && at - digits < 3) exponent = exponent * 10 + (text[at++] - '0');
  if (at == digits) return 1;
  end = static_cast<std::uint32_t>(at);
  return std::pow(10.0, -exponent);
}

bool ReadPValue(QuantityReading& reading, const SentenceNumbers& sentence, std::size_t index) {
  Number& number = reading.numbers[index];
  if (number.value > 1 && number.is_whole && number.end - number.start > 2) return false;
  std::size_t at = number.start;
  const std::string_view sign = SignBefore(reading.text, sentence.start, at);
  if (sign.empty()) return false;
  const auto start = LetterP(reading.text, sentence.start, at);
  if (!start) return false;
  std::uint32_t end = number.end;
  const double value = number.value * PowerOfTen(reading.text, end, sentence.end);
  for (std::size_t i = index; i < sentence.last && reading.numbers[i].start < end; ++i)
    reading.numbers[i].is_claimed = true;
  if (value > 1) return true;
  if (IsThreshold(reading.text, sentence, *start, end)) return true;
  PlacedQuantity& placed = reading.Add("p-value", static_cast<std::uint32_t>(*start), end, sentence.role);
  placed.quantity.amount = value;
  placed.quantity.unit = sign;
  return true;
}

// --- confidence intervals
// ---------------------------------------------------------------------------------------------

constexpr int kMostUnitWords = 3;

struct NumberPair {
  std::size_t low = 0, high = 0;  ///< Into the numbers.
  std::uint32_t end = 0;
};

/// The words that may stand between an estimate and its interval ("95% CI", "confidence interval [CI]").
constexpr auto kIntervalWords =
    WordSet("bootstrap", "cent", "ci", "cis", "confidence", "cri", "credible", "from", "interval", "intervals",
            "limits", "range", "with", "a", "of", "per", "percent", "l", "limit", "credibility");

/// Whether only "95% CI: [" and the like stands there; `has_words` tells whether there was a word. With the level of
/// the interval the estimate's own unit may stand before it ("0.29 L/min; 95% CI").
bool IsIntervalLead(std::string_view lead, bool has_level, bool& has_words) {
  int others = has_level ? kMostUnitWords : 0;
  std::size_t at = 0;
  while (at < lead.size()) {
    const char c = lead[at];
    if (IsLetter(c)) {
      std::size_t end = at;
      while (end < lead.size() && IsLetter(lead[end])) ++end;
      if (!kIntervalWords.Has(LowerWord(lead.substr(at, end - at)).view()) && --others < 0) return false;
      has_words = true;
      at = end;
    } else if (IsDigit(c) || IsAnyOf(c, " ,;:=()[]%.-/")) {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

bool IsPercentAt(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == ' ') ++at;
  if (at < text.size() && text[at] == '%') return true;
  return StartsWithIgnoringCase(text.substr(at), "percent") || StartsWithIgnoringCase(text.substr(at), "per cent");
}

/// Whether [from, to) parts the two ends of an interval: "-", " to ", ", ", "; ", " and ".
bool PartsInterval(std::string_view text, std::size_t from, std::size_t to, bool next_has_minus) {
  std::string_view gap = text.substr(from, to - from);
  if (!gap.empty() && gap.front() == '%') gap.remove_prefix(1);
  if (next_has_minus) gap = gap.substr(0, gap.rfind('-'));
  while (!gap.empty() && gap.front() == ' ') gap.remove_prefix(1);
  while (!gap.empty() && gap.back() == ' ') gap.remove_suffix(1);
  return gap == "-" || gap == "to" || gap == "," || gap == ";" || gap == "/" || gap == "–" || gap == "..." ||
         gap == "--" || (gap == "and");
}

/// The interval that follows the number `index`, if only its introduction stands between.
std::optional<NumberPair> IntervalAfter(const QuantityReading& reading, const SentenceNumbers& sentence,
                                        std::size_t index) {
  const std::vector<Number>& numbers = reading.numbers;
  std::size_t low = index + 1;
  if (low < sentence.last && IsPercentAt(reading.text, numbers[low].end) &&
      (numbers[low].value >= 80 && numbers[low].value < 100))
    ++low;  // "95%"
  const bool has_level = low == index + 2;
  if (low + 1 >= sentence.last) return std::nullopt;
  const std::uint32_t from = numbers[index].end;
  if (numbers[low].start - from > 60) return std::nullopt;
  bool has_words = false;
  const std::string_view lead = reading.text.substr(from, numbers[low].start - from);
  if (!IsIntervalLead(lead, has_level, has_words)) return std::nullopt;
  const bool is_bracketed = lead.find_first_of("([") != std::string_view::npos;
  if (!has_words && !has_level && !is_bracketed) return std::nullopt;
  const std::size_t high = low + 1;
  if (numbers[high].start - numbers[low].end > 8) return std::nullopt;
  if (!PartsInterval(reading.text, numbers[low].end, numbers[high].start, numbers[high].has_minus)) return std::nullopt;
  if (Signed(numbers[low]) > Signed(numbers[high])) return std::nullopt;
  return NumberPair{low, high, numbers[high].end};
}

// --- names of measures
// ------------------------------------------------------------------------------------------------

struct MeasureName {
  std::string_view text;
  std::string_view unit;
  bool is_cased;  ///< Only in these letters: "OR" is no "or".
};
constexpr std::array<MeasureName, 35> kMeasures = {{
    {"aOR", "OR", true},     {"AOR", "OR", true},  {"OR", "OR", true},    {"ORs", "OR", true}, {"cOR", "OR", true},
    {"pOR", "OR", true},     {"RR", "RR", true},   {"RRs", "RR", true},   {"aRR", "RR", true}, {"ARR", "RR", true},
    {"HR", "HR", true},      {"HRs", "HR", true},  {"aHR", "HR", true},   {"AHR", "HR", true}, {"sHR", "HR", true},
    {"SHR", "HR", true},     {"IRR", "IRR", true}, {"aIRR", "IRR", true}, {"PR", "PR", true},  {"SMD", "SMD", true},
    {"SMDs", "SMD", true},   {"WMD", "WMD", true}, {"MD", "MD", true},    {"AMD", "MD", true}, {"RD", "RD", true},
    {"beta", "beta", false}, {"β", "beta", true},  {"r", "r", true},      {"rs", "r", true},   {"rho", "r", false},
    {"d", "d", true},        {"g", "g", true},     {"ES", "ES", true},    {"B", "beta", true}, {"SIR", "SIR", true},
}};

constexpr std::size_t kLongestMeasure =
    std::max_element(kMeasures.begin(), kMeasures.end(), [](const MeasureName& a, const MeasureName& b) {
      return a.text.size() < b.text.size();
    })->text.size();

constexpr auto kConnecting = WordSet("about", "adjusted", "an", "at", "being", "by", "confidence", "ci", "cis", "crude",
                                     "estimate", "estimated", "for", "interval", "intervals", "is", "of", "pooled", "s",
                                     "summary", "to", "unadjusted", "value", "was", "were", "with");

struct FoundMeasure {
  std::string_view unit;
  std::uint32_t start = 0;
};

constexpr auto kLastOfMeasures =
    WordSet("coefficient", "difference", "differences", "ratio", "ratios", "risk", "risks", "size");

/// "odds ratio", "standardised mean difference": a name of several words whose last one is `last`.
FoundMeasure MeasureOfWords(std::string_view text, std::string_view last) {
  const LowerWord word(last);
  if (!kLastOfMeasures.Has(word.view())) return {};
  const std::string_view second = WordBefore(text, OffsetOf(text, last));
  if (second.empty()) return {};
  const LowerWord before(second);
  const std::string_view third = WordBefore(text, OffsetOf(text, second));
  const LowerWord first(third);
  const std::uint32_t two = OffsetOf(text, second);
  const std::uint32_t three = OffsetOf(text, third);
  if (word.view() == "ratio" || word.view() == "ratios") {
    if (before.view() == "odds" || before.view() == "odd") return {"OR", two};
    if (before.view() == "hazard" || before.view() == "hazards") return {"HR", two};
    if (before.view() == "risk") return {"RR", two};
    if (before.view() == "rate" && first.view() == "incidence") return {"IRR", three};
    if (before.view() == "rate") return {"RR", two};
    if (before.view() == "prevalence") return {"PR", two};
  }
  if ((word.view() == "risk" || word.view() == "risks") && before.view() == "relative") return {"RR", two};
  if (word.view() == "difference" || word.view() == "differences") {
    if (before.view() == "risk") return {"RD", two};
    if (before.view() != "mean") return {};
    if (StartsWithIgnoringCase(first.view(), "standardi")) return {"SMD", three};
    if (first.view() == "weighted") return {"WMD", three};
    return {"MD", two};
  }
  if (word.view() == "coefficient" && before.view() == "correlation") return {"r", two};
  if (word.view() == "size" && before.view() == "effect") return {"ES", two};
  return {};
}

/// One letter names need a sign of equality right before the number: "r = -0.41", "d = 0.5".
bool NeedsSign(std::string_view unit) { return unit == "r" || unit == "d" || unit == "g" || unit == "beta"; }

/// The measure that `word` names, if any.
FoundMeasure MeasureNamed(std::string_view text, std::string_view word, bool has_sign) {
  if (word.size() > kLongestMeasure) return MeasureOfWords(text, word);
  for (const MeasureName& name : kMeasures) {
    if (word.size() != name.text.size()) continue;
    const bool is_name = name.is_cased ? word == name.text : EqualsIgnoringCase(word, name.text);
    if (!is_name) continue;
    if (NeedsSign(name.unit) && !has_sign) return {};
    return {name.unit, OffsetOf(text, word)};
  }
  return MeasureOfWords(text, word);
}

/// Goes back over what is no word. False at a number, unless it is the level of an interval ("OR (95% CI) 1.3"), and
/// where brackets touch as they do in formulas ("P(OR)(2)").
bool BackToWord(std::string_view text, std::size_t limit, std::size_t& at, bool& has_sign) {
  while (at > limit) {
    const char c = text[at - 1];
    if (IsDigit(c)) {
      const char after = at < text.size() ? text[at] : ' ';
      if (after != '%' && !IsDigit(after) && text.substr(at, 2) != " %" && text.substr(at, 2) != " p") return false;
    } else if (c == ')' && at < text.size() && text[at] == '(') {
      return false;
    } else if (c == '=') {
      has_sign = true;
    } else if (!IsAnyOf(c, " :,([)];%<~-")) {
      return true;
    }
    --at;
  }
  return false;
}

/// The word (with Greek letters) that ends at `at`; empty when it is part of a name with digits.
std::string_view NameBefore(std::string_view text, std::size_t limit, std::size_t at) {
  std::size_t start = at;
  while (start > limit && at - start < 24 &&
         (IsLetter(text[start - 1]) || (static_cast<unsigned char>(text[start - 1]) & 0x80U) != 0))
    --start;
  if (start > 0 && IsDigit(text[start - 1])) return {};
  return text.substr(start, at - start);
}

/// The measure whose name stands before the number. Between them stand signs and connecting words only; when an
/// interval follows the number (`has_interval`), also what was compared: "hazard ratio for relapse in the treated
/// group, 0.83".
std::optional<FoundMeasure> MeasureBefore(const QuantityReading& reading, const SentenceNumbers& sentence,
                                          std::size_t index, bool has_interval) {
  const std::string_view text = reading.text;
  const std::uint32_t start = SignedStart(text, reading.numbers[index]);
  const std::size_t limit = start - std::min<std::size_t>(start - sentence.start, kNameReach);
  std::size_t at = start;
  bool has_sign = false;
  bool is_near = true;
  for (int words = 0; words < kNameWords; ++words) {
    if (!BackToWord(text, limit, at, has_sign)) return std::nullopt;
    const std::string_view word = NameBefore(text, limit, at);
    if (word.empty()) return std::nullopt;
    const FoundMeasure measure = MeasureNamed(text, word, has_sign && is_near);
    if (!measure.unit.empty()) return measure;
    is_near = is_near && kConnecting.Has(LowerWord(word).view());
    if (!is_near && !has_interval) return std::nullopt;
    at = OffsetOf(text, word);
  }
  return std::nullopt;
}

/// The 95 of "95% CI".
bool IsLevelOfInterval(std::string_view text, std::size_t at) {
  const std::size_t percent = text.substr(at, 4).find('%');
  if (percent == std::string_view::npos) return true;  // "95 percent confidence interval"
  const LowerWord next(WordAfter(text, at + percent + 1));
  return next.view() == "ci" || next.view() == "cis" || next.view() == "confidence" || next.view() == "cri" ||
         next.view() == "credible";
}

/// "OR", "95% CI" and "P" are also other things: a heart rate of 72 bpm, an MD after a name.
bool IsPlausible(std::string_view unit, const QuantityReading& reading, std::size_t index) {
  const Number& number = reading.numbers[index];
  const bool is_ratio = unit == "OR" || unit == "RR" || unit == "HR" || unit == "IRR" || unit == "PR" || unit == "SIR";
  if (is_ratio && number.has_minus) return false;
  if (IsPercentAt(reading.text, number.end) && IsLevelOfInterval(reading.text, number.end)) return false;
  const std::string_view next = WordAfter(reading.text, number.end);
  if (StartsWithIgnoringCase(next, "bpm") || StartsWithIgnoringCase(next, "beats")) return false;
  if (is_ratio && number.is_whole && (number.value > 20 || IsPercentAt(reading.text, number.end))) return false;
  if (unit == "r") return number.value <= 1;
  return true;
}

/// "MD 4" may be a doctor in a street: a whole number without an interval needs a sign or a word before it.
bool IsStated(const QuantityReading& reading, std::size_t index) {
  const Number& number = reading.numbers[index];
  if (!number.is_whole || number.has_minus) return true;
  const std::size_t at = BackOver(reading.text, number.start, 0, " ");
  return at > 0 &&
         (IsAnyOf(reading.text[at - 1], "=:,") || (reading.text[at - 1] >= 'a' && reading.text[at - 1] <= 'z'));
}

bool ReadEffect(QuantityReading& reading, const SentenceNumbers& sentence, std::size_t index) {
  const auto interval = IntervalAfter(reading, sentence, index);
  const auto measure = MeasureBefore(reading, sentence, index, interval.has_value());
  if (!measure || !IsPlausible(measure->unit, reading, index)) return false;
  if (!interval && !IsStated(reading, index)) return false;
  Number& number = reading.numbers[index];
  number.is_claimed = true;
  PlacedQuantity& placed = reading.Add("effect", measure->start, interval ? interval->end : number.end, sentence.role);
  placed.quantity.amount = Signed(number);
  placed.quantity.unit = measure->unit;
  if (!interval) return true;
  placed.quantity.ci_low = Signed(reading.numbers[interval->low]);
  placed.quantity.ci_high = Signed(reading.numbers[interval->high]);
  for (std::size_t i = index; i <= interval->high; ++i) reading.numbers[i].is_claimed = true;
  return true;
}

/// Percentages, "± 3.2" and "SD 3.2" have their meaning beside them: no count, dose or time.
void ClaimOthers(const QuantityReading& reading, Number& number) {
  const std::string_view text = reading.text;
  if (IsPercentAt(text, number.end)) number.is_claimed = true;
  std::size_t at = number.start;
  if (at >= 1 && text[at - 1] == ' ') --at;
  if (at >= 2 && text.substr(at - 2, 2) == "±") number.is_claimed = true;
}

}  // namespace

void ReadEffects(QuantityReading& reading, const SentenceNumbers& sentence) {
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    Number& number = reading.numbers[i];
    if (number.is_claimed) continue;
    if (number.is_word) continue;
    if (ReadPValue(reading, sentence, i)) continue;
    if (ReadEffect(reading, sentence, i)) continue;
    ClaimOthers(reading, number);
  }
}

}  // namespace litmill::tag
