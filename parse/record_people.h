// SPDX-License-Identifier: Apache-2.0
// Authors, editors, investigators and persons as subjects.
#pragma once

#include <pugixml.hpp>

#include <string>

#include "core/record.h"
#include "parse/record_context.h"

namespace litmill::parse {

/// AuthorList of an article, a book or a chapter; Type="editors" makes them editors.
void ReadAuthorList(RecordContext& context, pugi::xml_node list, Record& record);

void ReadInvestigatorList(RecordContext& context, pugi::xml_node list, Record& record);

/// PersonalNameSubjectList: whom the article is about.
void ReadPersonalNameSubjects(RecordContext& context, pugi::xml_node list, Record& record);

/// Puts authors before editors before investigators, and gives the first author the affiliation that records until
/// 1995..2013 had on the article as a whole (`article_affiliation`, empty = none).
void FinishPeople(std::string article_affiliation, Record& record);

}  // namespace litmill::parse
