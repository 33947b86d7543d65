// SPDX-License-Identifier: Apache-2.0
// One <crossref> element of Crossref's XML to a record.
#pragma once

#include <pugixml.hpp>

#include <string_view>

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// Reads the work that `crossref` describes. `query` is the UNIXSD element around it (or none) with the DOI that was
/// asked for, the relations and dates that Crossref adds; `timestamp` the deposit's ("2017-11-30 10:51:45"). `fields`
/// gathers the warnings. False when there is no DOI.
[[nodiscard]] bool ReadCrossrefXmlRecord(pugi::xml_node crossref, pugi::xml_node query, std::string_view timestamp,
                                         JsonRecord& fields, Record& record);

}  // namespace litmill::parse
