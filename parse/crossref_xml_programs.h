// SPDX-License-Identifier: Apache-2.0
// What a Crossref deposit tells beside the citation: funding, licences, relations, trials and updates; and what
// Crossref itself adds around it.
#pragma once

#include <pugixml.hpp>

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// The "program" and "crossmark" children of the deposited item.
void ReadCrossrefPrograms(pugi::xml_node item, JsonRecord& fields, Record& record);

/// <crm-item name="..."> of the query's result: relations that were found on the other side, and dates.
void ReadCrossrefQuery(pugi::xml_node query, JsonRecord& fields, Record& record);

}  // namespace litmill::parse
