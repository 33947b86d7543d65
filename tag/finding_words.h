// SPDX-License-Identifier: Apache-2.0
// A sentence or two as words, numbers and signs, with what each word says about a comparison: what direction.h and
// findings.h reason about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// What a word can say in the report of a result.
enum class WordCue : std::uint8_t {
  kNone,
  kComparative,    ///< "higher", "fewer"; says which group has more.
  kChange,         ///< "increased", "reduction"; says that something moved.
  kVerdict,        ///< "improved", "worse"; says what it means.
  kSignificant,    ///< "significantly".
  kInsignificant,  ///< "insignificant", "ns".
  kDifference,     ///< "difference", "differ".
  kEffect,         ///< "effect", "association", "influence".
  kSame,           ///< "similar", "comparable", "unchanged".
  kNegator,        ///< "no", "not", "failed".
  kTrend,          ///< "tended".
  kBaseline,       ///< "baseline", "before".
  kVersus,         ///< "than", "compared", "versus".
  kGroupNoun,      ///< "group", "arm".
  kControlName,    ///< "placebo", "control".
  kTreatedName,    ///< "intervention", "treated".
  kConcession,     ///< "although", "despite".
};

enum class WordKind : std::uint8_t { kWord, kNumber, kSign };

struct Word {
  std::string_view text;  ///< In lower case (ASCII), in SpanWords::lower.
  std::string_view key;   ///< What inflected forms of it share.
  WordKind kind = WordKind::kWord;
  WordCue cue = WordCue::kNone;
  std::int8_t sign = 0;  ///< Of comparatives and changes: +1 up, -1 down; of verdicts +1 good, -1 bad.
  bool negated = false;  ///< A negator stands shortly before it in its clause.
  double value = 0;      ///< Of a number.
  std::uint32_t at = 0;  ///< Its offset in the span.
  std::uint32_t sentence = 0;
  std::uint32_t clause = 0;  ///< Counted through the span.
};

/// The words of a span. Reused from span to span.
class SpanWords {
 public:
  /// Spans longer than this are read up to here only: what bounds the time for a sentence without an end.
  static constexpr std::size_t kLongestSpan = 4000;

  void Fill(std::string_view span);
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

 private:
  void Split();
  void MarkCues();
  void MarkClauses();
  void MarkNegated();

  std::string lower_;
  std::vector<Word> words_;
};

/// The keys of a phrase's words that mean something: no "the", "of", "mean", "patients".
void ContentKeys(const SpanWords& phrase, std::vector<std::string_view>& keys);

}  // namespace litmill::tag
