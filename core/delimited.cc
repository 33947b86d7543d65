// SPDX-License-Identifier: Apache-2.0
#include "core/delimited.h"

#include <algorithm>

#include "core/unicode.h"

namespace litmill {
namespace {

std::vector<std::string> Cells(std::string_view line, char separator) {
  const bool tabs = line.find('\t') != std::string_view::npos;
  if (tabs) separator = '\t';
  std::vector<std::string> cells;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cell.push_back('"');
      ++i;
    } else if (!tabs && c == '"' && (quoted || TrimAscii(cell).empty())) {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      cells.emplace_back(TrimAscii(cell));
      cell.clear();
    } else {
      cell.push_back(c);
    }
  }
  cells.emplace_back(TrimAscii(cell));
  return cells;
}

}  // namespace

std::vector<TableRow> ReadTable(std::string_view text, char separator) {
  std::vector<TableRow> rows;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view trimmed = TrimAscii(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    rows.push_back({number, Cells(line, separator)});
  }
  return rows;
}

}  // namespace litmill
