// SPDX-License-Identifier: Apache-2.0
// Items of CSL-JSON that litmill itself wrote (report/csl_json.h).
#pragma once

#include "parse/export_record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// False, and nothing changed, when `item` is not litmill's.
[[nodiscard]] bool ReadOwnCslItem(const Json& item, ExportRecord& out);

}  // namespace litmill::parse
