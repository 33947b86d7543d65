// SPDX-License-Identifier: Apache-2.0
// One clause of a strategy made ready for matching.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/matcher.h"
#include "search/searchable_record.h"
#include "search/tree.h"

namespace litmill::search {

struct CompiledLeaf {
  enum class Kind { kNever, kPhrase, kNear, kEveryWord, kKey, kKeyPrefix, kName, kDate };
  Kind kind = Kind::kNever;
  std::uint32_t parts = 0;         ///< Texts: where to look.
  std::vector<std::string> words;  ///< Texts: folded.
  bool last_is_prefix = false;
  int between = 0;
  KeySpace space = KeySpace::kMesh;  ///< Keys and names.
  std::string key;
  bool truncate_initials = false;  ///< Names: "smith j" finds "smith ja".
  Field date_field = Field::kDatePublication;
  int first_day = 0, last_day = 0;
  std::string found_as;  ///< Keys: what the evidence calls it ("heading").

  /// Whether `record` has it; with `evidence`, where.
  [[nodiscard]] bool Matches(const SearchableRecord& record, std::string* evidence) const;
};

/// The clause of a leaf (a term, a date or a reference). What is decided otherwise than PubMed would goes into `notes`.
[[nodiscard]] CompiledLeaf CompileLeaf(const Node& leaf, const EvaluationOptions& options,
                                       std::vector<EvaluationNote>& notes);

}  // namespace litmill::search
