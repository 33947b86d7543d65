// SPDX-License-Identifier: Apache-2.0
// litmill's own table: RFC 4180, UTF-8, one row a work, one line a row, CR LF.
//
//   title authors year publication_date journal journal_abbreviation volume issue pages doi pmid pmcid issn isbn
//   abstract keywords mesh_terms publication_types language editors publisher url trial_ids is_retracted retraction
//   source source_id sources tags_FACET (one column a facet) litmill
//
// A list is joined by "; "; a semicolon inside an item is "\;", a backslash "\\". A name is "Last, Given, Suffix", a
// comma inside a part of it or in a group's name is "\,". abstract is one text, "LABEL: " before a section.
// mesh_terms are as MH in MEDLINE text. is_retracted is 1 or 0. The column `litmill` (core/export_note.h) says that
// the file is litmill's: its reader then takes off the apostrophe that stands before a cell that a spreadsheet would
// take for a formula (= + - @).
//
// Not carried: as RIS, and investigators and affiliations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/work_record.h"

namespace litmill::report {

/// A cell: one line, in quotation marks where they are needed; an apostrophe stands before = + - or @ at the beginning,
/// also when apostrophes stand there already, so that taking one off gives the text back.
[[nodiscard]] std::string TableCell(std::string_view text);

/// A row of cells and its line end.
void AppendTableRow(const std::vector<std::string>& cells, std::string& out);

void AppendCsvHead(const std::vector<std::string>& facets, std::string& out);
void AppendCsvRow(const store::WorkRecord& work, const std::vector<std::string>& facets, std::string& out);

}  // namespace litmill::report
