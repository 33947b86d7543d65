// SPDX-License-Identifier: Apache-2.0
#include "tag/quantity_count.h"

#include <algorithm>
#include <array>

#include "tag/quantity_words.h"

namespace litmill::tag {
namespace {

/// How far from a number its noun, verb and group may stand.
constexpr std::size_t kNounReach = 110;
constexpr int kNounWords = 10;
constexpr std::size_t kVerbReach = 160;

constexpr auto kPeople =
    WordSet("adolescents", "adults", "animals", "applicants", "asthmatics", "athletes", "attendees", "babies", "boys",
            "caregivers", "cases", "children", "clients", "consumers", "couples", "cyclists", "diabetics", "dogs",
            "drinkers", "dyads", "elderly", "employees", "enrollees", "eyes", "families", "fathers", "females", "girls",
            "gravidas", "households", "hypertensives", "individuals", "infants", "inmates", "inpatients", "males",
            "men", "mice", "migraineurs", "mothers", "multigravidas", "neonates", "newborns", "nonsmokers",
            "nulliparas", "nurses", "outpatients", "parents", "participants", "parturients", "patients", "people",
            "persons", "physicians", "players", "pregnancies", "preschoolers", "primigravidas", "rabbits", "rats",
            "recipients", "recruits", "residents", "respondents", "runners", "schoolchildren", "seniors", "smokers",
            "soldiers", "students", "subjects", "sufferers", "survivors", "swimmers", "teenagers", "teens", "teeth",
            "toddlers", "twins", "users", "veterans", "volunteers", "women", "workers", "youth", "youths");
/// One person is no sample, but "a total of 60 patient volunteers".
constexpr auto kStudies =
    WordSet("articles", "citations", "comparisons", "papers", "publications", "rcts", "reports", "studies", "trials");
/// After one of these the number counts or measures something else, or a new clause begins.
constexpr auto kNoNoun =
    WordSet("a", "all", "am", "an", "are", "arms", "as", "at", "be", "before", "between", "but", "by", "case",
            "centers", "centres", "clinics", "cm", "countries", "courses", "cycles", "day", "days", "did", "doses",
            "drops", "during", "episodes", "events", "fold", "followed", "for", "from", "g", "groups", "h", "had",
            "has", "have", "hospitals", "hour", "hours", "hrs", "in", "institutions", "is", "items", "kg", "mg", "min",
            "minutes", "mm", "ml", "mo", "month", "monthly", "months", "of", "on", "or", "out", "pairs", "per",
            "percent", "points", "practices", "received", "samples", "schools", "sessions", "sites", "than", "that",
            "the", "their", "times", "to", "tumors", "tumours", "units", "versus", "vs", "was", "week", "weekly",
            "weeks", "were", "when", "which", "who", "whom", "will", "with", "without", "year", "years", "yr", "yrs");

struct VerbStem {
  std::string_view stem;
  CountVerb verb;
};
/// In the order of the stems; no stem begins another.
constexpr std::array kVerbStems = {
    VerbStem{"achiev", CountVerb::kHappened},
    VerbStem{"allocat", CountVerb::kRandomised},
    VerbStem{"analys", CountVerb::kAnalysed},
    VerbStem{"analyz", CountVerb::kAnalysed},
    VerbStem{"approached", CountVerb::kScreened},
    VerbStem{"assessable", CountVerb::kAnalysed},
    VerbStem{"assign", CountVerb::kRandomised},
    VerbStem{"attended", CountVerb::kStudied},
    VerbStem{"calculated", CountVerb::kPlanned},
    VerbStem{"completed", CountVerb::kAnalysed},
    VerbStem{"comprised", CountVerb::kStudied},
    VerbStem{"contacted", CountVerb::kScreened},
    VerbStem{"declined", CountVerb::kLeft},
    VerbStem{"developed", CountVerb::kHappened},
    VerbStem{"died", CountVerb::kLeft},
    VerbStem{"discontinu", CountVerb::kLeft},
    VerbStem{"divided", CountVerb::kRandomised},
    VerbStem{"dropped", CountVerb::kLeft},
    VerbStem{"eligible", CountVerb::kScreened},
    VerbStem{"enrol", CountVerb::kEnrolled},
    VerbStem{"entered", CountVerb::kEnrolled},
    VerbStem{"estimated", CountVerb::kPlanned},
    VerbStem{"evaluable", CountVerb::kAnalysed},
    VerbStem{"evaluated", CountVerb::kStudied},
    VerbStem{"examined", CountVerb::kStudied},
    VerbStem{"exclu", CountVerb::kLeft},
    VerbStem{"experienced", CountVerb::kHappened},
    VerbStem{"failed", CountVerb::kLeft},
    VerbStem{"finished", CountVerb::kAnalysed},
    VerbStem{"identified", CountVerb::kScreened},
    VerbStem{"included", CountVerb::kEnrolled},
    VerbStem{"invited", CountVerb::kScreened},
    VerbStem{"investigated", CountVerb::kStudied},
    VerbStem{"involved", CountVerb::kEnrolled},
    VerbStem{"involving", CountVerb::kEnrolled},
    VerbStem{"lost", CountVerb::kLeft},
    VerbStem{"needed", CountVerb::kPlanned},
    VerbStem{"participated", CountVerb::kEnrolled},
    VerbStem{"planned", CountVerb::kPlanned},
    VerbStem{"random", CountVerb::kRandomised},
    VerbStem{"received", CountVerb::kStudied},
    VerbStem{"recruit", CountVerb::kEnrolled},
    VerbStem{"refused", CountVerb::kLeft},
    VerbStem{"registered", CountVerb::kEnrolled},
    VerbStem{"relapsed", CountVerb::kHappened},
    VerbStem{"remained", CountVerb::kHappened},
    VerbStem{"reported", CountVerb::kHappened},
    VerbStem{"required", CountVerb::kPlanned},
    VerbStem{"responded", CountVerb::kHappened},
    VerbStem{"screened", CountVerb::kScreened},
    VerbStem{"showed", CountVerb::kHappened},
    VerbStem{"stratified", CountVerb::kRandomised},
    VerbStem{"studied", CountVerb::kStudied},
    VerbStem{"surveyed", CountVerb::kStudied},
    VerbStem{"treated", CountVerb::kStudied},
    VerbStem{"undergoing", CountVerb::kStudied},
    VerbStem{"underwent", CountVerb::kStudied},
    VerbStem{"withdr", CountVerb::kLeft},
};

CountVerb VerbOf(std::string_view lower) {
  const auto after = std::upper_bound(kVerbStems.begin(), kVerbStems.end(), lower,
                                      [](std::string_view word, const VerbStem& entry) { return word < entry.stem; });
  if (after == kVerbStems.begin()) return CountVerb::kNone;
  const VerbStem& entry = *(after - 1);
  return lower.substr(0, entry.stem.size()) == entry.stem ? entry.verb : CountVerb::kNone;
}

/// Words that hold the number: "a total of 40", "in 40 women", "randomised 40".
constexpr auto kTotals =
    WordSet("altogether", "cohort", "overall", "population", "sample", "series", "total", "totally");
constexpr auto kGroups = WordSet("arm", "arms", "control", "controls", "group", "groups", "placebo", "sham");

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
    count.start = number.start;
    count.end = number.end;
    count.value = number.value;
    count.role = sentence_.role;
    count.in_title = sentence_.field == FieldKind::kTitle;
    if (IsRatioOrRange(number)) return false;
    ReadLabel(number, count);
    const std::size_t from = AfterBracket(number.end, count);
    ReadNoun(from, index, count);
    ReadWordsBefore(count);
    if (count.noun == CountNoun::kNone && !count.is_labelled && !HasOwnVerb(from, count)) return false;
    if (number.is_word && number.value == 1) return false;
    ReadPartOf(number, count);
    return true;
  }

  /// The verb that follows the count, no farther than `limit`, else the one before it, no farther back than `from`.
  void ReadVerb(std::size_t from, std::size_t limit, Count& count) const {
    const CountVerb after = VerbBetween(count.end, std::min(limit, count.end + kVerbReach));
    const CountVerb before = VerbJustBefore(from, count.start);
    count.follows_people_verb = before == CountVerb::kRandomised || before == CountVerb::kEnrolled;
    count.verb = count.follows_people_verb || after == CountVerb::kNone ? before : after;
    if (after == CountVerb::kRandomised && !count.is_part) count.verb = after;
    if (after == CountVerb::kLeft && !count.follows_people_verb) count.verb = after;
  }

 private:
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

  /// Past "(62%)" right after the number, which tells that it is a part.
  std::size_t AfterBracket(std::size_t at, Count& count) const {
    std::size_t open = at;
    if (open < text_.size() && text_[open] == ' ') ++open;
    if (open >= text_.size() || text_[open] != '(') return at;
    const std::string_view window = text_.substr(open, 40);
    const std::size_t close = window.find(')');
    if (close == std::string_view::npos) return at;
    if (window.substr(0, close).find('%') != std::string_view::npos) count.is_part = true;
    return open + close + 1;
  }

  /// "forty consecutive women", "120 pre- and postmenopausal breast cancer patients".
  void ReadNoun(std::size_t from, std::size_t index, Count& count) const {
    const std::size_t next_number = index + 1 < numbers_.size() ? numbers_[index + 1].start : text_.size();
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
      if (kNoNoun.Has(word.view())) return;
      if (words == 0 && word.view() == "and") return;
      at = end;
    }
  }

  bool TakeNoun(std::string_view lower, std::size_t end, Count& count) const {
    const std::string_view next = WordAfter(text_, end);
    const bool is_compound = StartsWithIgnoringCase(next, "year") && end < text_.size() && text_[end] == '-';
    if (kPeople.Has(lower)) {
      if (is_compound) return true;
      // "60 women patients", "25 cases patients": the last noun of a row ends the count.
      count.noun = CountNoun::kPeople;
      count.end = static_cast<std::uint32_t>(end);
      return true;
    }
    if (kStudies.Has(lower)) {
      if (StartsWithIgnoringCase(next, "participant") || StartsWithIgnoringCase(next, "patient")) return false;
      count.noun = CountNoun::kStudies;
      count.end = static_cast<std::uint32_t>(end);
      return true;
    }
    return false;
  }

  /// "and 80 were randomised": no noun, but a verb that counts.
  bool HasOwnVerb(std::size_t from, const Count& count) const {
    const std::string_view word = WordAfter(text_, from);
    if (Is(word, "were") || Is(word, "was")) {
      const std::size_t after = OffsetOf(text_, word) + word.size();
      std::string_view verb = WordAfter(text_, after);
      if (Is(verb, "randomly") || Is(verb, "finally") || Is(verb, "then") || Is(verb, "eventually"))
        verb = WordAfter(text_, OffsetOf(text_, verb) + verb.size());
      const CountVerb found = VerbOf(LowerWord(verb).view());
      return found == CountVerb::kRandomised || found == CountVerb::kEnrolled || found == CountVerb::kScreened ||
             found == CountVerb::kAnalysed;
    }
    if (count.is_said_total) return false;
    const CountVerb found = VerbOf(LowerWord(word).view());
    return found == CountVerb::kRandomised || found == CountVerb::kEnrolled;
  }

  void ReadWordsBefore(Count& count) const {
    std::size_t at = count.start;
    std::string_view word = WordBefore(text_, at);
    count.opens_sentence = OffsetOf(text_, word) <= sentence_.start && word.empty();
    if (count.is_labelled) {
      ReadHolder(count);
      return;
    }
    // "a total of 40", "sample size of 40", "in total, 40", "overall, 40"
    for (int i = 0; i < 4 && !word.empty(); ++i) {
      const LowerWord lower(word);
      if (kTotals.Has(lower.view()) || (lower.view() == "all" && Is(WordBefore(text_, OffsetOf(text_, word)), "in"))) {
        count.is_said_total = true;
        return;
      }
      if (lower.view() != "of" && lower.view() != "size" && lower.view() != "approximately" && lower.view() != "about")
        return;
      word = WordBefore(text_, OffsetOf(text_, word));
    }
    if (count.start >= 2 && text_[count.start - 1] == ' ' && text_[count.start - 2] == ',') {
      const LowerWord lower(WordBefore(text_, count.start - 2));
      if (kTotals.Has(lower.view())) count.is_said_total = true;
      if (lower.view() == "all") count.is_said_total = true;
    }
  }

  /// What stands before "(n = 40)": people, or an arm of the study.
  void ReadHolder(Count& count) const {
    std::size_t at = count.start;
    while (at > sentence_.start && (text_[at - 1] == ' ' || text_[at - 1] == '(' || text_[at - 1] == '[' ||
                                    text_[at - 1] == ',' || text_[at - 1] == ';'))
      --at;
    const LowerWord holder(WordBefore(text_, at));
    if (kPeople.Has(holder.view())) {
      count.noun = CountNoun::kPeople;
    } else if (kStudies.Has(holder.view())) {
      count.noun = CountNoun::kNone;
    } else if (kTotals.Has(holder.view()) || holder.view() == "size") {
      count.is_said_total = true;
    } else {
      count.is_arm = true;
    }
  }

  void ReadPartOf(const Number& number, Count& count) const {
    const std::string_view before = WordBefore(text_, count.start);
    const std::string_view second = before.empty() ? before : WordBefore(text_, OffsetOf(text_, before));
    if ((Is(before, "whom") || Is(before, "which") || Is(before, "these") || Is(before, "them")) && Is(second, "of"))
      count.is_part = true;
    const std::string_view next = WordAfter(text_, number.end);
    if (Is(next, "of") && count.noun == CountNoun::kNone) count.is_part = true;
    if (Is(next, "of") && !count.is_labelled) count.is_part = true;
    // "patients (8.4%)" and "patients [12%]"
    if (count.end < text_.size()) {
      const std::string_view window = text_.substr(count.end, 24);
      const std::size_t open = window.find_first_of("([");
      const std::size_t percent = window.find('%');
      if (open <= 1 && percent != std::string_view::npos && window.find_first_of(")];,") > percent)
        count.is_part = true;
    }
    ReadArm(count);
  }

  /// "40 in the placebo group", "40 patients received", "40 per group", "each group of 40".
  void ReadArm(Count& count) const {
    const std::string_view before = WordBefore(text_, count.start);
    if (Is(before, "each") || Is(before, "other")) count.is_arm = true;
    std::size_t at = count.end;
    std::string_view word = WordAfter(text_, at);
    if (!(Is(word, "in") || Is(word, "per") || Is(word, "to") || Is(word, "for"))) return;
    const bool is_in = Is(word, "in");
    for (int i = 0; i < 6 && !word.empty(); ++i) {
      const LowerWord lower(word);
      if (kGroups.Has(lower.view()) && lower.view() != "groups" && lower.view() != "arms") count.is_arm = true;
      if (lower.view() == "each") count.is_arm = true;
      at = OffsetOf(text_, word) + word.size();
      word = WordAfter(text_, at);
    }
    if (!is_in && count.noun == CountNoun::kNone) count.is_arm = true;
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
      if (found == CountVerb::kNone) found = verb;
      at = end;
    }
    return found;
  }

  [[nodiscard]] CountVerb VerbJustBefore(std::size_t from, std::size_t at) const {
    for (int i = 0; i < 5; ++i) {
      const std::string_view word = WordBefore(text_, at);
      if (word.empty() || OffsetOf(text_, word) < from) return CountVerb::kNone;
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

/// A count that is followed by arms that add up to it is the whole of them.
void MarkDivided(std::vector<Count>& counts, std::size_t first) {
  for (std::size_t i = first; i < counts.size(); ++i) {
    double sum = 0;
    for (std::size_t k = i + 1; k < counts.size() && k < i + 6; ++k) {
      sum += counts[k].value;
      if (sum == counts[i].value && k > i + 1) {
        counts[i].is_divided = true;
        for (std::size_t a = i + 1; a <= k; ++a) counts[a].is_arm = true;
      }
    }
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
    for (std::size_t i = first; i < counts.size(); ++i) {
      const std::size_t from = i == first ? sentence.start : counts[i - 1].end;
      const std::size_t limit = i + 1 < counts.size() ? counts[i + 1].start : sentence.end;
      reader.ReadVerb(from, limit, counts[i]);
    }
    MarkDivided(counts, first);
  }
}

}  // namespace litmill::tag
