// SPDX-License-Identifier: Apache-2.0
// Answers of services other than PubMed, JSON and XML, to Items: one whole body in, its records in order out. Pure, no
// I/O.
//
// A record's `source` is the service's name; its `source_id` its identifier there:
//   "crossref", "datacite", "unpaywall"   the normal form of its DOI
//   "europepmc"                           source and id there ("MED/12345", "PPR/678")
//   "openalex"                            "W123"
//   "scopus"                              its EID, "2-s2.0-123"
//   "embase"                              its LUI with the letter ("L123"), else its PUI
//   "wos"                                 its UID ("WOS:000123456700001", "MEDLINE:123")
// Its `position.ordinal` counts the answer's records from 1.
//
// A body that is no such answer is one error-level Problem: "empty-answer", "html-answer", "text-answer" (with the
// text), "not-found" (the service does not know the identifier), "broken-json" or "broken-xml" (cut or damaged),
// "too-deep", "error-answer" (with the service's own words), "unexpected-answer" (JSON or XML of another kind). A list
// without records is sound and gives none. One bad record costs one record: "bad-record" (no object), "no-doi",
// "no-id". Warnings of a record: "odd-value" (a value of another type than the service documents was left out),
// "unknown-field", "unknown-element", "bad-doi", "bad-identifier", "bad-orcid", "bad-date", "unknown-language",
// "control-character", "retracted-in-title" (the title says so, no update does), "invalid-utf8" (somewhere in the
// answer; with its first record).
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

/// OpenAlex: `/works/{id}` and lists. The abstract is rebuilt from the inverted index, so its white space is not the
/// publisher's.
[[nodiscard]] std::vector<Item> ParseOpenAlex(std::string_view body);

/// Unpaywall: `/v2/{doi}` and `/v2/search`. A thin record; its open-access locations are other names of the kind
/// "open-access-location" (source: status and host, "gold/publisher"; value: the address).
[[nodiscard]] std::vector<Item> ParseUnpaywall(std::string_view body);

/// Scopus: Search (views STANDARD and COMPLETE) and Abstract Retrieval.
[[nodiscard]] std::vector<Item> ParseScopus(std::string_view body);

/// Embase, search and article. Emtree terms are keywords of the owner "EMTREE".
[[nodiscard]] std::vector<Item> ParseEmbase(std::string_view body);

/// Web of Science Starter, `/documents` and `/documents/{uid}`. It has no abstracts.
[[nodiscard]] std::vector<Item> ParseWebOfScienceStarter(std::string_view body);

/// Web of Science Expanded, JSON.
[[nodiscard]] std::vector<Item> ParseWebOfScienceExpanded(std::string_view body);

/// Crossref's deposited XML: UNIXREF, UNIXSD, and lists of either (OAI-PMH); names count without their namespaces.
[[nodiscard]] std::vector<Item> ParseCrossrefXml(std::string_view body);

}  // namespace litmill::parse
