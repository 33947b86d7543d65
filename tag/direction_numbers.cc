// SPDX-License-Identifier: Apache-2.0
#include "tag/direction_numbers.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace litmill::tag {
namespace {

constexpr double kAlpha = 0.05;

template <std::size_t kSize>
bool IsOneOf(std::string_view word, const std::string_view (&list)[kSize]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

constexpr std::string_view kRatioNames[] = {"or", "hr", "rr", "irr", "ratio", "ratios", "aor", "ahr", "odds"};
constexpr std::string_view kRatioKinds[] = {"odds", "hazard", "hazards", "risk", "rate", "prevalence"};
constexpr std::string_view kDifferenceNames[] = {"difference", "md", "smd", "wmd", "β", "beta", "coefficient"};
constexpr std::string_view kTimeUnits[] = {"week", "weeks", "month", "months", "year",    "years", "hour", "hours",
                                           "h",    "day",   "days",  "min",    "minutes", "wk",    "wks"};
constexpr std::string_view kTimeLeads[] = {"at",    "after", "within", "over",  "for",    "day",    "week",
                                           "month", "year",  "days",   "weeks", "months", "during", "and",
                                           "to",    "first", "hour",   "visit", "hours",  "last"};
constexpr std::string_view kLabels[] = {"group",  "arm",  "phase", "stage", "grade", "type",   "table", "fig",
                                        "figure", "dose", "step",  "trial", "study", "cohort", "wave",  "factor",
                                        "class",  "f",    "t",     "z",     "χ2",    "df"};

class NumberReader {
 public:
  NumberReader(const std::vector<Word>& words, std::vector<NumberRole>& roles) : words_(words), roles_(roles) {}

  void Read() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].kind != WordKind::kNumber) continue;
      if (!roles_.empty() && roles_.back().word == i) continue;
      NumberRole role;
      role.word = static_cast<std::uint32_t>(i);
      role.value = words_[i].value;
      if (!ReadPValue(i, role) && !ReadInterval(i, role) && !ReadEstimate(i, role)) ReadValue(i, role);
      if (roles_.empty() || roles_.back().word < i) roles_.push_back(role);
    }
  }

 private:
  [[nodiscard]] std::string_view Text(std::size_t i) const {
    return i < words_.size() ? words_[i].text : std::string_view();
  }
  [[nodiscard]] bool IsNumber(std::size_t i) const { return i < words_.size() && words_[i].kind == WordKind::kNumber; }

  /// "p < 0.05", "P = .3", "p-value of 0.02", "p 0.2", "p less than 0.01".
  bool ReadPValue(std::size_t i, NumberRole& role) {
    char op = '=';
    std::size_t k = i;
    for (int steps = 0; k > 0 && steps < 7; ++steps) {
      --k;
      const std::string_view word = words_[k].text;
      if (word == "p") break;
      if (word == "<" || word == ">")
        op = word[0];
      else if (word == "less")
        op = '<';
      else if (word == "greater")
        op = '>';
      else if (word != "=" && word != "-" && word != "value" && word != "values" && word != "of" && word != "was" &&
               word != "than" && word != ":" && word != "is" && word != "," && word != "at" && word != "interaction" &&
               word != "trend" && word != "for" && word != "with" && word != "'" && word != "." && word != "both" &&
               word != "all")
        return false;
    }
    if (words_[k].text != "p" || words_[i].value > 1 || words_[i].value < 0) return false;
    role.use = NumberUse::kPValue;
    const double value = words_[i].value;
    const bool significant = op == '>' ? false : op == '<' ? value <= kAlpha + 1e-9 : value < kAlpha;
    role.flag = significant || (op == '>' && value < 0.01) ? 1 : -1;
    return true;
  }

  /// Two numbers after "CI" or in brackets around the number before them: "0.63 (0.37-1.05)".
  bool ReadInterval(std::size_t i, NumberRole& role) {
    std::size_t second = i + 1;
    const std::string_view between = Text(second);
    if (between != "-" && between != "to" && between != "," && between != ";" && between != "and") return false;
    while (second < words_.size() && second < i + 3 && !IsNumber(second)) ++second;
    if (!IsNumber(second)) return false;
    double low = words_[i].value;
    double high = words_[second].value;
    bool named = false;
    bool in_brackets = false;
    for (std::size_t k = i; k-- > 0 && i - k < 8;) {
      const std::string_view word = words_[k].text;
      if (word == "ci" || word == "cis" || word == "interval" || word == "intervals") named = true;
      if ((word == "(" || word == "[") && i - k == 1) in_brackets = true;
      if (named) break;
    }
    const NumberRole* estimate = roles_.empty() ? nullptr : &roles_.back();
    const bool around =
        estimate != nullptr && i - estimate->word <= 3 && estimate->value >= low && estimate->value <= high;
    if (!named && !(in_brackets && around)) return false;
    if (!named && (between == "," || between == ";") && Text(i - 1) != "(" && Text(i - 1) != "[") return false;
    if (low > high && low > 0 && high > 0 && between == "-") return false;
    const bool ratio = LooksLikeRatio(i, low, high);
    const double null_value = ratio ? 1 : 0;
    if (low > high) std::swap(low, high);
    role.use = NumberUse::kInterval;
    const bool beside_name = named || ratio;
    if (beside_name) {
      role.flag = low <= null_value && high >= null_value ? -1 : 1;
      role.sign = low > null_value ? 1 : high < null_value ? -1 : 0;
      if (named && !ratio && low > 0) role.sign = role.flag = 0;  // Perhaps the interval of one group's mean.
    } else if (low < 0 && high > 0) {
      role.flag = -1;
    }
    roles_.push_back(role);
    NumberRole other;
    other.word = static_cast<std::uint32_t>(second);
    other.use = NumberUse::kSpread;
    roles_.push_back(other);
    return true;
  }

  [[nodiscard]] bool LooksLikeRatio(std::size_t i, double low, double high) const {
    if (low <= 0 || high <= 0 || low > 50) return false;
    for (std::size_t k = i; k-- > 0 && i - k < 18;)
      if (IsOneOf(words_[k].text, kRatioNames)) return true;
    return false;
  }

  /// "HR 0.84", "odds ratio = 1.2", "mean difference -3.1", "β = 0.2".
  bool ReadEstimate(std::size_t i, NumberRole& role) {
    for (std::size_t k = i; k-- > 0 && i - k < 6;) {
      const std::string_view word = words_[k].text;
      if (words_[k].kind == WordKind::kNumber || word == ";" || word == ".") break;
      if (word == "ratio" && !IsOneOf(Text(k - 1), kRatioKinds)) continue;  // "the cholesterol ratio"
      if (IsOneOf(word, kRatioNames) && words_[i].value > 0 && words_[i].value < 60 &&
          (word != "or" || Text(k + 1) == "=" || Text(k + 1) == ":" || Text(k - 1) == "(" || Text(k - 1) == "[" ||
           Text(k + 1) == ")")) {
        role.use = NumberUse::kRatio;
        role.sign = words_[i].value > 1 ? 1 : words_[i].value < 1 ? -1 : 0;
        return true;
      }
      if (IsOneOf(word, kDifferenceNames)) {
        role.use = NumberUse::kDifference;
        role.sign = words_[i].value > 0 ? 1 : words_[i].value < 0 ? -1 : 0;
        return true;
      }
    }
    return false;
  }

  void ReadValue(std::size_t i, NumberRole& role) {
    const std::string_view before = i > 0 ? Text(i - 1) : std::string_view();
    const std::string_view after = Text(i + 1);
    if (IsNoise(i, before, after)) {
      role.use = NumberUse::kNoise;
    } else if (IsSpread(i, before)) {
      role.use = NumberUse::kSpread;
    } else if (after == "/" && IsNumber(i + 2) && words_[i + 2].value > 0 && words_[i].value <= words_[i + 2].value) {
      role.value = 100 * words_[i].value / words_[i + 2].value;
      roles_.push_back(role);
      NumberRole whole;
      whole.word = static_cast<std::uint32_t>(i + 2);
      whole.use = NumberUse::kSpread;
      roles_.push_back(whole);
    }
  }

  [[nodiscard]] bool IsNoise(std::size_t i, std::string_view before, std::string_view after) const {
    const double value = words_[i].value;
    if (after == "%" && (Text(i + 2) == "ci" || Text(i + 2) == "confidence" || Text(i + 2) == "cis")) return true;
    if (before == "n" || (before == "=" && i > 1 && (Text(i - 2) == "n" || IsOneOf(Text(i - 2), kLabels)))) return true;
    if (IsOneOf(before, kLabels)) return true;
    if (value >= 1990 && value <= 2030 && value == std::floor(value)) return true;
    if (after == "mg" || after == "mcg" || after == "μg" || after == "ug" || after == "iu") return true;
    if (IsOneOf(before, kTimeLeads) &&
        (IsOneOf(after, kTimeUnits) || before == "day" || before == "week" || before == "month" || before == "visit"))
      return true;
    return after == "-" && IsOneOf(Text(i + 2), kTimeUnits);
  }

  /// A deviation, a range, or the percentage in brackets behind a count.
  [[nodiscard]] bool IsSpread(std::size_t i, std::string_view before) const {
    if (before == "~") return true;
    if (before == "-" && i > 1 && (IsNumber(i - 2) || Text(i - 2) == "+" || Text(i - 2) == "/")) return true;
    if (before == "to" && i > 1 && IsNumber(i - 2)) return false;
    for (std::size_t k = i; k-- > 0 && i - k < 5;) {
      const std::string_view word = words_[k].text;
      if (word == "sd" || word == "se" || word == "sem" || word == "iqr" || word == "range") return true;
      if (words_[k].kind == WordKind::kNumber) return false;
      // "5.2 (1.1)", "12 (30%)": what is in brackets belongs to what is before them.
      if ((word == "(" || word == "[") && i - k == 1 && k > 0)
        return IsNumber(k - 1) || Text(k - 1) == "%" || (k > 1 && IsNumber(k - 2));
    }
    return false;
  }

  const std::vector<Word>& words_;
  std::vector<NumberRole>& roles_;
};

}  // namespace

void ReadNumbers(const std::vector<Word>& words, std::vector<NumberRole>& roles) {
  roles.clear();
  NumberReader(words, roles).Read();
}

}  // namespace litmill::tag
