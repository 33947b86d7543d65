// SPDX-License-Identifier: Apache-2.0
#include "search/numbered_lines.h"

#include <algorithm>
#include <optional>

#include "search/words.h"

namespace litmill::search {
namespace {

enum class Style { kHash, kPlain, kBare };

struct Label {
  int number = 0;
  std::size_t begin = 0;  ///< Offsets in the physical line.
  std::size_t end = 0;
  Style style = Style::kHash;
};

bool StartsWithOperator(std::string_view text) {
  for (const std::string_view op : {"AND", "OR", "NOT"}) {
    if (text.starts_with(op) && (text.size() == op.size() || IsSpace(text[op.size()]) || text[op.size()] == '('))
      return true;
  }
  return false;
}

std::optional<Label> ReadLabel(std::string_view line) {
  Label label;
  std::size_t i = 0;
  while (i < line.size() && IsSpace(line[i])) ++i;
  label.begin = i;
  const bool hash = i < line.size() && line[i] == '#';
  if (hash) ++i;
  const std::size_t digits = i;
  while (i < line.size() && IsDigit(line[i]) && i - digits < 6) ++i;
  label.number = ReadNumber(line.substr(digits, i - digits));
  if (label.number < 1) return std::nullopt;
  const bool marked = i < line.size() && (line[i] == '.' || line[i] == ':' || line[i] == ')');
  if (marked) ++i;
  if (i >= line.size() || !IsSpace(line[i])) return std::nullopt;  // "2000:2025[dp]" and "#1" alone are no labels.
  const bool tab = line[i] == '\t';
  label.end = i;
  while (i < line.size() && IsSpace(line[i])) ++i;
  const std::string_view rest = line.substr(i);
  if (rest.empty()) return std::nullopt;
  if (!marked && (StartsWithOperator(rest) || rest.front() == ')' || rest.front() == ':')) return std::nullopt;
  label.style = hash ? Style::kHash : (marked || tab) ? Style::kPlain : Style::kBare;
  return label;
}

}  // namespace

std::vector<NumberedLine> SplitNumberedLines(std::string_view text) {
  std::vector<NumberedLine> lines;
  std::optional<Style> style;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view physical = text.substr(begin, end - begin);
    std::optional<Label> label = ReadLabel(physical);
    const bool blank = SplitWords(physical).empty();
    if (!style && !blank) {
      if (!label || (label->style != Style::kHash && label->number != 1)) return {};
      style = label->style;
    }
    // A bare "3 ..." is a label only where a 3 is due; elsewhere it is the rest of a broken line.
    if (label && style && label->style == Style::kBare &&
        (*style == Style::kHash || label->number != (lines.empty() ? 1 : lines.back().number + 1))) {
      label.reset();
    }
    if (label && style && (label->style == Style::kHash) != (*style == Style::kHash)) label.reset();
    if (label) {
      lines.push_back({label->number, begin + label->begin, begin + label->end, begin + label->end, end});
    } else if (!lines.empty()) {
      lines.back().query_end = end;
    }
    begin = end + 1;
  }
  if (style == Style::kBare && lines.size() < 2) return {};
  return lines;
}

}  // namespace litmill::search
