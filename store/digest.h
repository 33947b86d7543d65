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
  std::string sha256;  ///< Of the content: over all parts but membership.
  /// Of membership: the latest search of each query in each database, and what was decided here of imported records.
  std::string searches_sha256;
  std::vector<std::pair<std::string, std::string>> parts;  ///< (table, its hash), to see where two corpora differ.
};

/// The content is every stored field of records, works, links, identifiers, tags, mentions and rules. Which query found
/// what is hashed apart: a corpus that was rebuilt from a list of identifiers has the content of the one that exported
/// the list, and none of its searches. Left out are surrogate ids, times of retrieval, runs, documents, problems and
/// outcomes: two runs that end in the same knowledge have the same digest.
[[nodiscard]] Result<CorpusDigest> Digest(const Corpus& corpus);

}  // namespace litmill::store
