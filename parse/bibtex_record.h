// SPDX-License-Identifier: Apache-2.0
// One entry of BibTeX to a record.
#pragma once

#include "parse/bibtex_reader.h"
#include "parse/export_record.h"

namespace litmill::parse {

/// Fills `out` from `entry`; what it lacks comes from `parent`, the entry of its "crossref" (null = none).
void ReadBibEntry(const BibEntry& entry, const BibEntry* parent, ExportRecord& out);

}  // namespace litmill::parse
