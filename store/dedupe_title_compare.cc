// SPDX-License-Identifier: Apache-2.0
// How two titles compare (store/dedupe_title.cc has how one is folded).
#include "store/dedupe_title.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>
#include <utility>

namespace litmill::store {
namespace {

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Words that tell two studies apart when one title has them and the other has not: numbers in letters, parts, and
/// opposites.
bool IsTellingWord(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "adolescents", "adult",     "adults",   "after",     "afternoon", "animal",  "animals",  "before",
      "boys",        "children",  "decrease", "decreased", "decreases", "elderly", "evening",  "female",
      "females",     "fifth",     "first",    "fourth",    "girls",     "high",    "higher",   "increase",
      "increased",   "increases", "infants",  "iv",        "less",      "low",     "lower",    "male",
      "males",       "men",       "mice",     "more",      "morning",   "mouse",   "neonates", "no",
      "non",         "not",       "old",      "older",     "protocol",  "rat",     "rats",     "second",
      "third",       "update",    "updated",  "without",   "women",     "xi",      "xii",      "young",
      "younger"};
  // "Vitamin D" and "vitamin E", "hepatitis B" and "hepatitis C"; an s is left over from "patient's".
  const bool is_letter = word.size() == 1 && word[0] >= 'b' && word[0] <= 'z' && word[0] != 's';
  return is_letter || HasDigit(word) || std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool AreOpposites(std::string_view a, std::string_view b) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPrefixes = {{{"hyper", "hypo"},
                                                                                              {"inter", "intra"},
                                                                                              {"pre", "post"},
                                                                                              {"over", "under"},
                                                                                              {"macro", "micro"},
                                                                                              {"mono", "bi"},
                                                                                              {"ante", "post"},
                                                                                              {"homo", "hetero"},
                                                                                              {"maxi", "mini"}}};
  const auto begins = [](std::string_view word, std::string_view prefix) {
    return word.substr(0, prefix.size()) == prefix;
  };
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](const auto& pair) {
    return (begins(a, pair.first) && begins(b, pair.second)) || (begins(a, pair.second) && begins(b, pair.first));
  });
}

/// How many letters stand in only one of the two, by a coarse set of 64: never more than there are.
std::size_t DifferentLetters(std::string_view a, std::string_view b) {
  const auto set_of = [](std::string_view word) {
    std::uint64_t set = 0;
    for (const char c : word) set |= 1ULL << (static_cast<unsigned char>(c) & 63U);
    return set;
  };
  return static_cast<std::size_t>(std::popcount(set_of(a) ^ set_of(b)));
}

/// British and American spelling, and ligatures: "labour", "centre", "oesophageal", "randomised".
std::string Respelt(std::string_view word) {
  std::string out(word);
  const auto replace = [&out](std::string_view from, std::string_view to) {
    for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size()))
      out.replace(at, from.size(), to);
  };
  replace("ae", "e");
  replace("oe", "e");
  if (out.size() < 5) return out;
  replace("our", "or");
  replace("isation", "ization");
  replace("ise", "ize");
  replace("ising", "izing");
  replace("yse", "yze");
  replace("ysing", "yzing");
  replace("ogue", "og");
  if (out.compare(out.size() - 2, 2, "re") == 0) out.replace(out.size() - 2, 2, "er");
  return out;
}

/// Two letters side by side changed places.
bool IsTransposition(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) ++at;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

/// "blind" and "blinded": the same word with another ending.
bool IsInflection(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 5 || b.substr(0, a.size()) != a) return false;
  const std::string_view ending = b.substr(a.size());
  return ending == "ed" || ending == "ing" || ending == "es" || ending == "al" || ending == "ly";
}

/// The same word misprinted or in the plural. One letter, no more: sitagliptin is not linagliptin, nor prednisone
/// prednisolone.
bool IsVariant(std::string_view a, std::string_view b) {
  if (std::max(a.size(), b.size()) < 5) return false;
  return (IsInflection(a, b) || IsTransposition(a, b) || EditDistance(a, b, 1) <= 1) && !HasDigit(a) && !HasDigit(b) &&
         !AreOpposites(a, b);
}

/// What is in one title and not in the other, in order of reading.
struct Difference {
  std::vector<std::string_view> first, second;
};

Difference Differ(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  const auto without = [](const std::vector<std::string_view>& from, std::vector<std::string_view> taken) {
    std::sort(taken.begin(), taken.end());
    std::vector<bool> used(taken.size());
    std::vector<std::string_view> rest;
    for (const std::string_view word : from) {
      auto at = static_cast<std::size_t>(std::lower_bound(taken.begin(), taken.end(), word) - taken.begin());
      while (at < taken.size() && taken[at] == word && used[at]) ++at;
      if (at < taken.size() && taken[at] == word)
        used[at] = true;
      else
        rest.push_back(word);
    }
    return rest;
  };
  return {without(a, b), without(b, a)};
}

void DropStopWords(std::vector<std::string_view>& words) {
  words.erase(std::remove_if(words.begin(), words.end(), IsStopWord), words.end());
}

/// Takes pairs that `are_alike` out of both; true when there was one.
template <typename Alike>
bool DropPairs(Difference& difference, Alike are_alike) {
  bool any = false;
  for (std::size_t i = 0; i < difference.first.size();) {
    const auto other = std::find_if(difference.second.begin(), difference.second.end(),
                                    [&](std::string_view word) { return are_alike(difference.first[i], word); });
    if (other == difference.second.end()) {
      ++i;
      continue;
    }
    difference.second.erase(other);
    difference.first.erase(difference.first.begin() + static_cast<std::ptrdiff_t>(i));
    any = true;
  }
  return any;
}

/// Takes out a word of `one` that is two words side by side in `two`: "nonimmune" and "non-immune".
void DropGlued(std::vector<std::string_view>& one, std::vector<std::string_view>& two) {
  for (std::size_t i = 0; i < one.size(); ++i)
    for (std::size_t j = 0; j + 1 < two.size(); ++j) {
      const std::string_view word = one[i];
      if (word.size() != two[j].size() + two[j + 1].size() || word.substr(0, two[j].size()) != two[j] ||
          word.substr(two[j].size()) != two[j + 1])
        continue;
      one.erase(one.begin() + static_cast<std::ptrdiff_t>(i));
      two.erase(two.begin() + static_cast<std::ptrdiff_t>(j), two.begin() + static_cast<std::ptrdiff_t>(j + 2));
      --i;  // wraps at 0, and ++i brings it back
      break;
    }
}

std::string Concatenate(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text += word;
  return text;
}

bool IsPart(std::string_view shorter, std::string_view longer) {
  if (shorter.size() >= longer.size()) return false;
  const bool begins = longer.substr(0, shorter.size()) == shorter && longer[shorter.size()] == ' ';
  const std::size_t rest = longer.size() - shorter.size();
  return begins || (longer.substr(rest) == shorter && longer[rest - 1] == ' ');
}

}  // namespace

std::vector<std::string_view> SplitWords(std::string_view words) {
  std::vector<std::string_view> out;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (space != 0) out.push_back(words.substr(0, space));
    if (space == std::string_view::npos) break;
    words.remove_prefix(space + 1);
  }
  return out;
}

bool IsStopWord(std::string_view word) {
  static constexpr std::string_view kWords[] = {"a",  "an", "and", "as",   "at",  "by",    "de",     "der", "die",
                                                "el", "et", "for", "from", "in",  "la",    "le",     "les", "of",
                                                "on", "or", "the", "to",   "und", "using", "versus", "vs",  "y"};
  return std::binary_search(std::begin(kWords), std::end(kWords), word);
}

std::string JoinWords(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != ' ') out += c;
  return out;
}

std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  if (a.empty()) return b.size();
  // Each change takes at most two letters out of the difference of the sets of letters.
  if (DifferentLetters(a, b) > 2 * limit) return limit + 1;
  // One row of the table, only the band of width 2 * limit + 1 around the diagonal.
  std::array<std::size_t, 64> short_row{};
  std::vector<std::size_t> long_row;
  if (b.size() >= short_row.size()) long_row.resize(b.size() + 1);
  std::size_t* const row = long_row.empty() ? short_row.data() : long_row.data();
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t first = i > limit ? i - limit : 1;
    const std::size_t last = std::min(b.size(), i + limit);
    std::size_t diagonal = row[first - 1];
    row[first - 1] = first == 1 ? i : limit + 1;
    if (i + limit <= b.size()) row[last] = limit + 1;
    std::size_t best = row[first - 1];
    for (std::size_t j = first; j <= last; ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min(change, std::min(row[j], row[j - 1]) + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(row[b.size()], limit + 1);
}

bool IsInformativeTitle(std::string_view words) {
  std::size_t content = 0, letters = 0;
  bool other_script = false;
  for (const std::string_view word : SplitWords(words)) {
    if (IsStopWord(word)) continue;
    ++content;
    letters += word.size();
    other_script = other_script || static_cast<unsigned char>(word.front()) >= 0xE0;
  }
  // Scripts without spaces put a title into one word of three bytes a letter.
  return (content >= 4 && letters >= 22) || (content == 3 && letters >= 27) || (other_script && letters >= 30);
}

bool IsSerialTitle(std::string_view words) {
  static constexpr std::string_view kFirst[] = {
      "abstracts", "announcement", "announcements", "book",    "contents",     "correspondence", "editor",
      "editorial", "editors",      "foreword",      "guest",   "introduction", "letter",         "letters",
      "message",   "news",         "obituary",      "preface", "proceedings",  "remarks",        "reply",
      "reviewers", "senior",       "special",       "welcome"};
  return std::find(std::begin(kFirst), std::end(kFirst), words.substr(0, words.find(' '))) != std::end(kFirst);
}

std::string_view LanguageOf(std::string_view words) {
  struct Language {
    std::string_view code;
    std::vector<std::string_view> words;
  };
  static const std::vector<Language> kLanguages = {
      {"en", {"the", "of", "and", "with", "for", "by", "after", "from", "to", "an"}},
      {"de",
       {"der", "die", "das", "des", "und", "bei", "mit", "nach", "zur", "zum", "fur", "von", "eine", "im", "durch"}},
      {"fr", {"le", "les", "des", "du", "et", "une", "dans", "chez", "par", "avec", "sur", "aux", "au"}},
      {"es", {"el", "los", "las", "del", "y", "una", "con", "por", "para", "entre"}},
      {"pt", {"o", "os", "da", "do", "das", "dos", "e", "uma", "com", "em", "na", "no"}},
      {"it", {"il", "della", "nel", "nella", "di", "dei", "delle", "gli", "e", "con", "una"}}};
  std::string_view best;
  std::size_t most = 0;
  bool is_tie = false;
  const auto split = SplitWords(words);
  for (const Language& language : kLanguages) {
    std::size_t found = 0;
    for (const std::string_view word : split)
      found += std::find(language.words.begin(), language.words.end(), word) != language.words.end() ? 1U : 0U;
    is_tie = found == most ? true : found > most ? false : is_tie;
    if (found > most) {
      most = found;
      best = language.code;
    }
  }
  return most == 0 || is_tie ? std::string_view() : best;
}

TitleComparison CompareTitles(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return {};
  if (a == b) return {TitleMatch::kSame, 1, false};
  const auto split_a = SplitWords(a), split_b = SplitWords(b);
  const auto count = static_cast<double>(split_a.size() + split_b.size());
  Difference difference = Differ(split_a, split_b);
  const auto tells = [](const std::vector<std::string_view>& words) {
    return std::any_of(words.begin(), words.end(), IsTellingWord);
  };
  // Hardly a word in common: no misprints explain that (scripts without spaces have long words, and few).
  const auto only_in_one = static_cast<double>(difference.first.size() + difference.second.size());
  if (std::min(split_a.size(), split_b.size()) >= 4 && only_in_one > 0.8 * count)
    return {TitleMatch::kDifferent, 1 - only_in_one / count, tells(difference.first) || tells(difference.second)};
  DropStopWords(difference.first);
  DropStopWords(difference.second);
  if (Concatenate(difference.first) == Concatenate(difference.second)) return {TitleMatch::kSame, 0.99, false};
  DropPairs(difference, [](std::string_view x, std::string_view y) {
    return DifferentLetters(x, y) <= 3 && Respelt(x) == Respelt(y);
  });
  if (difference.first.empty() && difference.second.empty()) return {TitleMatch::kSame, 0.98, false};
  DropGlued(difference.first, difference.second);
  DropGlued(difference.second, difference.first);
  const bool has_variants = DropPairs(difference, IsVariant);
  const std::string joined_a = JoinWords(a), joined_b = JoinWords(b);
  if (joined_a == joined_b) return {TitleMatch::kSame, 0.99, false};
  if (has_variants && Concatenate(difference.first) == Concatenate(difference.second))
    return {TitleMatch::kNear, 0.95, false};
  const std::size_t longer = std::max(joined_a.size(), joined_b.size());
  const std::size_t limit = longer / 2;
  const std::size_t distance = EditDistance(joined_a, joined_b, limit);
  TitleComparison result;
  result.score = distance > limit ? 0.0 : 1.0 - static_cast<double>(distance) / static_cast<double>(longer);
  result.conflicts = tells(difference.first) || tells(difference.second);
  const std::size_t only = difference.first.size() + difference.second.size();
  const double common = 1.0 - static_cast<double>(only) / count;
  const std::string_view shorter = a.size() < b.size() ? a : b;
  if (shorter.size() >= 12 && shorter.find(' ') != std::string_view::npos &&
      IsPart(shorter, a.size() < b.size() ? b : a)) {
    result.match = TitleMatch::kContained;
    // A long rest is a subtitle or the title in another language, and says much that the short one leaves out.
    result.conflicts = result.conflicts && only <= 4;
    result.score = std::max(result.score, 0.9);
  } else if (distance <= 1 && !result.conflicts && longer >= 40) {
    result.match = TitleMatch::kNear;  // a space and a letter lost
  } else if (result.score >= 0.75 || common >= 0.6) {
    result.match = TitleMatch::kOverlap;
    result.score = std::max(result.score, common * 0.9);
  } else {
    result.match = TitleMatch::kDifferent;
  }
  return result;
}

}  // namespace litmill::store
