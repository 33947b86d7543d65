// SPDX-License-Identifier: Apache-2.0
// PubmedBookArticle: a book, or a chapter of one, from NCBI's Bookshelf.
#pragma once

#include <pugixml.hpp>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Fills `record` from a PubmedBookArticle or a bare BookDocument. source_id stays empty when no PMID could be read.
void ReadBookRecord(RecordContext& context, pugi::xml_node root, Record& record);

}  // namespace litmill::parse
