// SPDX-License-Identifier: Apache-2.0
// The Cochrane Library's text export: "Record #1 of 271", then "ID: CN-01234567" and the like.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesCochraneText(std::string_view head);
void ReadCochraneText(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
