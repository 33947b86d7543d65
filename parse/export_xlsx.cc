// SPDX-License-Identifier: Apache-2.0
#include "parse/export_xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/unicode.h"
#include "parse/export_table.h"
#include "parse/table_layouts.h"
#include "parse/workbook.h"

namespace litmill::parse {
namespace {

struct FoundHeader {
  const TableLayout* layout = nullptr;
  std::size_t row = 0;
};

FoundHeader FindHeader(const std::vector<CsvRow>& rows) {
  for (const TableLayout* layout : TableLayouts())
    for (std::size_t i = 0; i < std::min(rows.size(), kMostRowsBeforeHeader + 1); ++i)
      if (layout->fits(TableHeader(rows[i].cells))) return {layout, i};
  return {};
}

bool HasContent(const CsvRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return !TrimAscii(cell).empty(); });
}

bool ReadSheet(Sheet& sheet, ExportSink& sink) {
  if (!sheet.damage.empty() && !sink.Report(Severity::kError, "bad-record",
                                            fmt::format("sheet \"{}\": {}", sheet.name, sheet.damage), sink.At(1, 0)))
    return false;
  const FoundHeader found = FindHeader(sheet.rows);
  if (found.layout == nullptr) {
    const auto filled = std::count_if(sheet.rows.begin(), sheet.rows.end(), HasContent);
    return filled == 0 ||
           sink.Report(
               Severity::kError, "unexpected-content",
               fmt::format("sheet \"{}\" ({} filled rows) was not read: no row of it names columns that litmill "
                           "knows; it needs at least \"title\" and one more",
                           sheet.name, filled),
               {0, 1, 0});
  }
  // Cells that a row lacks at its end are blank in a workbook, not cut off.
  const std::size_t width = sheet.rows[found.row].cells.size();
  const TableHeader header(sheet.rows[found.row].cells);
  TableRows rows(*found.layout, header, sink);
  for (std::size_t i = found.row + 1; i < sheet.rows.size(); ++i) {
    CsvRow& row = sheet.rows[i];
    if (row.cells.size() < width) row.cells.resize(width);
    if (!rows.Take(row)) return false;
    row = CsvRow();
  }
  return true;
}

}  // namespace

bool RecognisesXlsx(std::string_view head) { return LooksLikeWorkbook(head); }

void ReadXlsx(std::string_view bytes, ExportSink& sink) {
  Result<std::vector<Sheet>> sheets = ReadWorkbook(bytes);
  if (!sheets) {
    (void)sink.Report(Severity::kError, "bad-record",
                      fmt::format("the workbook cannot be read: {}", sheets.error().message), sink.At(1, 0));
    return;
  }
  for (Sheet& sheet : *sheets)
    if (!ReadSheet(sheet, sink)) return;
}

}  // namespace litmill::parse
