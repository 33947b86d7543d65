// SPDX-License-Identifier: Apache-2.0
// A strategy of numbered lines ("#1 ...", "1. ...") cut into its lines.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace litmill::search {

/// One numbered line: its number, where its label stands, and the bytes of its query (its continuation lines too).
struct NumberedLine {
  int number = 1;
  std::size_t label_begin = 0;
  std::size_t label_end = 0;
  std::size_t query_begin = 0;
  std::size_t query_end = 0;
};

/// The lines of `text` in their order, or none when it is not numbered. It is numbered when its first line that is not
/// blank begins with a label: "#1", "#1:", "1.", "1)", "1" and a tab; or "1" and a space when a line "2 ..." follows.
/// "#1 AND #2" begins with a reference, not with a label. A line without a label continues the one above it.
[[nodiscard]] std::vector<NumberedLine> SplitNumberedLines(std::string_view text);

}  // namespace litmill::search
