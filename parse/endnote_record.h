// SPDX-License-Identifier: Apache-2.0
// One <record> of EndNote's XML to a record.
#pragma once

#include <pugixml.hpp>

#include "parse/export_record.h"

namespace litmill::parse {

void ReadEndnoteRecord(pugi::xml_node element, ExportRecord& out);

}  // namespace litmill::parse
