// SPDX-License-Identifier: Apache-2.0
// CSL-JSON of Zotero, Mendeley, JabRef, content negotiation and litmill: an array, one object, or one object a line.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesCslJson(std::string_view head);
void ReadCslJson(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
