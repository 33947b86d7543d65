// SPDX-License-Identifier: Apache-2.0
// The identifiers of a corpus: what another corpus can be rebuilt from.
#pragma once

#include <functional>
#include <string>

#include "core/result.h"

namespace litmill::store {

class Corpus;

/// The identifiers of one work; empty = it has none of that scheme.
struct ExportedIds {
  std::string pmid, pmcid, doi;
  std::string source, source_id;  ///< Of the record that represents it.
  std::string sources;            ///< Databases that have it, sorted, joined by "; ".
};

/// Calls `take` for each work that is not deleted, by source and source_id of its representative. Stops at its first
/// failure.
[[nodiscard]] Result<void> ExportIds(const Corpus& corpus, const std::function<Result<void>(const ExportedIds&)>& take);

}  // namespace litmill::store
