// SPDX-License-Identifier: Apache-2.0
// The parts that articles and books have in common: abstracts, pages, keywords, grants, references and the like.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <vector>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

void ReadAbstract(RecordContext& context, pugi::xml_node abstract, Record& record);
void ReadOtherAbstract(RecordContext& context, pugi::xml_node abstract, Record& record);
void ReadPagination(RecordContext& context, pugi::xml_node pagination, Record& record);
void ReadLanguage(RecordContext& context, pugi::xml_node element, Record& record);
void ReadPublicationType(RecordContext& context, pugi::xml_node element, Record& record);
void ReadKeywordList(RecordContext& context, pugi::xml_node list, Record& record);
void ReadGrantList(RecordContext& context, pugi::xml_node list, Record& record);
void ReadDataBankList(RecordContext& context, pugi::xml_node list, Record& record);
/// References of a ReferenceList and of the lists nested in it, in document order.
void ReadReferenceList(RecordContext& context, pugi::xml_node list, Record& record);
/// ObjectList: each object becomes one OtherName, "name=value; name=value".
void ReadObjectList(RecordContext& context, pugi::xml_node list, Record& record);

}  // namespace litmill::parse
