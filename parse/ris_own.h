// SPDX-License-Identifier: Apache-2.0
// RIS records that litmill itself wrote (report/ris.h).
#pragma once

#include "parse/export_record.h"
#include "parse/tagged_lines.h"

namespace litmill::parse {

/// False, and nothing changed, when `record` is not litmill's.
[[nodiscard]] bool FillFromOwnRis(const TaggedRecord& record, ExportRecord& out);

}  // namespace litmill::parse
