// SPDX-License-Identifier: Apache-2.0
// Where in a text which of many patterns may match: one automaton over the beginnings of all their matches.
//
// A match begins behind a word edge. From there the automaton reads as many characters as it takes to rule a pattern
// out or to find nothing left to check: then it proposes the pattern, and RE2 decides. It holds words, not gaps: behind
// ".{0,40}" or "\w+" nothing can be ruled out any more, so that it stays small whatever the patterns are, and the time
// for a text is linear in its length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/pattern_shape.h"

namespace litmill::tag {

struct NumberedPattern {
  std::uint32_t number = 0;  ///< As the caller counts.
  std::string_view source;   ///< RE2 accepts it.
};

/// A pattern may match with its left edge, a character, at `edge`.
struct PossibleMatch {
  std::uint32_t pattern = 0;
  std::uint32_t edge = 0;
};

/// Immutable, safe to share between threads.
class MatchStarts {
 public:
  explicit MatchStarts(const std::vector<NumberedPattern>& patterns);
  /// The numbers of patterns whose matches can begin with nearly anything: each has to be searched on its own.
  [[nodiscard]] const std::vector<std::uint32_t>& left_out() const { return left_out_; }

  /// Memory that Find uses again from text to text.
  struct Scratch {
    struct Walk {
      std::uint32_t start = 0;
      std::uint16_t state = 0;
    };
    std::vector<std::uint8_t> symbols;
    std::vector<Walk> walks;
  };

  /// Every place where a pattern that was not left out matches between word edges, and some where it does not; each
  /// once, in no order. The text is normalised, in valid UTF-8 but for FF, and starts with a word edge.
  void Find(std::string_view text, Scratch& scratch, std::vector<PossibleMatch>& found) const;

 private:
  friend class MatchStartsBuilder;
  /// For each symbol the next state, kNoState, or a state with kProposes. Letters are in one line of the cache.
  struct alignas(64) Row {
    std::array<std::uint16_t, kSymbolCount> next{};
  };
  static constexpr std::uint16_t kNoState = 0;
  static constexpr std::uint16_t kStart = 1;
  static constexpr std::uint16_t kProposes = 0x8000;

  struct Proposals {
    std::uint32_t first = 0;  ///< Into proposed_.
    std::uint32_t count = 0;
  };

  /// Fills the scratch with the text's symbols and a walk for each word start. Returns the number of walks.
  std::size_t FindWordStarts(std::string_view text, Scratch& scratch) const;
  void Propose(std::uint16_t state, std::string_view text, std::size_t start, std::vector<PossibleMatch>& found) const;

  std::vector<Row> rows_;             ///< By state. Row 0 is not used.
  std::vector<Proposals> proposals_;  ///< By state. States from rows_.size() on only propose.
  std::vector<std::uint32_t> proposed_;
  std::vector<std::uint32_t> left_out_;
};

}  // namespace litmill::tag
