// SPDX-License-Identifier: Apache-2.0
// Which words of a span stand for the intervention's group and which for the comparator's, and so whose movement a cue
// tells and whose a value is.
#pragma once

#include <cstdint>
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

class ComparisonGroups {
 public:
  void Fill(const std::vector<Word>& words, std::string_view intervention, std::string_view comparator,
            std::string_view outcome);
  /// Whose movement the comparative or change at `word` tells.
  [[nodiscard]] Standing StandingOf(std::size_t word) const;
  [[nodiscard]] ValuePair FindPair(const std::vector<NumberRole>& numbers, std::uint32_t clause) const;
  [[nodiscard]] ValuePair FindPairInSentence(const std::vector<NumberRole>& numbers, std::uint32_t sentence) const;

 private:
  void MarkNamed(std::string_view intervention, std::string_view comparator, std::string_view outcome);
  [[nodiscard]] ValuePair PairOf(const std::vector<const NumberRole*>& values) const;
  /// The first side named in [from, to); 0 when none is.
  [[nodiscard]] int FirstSide(std::size_t from, std::size_t to) const;
  [[nodiscard]] int LastSide(std::size_t from, std::size_t to) const;

  const std::vector<Word>* words_ = nullptr;
  std::vector<std::int8_t> side_;  ///< By word: +1 the intervention's, -1 the comparator's.
};

}  // namespace litmill::tag
