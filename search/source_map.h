// SPDX-License-Identifier: Apache-2.0
// Byte offsets to lines and columns, in constant time however long a line is.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "search/tree.h"

namespace litmill::search {

/// Knows the line and column of each place in `text`, which must outlive it.
class SourceMap {
 public:
  explicit SourceMap(std::string_view text);

  /// The span of the bytes [begin, end), clipped to the text.
  [[nodiscard]] Span Locate(std::size_t begin, std::size_t end) const;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  struct Mark {
    std::size_t offset, line, column;
  };
  std::string_view text_;
  std::vector<Mark> marks_;  ///< One about each kStep bytes, always at the start of a character.
};

}  // namespace litmill::search
