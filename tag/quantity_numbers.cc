// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_numbers.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tag/quantity_words.h"
#include "tag/word_beginnings.h"

namespace litmill::tag {
namespace {

/// More digits than any count, dose or statistic has; such a run is an identifier.
constexpr std::size_t kMaxDigits = 15;
constexpr std::string_view kMiddleDot = "\xC2\xB7";

bool IsDigitAt(std::string_view text, std::size_t at) { return at < text.size() && IsDigit(text[at]); }

std::size_t DigitsAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (IsDigitAt(text, end)) ++end;
  return end - at;
}

/// Digits gathered one by one; exact as long as there are no more than kMaxDigits.
struct Decimal {
  double mantissa = 0;
  double scale = 1;
  std::size_t digits = 0;
  void Add(std::string_view run, bool is_fraction) {
    for (const char c : run) {
      if (++digits > kMaxDigits) return;
      mantissa = mantissa * 10 + (c - '0');
      if (is_fraction) scale *= 10;
    }
  }
  [[nodiscard]] double Value() const { return mantissa / scale; }
};

/// Where the decimals start when a decimal mark stands at `at`, after a whole part of `whole` digits.
std::optional<std::size_t> DecimalsAt(std::string_view text, std::size_t at, std::string_view whole, bool no_comma) {
  if (at >= text.size()) return std::nullopt;
  if (text[at] == '.' && IsDigitAt(text, at + 1)) return at + 1;
  if (whole == "0" && text.substr(at, 2) == ". " && IsDigitAt(text, at + 2)) return at + 2;
  if (text.substr(at, 2) == kMiddleDot && IsDigitAt(text, at + 2)) return at + 2;
  if (text[at] != ',' || no_comma) return std::nullopt;
  const std::size_t count = DigitsAt(text, at + 1);
  // "12,3" and "0,123" are decimals; "1,234" was read as thousands before.
  const bool is_decimal = whole == "0" ? count > 0 : count == 1 || count == 2;
  if (!is_decimal) return std::nullopt;
  const std::size_t after = at + 1 + count;
  if (after + 1 < text.size() && text[after] == ',' && IsDigit(text[after + 1])) return std::nullopt;  // "1,2,3"
  return at + 1;
}

/// Whether ",648" or " 648" goes on with a number at `at`.
bool IsThousandsGroup(std::string_view text, std::size_t at, char mark) {
  return at < text.size() && text[at] == mark && DigitsAt(text, at + 1) == 3;
}

/// Words before a number that label it, so that "group 1 120 patients" is no thousand.
constexpr auto kLabels = WordSet("arm", "class", "cohort", "cycle", "day", "days", "grade", "group", "phase", "stage",
                                 "step", "type", "visit", "week");

bool MayGroupBySpaces(std::string_view text, std::size_t start, std::size_t first_run) {
  if (first_run > 3 || text[start] == '0') return false;
  return !kLabels.Has(LowerWord(WordBefore(text, start)).view());
}

/// The number whose first digit (or leading stop) is at `start`.
Number ReadDigits(std::string_view text, std::size_t start) {
  Number number;
  number.start = static_cast<std::uint32_t>(start);
  Decimal decimal;
  const std::size_t first = DigitsAt(text, start);
  std::size_t end = start + first;
  decimal.Add(text.substr(start, first), false);
  bool has_groups = false;
  const bool in_list = start >= 2 && text[start - 1] == ',' && IsDigit(text[start - 2]);
  if (first >= 1 && first <= 3 && text[start] != '0') {
    char mark = 0;
    if (IsThousandsGroup(text, end, ',')) mark = ',';
    if (IsThousandsGroup(text, end, ' ') && MayGroupBySpaces(text, start, first)) mark = ' ';
    while (mark != 0 && IsThousandsGroup(text, end, mark)) {
      decimal.Add(text.substr(end + 1, 3), false);
      end += 4;
      has_groups = true;
    }
  }
  if (const auto decimals = DecimalsAt(text, end, text.substr(start, first), has_groups || in_list)) {
    const std::size_t count = DigitsAt(text, *decimals);
    decimal.Add(text.substr(*decimals, count), true);
    end = *decimals + count;
    number.is_whole = false;
  }
  number.end = static_cast<std::uint32_t>(end);
  number.value = decimal.Value();
  number.is_claimed = decimal.digits > kMaxDigits;
  return number;
}

void ReadSign(std::string_view text, Number& number) {
  const std::size_t start = number.start;
  if (start == 0) return;
  const bool is_dash = text[start - 1] == '-';
  const bool is_spaced_dash = start >= 2 && text[start - 1] == ' ' && text[start - 2] == '-' && start >= 3 &&
                              (text[start - 3] == '(' || text[start - 3] == '=' || text[start - 3] == '[');
  if (is_spaced_dash) number.has_minus = true;
  if (!is_dash) return;
  if (start == 1) {
    number.has_minus = true;
    return;
  }
  const char before = text[start - 2];
  if (IsLetter(before)) {
    number.in_name = true;
  } else if (before == ' ' || before == '(' || before == '[' || before == '=' || before == ',' || before == ';' ||
             before == ':' || before == '<' || before == '>' || IsContinuation(before)) {
    number.has_minus = true;
  }
}

struct NumberWord {
  std::string_view word;
  int value;
};

constexpr std::array<NumberWord, 30> kNumberWords = {
    {{"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},       {"six", 6},
     {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},    {"twelve", 12},
     {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
     {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fourty", 40},    {"fifty", 50},
     {"sixty", 60},    {"seventy", 70},  {"eighty", 80},  {"ninety", 90},  {"hundred", 100},  {"thousand", 1000}}};
constexpr int kMillion = 1'000'000;

int ValueOfWord(std::string_view lower) {
  if (lower == "million") return kMillion;
  for (const NumberWord& entry : kNumberWords)
    if (entry.word[0] == lower[0] && entry.word == lower) return entry.value;
  return 0;
}

constexpr WordBeginnings kNumberWordBeginnings = [] {
  WordBeginnings beginnings;
  for (const NumberWord& entry : kNumberWords) beginnings.Add(entry.word);
  return beginnings;
}();

int NumberWordAt(std::string_view text, std::size_t start, std::size_t* end) {
  std::size_t stop = start;
  while (stop < text.size() && IsLetter(text[stop]) && stop - start <= 9) ++stop;
  if (stop - start < 3 || stop - start > 9) return 0;
  *end = stop;
  return ValueOfWord(LowerWord(text.substr(start, stop - start)).view());
}

/// "four thousand eight hundred and forty-four": `below` is what is gathered since the last thousand or million.
class WordSum {
 public:
  /// False when `value` cannot follow ("forty fifty").
  bool Add(int value) {
    if (value >= 1000) {
      if (value >= last_big_) return false;
      total_ += (below_ == 0 ? 1 : below_) * value;
      below_ = 0;
      last_ = kMillion;
      last_big_ = value;
    } else if (value == 100) {
      if (below_ >= 20) return false;
      below_ = (below_ == 0 ? 1 : below_) * 100;
      last_ = 100;
    } else if (value >= 20) {
      if (last_ <= 20) return false;
      below_ += value;
      last_ = 20;
    } else {
      if (last_ <= 10 || (last_ == 20 && value > 9)) return false;
      below_ += value;
      last_ = 10;
    }
    return true;
  }
  [[nodiscard]] double Value() const { return static_cast<double>(total_ + below_); }

 private:
  std::int64_t total_ = 0;
  std::int64_t below_ = 0;
  int last_ = kMillion;  ///< The rank of the last word: 10 = below twenty, 20 = tens, 100, larger.
  int last_big_ = kMillion + 1;
};

/// Where the next word of a number may start: after " ", "-", " and ", "-and-"; 0 when there is none.
std::size_t NextNumberWord(std::string_view text, std::size_t end) {
  if (end >= text.size() || (text[end] != ' ' && text[end] != '-')) return 0;
  std::size_t next = end + 1;
  if (next < text.size() && text[next] == ' ') ++next;  // "forty- two"
  if (EqualsIgnoringCase(text.substr(next, 4), "and ") || EqualsIgnoringCase(text.substr(next, 4), "and-")) next += 4;
  return next;
}

std::optional<Number> ReadWords(std::string_view text, std::size_t start) {
  std::size_t end = 0;
  const int first = NumberWordAt(text, start, &end);
  if (first == 0) return std::nullopt;
  WordSum sum;
  sum.Add(first);
  bool has_hundred = first >= 100;
  for (int i = 0; i < 12; ++i) {
    const std::size_t next = NextNumberWord(text, end);
    if (next == 0) break;
    std::size_t stop = 0;
    const int value = NumberWordAt(text, next, &stop);
    if (value == 0 || (stop < text.size() && (IsLetter(text[stop]) || IsDigit(text[stop])))) break;
    const bool has_and = next > end + 2;
    if (has_and && !has_hundred) break;  // "two and three"
    if (!sum.Add(value)) break;
    has_hundred = has_hundred || value >= 100;
    end = stop;
  }
  if (end < text.size() && (IsLetter(text[end]) || IsDigit(text[end]))) return std::nullopt;
  Number number;
  number.start = static_cast<std::uint32_t>(start);
  number.end = static_cast<std::uint32_t>(end);
  number.value = sum.Value();
  number.is_word = true;
  return number;
}

/// "2.5 million", "12 thousand".
void ReadMagnitude(std::string_view text, Number& number) {
  const std::size_t at = number.end;
  if (at + 1 >= text.size() || (text[at] != ' ' && text[at] != '-')) return;
  const char c = text[at + 1];
  if (c != 'm' && c != 't' && c != 'h') return;
  std::size_t end = 0;
  const int value = NumberWordAt(text, at + 1, &end);
  if (value < 100 || (end < text.size() && IsLetter(text[end]))) return;
  number.value *= value;
  number.is_whole = true;
  number.end = static_cast<std::uint32_t>(end);
}

}  // namespace

void FindNumbers(std::string_view text, std::vector<Number>& numbers) {
  TextRuns runs;
  runs.Fill(text);
  FindNumbers(text, runs, numbers);
}

void FindNumbers(std::string_view text, const TextRuns& runs, std::vector<Number>& numbers) {
  numbers.clear();
  std::size_t end = 0;  // Of the last number.
  for (const std::uint32_t start : runs.starts()) {
    if (start < end) continue;
    // The digits of "B12" belong to the name, but "5mg" starts with a number.
    const bool in_name = start > end && start > 0 && (IsLetter(text[start - 1]) || IsDigit(text[start - 1]));
    if (in_name) continue;
    if (IsLetter(text[start])) {
      if (!kNumberWordBeginnings.MayBeginAt(text, start)) continue;
      const auto number = ReadWords(text, start);
      if (!number) continue;
      numbers.push_back(*number);
    } else {
      const bool has_stop = start > end && text[start - 1] == '.';  // ".05"
      Number number = ReadDigits(text, has_stop ? start - 1 : start);
      ReadSign(text, number);
      ReadMagnitude(text, number);
      numbers.push_back(number);
    }
    end = numbers.back().end;
  }
}

}  // namespace litmill::tag
