// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_evidence.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace litmill::store {
namespace {

/// The first value that two sorted lists share; empty when none.
std::string_view Shared(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return *i;
    *i < *j ? ++i : ++j;
  }
  return {};
}

Match CompareLists(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  if (a.empty() || b.empty()) return Match::kUnknown;
  return Shared(a, b).empty() ? Match::kDiffers : Match::kSame;
}

void CompareIdentifiers(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  evidence.pmid = CompareLists(a.pmids, b.pmids);
  evidence.pmcid = CompareLists(a.pmcids, b.pmcids);
  evidence.doi = CompareLists(a.dois, b.dois);
  evidence.other_identifier = CompareLists(a.other_identifiers, b.other_identifiers);
  // Other identifiers differ between databases by nature.
  if (evidence.other_identifier == Match::kDiffers) evidence.other_identifier = Match::kUnknown;
  const auto take = [&evidence](std::string_view scheme, std::string_view value) {
    if (value.empty() || !evidence.shared_value.empty()) return;
    evidence.shared_scheme = scheme;
    evidence.shared_value = value;
  };
  take("pmid", Shared(a.pmids, b.pmids));
  take("pmcid", Shared(a.pmcids, b.pmcids));
  take("doi", Shared(a.dois, b.dois));
  take("identifier", Shared(a.other_identifiers, b.other_identifiers));
}

bool IsLatin(std::string_view words) {
  std::size_t high = 0;
  for (const char c : words) high += static_cast<unsigned char>(c) >= 0xC8 ? 1 : 0;
  return high * 4 < words.size();
}

bool AreOfTwoLanguages(std::string_view a, std::string_view b) {
  const std::string_view first = LanguageOf(a), second = LanguageOf(b);
  return !first.empty() && !second.empty() && first != second;
}

void CompareTitleFields(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  evidence.title = CompareTitles(a.title, b.title);
  evidence.is_informative = IsInformativeTitle(a.title) && IsInformativeTitle(b.title);
  evidence.is_translation = evidence.title.match >= TitleMatch::kOverlap &&
                            (a.title_is_translated != b.title_is_translated || IsLatin(a.title) != IsLatin(b.title) ||
                             AreOfTwoLanguages(a.title, b.title));
  evidence.is_serial = IsSerialTitle(a.title) || IsSerialTitle(b.title);
  if (evidence.title.match <= TitleMatch::kNear && evidence.title.match != TitleMatch::kUnknown) return;
  // The original title of one may be the title of the other.
  for (const auto& [first, second] : {std::pair(a.vernacular_title, b.title), std::pair(a.title, b.vernacular_title),
                                      std::pair(a.vernacular_title, b.vernacular_title)}) {
    const TitleComparison comparison = CompareTitles(first, second);
    if (comparison.match == TitleMatch::kUnknown || comparison.match > TitleMatch::kNear) continue;
    evidence.title = comparison;
    evidence.is_informative = IsInformativeTitle(first) && IsInformativeTitle(second);
    return;
  }
}

bool HasWord(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

/// The initials of given names: "john k" and "jk" and "j k" all begin alike.
bool GivenNamesMayAgree(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return true;
  if (a.front() == b.front()) return true;
  // Names in another order: "carsten bernd" and "b c".
  const auto any_begins = [](std::string_view names, char c) {
    const auto words = SplitWords(names);
    return std::any_of(words.begin(), words.end(), [c](std::string_view word) { return word.front() == c; });
  };
  return SplitWords(a).size() > 1 && any_begins(a, b.front()) && SplitWords(b).size() > 1 && any_begins(b, a.front());
}

/// The longest word of a name of several.
std::string_view MainWord(std::string_view name) {
  std::string_view longest;
  for (const std::string_view word : SplitWords(name))
    if (word.size() > longest.size()) longest = word;
  return longest;
}

bool IsSamePerson(const AuthorForm& a, const AuthorForm& b) {
  if (a.last == b.last) return GivenNamesMayAgree(a.given, b.given);
  const std::string_view main_a = MainWord(a.last), main_b = MainWord(b.last);
  if (main_a.size() >= 3 && HasWord(b.last, main_a)) return GivenNamesMayAgree(a.given, b.given);
  if (main_b.size() >= 3 && HasWord(a.last, main_b)) return GivenNamesMayAgree(a.given, b.given);
  // Given and last names changed places, or stand in one field.
  if (main_a.size() >= 3 && HasWord(b.given, main_a)) return true;
  if (main_b.size() >= 3 && HasWord(a.given, main_b)) return true;
  // A misprint.
  if (std::min(main_a.size(), main_b.size()) >= 4 && EditDistance(main_a, main_b, 1) <= 1)
    return GivenNamesMayAgree(a.given, b.given);
  if (std::min(main_a.size(), main_b.size()) >= 8 && EditDistance(main_a, main_b, 2) <= 2)
    return GivenNamesMayAgree(a.given, b.given);
  return JoinWords(a.last) == JoinWords(b.last);
}

void CompareAuthors(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  const std::vector<AuthorForm>&shorter = a.authors.size() <= b.authors.size() ? a.authors : b.authors,
        &longer = a.authors.size() <= b.authors.size() ? b.authors : a.authors;
  evidence.nobody_named = longer.empty();
  if (shorter.empty()) return;
  std::vector<bool> used(longer.size());
  std::size_t found = 0;
  bool first_agrees = false;
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    // Nearly always at the same place.
    for (std::size_t step = 0; step < longer.size(); ++step) {
      const std::size_t j = (i + step) % longer.size();
      if (used[j] || !IsSamePerson(shorter[i], longer[j])) continue;
      used[j] = true;
      ++found;
      if (i == 0 && j == 0) first_agrees = true;
      break;
    }
  }
  const auto of_shorter = static_cast<double>(found) / static_cast<double>(shorter.size());
  const auto of_longer = static_cast<double>(found) / static_cast<double>(longer.size());
  // A list that is cut, or that has only the first few names, agrees by its front.
  const bool is_cut = first_agrees && (!a.authors_complete || !b.authors_complete ||
                                       (of_shorter == 1.0 && (shorter.size() == 3 || shorter.size() >= 6)));
  evidence.authors_score = is_cut ? of_shorter : (of_shorter + of_longer) / 2;
  if (evidence.authors_score >= 0.75 || (first_agrees && evidence.authors_score >= 0.6))
    evidence.authors = Match::kSame;
  else
    evidence.authors = found == 0 || evidence.authors_score < 0.3 ? Match::kDiffers : Match::kClose;
}

/// "med" of "medicine", "dtsch" of "deutsches", "intl" of "international".
bool IsAbbreviation(std::string_view abbreviation, std::string_view word) {
  if (abbreviation.empty() || abbreviation.size() > word.size() || abbreviation.front() != word.front()) return false;
  if (abbreviation == word) return true;
  if (abbreviation.size() + 2 > word.size()) return false;  // "Cancer" and "Cancers" are two journals
  if (word.substr(0, abbreviation.size()) == abbreviation) return true;
  if (abbreviation.size() < 3 || abbreviation.size() > 7) return false;
  std::size_t at = 0;
  for (const char c : word)
    if (at < abbreviation.size() && abbreviation[at] == c) ++at;
  return at == abbreviation.size();
}

/// Whether `acronym` is made of the beginnings of all `words` from `next` on: "amcis", "jama", "pnas".
bool IsAcronym(std::string_view acronym, const std::vector<std::string_view>& words, std::size_t next) {
  if (next == words.size()) return acronym.empty();
  const std::string_view word = words[next];
  for (std::size_t size = 1; size <= std::min<std::size_t>({3, word.size(), acronym.size()}); ++size) {
    if (word[size - 1] != acronym[size - 1]) return false;
    if (IsAcronym(acronym.substr(size), words, next + 1)) return true;
  }
  return false;
}

std::vector<std::string_view> NamingWords(std::string_view name) {
  std::vector<std::string_view> words = SplitWords(name);
  if (words.size() > 1)
    words.erase(std::remove_if(words.begin(), words.end(),
                               [](std::string_view word) { return word == "proceedings" || word == "annual"; }),
                words.end());
  return words;
}

/// "medicine" and "med" stand side by side, word for word; what is left over at the end is the place or the society.
bool AlignWords(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t letters = 0;
  for (std::size_t i = 0; i < shorter; ++i) {
    if (!IsAbbreviation(a[i], b[i]) && !IsAbbreviation(b[i], a[i])) return false;
    letters += std::min(a[i].size(), b[i].size());
  }
  return a.size() == b.size() ? letters >= 2 : shorter >= 4;
}

void CompareJournals(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  if (CompareLists(a.issns, b.issns) == Match::kSame) {
    evidence.journal = Match::kSame;
    return;
  }
  if (a.journals.empty() || b.journals.empty()) return;
  evidence.journal = Match::kDiffers;
  for (const std::string_view first : a.journals)
    for (const std::string_view second : b.journals)
      if (IsSameJournalName(first, second)) evidence.journal = Match::kSame;
}

Match CompareVolumes(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return Match::kUnknown;
  return a == b ? Match::kSame : Match::kDiffers;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void ComparePlaces(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  evidence.volume = CompareVolumes(a.volume, b.volume);
  evidence.issue = CompareVolumes(a.issue, b.issue);
  // "Suppl 1" against 6, or "3-4" against 3: written in too many ways to differ.
  if (evidence.issue == Match::kDiffers &&
      (!IsNumber(a.issue) || !IsNumber(b.issue) || a.issue_is_supplement || b.issue_is_supplement))
    evidence.issue = Match::kUnknown;
  if (!a.pages.is_known || !b.pages.is_known) return;
  const bool prefixes_agree = a.pages.prefix == b.pages.prefix || a.pages.prefix.empty() || b.pages.prefix.empty();
  if (a.pages.start != b.pages.start || !prefixes_agree) {
    // A manuscript that begins at page 1 has no place yet; the PDF of an article with a number begins there too.
    const bool is_offprint =
        (a.pages.start == 1 && a.pages.prefix.empty()) != (b.pages.start == 1 && b.pages.prefix.empty());
    evidence.pages = is_offprint ? Match::kUnknown : Match::kDiffers;
    return;
  }
  const bool ends_known = a.pages.end != 0 && b.pages.end != 0;
  evidence.pages = ends_known && a.pages.end != b.pages.end ? Match::kClose : Match::kSame;
  evidence.is_page_range = ends_known && a.pages.end == b.pages.end && a.pages.end > a.pages.start && a.pages.start > 1;
}

void CompareYears(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  int gap = -1;
  for (const int first : {a.year_print, a.year_electronic})
    for (const int second : {b.year_print, b.year_electronic})
      if (first != 0 && second != 0 && (gap < 0 || std::abs(first - second) < gap)) gap = std::abs(first - second);
  if (gap < 0) return;
  evidence.year = gap == 0 ? Match::kSame : gap == 1 ? Match::kClose : Match::kDiffers;
}

void CompareAbstracts(const RecordForm& a, const RecordForm& b, Evidence& evidence) {
  if (a.sketch.empty() || b.sketch.empty()) return;
  // The smallest hashes of the union, and which of them stand in both: an unbiased sample.
  const std::size_t size = std::max(a.sketch.size(), b.sketch.size());
  std::size_t seen = 0, both = 0;
  for (auto i = a.sketch.begin(), j = b.sketch.begin(); seen < size && (i != a.sketch.end() || j != b.sketch.end());
       ++seen) {
    if (j == b.sketch.end() || (i != a.sketch.end() && *i < *j)) {
      ++i;
    } else if (i == a.sketch.end() || *j < *i) {
      ++j;
    } else {
      ++both;
      ++i;
      ++j;
    }
  }
  const double jaccard = static_cast<double>(both) / static_cast<double>(seen);
  // One abstract may be cut: what counts is how much of the shorter stands in the longer.
  const double sum = static_cast<double>(a.abstract_size) + static_cast<double>(b.abstract_size);
  const double smaller = static_cast<double>(std::min(a.abstract_size, b.abstract_size));
  evidence.abstract_score = std::min(1.0, jaccard * sum / (1 + jaccard) / smaller);
  if (evidence.abstract_score >= 0.8)
    evidence.abstract_text = Match::kSame;
  else
    evidence.abstract_text = evidence.abstract_score >= 0.3 ? Match::kClose : Match::kDiffers;
}

double ScoreOf(Match match) {
  switch (match) {
    case Match::kSame:
      return 1;
    case Match::kClose:
      return 0.5;
    case Match::kDiffers:
      return 0;
    case Match::kUnknown:
      break;
  }
  return -1;
}

}  // namespace

bool IsSameJournalName(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto words_a = NamingWords(a), words_b = NamingWords(b);
  if (words_a.empty() || words_b.empty()) return false;
  if (words_a == words_b || AlignWords(words_a, words_b)) return true;
  // A scientific "Chinese journal of X" and "X": too many journals differ by such words to go further.
  if (words_a.size() == 1 && words_b.size() >= 3 && words_a[0].size() >= 3) return IsAcronym(words_a[0], words_b, 0);
  if (words_b.size() == 1 && words_a.size() >= 3 && words_b[0].size() >= 3) return IsAcronym(words_b[0], words_a, 0);
  return false;
}

Evidence Compare(const RecordForm& a, const RecordForm& b) {
  Evidence evidence;
  CompareIdentifiers(a, b, evidence);
  CompareTitleFields(a, b, evidence);
  CompareAuthors(a, b, evidence);
  CompareJournals(a, b, evidence);
  ComparePlaces(a, b, evidence);
  CompareYears(a, b, evidence);
  CompareAbstracts(a, b, evidence);
  return evidence;
}

bool AreWorthComparing(const RecordForm& a, const RecordForm& b) {
  if (a.pages.is_known && b.pages.is_known && a.pages.start == b.pages.start && a.volume == b.volume) return true;
  Evidence evidence;
  CompareIdentifiers(a, b, evidence);
  if (!evidence.shared_value.empty()) return true;
  CompareTitleFields(a, b, evidence);
  return evidence.title.match != TitleMatch::kDifferent && evidence.title.match != TitleMatch::kUnknown;
}

DedupeScores ScoresOf(const Evidence& evidence) {
  DedupeScores scores;
  scores.title = evidence.title.score;
  scores.authors = evidence.authors_score;
  scores.journal = ScoreOf(evidence.journal);
  double sum = 0;
  int known = 0;
  for (const Match match : {evidence.volume, evidence.issue, evidence.pages}) {
    if (match == Match::kUnknown) continue;
    sum += ScoreOf(match);
    ++known;
  }
  if (known > 0) scores.locators = sum / known;
  scores.year = ScoreOf(evidence.year);
  scores.abstract_text = evidence.abstract_score;
  return scores;
}

}  // namespace litmill::store
