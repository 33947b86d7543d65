// SPDX-License-Identifier: Apache-2.0
// Tables in Excel workbooks: the same layouts as in CSV. Every sheet with a header row that a layout fits is read; what
// a sheet without one holds is reported.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesXlsx(std::string_view head);
void ReadXlsx(std::string_view bytes, ExportSink& sink);

}  // namespace litmill::parse
