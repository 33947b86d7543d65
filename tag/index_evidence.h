// SPDX-License-Identifier: Apache-2.0
// Evidence that an indexer gave: MeSH headings, chemicals, supplementary concepts and publication types, matched by UI,
// never by name (names change from year to year).
#pragma once

#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/compiled_rules.h"

namespace litmill::tag {

/// Appends mentions in order of field ("mesh", "chemical", "supplementary-concept", "publication-type"), position,
/// concept. Supplementary concepts count as evidence "mesh".
void AppendIndexMentions(const CompiledRules& rules, const Record& record, std::vector<Mention>& mentions);

}  // namespace litmill::tag
