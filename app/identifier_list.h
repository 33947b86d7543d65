// SPDX-License-Identifier: Apache-2.0
// A list of identifiers as people have them: one a line, or a table with a header.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/corpus.h"

namespace litmill::app {

/// The identifiers of `text` in their order, each with its line and how it was written. `#` begins a comment, blank
/// lines are passed over. A line is a PMID ("12345", "PMID: 12345", a PubMed address), a PMCID, or a DOI in any form
/// that NormaliseDoi reads, also with what publishers' addresses add ("/abstract", "/full", "/pdf").
///
/// When the first line names columns (doi, pmid, pmcid; commas, semicolons or tabs), each row is one publication, known
/// by its PMID, else its PMCID, else its DOI: so is what `litmill export --format ids` writes.
///
/// States: pending, repeated (the same identifier stands on an earlier line), not an identifier.
/// kInvalidInput when there is no identifier at all.
[[nodiscard]] Result<std::vector<store::RequestedIdentifier>> ReadIdentifierList(std::string_view text);

/// The same of a file's bytes as they came: gzip is unpacked, byte order marks decide. `list`: the file's name, which
/// each identifier is given.
[[nodiscard]] Result<std::vector<store::RequestedIdentifier>> ReadIdentifierFile(std::string_view bytes,
                                                                                 const std::string& list);

/// Whether a file that is no export is a list of identifiers and nothing else. `head`: its first bytes as they came,
/// all of it when `is_whole`. A table is one when every column holds identifiers (or is another of those of
/// `litmill export --format ids`); lines are one when two of three are identifiers: a sentence, a bibliography or a
/// table of other things is never taken for a list.
[[nodiscard]] bool IsIdentifierList(std::string_view head, bool is_whole);

/// Several lists as one: the ordinals go on, and what stands in an earlier list is repeated.
[[nodiscard]] std::vector<store::RequestedIdentifier> JoinLists(
    std::vector<std::vector<store::RequestedIdentifier>> lists);

}  // namespace litmill::app
