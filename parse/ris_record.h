// SPDX-License-Identifier: Apache-2.0
// The fields of one RIS record to a Record.
#pragma once

#include <string_view>

#include "parse/export_record.h"
#include "parse/tagged_lines.h"

namespace litmill::parse {

/// `database` is what the lines before the record say about its origin; may be empty.
void FillFromRis(const TaggedRecord& record, std::string_view database, ExportRecord& out);

/// Whether RIS, or a program that writes it, has a tag of this name.
[[nodiscard]] bool IsRisTag(std::string_view tag);

}  // namespace litmill::parse
