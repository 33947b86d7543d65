// SPDX-License-Identifier: Apache-2.0
#include "tag/finding_context.h"

#include <algorithm>
#include <iterator>

namespace litmill::tag {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsWordByte(char c) {
  const char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool SameText(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) { return Lower(x) == y; });
}

bool EndsWith(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && SameText(text.substr(text.size() - lower.size()), lower);
}

}  // namespace

std::string_view FindingContext::Text(std::size_t word) const {
  return buffer_.substr(words_[word].start, words_[word].end - words_[word].start);
}

bool FindingContext::Is(std::size_t word, std::string_view text) const {
  return word < words_.size() && SameText(Text(word), text);
}

bool FindingContext::StartsWith(std::size_t word, std::string_view text) const {
  return word < words_.size() && SameText(Text(word).substr(0, text.size()), text);
}

void FindingContext::Fill(std::string_view buffer, std::uint32_t start, std::uint32_t end, SectionRole role) {
  buffer_ = buffer;
  end_ = end;
  role_ = role;
  words_.clear();
  for (std::uint32_t i = start; i < end;) {
    if (!IsWordByte(buffer[i])) {
      ++i;
      continue;
    }
    std::uint32_t stop = i;
    while (stop < end && IsWordByte(buffer[stop])) ++stop;
    words_.push_back({i, stop, ContextTraitsOf(buffer, i, stop)});
    i = stop;
  }
  std::uint32_t last = end;
  while (last > start && (buffer[last - 1] == ' ' || buffer[last - 1] == '"' || buffer[last - 1] == ')')) --last;
  is_question_ = last > start && buffer[last - 1] == '?';
  clauses_.assign(1, start);
  measures_.assign(1, 0);
  MarkPlans();
  MarkClauses();
}

bool FindingContext::IsPlan(std::size_t i) const {
  if (Has(i, kPlans)) return true;
  if (!Has(i, kMayPlan)) return false;
  const std::string_view word = Text(i);
  // "was considered significant" plans nothing.
  if (SameText(word, "considered")) return Is(i + 1, "for");
  if (SameText(word, "to")) return Has(i + 1, kPlanVerb);
  if (SameText(word, "we")) return Has(i + 1, kMeasured);
  if (SameText(word, "designed")) return Is(i + 1, "to");
  if (SameText(word, "defined")) return Is(i + 1, "as") || Is(i + 1, "by");
  // "The primary endpoint was the change ...", "outcome measures included ...".
  if (Is(i + 1, "included") || Is(i + 1, "include") || Is(i + 1, "includes") || Is(i + 1, "comprised")) return true;
  return (Has(i + 1, kWas) || Is(i + 1, "is")) && Has(i + 2, kNamesMeasured);
}

void FindingContext::MarkPlans() {
  plan_from_ = end_;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!IsPlan(i)) continue;
    plan_from_ = words_[i].start;
    return;
  }
}

bool FindingContext::EndsClauseBefore(std::size_t i) const {
  if (i == 0) return false;
  bool comma = false;
  for (std::uint32_t at = words_[i - 1].end; at < words_[i].start; ++at) {
    if (buffer_[at] == ';') return true;
    if (buffer_[at] == ',') comma = true;
  }
  if (Has(i, kTurns)) return true;
  if (!Has(i, kMayStart)) return false;
  if (Is(i, "and") && (Is(i + 1, "no") || Is(i + 1, "there") || Is(i + 1, "did") || Is(i + 1, "not"))) return true;
  return comma && (Is(i, "with") || Is(i, "without")) && (Is(i + 1, "no") || Is(i + 1, "any"));
}

void FindingContext::MarkClauses() {
  bool conceding = false;
  compares_.assign(1, 0);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    bool starts = EndsClauseBefore(i);
    // "Although pain fell, ..." ends at its comma.
    if (conceding && i > 0 && !starts) {
      const std::string_view gap = buffer_.substr(words_[i - 1].end, words_[i].start - words_[i - 1].end);
      starts = gap.find(',') != std::string_view::npos && !Is(i, "and") && !Is(i, "or");
      if (starts) conceding = false;
    }
    if (Has(i, kConcedes)) conceding = true;
    if (starts && words_[i].start > clauses_.back()) {
      clauses_.push_back(words_[i].start);
      compares_.push_back(0);
      measures_.push_back(0);
    }
    const bool passive = Has(i, kWas) && (Has(i + 1, kMeasured) || (Is(i + 1, "also") && Has(i + 2, kMeasured)));
    if (passive) measures_.back() = 1;
    const bool with = Has(i, kCompared) && !Is(i + 2, "baseline") && !Is(i + 3, "baseline");
    if (with || Has(i, kCompares)) compares_.back() = 1;
  }
}

std::size_t FindingContext::ClauseOf(std::uint32_t at) const {
  const auto after = std::upper_bound(clauses_.begin(), clauses_.end(), at);
  return after == clauses_.begin() ? 0 : static_cast<std::size_t>(after - clauses_.begin()) - 1;
}

std::size_t FindingContext::WordAt(std::uint32_t at) const {
  const auto found = std::lower_bound(words_.begin(), words_.end(), at,
                                      [](const ContextWord& word, std::uint32_t value) { return word.end <= value; });
  return static_cast<std::size_t>(found - words_.begin());
}

/// "to improve", "for reducing": a verb in its plain form behind "to", or in -ing behind a preposition of purpose.
bool FindingContext::IsPurpose(std::size_t cue_word, std::uint32_t cue_end) const {
  if (cue_word >= words_.size() || cue_word == 0) return false;
  const std::string_view cue = Text(cue_word);
  std::size_t before = cue_word - 1;
  if (EndsWith(Text(before), "ly") && before > 0) --before;
  if (EndsWith(cue, "ing")) return Is(before, "for") || Is(before, "at") || Is(before, "of") || Is(before, "by");
  const bool one_word = words_[cue_word].end >= cue_end;
  const bool plain = one_word && !EndsWith(cue, "ed") && !IsNoun(cue) && !EndsWith(cue, "er");
  if (!plain || !Is(before, "to")) return false;
  for (std::size_t i = before; i-- > 0 && before - i <= 3;)
    if (Has(i, kFound)) return false;
  return true;
}

bool FindingContext::IsNoun(std::string_view cue) {
  for (const std::string_view ending : {"ment", "ments", "tion", "tions", "benefit", "benefits"})
    if (EndsWith(cue, ending)) return true;
  return false;
}

bool FindingContext::MayStateResults(SectionRole role) {
  switch (role) {
    case SectionRole::kBackground:
    case SectionRole::kObjective:
    case SectionRole::kMethods:
    case SectionRole::kLimitations:
    case SectionRole::kKeyword:
      return false;
    default:
      return true;
  }
}

bool FindingContext::StatesResult(std::uint32_t cue_start, std::uint32_t cue_end) const {
  if (!MayStateResults(role_) || is_question_ || cue_start > plan_from_) return false;
  const std::size_t word = WordAt(cue_start);
  // A title's "improving sleep" and "for the reduction of pain" name a purpose; "improves" states.
  if (role_ == SectionRole::kTitle && word < words_.size() && EndsWith(Text(word), "ing")) return false;
  if (role_ == SectionRole::kTitle && word > 1 && (Is(word - 1, "the") || Is(word - 1, "for")) &&
      (Is(word - 2, "for") || Is(word - 1, "for")))
    return false;
  if (IsPurpose(word, cue_end) || measures_[ClauseOf(cue_start)] != 0) return false;
  const std::uint32_t clause = clauses_[ClauseOf(cue_start)];
  for (std::size_t i = word; i-- > 0 && word - i <= 4 && words_[i].start >= clause;)
    if (Has(i, kGuesses)) return false;
  return true;
}

std::string_view FindingContext::Subgroup(std::size_t clause) const {
  constexpr std::size_t kLongest = 12;
  const std::uint32_t end = ClauseEnd(clause);
  for (std::size_t i = WordAt(clauses_[clause]); i + 1 < words_.size() && words_[i].start < end; ++i) {
    if (!Is(i, "in") && !Is(i, "among") && !Is(i, "within") && !Is(i, "for")) continue;
    std::size_t first = i + 1;
    if (Is(first, "the") || Is(first, "a")) ++first;
    const bool named = StartsWith(first, "subgroup") || StartsWith(first, "subset") ||
                       (Is(first, "sub") && StartsWith(first + 1, "group"));
    const bool only = i > 0 && (Is(i - 1, "only") || Is(i - 1, "especially") || Is(i - 1, "particularly"));
    const bool people = StartsWith(first, "patient") || StartsWith(first, "participant") || Is(first, "those") ||
                        StartsWith(first, "subject") || Is(first, "women") || Is(first, "men") ||
                        Is(first, "individuals") || Is(first, "people") || Is(first, "adults");
    if (!named && !people && !only) continue;
    bool limited = named || only || (Is(first, "those") && (Is(first + 1, "with") || Is(first + 1, "who")));
    std::size_t last = first;
    for (std::size_t k = first; k < words_.size() && k < first + kLongest && words_[k].end <= end; ++k) {
      const std::string_view gap =
          k == first ? std::string_view() : buffer_.substr(words_[k - 1].end, words_[k].start - words_[k - 1].end);
      if (gap.find_first_of(",;:.()") != std::string_view::npos) break;
      if (k > first && (Is(k, "was") || Is(k, "were") || Is(k, "had") || Is(k, "compared") || Is(k, "than") ||
                        Is(k, "showed") || Is(k, "did") || Is(k, "but") || Is(k, "is") || Is(k, "receiving")))
        break;
      if (Has(k, kLimits) && !Is(k - 1, "or")) limited = true;
      last = k;
    }
    if (Is(last + 1, "but") && Is(last + 2, "not")) limited = true;
    if (limited) return buffer_.substr(words_[first].start, words_[last].end - words_[first].start);
  }
  return {};
}

}  // namespace litmill::tag
