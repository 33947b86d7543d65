// SPDX-License-Identifier: Apache-2.0
// PubmedArticle, and the MedlineCitation that stood alone before 2014.
#pragma once

#include <pugixml.hpp>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Fills `record` from a PubmedArticle or a bare MedlineCitation. source_id stays empty when no PMID could be read.
void ReadArticleRecord(RecordContext& context, pugi::xml_node root, Record& record);

}  // namespace litmill::parse
