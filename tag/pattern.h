// SPDX-License-Identifier: Apache-2.0
// RE2 tamed: patterns that are checked before use, matched between Unicode word edges, and a Set that cannot exist uncompiled.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include "core/result.h"
#include "tag/normalise.h"

namespace litmill::tag {

/// One author's pattern, matched leftmost-longest between word edges: the code points before and after a match are
/// neither letters nor digits (\pL, \pN). Edges are not part of the match, so "Mg, Mg" has two.
/// Groups group and nothing more: the span is always the whole match. Safe to share between threads.
///
/// The text searched must start and end with a space (JoinedText sees to that).
class EdgedPattern {
 public:
  /// kConfig with RE2's own words (no rule name or place: the caller knows these) when the pattern does not compile, can match the empty
  /// text, is anchored, or uses \C (which could split a character).
  [[nodiscard]] static Result<std::unique_ptr<EdgedPattern>> Make(const std::string& pattern, bool case_sensitive);

  /// What a Set is given: the pattern between ASCII edges. It finds at least everything that the pattern finds.
  [[nodiscard]] const std::string& set_expression() const { return quick_expression_; }
  /// Whether it repeats something many times ("[^.;]{0,60}"). Such gaps multiply the states of a Set that holds many patterns.
  [[nodiscard]] bool has_gap() const { return has_gap_; }
  /// All matches, in order, not overlapping.
  void FindAll(std::string_view text, std::vector<ByteSpan>& spans) const;
  /// Whether there is a match inside [start, end) of the text.
  [[nodiscard]] bool MatchesWithin(std::string_view text, ByteSpan where) const;

 private:
  EdgedPattern(std::string quick, std::string exact, bool has_gap)
      : quick_expression_(std::move(quick)), exact_expression_(std::move(exact)), has_gap_(has_gap) {}
  [[nodiscard]] const RE2& Quick() const;
  [[nodiscard]] const RE2& Exact() const;
  /// Spans in [from, to) of the text, by the quick expression or, where that cannot decide, by the exact one.
  void Find(std::string_view text, std::size_t from, std::size_t to, bool first_only, std::vector<ByteSpan>& spans) const;

  // The exact edges cost about 30 KiB a pattern and are needed on few texts: most patterns never compile them.
  std::string quick_expression_, exact_expression_;
  bool has_gap_ = false;
  mutable std::once_flag quick_once_, exact_once_;
  mutable std::unique_ptr<RE2> quick_, exact_;
};

/// All patterns at once: which of them may occur in a text.
///
/// Patterns without gaps stand in one RE2::Set. One with a gap would blow up the Set's automaton (measured: 60 times
/// slower), so only the words that it cannot do without stand there, and it may occur when they do.
class PatternSet {
 public:
  struct Expression {
    std::string text;
    bool has_gap = false;
  };

  /// kConfig when they do not fit into the memory that is set aside.
  [[nodiscard]] static Result<PatternSet> Make(const std::vector<Expression>& expressions);
  /// Indices into `expressions`, ascending. kInternal when RE2 ran out of memory: then nothing is known about the text.
  [[nodiscard]] Result<void> Match(std::string_view text, std::vector<int>& hits) const;

 private:
  PatternSet() = default;
  [[nodiscard]] Result<std::vector<std::string>> AddGapped(const std::vector<Expression>& expressions);

  std::unique_ptr<RE2::Set> set_;              ///< Compiled; null for a set without patterns.
  std::vector<int> pattern_of_member_;         ///< By the Set's member: a pattern, or ~atom of gapped_.
  std::unique_ptr<re2::FilteredRE2> gapped_;   ///< Knows which words each pattern with a gap needs; null when there is none.
  std::vector<int> pattern_of_gapped_;
};

}  // namespace litmill::tag
