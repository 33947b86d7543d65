// SPDX-License-Identifier: Apache-2.0
// Ovid's tagged format ("Reprint/Medlars"): blocks under "<1. >", tags as in MEDLINE format but of two letters.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesOvidTagged(std::string_view head);
void ReadOvidTagged(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
