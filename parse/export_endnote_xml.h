// SPDX-License-Identifier: Apache-2.0
// The XML of EndNote, also as other programs write it.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesEndnoteXml(std::string_view head);
void ReadEndnoteXml(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
