// SPDX-License-Identifier: Apache-2.0
// What Crossref's works and CSL-JSON write alike: dates in parts, and people.
#pragma once

#include "core/partial_date.h"
#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// {"date-parts": [[2020, 1, 2]]}, two of them for a range; {"date-time": "..."}. [[null]] says that there is no date:
/// then all of it is empty.
[[nodiscard]] PartialDate CslDate(JsonRecord& json, const Json& date);

/// {"family", "given", "suffix"}, or a group as "name" or "literal"; with ORCID and affiliations.
[[nodiscard]] Author CslPerson(JsonRecord& json, const Json& person, PersonRole role);

}  // namespace litmill::parse
