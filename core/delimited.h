// SPDX-License-Identifier: Apache-2.0
// The small tables that people edit by hand: tabs, commas or semicolons, comments, blank lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill {

struct TableRow {
  std::size_t line = 0;  ///< From 1.
  std::vector<std::string> cells;
};

/// The rows of `text`, cells trimmed; blank lines and lines that begin with '#' are passed over, a byte order mark too.
/// A line with a tab is separated by tabs; any other by `separator`, where a cell may stand in double quotes ("" =
/// one).
[[nodiscard]] std::vector<TableRow> ReadTable(std::string_view text, char separator);

}  // namespace litmill
