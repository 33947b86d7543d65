// SPDX-License-Identifier: Apache-2.0
// RE2 tamed: patterns that are checked before use, matched between Unicode word edges, and a Set that cannot exist
// uncompiled.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

#include "core/result.h"
#include "tag/match_starts.h"
#include "tag/normalise.h"

namespace litmill::tag {

/// One author's pattern, matched leftmost-longest between word edges: the code points before and after a match are
/// neither letters nor digits (\pL, \pN). Edges are not part of the match, so "Mg, Mg" has two.
/// Groups group and nothing more: the span is always the whole match. Safe to share between threads.
///
/// The text searched must start and end with a space (JoinedText sees to that).
class EdgedPattern {
 public:
  /// kConfig with RE2's own words (no rule name or place: the caller knows these) when the pattern does not compile,
  /// can match the empty text, is anchored, or uses \C (which could split a character).
  [[nodiscard]] static Result<std::unique_ptr<EdgedPattern>> Make(const std::string& pattern, bool case_sensitive);

  /// What a Set is given: the pattern between ASCII edges. It finds at least everything that the pattern finds.
  [[nodiscard]] const std::string& set_expression() const { return quick_expression_; }
  /// The author's pattern.
  [[nodiscard]] const std::string& source() const { return source_; }
  /// The longest match whose left edge is the character at `edge`.
  [[nodiscard]] std::optional<ByteSpan> MatchAt(std::string_view text, std::size_t edge) const;
  /// All matches, in order, not overlapping.
  void FindAll(std::string_view text, std::vector<ByteSpan>& spans) const;
  /// Whether there is a match inside [start, end) of the text.
  [[nodiscard]] bool MatchesWithin(std::string_view text, ByteSpan where) const;

 private:
  EdgedPattern(std::string source, std::string quick, std::string exact)
      : source_(std::move(source)), quick_expression_(std::move(quick)), exact_expression_(std::move(exact)) {}
  [[nodiscard]] const RE2& Quick() const;
  [[nodiscard]] const RE2& Exact() const;
  /// Spans in [from, to) of the text, by the quick expression or, where that cannot decide, by the exact one.
  void Find(std::string_view text, std::size_t from, std::size_t to, bool first_only,
            std::vector<ByteSpan>& spans) const;

  // The exact edges cost about 30 KiB a pattern and are needed on few texts: most patterns never compile them.
  std::string source_, quick_expression_, exact_expression_;
  mutable std::once_flag quick_once_, exact_once_;
  mutable std::unique_ptr<RE2> quick_, exact_;
};

/// Where the next match of a pattern may have its left edge: the last character of a match can be the edge of the next.
[[nodiscard]] std::size_t NextEdge(std::string_view text, const ByteSpan& span);

/// A pattern matches with its left edge at `edge`: up to non-ASCII letters beside it, which EdgedPattern::MatchAt
/// decides.
struct PatternHit {
  std::uint32_t pattern = 0;
  std::uint32_t edge = 0;
};

/// Many patterns at once: where in a text which of them may match.
///
/// A match begins behind a word edge. MatchStarts rules out most of these places by the few characters that follow; at
/// the others an RE2::Set, anchored there, says which patterns match. Anchored, the Set follows only matches that begin
/// at that one place: its automaton stays small whatever gaps the patterns have (unanchored it would need a state for
/// each mixture of matches under way).
class PatternSet {
 public:
  /// Matches longer than this (with their edges) are not found: what keeps the time for a text of n bytes below
  /// n times this whatever patterns and texts there are.
  static constexpr std::size_t kLongestMatch = 2000;

  /// Takes the patterns whose numbers are given; numbers are indices into `patterns`.
  /// kConfig when they do not fit into the memory that is set aside.
  [[nodiscard]] static Result<PatternSet> Make(const std::vector<std::unique_ptr<EdgedPattern>>& patterns,
                                               const std::vector<std::uint32_t>& numbers);
  /// The given patterns that are not in the set, because their matches can begin with nearly anything: each has to be
  /// searched on its own.
  [[nodiscard]] const std::vector<std::uint32_t>& left_out() const { return left_out_; }
  /// By edge, then pattern. kInternal when RE2 ran out of memory: then nothing is known about the text.
  [[nodiscard]] Result<void> Match(std::string_view text, std::vector<PatternHit>& hits) const;

 private:
  PatternSet() = default;
  [[nodiscard]] Result<void> MatchAt(std::string_view text, std::size_t edge, std::vector<int>& members,
                                     std::vector<PatternHit>& hits) const;

  std::unique_ptr<RE2::Set> set_;  ///< Compiled; null for a set without patterns.
  std::unique_ptr<MatchStarts> starts_;
  std::vector<std::uint32_t> pattern_of_member_;
  std::vector<std::uint32_t> left_out_;
};

}  // namespace litmill::tag
