// SPDX-License-Identifier: Apache-2.0
// Small parts that the readers of several services put into a record: other names, people by one string, pages, ISSNs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace litmill::parse {

/// Adds to `record.other_names` unless the value is empty or already there.
void AddOther(Record& record, std::string_view kind, std::string source, std::string value);

/// Adds `id` unless the record has the same scheme and value already.
void AddIdentifierOnce(Record& record, Identifier id);

/// "Roe, Jane B." -> Roe / Jane B. Without a comma the whole is the last name.
[[nodiscard]] Author PersonLastNameFirst(std::string_view name);
/// "Jane B. van der Roe" -> van der Roe / Jane B.: the last word and the particles in lower case before it. A name with
/// a comma is read last name first.
[[nodiscard]] Author PersonFirstNameFirst(std::string_view name);
/// "Roe J.B." or "Roe, J.B." -> Roe / initials JB, as indexers print names.
[[nodiscard]] Author PersonWithInitials(std::string_view name);
/// "J.-B." -> "JB": initials as PubMed prints them.
[[nodiscard]] std::string BareInitials(std::string_view initials);

/// Sets pages, start_page and end_page; `last` may be empty.
void SetPages(Record& record, const std::string& first, const std::string& last);

/// "20726643" -> "2072-6643"; anything else as it is.
[[nodiscard]] std::string HyphenatedIssn(std::string issn);

/// The non-empty trimmed parts of `text` between `separator`s.
[[nodiscard]] std::vector<std::string> SplitList(std::string_view text, std::string_view separator);

/// What follows the last '/' of an address ("https://openalex.org/W1" -> "W1"), or the whole text.
[[nodiscard]] std::string_view LastPathPart(std::string_view url);

/// The other work of `related` by its DOI: `doi` in normal form, or, where it has none, the text as ref_source.
void NameByDoi(RelatedRecord& related, const std::string& doi);

/// Whether PubMed put the whole title in square brackets: it is a translation. "[A] and [B]" is none.
[[nodiscard]] bool IsInBrackets(std::string_view title);

}  // namespace litmill::parse
