// SPDX-License-Identifier: Apache-2.0
// Normalised text for matching, with an exact way back to the stored bytes.
//
// What changes: Unicode NFKC ("ﬁ" -> "fi", "²⁺" -> "2+", "µ" -> "μ"); every dash becomes "-", every single quote "'",
// every double quote '"'; every kind of white space becomes " " and runs of it one; soft hyphens and zero-width
// characters go; PubMed's old way of writing charges and subscripts ("Mg(2+)", "MgSO(4)") loses its brackets;
// ill-formed UTF-8 becomes U+FFFD. Letter case stays.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// A stretch of normalised text and the stored bytes it came from. Verbatim: byte for byte the same, so that any place
/// inside maps; otherwise the whole stretch stands for the whole of its stored bytes (or for nothing when they were
/// deleted).
struct Segment {
  std::uint32_t normal_start = 0;
  std::uint32_t normal_size = 0;
  std::uint32_t stored_start = 0;
  std::uint32_t stored_size = 0;
  bool verbatim = true;
};

struct ByteSpan {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

/// Appends the normal form of `stored` to `out` and its segments to `segments`; `normal_start` counts from the start of
/// `out`, `stored_start` from the start of `stored`. Segments are in order and cover every byte of both. `stored` must
/// be below 4 GiB.
void AppendNormalised(std::string_view stored, std::string& out, std::vector<Segment>& segments);

/// The stored bytes of the normalised span [start, end), which is not empty and lies inside the `count` segments from
/// `segments`. The result starts and ends on code-point boundaries of the stored text when the span does in the
/// normalised text.
[[nodiscard]] ByteSpan ToStored(const Segment* segments, std::size_t count, std::uint32_t start, std::uint32_t end);

/// A whole text normalised on its own, for tests and tools.
struct NormalisedText {
  std::string text;
  std::vector<Segment> segments;
  [[nodiscard]] ByteSpan ToStored(std::uint32_t start, std::uint32_t end) const {
    return tag::ToStored(segments.data(), segments.size(), start, end);
  }
};
[[nodiscard]] NormalisedText Normalise(std::string_view stored);

}  // namespace litmill::tag
