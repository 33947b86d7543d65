// SPDX-License-Identifier: Apache-2.0
// Tables of records, one row each, columns told by the names in a header row, in any order: what every layout shares.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/csv.h"
#include "parse/export_record.h"

namespace litmill::parse {

/// The columns of one table. Names count without their case, and with single spaces.
class TableHeader {
 public:
  explicit TableHeader(const std::vector<std::string>& names);

  [[nodiscard]] bool Has(std::string_view column) const { return by_name_.contains(std::string(column)); }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  /// Column `index` in lower case.
  [[nodiscard]] const std::string& Name(std::size_t index) const { return names_[index]; }
  /// Column `index` as the file writes it; "column 3" where it has no name.
  [[nodiscard]] const std::string& Printed(std::size_t index) const { return printed_[index]; }
  /// The columns of one name, in order; null when there is none.
  [[nodiscard]] const std::vector<std::size_t>* Find(std::string_view column) const;

 private:
  std::vector<std::string> names_, printed_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

/// One row with its header. Cells are trimmed.
class TableRow {
 public:
  TableRow(const TableHeader& header, const std::vector<std::string>& cells) : header_(header), cells_(cells) {}

  /// The first filled cell of `column`, white space folded; empty when there is none.
  [[nodiscard]] std::string Cell(std::string_view column) const;
  /// The first filled cell of the first of `columns` that has one.
  [[nodiscard]] std::string First(std::initializer_list<std::string_view> columns) const;
  [[nodiscard]] bool Has(std::string_view column) const { return header_.Has(column); }

 private:
  const TableHeader& header_;
  const std::vector<std::string>& cells_;
};

/// What a column of a layout means: a filled cell of it goes to `read`. Null = the layout's `finish` reads it.
struct TableColumn {
  std::string_view name;  ///< In lower case. "funding text" stands for "Funding Text 1", "Funding Text 2", ... too.
  void (*read)(ExportRecord& out, std::string_view cell);
};

struct TableLayout {
  std::string_view database;  ///< Of every record, unless its row says otherwise; empty = the row alone says it.
  bool (*fits)(const TableHeader& header);
  const std::vector<TableColumn>& (*columns)();
  /// Called last, for what takes more than one column.
  void (*finish)(const TableRow& row, ExportRecord& out);
  /// litmill's own: a cell that begins with an apostrophe before what spreadsheets take for a formula loses it.
  bool guards_formulas = false;
  /// Columns whose names begin so say what the corpus works out anew: passed over. Empty = none.
  std::string_view passed_over = {};
};

/// True when a header row of `layout` stands in the first rows of `head`.
[[nodiscard]] bool HasTable(std::string_view head, const TableLayout& layout);

/// Reads `text`, a table of `layout`, to its end.
void ReadTable(std::string_view text, const TableLayout& layout, ExportSink& sink);

/// Takes the rows of a table one after another, whatever they come from.
class TableRows {
 public:
  /// `header` must outlive this.
  TableRows(const TableLayout& layout, const TableHeader& header, ExportSink& sink);

  /// One row: a record, an error, or nothing when it is blank. False = stop reading. `is_cut`: the text ends inside it.
  [[nodiscard]] bool Take(const CsvRow& row, bool is_cut = false);

 private:
  [[nodiscard]] bool IsHeader(const CsvRow& row) const;
  void ReadCells(const std::vector<std::string>& cells, ExportRecord& out) const;

  const TableLayout& layout_;
  const TableHeader& header_;
  ExportSink& sink_;
  std::vector<const TableColumn*> columns_;  ///< By index; null = unknown to the layout.
};

/// Of the first rows, how many may stand before the header row.
inline constexpr std::size_t kMostRowsBeforeHeader = 20;

}  // namespace litmill::parse
