// SPDX-License-Identifier: Apache-2.0
// The hash of what a corpus says, whatever the order in which it was written.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace litmill::store {

class Corpus;

struct CorpusDigest {
  std::string sha256;                                      ///< Over all parts.
  std::vector<std::pair<std::string, std::string>> parts;  ///< (table, its hash), to see where two corpora differ.
};

/// Covers every stored field of records, works, identifiers, tags, mentions, rules, and which query found what (the
/// latest search of each). Leaves out surrogate ids, times of retrieval, runs, documents, problems and outcomes: two
/// runs that end in the same knowledge have the same digest.
[[nodiscard]] Result<CorpusDigest> Digest(const Corpus& corpus);

}  // namespace litmill::store
