// SPDX-License-Identifier: Apache-2.0
// JSON answers of services other than PubMed to Items: one whole body in, its records in order out. Pure, no I/O.
//
// A record's `source` is "crossref", "datacite" or "europepmc". Its `source_id` is the normal form of its DOI, at
// Europe PMC source and id there ("MED/12345", "PPR/678"). Its `position.ordinal` counts the answer's records from 1.
//
// A body that is no such answer is one error-level Problem: "empty-answer", "html-answer", "text-answer" (with the
// text), "not-found" (the service does not know the identifier), "broken-json" (cut or damaged), "too-deep",
// "error-answer" (with the service's own words), "unexpected-answer" (JSON of another kind). A list without records is
// sound and gives none. One bad record costs one record: "bad-record" (no object), "no-doi", "no-id". Warnings of a
// record: "odd-value" (a value of another type than the service documents was left out), "unknown-field",
// "unknown-element", "bad-doi", "bad-identifier", "bad-orcid", "bad-date", "unknown-language", "control-character",
// "retracted-in-title" (the title says so, no update does), "invalid-utf8" (somewhere in the answer; with its first
// record).
#pragma once

#include <string_view>
#include <vector>

#include "parse/parse.h"

namespace litmill::parse {

/// Crossref REST: `/works/{doi}`, `/works?...` and the like lists; also one work by itself (CSL-JSON by content
/// negotiation).
[[nodiscard]] std::vector<Item> ParseCrossref(std::string_view body);

/// DataCite REST: `/dois/{doi}` and lists (JSON:API).
[[nodiscard]] std::vector<Item> ParseDataCite(std::string_view body);

/// Europe PMC REST, search and article, resultType core (lite answers have the same names and fewer of them).
[[nodiscard]] std::vector<Item> ParseEuropePmc(std::string_view body);

}  // namespace litmill::parse
