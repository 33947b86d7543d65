// SPDX-License-Identifier: Apache-2.0
// RE2 tamed: patterns that are checked before use and matched between Unicode word edges.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "core/result.h"
#include "tag/normalise.h"
#include "tag/pattern_shape.h"

namespace litmill::tag {

/// One author's pattern, matched leftmost-longest between word edges: the code points before and after a match are
/// neither letters nor digits (\pL, \pN). Edges are not part of the match, so "Mg, Mg" has two.
/// Groups group and nothing more: the span is always the whole match. Safe to share between threads.
///
/// The text searched must start and end with a space (JoinedText sees to that).
class EdgedPattern {
 public:
  /// kConfig with RE2's own words (no rule name or place: the caller knows these) when the pattern does not compile,
  /// can match the empty text, is anchored, or uses \C (which could split a character). RE2 reads a pattern whose shape
  /// is exact only when it is first asked about it: most never are.
  [[nodiscard]] static Result<std::unique_ptr<EdgedPattern>> Make(const std::string& pattern, bool case_sensitive);

  /// The author's pattern.
  [[nodiscard]] const std::string& source() const { return source_; }
  /// How many instructions RE2 makes of it; -1 when it is too large for RE2.
  [[nodiscard]] int ProgramSize() const { return Quick().ProgramSize(); }
  /// The longest match, of at most kLongestMatch, that begins at `start`.
  [[nodiscard]] std::optional<ByteSpan> MatchAt(std::string_view text, std::size_t start) const;
  /// All matches, in order, not overlapping.
  void FindAll(std::string_view text, std::vector<ByteSpan>& spans) const;
  /// Whether there is a match inside [start, end) of the text.
  [[nodiscard]] bool MatchesWithin(std::string_view text, ByteSpan where) const;

 private:
  EdgedPattern(const std::string& pattern, bool case_sensitive);
  [[nodiscard]] const RE2& Quick() const;
  [[nodiscard]] const RE2& Exact() const;
  /// Spans in [from, to) of the text, by the quick expression or, where that cannot decide, by the exact one.
  void Find(std::string_view text, std::size_t from, std::size_t to, bool first_only,
            std::vector<ByteSpan>& spans) const;

  std::string source_;
  std::string grouped_;  ///< With its flag for case.
  // Compiled when first used: each costs tens of KiB.
  mutable std::once_flag quick_once_, exact_once_;
  mutable std::unique_ptr<RE2> quick_;  ///< Between ASCII edges: it finds at least everything that the pattern finds.
  mutable std::unique_ptr<RE2> exact_;
};

}  // namespace litmill::tag
