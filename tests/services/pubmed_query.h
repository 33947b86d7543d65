// SPDX-License-Identifier: Apache-2.0
// A small evaluator of PubMed's search syntax over the stand-in's records.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/services/pubmed_records.h"

namespace litmill::services {

struct SearchOutcome {
  std::vector<std::uint32_t> pmids;  ///< Newest first: by creation date, then PMID, both falling.
  std::string translation;
  std::vector<std::pair<std::string, std::string>> translations;  ///< From, to.
  std::vector<std::string> phrases_not_found, fields_not_found, phrases_ignored, quoted_phrases_not_found;
  std::string error;  ///< Not empty: the search was refused and the rest means nothing.
};

/// Earlier sets of the session by their number, for "#1 AND ...".
using EarlierSets = std::function<std::optional<std::vector<std::uint32_t>>(int)>;

/// What it knows is listed in README.md: AND, OR, NOT from left to right, parentheses, quotes, truncation, ranges,
/// field tags, proximity.
[[nodiscard]] SearchOutcome EvaluateQuery(const PubmedRecords& records, std::string_view term,
                                          const EarlierSets& earlier = {});

}  // namespace litmill::services
