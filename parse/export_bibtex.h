// SPDX-License-Identifier: Apache-2.0
// BibTeX of Scopus, Web of Science, Zotero, JabRef, Mendeley, CoLRev, PubMed2XL and litmill.
#pragma once

#include <string_view>

#include "parse/export_record.h"

namespace litmill::parse {

[[nodiscard]] bool RecognisesBibtex(std::string_view head);
void ReadBibtex(std::string_view text, ExportSink& sink);

}  // namespace litmill::parse
