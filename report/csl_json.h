// SPDX-License-Identifier: Apache-2.0
// CSL-JSON: one array of items, for citation processors (pandoc, citeproc), Zotero and Mendeley.
//
//   id ("pubmed:31234567")  type (article-journal, chapter, book)  title  author, editor (family, given, suffix; a
//   group: literal)  container-title  container-title-short  issued (date-parts, two for a range)  volume  issue  page
//   DOI PMID PMCID ISSN ISBN URL  publisher publisher-place edition collection-title  language  abstract (as in RIS)
//   keyword (as KW in RIS, joined by "; ", a semicolon inside as "\;", a backslash as "\\")  genre (publication types
//   joined by "; ")  source (database)  status "retracted" and note when it is  custom.litmill (core/export_note.h)
//
// Not carried: as RIS, and investigators and affiliations.
#pragma once

#include <string>

#include "store/work_record.h"

namespace litmill::report {

/// One item without a line end; the array's brackets and commas are the caller's.
void AppendCslItem(const store::WorkRecord& work, std::string& out);

}  // namespace litmill::report
