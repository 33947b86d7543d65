// SPDX-License-Identifier: Apache-2.0
// MEDLINE format (nbib): PubMed's own, and what ERIC and others write in the same form.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesMedline(std::string_view head);
void ReadMedline(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
