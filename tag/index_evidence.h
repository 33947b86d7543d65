// SPDX-License-Identifier: Apache-2.0
// Evidence that an indexer gave: MeSH headings, chemicals, supplementary concepts and publication types, matched by UI,
// never by name (names change from year to year).
#pragma once

#include <bitset>
#include <cstddef>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/compiled_rules.h"

namespace litmill::tag {

/// The index terms that stand for concepts. Immutable and safe to share between threads.
class IndexTerms {
 public:
  /// `rules` must outlive it.
  explicit IndexTerms(const CompiledRules& rules);
  /// Appends mentions in order of field ("mesh", "chemical", "supplementary-concept", "publication-type"), position,
  /// concept. Supplementary concepts count as evidence "mesh".
  void AppendMentions(const Record& record, std::vector<Mention>& mentions) const;

 private:
  const CompiledRules& rules_;
  /// By the last digits of the identifier. Nearly all terms of a record stand for nothing, which this tells without
  /// hashing them.
  std::bitset<10000> known_endings_;
};

}  // namespace litmill::tag
