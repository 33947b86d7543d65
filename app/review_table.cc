// SPDX-License-Identifier: Apache-2.0
#include "app/review_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/console.h"
#include "core/csv.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::array<std::string_view, 16> kColumns = {
    "decision",      "source", "source_id",  "other_source", "other_source_id", "title", "other_title", "authors",
    "other_authors", "year",   "other_year", "journal",      "other_journal",   "rule",  "evidence",    "note"};

std::array<std::string, 16> CellsOf(const store::ReviewPair& p) {
  return {p.decision,      p.record.source, p.record.source_id, p.other.source, p.other.source_id, p.title,
          p.other_title,   p.authors,       p.other_authors,    p.year,         p.other_year,      p.journal,
          p.other_journal, p.rule,          p.evidence,         p.note};
}

/// Columns by name; npos where the table has none.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& header) {
    for (const std::string& name : header) names_.push_back(AsciiLower(TrimAscii(name)));
  }
  [[nodiscard]] std::size_t Find(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? std::string::npos : static_cast<std::size_t>(found - names_.begin());
  }

 private:
  std::vector<std::string> names_;
};

Error BadRow(std::size_t line, std::string_view what) {
  return {ErrorCode::kInvalidInput, fmt::format("line {}: {}", line, what)};
}

std::string CellAt(const CsvRow& row, std::size_t column) {
  if (column >= row.cells.size()) return {};
  std::string_view cell = TrimAscii(row.cells[column]);
  // The guard against formulas that WriteReviewTable sets.
  if (cell.size() > 1 && cell.front() == '\'' && std::string_view("=+-@").find(cell[1]) != std::string_view::npos)
    cell.remove_prefix(1);
  return std::string(cell);
}

}  // namespace

std::string WriteReviewTable(const std::vector<store::ReviewPair>& pairs) {
  std::string text = fmt::format("{}\r\n", fmt::join(kColumns, ","));
  for (const store::ReviewPair& pair : pairs) {
    const auto cells = CellsOf(pair);
    for (std::size_t c = 0; c < cells.size(); ++c) text += (c == 0 ? "" : ",") + CsvCell(cells[c]);
    text += "\r\n";
  }
  return text;
}

Result<std::vector<store::PersonsDecision>> ReadReviewTable(std::string_view text, const std::string& decided_at) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvReader reader(text, SniffSeparator(text));
  CsvRow row;
  if (!reader.Next(row)) return Fail(ErrorCode::kInvalidInput, "the table is empty");
  const Columns columns(row.cells);
  for (const std::string_view needed : {"decision", "source", "source_id", "other_source", "other_source_id"})
    if (columns.Find(needed) == std::string::npos)
      return Fail(BadRow(row.line, fmt::format("the table has no column \"{}\"", needed)));
  std::vector<store::PersonsDecision> decisions;
  while (reader.Next(row)) {
    if (row.has_open_quote) return Fail(BadRow(row.line, "a quotation mark is never closed"));
    const std::string said = AsciiLower(CellAt(row, columns.Find("decision")));
    if (said.empty()) continue;
    if (said != "duplicate" && said != "different")
      return Fail(BadRow(row.line, fmt::format("the decision is \"{}\"; write duplicate or different", said)));
    store::PersonsDecision& decision = decisions.emplace_back();
    decision.record = {CellAt(row, columns.Find("source")), CellAt(row, columns.Find("source_id"))};
    decision.other = {CellAt(row, columns.Find("other_source")), CellAt(row, columns.Find("other_source_id"))};
    decision.is_duplicate = said == "duplicate";
    decision.decided_at = decided_at;
    decision.note = CellAt(row, columns.Find("note"));
  }
  return decisions;
}

}  // namespace litmill::app
