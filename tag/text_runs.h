// SPDX-License-Identifier: Apache-2.0
// Where words and numbers begin: the first thing that is asked of every text, so it must cost little.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace litmill::tag {

/// The places in a text where a run of ASCII letters or of digits begins, ascending: of "B12, 5mg" those of "B", "12",
/// "5" and "mg". Reused from text to text.
class TextRuns {
 public:
  void Fill(std::string_view text);
  [[nodiscard]] std::span<const std::uint32_t> starts() const { return {places_.data(), count_}; }

 private:
  std::vector<std::uint32_t> places_;  ///< Never made smaller: only the first `count_` are of the text in hand.
  std::size_t count_ = 0;
};

}  // namespace litmill::tag
