// SPDX-License-Identifier: Apache-2.0
// What NLM's indexers add to an article: MeSH, chemicals, supplementary concepts, and its links to other articles.
#pragma once

#include <pugixml.hpp>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

void ReadMeshHeadingList(RecordContext& context, pugi::xml_node list, Record& record);
void ReadChemicalList(RecordContext& context, pugi::xml_node list, Record& record);
void ReadSupplMeshList(RecordContext& context, pugi::xml_node list, Record& record);

/// CommentsCorrectionsList, or (before 2008) one CommentsCorrections with an element a kind in it.
void ReadCommentsCorrectionsList(RecordContext& context, pugi::xml_node list, Record& record);
void ReadCommentsCorrections(RecordContext& context, pugi::xml_node element, Record& record);

}  // namespace litmill::parse
