// SPDX-License-Identifier: Apache-2.0
// What both interfaces of the Web of Science share: identifiers, people, dates in their wording, and refusals.
#pragma once

#include <string>
#include <string_view>

#include "core/record.h"
#include "parse/json_reader.h"

namespace litmill::parse {

/// The record's identity; false when `uid` is empty.
bool SetWosIdentity(Record& record, std::string uid);

/// An identifier by its name there ("doi", "xref_doi", "pmid" as "MEDLINE:123", "issn", "eissn", "isbn", "art_no",
/// ...).
void AddWosIdentifier(JsonRecord& json, Record& record, std::string_view type, std::string value);

/// "Print" date from year and month wording ("JUL", "SEP 9", "JUL-AUG", "SPR").
void AddWosDate(JsonRecord& json, Record& record, const std::string& year, const std::string& month);

/// The problem that an answer without records is.
[[nodiscard]] Problem WosProblem(const Json& answer);

}  // namespace litmill::parse
