// SPDX-License-Identifier: Apache-2.0
// The Web of Science's plain text (.txt, .ciw, .isi): a tag of two letters, a space, the value.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesWosText(std::string_view head);
void ReadWosText(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
