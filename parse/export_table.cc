// SPDX-License-Identifier: Apache-2.0
#include "parse/export_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/unicode.h"
#include "parse/json_reader.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

bool IsBlank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return TrimAscii(cell).empty(); });
}

// One apostrophe or more before what a spreadsheet takes for a formula: the first is the guard.
bool IsGuarded(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of('\'');
  return first != 0 && first != std::string_view::npos &&
         std::string_view("=+-@").find(cell[first]) != std::string_view::npos;
}

std::size_t FilledCells(const std::vector<std::string>& cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !TrimAscii(cell).empty(); }));
}

std::size_t BytesOf(const std::vector<std::string>& cells) {
  std::size_t bytes = 0;
  for (const std::string& cell : cells) bytes += cell.size();
  return bytes;
}

// "funding text 10" -> "funding text".
std::string_view WithoutNumber(std::string_view name) {
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos || space + 1 == name.size()) return {};
  const std::string_view number = name.substr(space + 1);
  const bool is_number = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? name.substr(0, space) : std::string_view();
}

// Cells of tab-delimited exports are never quoted, and may begin with a quotation mark all the same; programs that save
// them anew do quote. Then nearly every cell that begins with one ends with one.
bool QuotesTabbedCells(std::string_view text) {
  std::size_t opened = 0;
  std::size_t closed = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\t\r\n"), text.size());
    const std::string_view cell = text.substr(0, end);
    if (cell.size() > 1 && cell.front() == '"') {
      ++opened;
      if (cell.back() == '"') ++closed;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return 2 * closed > opened;
}

// Where the header row of a layout was found, and in which wording.
struct FoundTable {
  char separator = ',';
  bool has_quotes = true;
  CsvRow header;
  std::vector<CsvRow> before;
};

std::optional<FoundTable> FindHeader(std::string_view text, const TableLayout& layout) {
  // What stands before the header may have other separators than the table, so the best guess is only the first one.
  std::string separators{SniffSeparator(text)};
  for (const char c : {',', ';', '\t'})
    if (separators.find(c) == std::string::npos) separators += c;
  // A header row is short: a text that is no table must not be read to its end for each layout.
  constexpr std::size_t kHeadBytes = 64U << 10U;
  for (const char separator : separators) {
    FoundTable found;
    found.separator = separator;
    CsvReader reader(text.substr(0, kHeadBytes), separator);
    for (CsvRow row; found.before.size() <= kMostRowsBeforeHeader && reader.Next(row);) {
      if (layout.fits(TableHeader(row.cells))) {
        found.header = std::move(row);
        found.has_quotes = separator != '\t' || QuotesTabbedCells(text);
        return found;
      }
      found.before.push_back(std::move(row));
    }
  }
  return std::nullopt;
}

// Excel's "sep=;", blank rows and rules say nothing; a search query or a note does.
std::string SaidBefore(const std::vector<CsvRow>& rows) {
  std::string said;
  for (const CsvRow& row : rows) {
    std::string line;
    for (const std::string& cell : row.cells)
      if (!TrimAscii(cell).empty()) line += (line.empty() ? "" : ": ") + std::string(TrimAscii(cell));
    if (line.find_first_not_of("-=_* ") == std::string::npos || line.starts_with("sep=")) continue;
    said += (said.empty() ? "" : " / ") + line;
  }
  return said;
}

// Of the row that `row` is the first line of, with a quotation mark that never ends: when no later line looks like a
// row of the table, the file ends inside the row's last cell. Then `row` becomes all of it.
bool TakeCutRow(std::string_view text, const FoundTable& table, std::size_t next_offset, CsvRow& row) {
  CsvReader behind(text.substr(next_offset), table.separator, table.has_quotes);
  for (CsvRow later; behind.Next(later);)
    if (!later.has_open_quote && later.cells.size() == table.header.cells.size()) return false;
  const std::string closed = std::string(text.substr(row.offset_bytes)) + '"';
  CsvReader reader(closed, table.separator, table.has_quotes);
  CsvRow whole;
  if (!reader.Next(whole) || whole.has_open_quote) return false;
  row.cells = std::move(whole.cells);
  row.has_open_quote = false;
  return true;
}

}  // namespace

TableHeader::TableHeader(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    std::string printed = FoldSpace(name);
    std::string lower = AsciiLower(printed);
    by_name_[lower].push_back(names_.size());
    names_.push_back(std::move(lower));
    printed_.push_back(printed.empty() ? fmt::format("column {}", names_.size()) : std::move(printed));
  }
}

const std::vector<std::size_t>* TableHeader::Find(std::string_view column) const {
  const auto found = by_name_.find(std::string(column));
  return found == by_name_.end() ? nullptr : &found->second;
}

std::string TableRow::Cell(std::string_view column) const {
  if (const std::vector<std::size_t>* const columns = header_.Find(column))
    for (const std::size_t index : *columns)
      if (index < cells_.size() && !cells_[index].empty()) return FoldSpace(cells_[index]);
  return {};
}

std::string TableRow::First(std::initializer_list<std::string_view> columns) const {
  for (const std::string_view column : columns)
    if (std::string cell = Cell(column); !cell.empty()) return cell;
  return {};
}

TableRows::TableRows(const TableLayout& layout, const TableHeader& header, ExportSink& sink)
    : layout_(layout), header_(header), sink_(sink), columns_(header.size(), nullptr) {
  const std::vector<TableColumn>& known = layout.columns();
  const auto named = [&known](std::string_view name) {
    const auto found =
        std::find_if(known.begin(), known.end(), [name](const TableColumn& column) { return column.name == name; });
    return found == known.end() ? nullptr : &*found;
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    columns_[i] = named(header.Name(i));
    if (columns_[i] == nullptr)
      if (const std::string_view stem = WithoutNumber(header.Name(i)); !stem.empty()) columns_[i] = named(stem);
  }
  if (!layout.database.empty()) sink.SetFileDatabase(layout.database);
}

// Files that were put together from several have their header row in the middle again.
bool TableRows::IsHeader(const CsvRow& row) const {
  if (row.cells.size() != header_.size()) return false;
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    if (AsciiLower(FoldSpace(row.cells[i])) != header_.Name(i)) return false;
  return true;
}

void TableRows::ReadCells(const std::vector<std::string>& cells, ExportRecord& out) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    if (i >= header_.size())
      out.AddUnmapped(fmt::format("column {}", i + 1), cells[i]);
    else if (columns_[i] == nullptr && !layout_.passed_over.empty() && header_.Name(i).starts_with(layout_.passed_over))
      continue;
    else if (columns_[i] == nullptr)
      out.AddUnmapped(header_.Printed(i), cells[i]);
    else if (columns_[i]->read != nullptr)
      columns_[i]->read(out, cells[i]);
  }
}

bool TableRows::Take(const CsvRow& row, bool is_cut) {
  if (IsBlank(row.cells)) return true;
  if (IsHeader(row))
    return sink_.Report(Severity::kWarning, "repeated-header",
                        fmt::format("line {} repeats the header row: it is no record", row.line),
                        {row.offset_bytes, row.line, 0});
  const Position position = sink_.At(row.line, row.offset_bytes);
  if (BytesOf(row.cells) > sink_.limits().max_record_bytes)
    return sink_.Report(
        Severity::kError, "record-too-large",
        fmt::format("the row on line {} is larger than {} bytes", row.line, sink_.limits().max_record_bytes), position);
  if (header_.size() > 3 && FilledCells(row.cells) == 1 && !is_cut)
    return sink_.Report(Severity::kError, "unexpected-content",
                        fmt::format("line {} is no row of the table: \"{}\"", row.line,
                                    Excerpt(*std::find_if(row.cells.begin(), row.cells.end(),
                                                          [](const std::string& c) { return !TrimAscii(c).empty(); }))),
                        position);
  ExportRecord out(sink_.limits(), position);
  std::vector<std::string> cells;
  cells.reserve(row.cells.size());
  for (const std::string& cell : row.cells) {
    std::string_view text = TrimAscii(cell);
    if (layout_.guards_formulas && IsGuarded(text)) text.remove_prefix(1);
    if (text == "NA" && !layout_.guards_formulas) text = {};  // R's word for a missing value.
    cells.emplace_back(text);
  }
  const std::size_t size = cells.size();
  if (size > header_.size() && !IsBlank({cells.begin() + static_cast<std::ptrdiff_t>(header_.size()), cells.end()}))
    out.context.Warn("extra-cells", fmt::format("the row has {} cells and the header {}: the cells behind are kept as "
                                                "they came, but one may stand in a wrong column",
                                                size, header_.size()));
  if (row.has_open_quote)
    out.context.Warn("open-quote", "a quotation mark of the row is never closed: it was read to the end of its line");
  if (is_cut && size < header_.size())
    out.context.Warn("no-end",
                     fmt::format("the file ends inside this row, after {} of {} cells", size, header_.size()));
  else if (size < header_.size())
    out.context.Warn("missing-cells", fmt::format("the row has {} cells and the header {}", size, header_.size()));
  ReadCells(cells, out);
  layout_.finish(TableRow(header_, cells), out);
  return sink_.Take(std::move(out));
}

bool HasTable(std::string_view head, const TableLayout& layout) { return FindHeader(head, layout).has_value(); }

void ReadTable(std::string_view text, const TableLayout& layout, ExportSink& sink) {
  const std::optional<FoundTable> found = FindHeader(text, layout);
  if (!found) return;
  if (const std::string said = SaidBefore(found->before); !said.empty())
    if (!sink.Report(Severity::kWarning, "preamble",
                     fmt::format("what stands above the header row is no record: \"{}\"", Excerpt(said)), {0, 1, 0}))
      return;
  const TableHeader header(found->header.cells);
  TableRows rows(layout, header, sink);
  CsvReader reader(text, found->separator, found->has_quotes);
  const bool ends_line = !text.empty() && (text.back() == '\n' || text.back() == '\r');
  CsvRow row;
  while (reader.Next(row))
    if (row.offset_bytes == found->header.offset_bytes) break;
  CsvRow next;
  if (!reader.Next(row)) return;
  for (;;) {
    const bool is_last = !reader.Next(next);
    if (row.has_open_quote && TakeCutRow(text, *found, is_last ? text.size() : next.offset_bytes, row)) {
      (void)rows.Take(row, true);
      return;
    }
    if (!rows.Take(row, is_last && !ends_line) || is_last) return;
    std::swap(row, next);
  }
}

}  // namespace litmill::parse
