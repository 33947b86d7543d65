// SPDX-License-Identifier: Apache-2.0
#include "parse/export_embase_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/csv.h"
#include "core/unicode.h"
#include "parse/export_table.h"
#include "parse/json_reader.h"
#include "parse/table_layouts.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

bool IsField(std::string_view name) {
  const std::vector<TableColumn>& known = EmbaseTable().columns();
  return std::any_of(known.begin(), known.end(), [name](const TableColumn& c) { return c.name == name; });
}

std::string NameOf(const CsvRow& row) {
  return row.cells.empty() ? std::string() : AsciiLower(FoldSpace(row.cells[0]));
}

// Of these a record has one: where a second one comes, the title of the next record is missing.
bool IsSingle(std::string_view name) {
  constexpr std::string_view kSingle[] = {"title", "source", "source title", "publication year", "abstract", "pui"};
  return std::find(std::begin(kSingle), std::end(kSingle), name) != std::end(kSingle);
}

// Fields of one record, as the header and the one row of a table.
struct Fields {
  std::vector<std::string> names, values;
  std::uint64_t line = 1;
  std::size_t offset_bytes = 0;
  bool has_open_quote = false;

  [[nodiscard]] bool Has(std::string_view name) const {
    return std::any_of(names.begin(), names.end(), [name](const std::string& n) { return AsciiLower(n) == name; });
  }
};

// Values of one field are joined as in the other layout.
std::string Joined(const CsvRow& row, std::string_view name) {
  std::string value;
  for (std::size_t i = 1; i < row.cells.size(); ++i) {
    if (TrimAscii(row.cells[i]).empty()) continue;
    if (!value.empty()) value += name == "author keywords" ? "," : name == "abstract" ? "\n" : ", ";
    value += row.cells[i];
  }
  return value;
}

bool TakeFields(Fields fields, ExportSink& sink) {
  if (fields.names.empty()) return true;
  CsvRow row;
  row.line = fields.line;
  row.offset_bytes = fields.offset_bytes;
  row.cells = std::move(fields.values);
  row.has_open_quote = fields.has_open_quote;
  const TableHeader header(fields.names);
  TableRows rows(EmbaseTable(), header, sink);
  return rows.Take(row);
}

bool ReportStray(const CsvRow& row, ExportSink& sink) {
  std::string text;
  for (const std::string& cell : row.cells) text += (text.empty() ? "" : ": ") + cell;
  const bool is_rule = text.find_first_not_of("-=_ ,:") == std::string::npos;
  if (is_rule) return true;
  const bool is_query = AsciiLower(text).starts_with("search query");
  return sink.Report(is_query ? Severity::kWarning : Severity::kError, is_query ? "preamble" : "unexpected-content",
                     fmt::format("line {} is no field of a record: \"{}\"", row.line, Excerpt(text)),
                     {row.offset_bytes, row.line, 0});
}

}  // namespace

bool RecognisesEmbaseRows(std::string_view head) {
  CsvReader reader(head, ',');
  std::size_t fields = 0;
  bool has_title = false;
  CsvRow row;
  for (std::size_t count = 0; count < 40 && reader.Next(row); ++count) {
    const std::string name = NameOf(row);
    if (row.cells.size() < 2 || !IsField(name)) continue;
    // Names of columns in a row are the other layout.
    if (row.cells.size() > 2 && IsField(AsciiLower(FoldSpace(row.cells[1])))) return false;
    has_title = has_title || name == "title";
    if (++fields >= 3 && has_title) return true;
  }
  return false;
}

void ReadEmbaseRows(std::string_view text, ExportSink& sink) {
  CsvReader reader(text, ',');
  Fields fields;
  CsvRow row;
  while (reader.Next(row)) {
    const std::string name = NameOf(row);
    if (row.cells.size() < 2 || name.empty() || (!IsField(name) && fields.names.empty())) {
      if (!ReportStray(row, sink)) return;
      continue;
    }
    if (name == "title" || (IsSingle(name) && fields.Has(name)) || fields.names.empty()) {
      if (!TakeFields(std::exchange(fields, {}), sink)) return;
      fields.line = row.line;
      fields.offset_bytes = row.offset_bytes;
    }
    fields.names.push_back(row.cells[0]);
    fields.values.push_back(Joined(row, name));
    fields.has_open_quote = fields.has_open_quote || row.has_open_quote;
  }
  (void)TakeFields(std::move(fields), sink);
}

}  // namespace litmill::parse
