// SPDX-License-Identifier: Apache-2.0
// The values of MEDLINE format that have a grammar of their own.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/record.h"

namespace litmill::parse {

/// "2018 Oct 1", "1998 Dec-1999 Jan", "20181001", "2018/10/01".
[[nodiscard]] PartialDate MedlineDate(std::string_view text);
/// "2019/02/13 06:00" as a date of `kind`.
[[nodiscard]] RecordDate MedlineMoment(std::string_view kind, std::string_view text);

/// "10.1000/1 [doi]" -> {"10.1000/1", "doi"}; the second is empty when there is none.
[[nodiscard]] std::pair<std::string_view, std::string_view> ValueAndType(std::string_view text);

/// "R01 CA123/CA/NCI NIH HHS/United States"; only the agency and the country are always there.
[[nodiscard]] Grant MedlineGrant(std::string_view text);

/// The DTD's RefType for the tag of a relation ("CIN" -> "CommentIn"); empty when `tag` is none.
[[nodiscard]] std::string_view RelationOf(std::string_view tag);
/// "Lancet. 2008 Oct 11;372(9646):1302. doi: 10.1/1. PMID: 123 [note]".
[[nodiscard]] RelatedRecord MedlineRelation(std::string_view ref_type, std::string text);

/// Fills a person from "Roe, Jane B Jr" (FAU); the initials come with "Roe JB Jr" (AU).
[[nodiscard]] Author MedlineFullName(std::string_view text);
[[nodiscard]] Author MedlineShortName(std::string_view text);

}  // namespace litmill::parse
