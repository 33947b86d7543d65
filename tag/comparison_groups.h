// SPDX-License-Identifier: Apache-2.0
// Which words of a span stand for the intervention's group and which for the comparator's, and so whose movement a cue
// tells and whose a value is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tag/direction_features.h"
#include "tag/direction_numbers.h"
#include "tag/finding_words.h"

namespace litmill::tag {

/// Two values of one outcome, one for each group.
struct ValuePair {
  bool found = false;
  bool known = false;  ///< Words say whose they are; else the intervention is taken to come first.
  double intervention = 0;
  double comparator = 0;
};

/// What names a group: the content words of its description, its label ("group B") and its initials.
class GroupNames {
 public:
  /// Costs nothing when the text is the same as before.
  void Fill(std::string_view text);
  [[nodiscard]] const std::string& initials() const { return initials_; }
  [[nodiscard]] bool Has(std::string_view key) const;
  [[nodiscard]] bool HasLabel(std::string_view text) const;
  [[nodiscard]] bool HasInitial(char c) const;
  [[nodiscard]] bool HasCue(WordCue cue) const;

 private:
  std::string text_;
  SpanWords words_;
  std::vector<std::string_view> keys_;
  std::vector<std::string_view> labels_;
  std::string initials_;
};

/// Reused from span to span.
class ComparisonGroups {
 public:
  void Fill(const std::vector<Word>& words, std::string_view intervention, std::string_view comparator,
            std::string_view outcome);
  /// Whose movement the comparative or change at `word` tells.
  [[nodiscard]] Standing StandingOf(std::size_t word) const;
  [[nodiscard]] ValuePair FindPair(const std::vector<NumberRole>& numbers, std::uint32_t clause) const;
  [[nodiscard]] ValuePair FindPairInSentence(const std::vector<NumberRole>& numbers, std::uint32_t sentence) const;

 private:
  void MarkNamed();
  [[nodiscard]] ValuePair PairOf(const std::vector<const NumberRole*>& values) const;
  /// The first side named in [from, to); 0 when none is.
  [[nodiscard]] int FirstSide(std::size_t from, std::size_t to) const;
  [[nodiscard]] int LastSide(std::size_t from, std::size_t to) const;

  const std::vector<Word>* words_ = nullptr;
  GroupNames ours_, theirs_, measured_;
  std::vector<std::int8_t> side_;  ///< By word: +1 the intervention's, -1 the comparator's.
};

}  // namespace litmill::tag
