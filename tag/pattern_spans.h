// SPDX-License-Identifier: Apache-2.0
// Where each pattern of a rule set matches in a text: leftmost-longest between word edges, as EdgedPattern::FindAll
// says, but all patterns in one pass. RE2 is asked only about patterns that the pass cannot decide, and only if
// somebody wants to know.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/compiled_rules.h"
#include "tag/match_walker.h"
#include "tag/normalise.h"

namespace litmill::tag {

/// Works on one text at a time; keep one per thread, so that its memory and the walker's states are used again.
class PatternSpans {
 public:
  /// `text` is that of a JoinedText; it and the rules must outlive the questions.
  void Start(const CompiledRules& rules, std::string_view text);
  /// The patterns that may match in the text: no other does.
  [[nodiscard]] const std::vector<std::uint32_t>& possible() const { return possible_; }
  /// The pattern's matches, in order, not overlapping. Valid until Start.
  [[nodiscard]] const std::vector<ByteSpan>& Of(std::uint32_t pattern);
  /// Whether the pattern matches inside [start, end) of the text.
  [[nodiscard]] bool AnyWithin(std::uint32_t pattern, ByteSpan where) const;

 private:
  /// The first in found_ of the pattern that starts there or later; other patterns' may follow at once.
  [[nodiscard]] std::size_t FirstFound(std::uint32_t pattern, std::uint32_t start) const;

  const CompiledRules* rules_ = nullptr;
  std::string_view text_;
  MatchWalker walker_;
  std::vector<FoundMatch> found_;
  std::vector<std::uint32_t> possible_;
  std::vector<char> is_filled_;               ///< By pattern: spans_ is.
  std::vector<std::vector<ByteSpan>> spans_;  ///< By pattern.
};

}  // namespace litmill::tag
