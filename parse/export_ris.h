// SPDX-License-Identifier: Apache-2.0
// RIS, in the dialects of the databases and reference managers that write it.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesRis(std::string_view head);
void ReadRis(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
