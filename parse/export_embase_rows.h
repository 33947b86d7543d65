// SPDX-License-Identifier: Apache-2.0
// Embase CSV with one field a row: its name, then its values.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesEmbaseRows(std::string_view head);
void ReadEmbaseRows(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
