// SPDX-License-Identifier: Apache-2.0
// Reading an ESearch answer (JSON).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "fetch/pubmed_client.h"

namespace litmill::fetch {

struct EsearchAnswer {
  std::uint64_t count = 0;
  std::uint64_t start = 0;           ///< Index of the first id.
  std::vector<std::uint32_t> pmids;  ///< As they came.
  SearchReport report;
};

/// `text` with control characters inside JSON strings escaped: NCBI puts raw line feeds into its messages.
[[nodiscard]] std::string EscapeControlCharacters(std::string_view text);

/// The message in ESearch's "ERROR" (or a gateway's "error"); empty when `body` is no JSON object or reports none.
[[nodiscard]] std::string JsonErrorText(std::string_view body);

/// kCorruptInput when `body` is no whole ESearch answer: JSON with a count and a list of well-formed PMIDs. Numbers may
/// be strings.
[[nodiscard]] Result<EsearchAnswer> ParseEsearch(std::string_view body);

}  // namespace litmill::fetch
