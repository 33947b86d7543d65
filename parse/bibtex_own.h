// SPDX-License-Identifier: Apache-2.0
// Entries that litmill itself wrote (report/bibtex.h).
#pragma once

#include "parse/bibtex_reader.h"
#include "parse/export_record.h"

namespace litmill::parse {

/// False, and nothing changed, when `entry` is not litmill's.
[[nodiscard]] bool ReadOwnBibEntry(const BibEntry& entry, ExportRecord& out);

}  // namespace litmill::parse
