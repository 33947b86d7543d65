// SPDX-License-Identifier: Apache-2.0
// What a text must hold for a pattern to match at all: "serum[^.;]{0,60}zinc" needs "zinc" somewhere. Most patterns
// with gaps begin with common words and end with rare ones, so this saves nearly all vain searches.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tag/pattern_shape.h"

namespace litmill::tag {

/// Which three letters or digits (without case), or word edges in their place, follow each other in a text. Slots are
/// shared, so that it may claim more than there is.
class TextTrigrams {
 public:
  static constexpr std::size_t kSlots = 8192;
  static constexpr std::uint8_t kEdge = kRareAscii;  ///< Stands for all of kEdgeSymbols.
  [[nodiscard]] static constexpr std::uint16_t Slot(std::uint32_t first, std::uint32_t second, std::uint32_t third) {
    return static_cast<std::uint16_t>((((first << 12U) | (second << 6U) | third) * 0x9E3779B1U) >> 19U);
  }

  void Fill(const std::vector<std::uint8_t>& symbols);
  [[nodiscard]] bool Has(std::uint16_t slot) const { return ((words_[slot / 64] >> (slot % 64)) & 1U) != 0; }

 private:
  std::array<std::uint64_t, kSlots / 64> words_{};
};

/// Of one pattern.
class NeededText {
 public:
  /// Nothing is needed where the pattern's shape is unknown or too varied, nor where it is a list of a few texts:
  /// MatchStarts says enough of these.
  explicit NeededText(const std::optional<Shape>& shape);
  [[nodiscard]] bool empty() const { return choices_.empty(); }
  /// False only when the pattern matches nowhere in the text.
  [[nodiscard]] bool MayBeIn(const TextTrigrams& text) const;

 private:
  using Trigrams = std::vector<std::uint16_t>;
  std::vector<Trigrams> choices_;  ///< The text holds all trigrams of one of these.
};

}  // namespace litmill::tag
