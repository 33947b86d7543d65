// SPDX-License-Identifier: Apache-2.0
// Refer, as EndNote (.enw) and others write it: "%T Title".
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesRefer(std::string_view head);
void ReadRefer(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
