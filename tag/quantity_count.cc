// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_count.h"

#include <algorithm>
#include <array>

#include "tag/quantity_count_words.h"
#include "tag/quantity_words.h"

namespace litmill::tag {
namespace {

/// How far from a number its noun, verb and group may stand.
constexpr std::size_t kNounReach = 110;
constexpr int kNounWords = 10;
constexpr std::size_t kVerbReach = 160;

/// Words that hold the number: "a total of 40", "in 40 women", "randomised 40".
constexpr auto kTotals =
    WordSet("altogether", "cohort", "overall", "population", "sample", "series", "total", "totally");
constexpr auto kHolding = WordSet("among", "by", "for", "from", "in", "of", "on", "with");
/// "participants were 40", "the placebo arm had 40".
constexpr auto kHaving = WordSet("are", "comprised", "comprises", "contained", "had", "included", "includes", "were");

/// Between a count and the arm it went to.
constexpr auto kAssigning =
    WordSet("allocated", "assigned", "enrolled", "placed", "randomised", "randomized", "randomly", "was", "were");
/// Between "(n = 40)" and the people before it, these begin another group.
constexpr auto kEndsHolder =
    WordSet("and", "arm", "control", "controls", "either", "group", "in", "or", "placebo", "received", "receive",
            "receiving", "subset", "than", "the", "to", "versus", "vs", "while");
constexpr std::size_t kHolderReach = 90;
constexpr int kHolderWords = 9;

bool Is(std::string_view word, std::string_view lower) { return EqualsIgnoringCase(word, lower); }

std::uint32_t OffsetOf(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

/// Reads one count; all looks stay between the ends of the sentence.
class CountReader {
 public:
  CountReader(const QuantityReading& reading, const SentenceNumbers& sentence)
      : text_(reading.text.substr(0, sentence.end)), sentence_(sentence), numbers_(reading.numbers) {}

  /// False when the number counts neither people nor studies.
  bool Read(std::size_t index, Count& count) {
    const Number& number = numbers_[index];
    if (number.is_claimed || !number.is_whole || number.in_name || number.has_minus || number.value < 1) return false;
    if (number.is_word && number.value == 1) return false;
    count.start = number.start;
    count.end = number.end;
    count.value = number.value;
    count.number = index;
    count.role = sentence_.role;
    count.in_title = sentence_.field == FieldKind::kTitle;
    if (IsRatioOrRange(number)) return false;
    ReadLabel(number, count);
    const std::size_t from = AfterBracket(number.end, count);
    ReadNoun(from, index, count);
    const bool is_hyphened = number.end < text_.size() && text_[number.end] == '-';
    // Only a labelled count may still get its noun from the words before it.
    if (count.noun == CountNoun::kNone && !count.is_labelled && (IsYear(number) || is_hyphened || !HasOwnVerb(from)))
      return false;
    ReadWordsBefore(count);
    if (count.noun == CountNoun::kNone && IsYear(number)) return false;
    if (!count.is_labelled && number.start > sentence_.start && text_[number.start - 1] == '(') count.is_arm = true;
    ReadPartOf(number, count);
    return true;
  }

  /// The verb that follows the count, no farther than the next number, else the one before it, no farther back than
  /// `from`.
  void ReadVerb(std::size_t from, Count& count) const {
    const Number& number = numbers_[count.number];
    const std::size_t limit = std::min<std::size_t>(NextNumber(count), number.end + kVerbReach);
    const CountVerb after = VerbBetween(number.end, limit);
    const CountVerb before = VerbJustBefore(from, count.start);
    count.follows_people_verb = before == CountVerb::kRandomised || before == CountVerb::kEnrolled;
    count.verb = count.follows_people_verb || after == CountVerb::kNone ? before : after;
    if (after == CountVerb::kRandomised && !count.is_part) count.verb = after;
    if (after == CountVerb::kLeft && !count.follows_people_verb) count.verb = after;
    if (count.verb == CountVerb::kRandomised && IsOneOfTwo(count)) count.is_arm = true;
  }

 private:
  /// "from 1993 to 1998 were randomised": four digits without a comma.
  static bool IsYear(const Number& number) {
    return !number.is_word && number.end - number.start == 4 && number.value >= 1900 && number.value <= 2100;
  }

  /// "12/71", "18-65 patients", "40%".
  [[nodiscard]] bool IsRatioOrRange(const Number& number) const {
    const char before = number.start > sentence_.start ? text_[number.start - 1] : ' ';
    const char after = number.end < text_.size() ? text_[number.end] : ' ';
    const char next = number.end + 1U < text_.size() ? text_[number.end + 1U] : ' ';
    if (before == '/' || before == '-' || before == '.' || after == '/' || after == '%') return true;
    if (after == ' ' && next == '%') return true;
    if (before == '<' || before == '>' || after == '\'') return true;
    return after == '-' && IsDigit(next);
  }

  void ReadLabel(const Number& number, Count& count) const {
    std::size_t at = number.start;
    while (at > sentence_.start && text_[at - 1] == ' ') --at;
    if (at <= sentence_.start || (text_[at - 1] != '=' && text_[at - 1] != ':')) return;
    --at;
    while (at > sentence_.start && text_[at - 1] == ' ') --at;
    if (at <= sentence_.start || (text_[at - 1] != 'n' && text_[at - 1] != 'N')) return;
    --at;
    if (at > sentence_.start && (IsLetter(text_[at - 1]) || IsDigit(text_[at - 1]))) return;
    count.is_labelled = true;
    count.start = static_cast<std::uint32_t>(at);
  }

  /// Whether a percentage and nothing else opens `text`.
  static bool IsPercentage(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && (IsDigit(text[at]) || IsAnyOf(text[at], " .,"))) ++at;
    if (at == 0 || at >= text.size() || text[at] != '%') return false;
    return at + 1 >= text.size() || IsAnyOf(text[at + 1], ")],;");
  }

  /// Past "(62%)" right after the number, which tells that it is a part.
  std::size_t AfterBracket(std::size_t at, Count& count) const {
    std::size_t open = at;
    if (open < text_.size() && text_[open] == ' ') ++open;
    if (open >= text_.size() || text_[open] != '(') return at;
    const std::string_view window = text_.substr(open, 100);
    const std::size_t close = window.find(')');
    if (close == std::string_view::npos) return at;
    if (IsPercentage(window.substr(1, close - 1))) count.is_part = true;
    return open + close + 1;
  }

  /// "forty consecutive women", "120 pre- and postmenopausal breast cancer patients".
  void ReadNoun(std::size_t from, std::size_t index, Count& count) const {
    const std::size_t next_number = NextFreeStanding(index);
    const std::size_t limit = std::min({text_.size(), from + kNounReach, next_number});
    std::size_t at = from;
    for (int words = 0; words < kNounWords; ++words) {
      std::size_t start = at;
      while (start < limit &&
             (text_[start] == ' ' || text_[start] == '-' || text_[start] == '/' || (text_[start] == ',' && words > 0)))
        ++start;
      if (start >= limit || !(IsLetter(text_[start]) || IsContinuation(text_[start]) || text_[start] == '+')) return;
      std::size_t end = start;
      while (end < limit && (IsLetter(text_[end]) || IsDigit(text_[end]) || text_[end] == '+' ||
                             (static_cast<unsigned char>(text_[end]) & 0x80U) != 0))
        ++end;
      const LowerWord word(text_.substr(start, end - start));
      const bool is_possessive = end < text_.size() && text_[end] == '\'';
      if (!is_possessive && TakeNoun(word.view(), end, count)) return;
      if (EndsNoun(word.view())) return;
      if (words == 0 && word.view() == "and") return;
      at = end;
    }
  }

  /// The start of the next number, but not of one that begins a word ("one-sided").
  [[nodiscard]] std::size_t NextFreeStanding(std::size_t index) const {
    for (std::size_t i = index + 1; i < numbers_.size() && i < index + 4; ++i) {
      if (!BeginsWord(numbers_[i])) return numbers_[i].start;
    }
    return text_.size();
  }
  [[nodiscard]] bool BeginsWord(const Number& number) const {
    return number.is_word && number.end < text_.size() && text_[number.end] == '-';
  }

  bool TakeNoun(std::string_view lower, std::size_t end, Count& count) const {
    if (CountsPeople(lower)) {
      const bool is_hyphened = end < text_.size() && text_[end] == '-';
      if (is_hyphened && StartsWithIgnoringCase(WordAfter(text_, end), "year")) return true;
      // "60 women patients", "25 cases patients": the last noun of a row ends the count.
      count.noun = CountNoun::kPeople;
      count.end = static_cast<std::uint32_t>(end);
      return true;
    }
    if (CountsStudies(lower)) {
      const std::string_view next = WordAfter(text_, end);
      if (StartsWithIgnoringCase(next, "participant") || StartsWithIgnoringCase(next, "patient")) return false;
      count.noun = CountNoun::kStudies;
      count.end = static_cast<std::uint32_t>(end);
      return true;
    }
    return false;
  }

  /// "and 80 were randomised", "322 BCS were enrolled": no noun that is known, but a verb that counts people.
  bool HasOwnVerb(std::size_t from) const {
    std::size_t at = from;
    bool has_auxiliary = false;
    for (int i = 0; i < 6; ++i) {
      const std::string_view word = WordAfter(text_, at);
      if (word.empty()) return false;
      const LowerWord lower(word);
      const CountVerb verb = VerbOf(lower.view());
      const bool counts_people = verb == CountVerb::kRandomised || verb == CountVerb::kEnrolled;
      if (counts_people && (has_auxiliary || i == 0)) return true;
      if (i == 0 && lower.view() == "completed") return true;
      if (has_auxiliary && (verb == CountVerb::kScreened || verb == CountVerb::kAnalysed) && i < 3) return true;
      if (lower.view() == "were" || lower.view() == "was") {
        has_auxiliary = true;
      } else if (EndsNoun(lower.view()) ||
                 (has_auxiliary &&
                  !StartsWithIgnoringCase(
                      lower.view().substr(lower.view().size() - std::min<std::size_t>(2, lower.view().size())),
                      "ly"))) {
        return false;
      }
      at = OffsetOf(text_, word) + word.size();
    }
    return false;
  }

  void ReadWordsBefore(Count& count) const {
    std::size_t at = count.start;
    std::string_view word = WordBefore(text_, at);
    count.opens_sentence = OffsetOf(text_, word) <= sentence_.start && word.empty();
    if (count.is_labelled) {
      ReadHolder(count);
      return;
    }
    ReadIntroduction(word, count);
    if (count.start >= 2 && text_[count.start - 1] == ' ' && text_[count.start - 2] == ',') {
      const LowerWord lower(WordBefore(text_, count.start - 2));
      if (kTotals.Has(lower.view()) || lower.view() == "all") count.is_said_total = true;  // "in all, 40"
    }
  }

  /// "a total of 40", "sample size of 40", "participants were 40", "in 40", "the control group of 40".
  void ReadIntroduction(std::string_view word, Count& count) const {
    for (int i = 0; i < 4 && !word.empty(); ++i) {
      const LowerWord lower(word);
      const std::string_view before = WordBefore(text_, OffsetOf(text_, word));
      const LowerWord lower_before(before);
      if (kTotals.Has(lower.view()) || (lower.view() == "all" && lower_before.view() == "in")) {
        count.is_said_total = true;
        return;
      }
      if (lower.view() == "group" || lower.view() == "arm") {
        count.is_arm = lower_before.view() != "a" && lower_before.view() != "first";
        return;
      }
      if (kHaving.Has(lower.view())) {
        if (lower_before.view() == "group" || lower_before.view() == "arm") count.is_arm = true;
        if (CountsPeople(lower_before.view())) count.is_said_total = true;
        return;
      }
      if (i == 0 && kHolding.Has(lower.view())) count.is_held = true;
      if (lower.view() != "of" && lower.view() != "size" && lower.view() != "approximately" &&
          lower.view() != "about" && lower.view() != "the" && lower.view() != "consisting" &&
          lower.view() != "consisted")
        return;
      if (i > 0 && kHolding.Has(lower.view())) count.is_held = true;
      word = before;
    }
  }

  /// What stands before "(n = 40)": people, or an arm of the study.
  void ReadHolder(Count& count) const {
    std::size_t at = count.start;
    while (at > sentence_.start && IsAnyOf(text_[at - 1], " ([,;")) --at;
    count.is_arm = true;
    const std::size_t limit = at - std::min<std::size_t>(at - sentence_.start, kHolderReach);
    for (int words = 0; words < kHolderWords; ++words) {
      // Numbers and signs may stand between: "women aged 50 to 74 years (n = 320)".
      while (at > limit && !IsLetter(text_[at - 1]) && text_[at - 1] != ',' && text_[at - 1] != ';' &&
             text_[at - 1] != ')')
        --at;
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < limit) break;
      const LowerWord lower(word);
      if (CountsPeople(lower.view()) && lower.view() != "controls") {
        count.noun = CountNoun::kPeople;
        count.is_arm = false;
        return;
      }
      if (words == 0 &&
          (kTotals.Has(lower.view()) || lower.view() == "size" || lower.view() == "groups" || lower.view() == "arms")) {
        count.is_said_total = kTotals.Has(lower.view()) || lower.view() == "size";
        count.is_arm = false;
        return;
      }
      if (CountsStudies(lower.view()) && words == 0) count.is_arm = false;
      const bool is_range = lower.view() == "to" && WordAfter(text_, at).empty();
      if (kEndsHolder.Has(lower.view()) && !is_range) break;
      at = OffsetOf(text_, word);
    }
    // "... (n = 40) were randomised": the subject of the sentence, whatever it is called.
    const std::size_t close = count.end < text_.size() ? count.end : text_.size();
    if (close < text_.size() && text_[close] == ')') {
      const LowerWord next(WordAfter(text_, close + 1));
      if ((next.view() == "were" || next.view() == "was") && IsRandomisedAfter(close + 1)) count.is_arm = false;
    }
  }
  [[nodiscard]] bool IsRandomisedAfter(std::size_t at) const {
    const CountVerb verb = VerbBetween(at, std::min(text_.size(), at + 30));
    return verb == CountVerb::kRandomised || verb == CountVerb::kEnrolled;
  }

  void ReadPartOf(const Number& number, Count& count) const {
    const std::string_view before = WordBefore(text_, count.start);
    const std::string_view second = before.empty() ? before : WordBefore(text_, OffsetOf(text_, before));
    if ((Is(before, "whom") || Is(before, "which") || Is(before, "these") || Is(before, "them")) && Is(second, "of"))
      count.is_part = true;
    count.is_denominator = IsDenominator(count.start);
    const std::string_view next = WordAfter(text_, number.end);
    if (Is(next, "of") && !count.is_labelled) count.is_part = true;
    // "patients (8.4%)", "patients [12%]", "(n = 20, 1.4%)"
    const std::string_view window = text_.substr(count.end, 12);
    const std::size_t open = window.find_first_of("([,;");
    const bool is_bracket = open <= 1 && (window[open] == '(' || window[open] == '[');
    if (open <= 1 && (is_bracket || count.is_labelled) && IsPercentage(window.substr(open + 1))) count.is_part = true;
    ReadArm(count);
  }

  /// "40 of 80", "40 (50%) of the 80".
  [[nodiscard]] bool IsDenominator(std::size_t start) const {
    std::string_view word = WordBefore(text_, start);
    if (Is(word, "the")) word = WordBefore(text_, OffsetOf(text_, word));
    if (!Is(word, "of")) return false;
    std::size_t at = OffsetOf(text_, word);
    while (at > sentence_.start && (text_[at - 1] == ' ' || text_[at - 1] == ')')) --at;
    return at > sentence_.start && (IsDigit(text_[at - 1]) || text_[at - 1] == '%');
  }

  /// "40 in the placebo group", "40 patients were randomised to the control arm", "40 per group", "each group of 40".
  void ReadArm(Count& count) const {
    const std::string_view before = WordBefore(text_, count.start);
    if (Is(before, "each") || Is(before, "other")) count.is_arm = true;
    std::size_t at = count.end;
    std::string_view word = WordAfter(text_, at);
    while (!word.empty() && kAssigning.Has(LowerWord(word).view())) {
      at = OffsetOf(text_, word) + word.size();
      word = WordAfter(text_, at);
    }
    if (!(Is(word, "in") || Is(word, "per") || Is(word, "to") || Is(word, "into"))) return;
    if (Is(word, "to") && count.noun == CountNoun::kNone && !count.is_labelled) count.is_arm = true;
    const bool is_in = Is(word, "in");
    for (int i = 0; i < 8 && !word.empty(); ++i) {
      const LowerWord lower(word);
      at = OffsetOf(text_, word) + word.size();
      if (lower.view() == "either" || lower.view() == "or" || lower.view() == "groups" || lower.view() == "arms")
        return;
      if (lower.view() == "each" || lower.view() == "per") count.is_arm = true;
      word = WordAfter(text_, at);
      if (lower.view() != "group" && lower.view() != "arm") continue;
      if (word.size() == 1) word = WordAfter(text_, OffsetOf(text_, word) + 1);  // "group A and group B"
      // "to the drug group or the placebo group" says where all went.
      const bool goes_on = Is(word, "or") || Is(word, "versus") || Is(word, "vs") ||
                           (Is(word, "and") && !StartsWithNumber(OffsetOf(text_, word) + 3));
      if (!goes_on && (is_in || HasOtherNumber(count))) count.is_arm = true;
      return;
    }
  }
  [[nodiscard]] bool HasOtherNumber(const Count& count) const {
    for (std::size_t i = sentence_.first; i < sentence_.last && i < sentence_.first + 24; ++i)
      if (i != count.number && !numbers_[i].is_claimed && !BeginsWord(numbers_[i])) return true;
    return false;
  }
  [[nodiscard]] bool StartsWithNumber(std::size_t at) const {
    return at + 1 < text_.size() && text_[at] == ' ' && IsDigit(text_[at + 1]);
  }

  /// The start of the next number that has no meaning yet, or the end of the sentence.
  [[nodiscard]] std::size_t NextNumber(const Count& count) const {
    for (std::size_t i = count.number + 1; i < sentence_.last && i < count.number + 8; ++i)
      if (!numbers_[i].is_claimed && !BeginsWord(numbers_[i])) return numbers_[i].start;
    return text_.size();
  }

  /// "49 were assigned to A and 48 to B", "49 were assigned to A and 48 were assigned to B".
  [[nodiscard]] bool IsOneOfTwo(const Count& count) const {
    for (std::size_t i = count.number + 1; i < sentence_.last && i < count.number + 4; ++i) {
      const Number& other = numbers_[i];
      if (other.is_claimed) continue;
      if (!Is(WordBefore(text_, other.start), "and")) return false;
      std::string_view word = WordAfter(text_, other.end);
      if (CountsPeople(LowerWord(word).view())) word = WordAfter(text_, OffsetOf(text_, word) + word.size());
      if (Is(word, "to") || Is(word, "into")) return true;
      return (Is(word, "were") || Is(word, "was")) &&
             VerbBetween(other.end, std::min<std::size_t>(text_.size(), other.end + 30U)) == CountVerb::kRandomised;
    }
    return false;
  }

  [[nodiscard]] CountVerb VerbBetween(std::size_t from, std::size_t limit) const {
    limit = std::min(limit, text_.size());
    CountVerb found = CountVerb::kNone;
    std::size_t at = from;
    while (at < limit) {
      if (!IsLetter(text_[at])) {
        if (text_[at] == ';') break;
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < limit && IsLetter(text_[end])) ++end;
      const CountVerb verb = VerbOf(LowerWord(text_.substr(at, end - at)).view());
      if (verb == CountVerb::kRandomised && found != CountVerb::kHappened) return verb;
      if (verb == CountVerb::kAnalysed && found == CountVerb::kEnrolled) return verb;  // "included in the analysis"
      if (found == CountVerb::kNone) found = verb;
      at = end;
    }
    return found;
  }

  [[nodiscard]] CountVerb VerbJustBefore(std::size_t from, std::size_t at) const {
    for (int i = 0; i < 5; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < from) return CountVerb::kNone;
      if (Is(word, "and") || Is(word, "were")) return CountVerb::kNone;  // the verb is of those counted before
      const CountVerb verb = VerbOf(LowerWord(word).view());
      if (verb != CountVerb::kNone) return verb;
      at = OffsetOf(text_, word);
    }
    return CountVerb::kNone;
  }

  std::string_view text_;
  const SentenceNumbers& sentence_;
  const std::vector<Number>& numbers_;
};

/// Whether numbers that follow the count in its sentence add up to it: two, or three or four in a row.
bool IsSumOfNext(const std::vector<Number>& numbers, const SentenceNumbers& sentence, const Count& count,
                 std::vector<std::size_t>& parts) {
  std::array<std::size_t, 6> next{};
  std::size_t size = 0;
  for (std::size_t i = count.number + 1; i < sentence.last && size < next.size(); ++i)
    if (!numbers[i].is_claimed && numbers[i].is_whole && numbers[i].value > 0) next[size++] = i;
  for (std::size_t a = 0; a < size; ++a) {
    double sum = numbers[next[a]].value;
    parts.assign(1, next[a]);
    for (std::size_t b = a + 1; b < size; ++b) {
      if (numbers[next[a]].value + numbers[next[b]].value == count.value) {
        parts = {next[a], next[b]};
        return true;
      }
      sum += numbers[next[b]].value;
      parts.push_back(next[b]);
      if (sum == count.value) return true;
    }
  }
  return false;
}

/// A count that is followed by arms that add up to it is the whole of them.
void MarkDivided(const QuantityReading& reading, const SentenceNumbers& sentence, std::vector<Count>& counts,
                 std::size_t first) {
  std::vector<std::size_t> parts;
  for (std::size_t i = first; i < counts.size(); ++i) {
    if (counts[i].value < 4 || !IsSumOfNext(reading.numbers, sentence, counts[i], parts)) continue;
    counts[i].is_divided = true;
    counts[i].is_arm = false;
    for (std::size_t k = i + 1; k < counts.size() && counts[k].number <= parts.back(); ++k)
      if (std::find(parts.begin(), parts.end(), counts[k].number) != parts.end()) counts[k].is_arm = true;
  }
}

}  // namespace

void FindCounts(const QuantityReading& reading, std::vector<Count>& counts) {
  counts.clear();
  for (std::size_t s = 0; s < reading.sentences.size(); ++s) {
    const SentenceNumbers& sentence = reading.sentences[s];
    if (sentence.field == FieldKind::kKeyword) continue;
    CountReader reader(reading, sentence);
    const std::size_t first = counts.size();
    for (std::size_t i = sentence.first; i < sentence.last; ++i) {
      Count count;
      count.sentence = s;
      if (reader.Read(i, count)) counts.push_back(count);
    }
    for (std::size_t i = first; i < counts.size(); ++i)
      reader.ReadVerb(i == first ? sentence.start : counts[i - 1].end, counts[i]);
    MarkDivided(reading, sentence, counts, first);
  }
}

}  // namespace litmill::tag
