// SPDX-License-Identifier: Apache-2.0
// One pass over a text that finds where which of many patterns match.
//
// From every word start a walk goes through the network of steps of all patterns at once (tag/pattern_steps.h): a
// deterministic automaton whose states are made when a walk first comes to them, as RE2 makes its own. Real texts see
// few of the possible states, however many patterns there are. A walk ends where no pattern can go on, mostly inside
// its first word, and always after kLongestMatch bytes: the time for a text is linear in its length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tag/pattern_steps.h"

namespace litmill::tag {

/// A pattern matches from `start` on; one that PatternSteps does not decide may match there.
struct FoundMatch {
  std::uint32_t pattern = 0;
  std::uint32_t start = 0;
  std::uint32_t shortest_end = 0;  ///< Of the shortest match; 0 when the pattern is not decided.
  std::uint32_t end = 0;           ///< Of the longest one; likewise.
};

/// Keeps the states of the last patterns it saw. Works on one text at a time: one for each thread.
class MatchWalker {
 public:
  /// Every place where one of the patterns matches between word edges, by pattern, then start. Places of one pattern
  /// may overlap. The text is normalised, in valid UTF-8 but for FF, and starts with a word edge.
  void Find(const PatternSteps& steps, std::string_view text, std::vector<FoundMatch>& found);

 private:
  /// A state is where it stands in table_: its column range (see Columns), the number of its key, then for each of
  /// these symbols the next state. All in one place, so that a step of a walk waits for memory once.
  using StateId = std::uint32_t;
  static constexpr StateId kNotMade = 0;
  static constexpr StateId kNoState = 1;
  static constexpr StateId kStart = 2;
  static constexpr StateId kMatches = 0x8000'0000;  ///< Beside a state: patterns match here.
  struct Walk {
    std::uint32_t start = 0;
    StateId state = 0;
  };

  void Forget(const PatternSteps& steps);
  void FindWordStarts();
  void WalkAll(std::size_t first, std::size_t last);
  /// The state behind `symbol`, with kMatches where patterns match.
  [[nodiscard]] StateId After(StateId from, std::uint8_t symbol);
  [[nodiscard]] StateId MakeNext(StateId from, std::uint8_t symbol);
  [[nodiscard]] const std::u32string& KeyOf(StateId state) const { return *keys_[table_[state + 1]]; }
  [[nodiscard]] StateId StateOf(const std::vector<std::uint32_t>& reached);
  /// `key` stays where it is.
  void AddState(const std::u32string& key);
  void Report(StateId state, std::uint32_t start, std::uint32_t end);
  void Gather(std::vector<FoundMatch>& found);

  const PatternSteps* steps_ = nullptr;
  std::uint64_t steps_id_ = 0;

  std::vector<std::uint32_t> table_;
  /// What makes a state: how many patterns match, these, and the steps that read on; both ascending.
  std::unordered_map<std::u32string, StateId> ids_;
  std::vector<const std::u32string*> keys_;
  std::array<bool, kSymbolCount> begins_{};  ///< A match can begin with this symbol.

  std::uint32_t epoch_ = 0;
  std::vector<std::uint32_t> seen_in_;     ///< By step, the last epoch.
  std::vector<std::uint32_t> matched_in_;  ///< By pattern, the last epoch.
  std::vector<std::uint32_t> reached_, todo_;
  std::u32string key_, reading_;

  // Of the text in hand.
  std::vector<std::uint8_t> symbols_;
  std::vector<Walk> walks_;
  struct End {
    std::uint64_t place = 0;  ///< Pattern and start.
    std::uint32_t end = 0;
  };
  std::vector<End> ends_;
};

}  // namespace litmill::tag
