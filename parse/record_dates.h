// SPDX-License-Identifier: Apache-2.0
// PubMed's date elements: year, month and day apart, a season, or MedlineDate's free text.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// Reads PubDate, ArticleDate, DateRevised, PubMedPubDate, ... and appends it as `kind`.
void ReadDate(RecordContext& context, pugi::xml_node element, std::string_view kind, Record& record);

/// History: each PubMedPubDate under the name that PubMed gives it.
void ReadHistory(RecordContext& context, pugi::xml_node history, Record& record);

}  // namespace litmill::parse
