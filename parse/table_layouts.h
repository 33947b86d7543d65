// SPDX-License-Identifier: Apache-2.0
// The layouts of tables that litmill reads, each in a file of its own. As files they are CSV (or tabs, or semicolons)
// or workbooks.
#pragma once

#include <string_view>
#include <vector>

#include "parse/export_table.h"

namespace litmill::parse {

/// Downloads of scopus.com: 15 to 57 columns, old names and new ones.
[[nodiscard]] const TableLayout& ScopusTable();
/// Downloads of embase.com, one record a row: 20 to 49 columns.
[[nodiscard]] const TableLayout& EmbaseTable();
/// CENTRAL in the Cochrane Library.
[[nodiscard]] const TableLayout& CochraneTable();
/// PubMed's "Save as CSV".
[[nodiscard]] const TableLayout& PubmedTable();
/// What PubMed2XL makes of a MEDLINE file.
[[nodiscard]] const TableLayout& Pubmed2xlTable();
/// Web of Science: tab-delimited with two-letter names, Excel with long ones.
[[nodiscard]] const TableLayout& WebOfScienceTable();
/// litmill's own.
[[nodiscard]] const TableLayout& LitmillTable();
/// People's own tables: a title column and any others by their usual names.
[[nodiscard]] const TableLayout& GenericTable();

/// All of them; the first that fits is it.
[[nodiscard]] const std::vector<const TableLayout*>& TableLayouts();

/// One layout as a format of its own.
template <const TableLayout& (*kLayout)()>
bool RecognisesTable(std::string_view head) {
  return HasTable(head, kLayout());
}
template <const TableLayout& (*kLayout)()>
void ReadTableOf(std::string_view text, ExportSink& sink) {
  ReadTable(text, kLayout(), sink);
}

}  // namespace litmill::parse
