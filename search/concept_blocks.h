// SPDX-License-Identifier: Apache-2.0
// A strategy from concept blocks: the words of each concept joined by OR, the concepts by AND, and the limits.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "search/tree.h"

namespace litmill::search {

/// One concept ("magnesium") and all that stands for it.
struct ConceptBlock {
  std::string name;                     ///< For error messages.
  std::vector<std::string> terms;       ///< PubMed syntax ("hypomagnes*[tiab]", "a[ti] OR b[ti]"), or bare words.
  std::vector<std::string> mesh;        ///< Headings with explosion; "Magnesium/blood" has a subheading.
  std::vector<std::string> mesh_noexp;  ///< Headings alone.
  Field default_field = Field::kTitleAbstract;  ///< For terms without a tag; a bare phrase is put in quotation marks.
};

struct SearchLimits {
  int first_year = 0;  ///< 0 = open. Years are PubMed's [dp]: print or electronic date.
  int last_year = 0;
  std::vector<std::string> publication_types;  ///< Any of them.
  std::vector<std::string> languages;          ///< Any of them.
  std::vector<ConceptBlock> none;              ///< NOT any of them.
};

/// The block's terms joined by OR. kInvalidInput when it is empty or a term cannot be read: the message names the block
/// and the term, with carets.
[[nodiscard]] Result<Node> BuildBlock(const ConceptBlock& block);

/// (all[0]) AND (all[1]) AND ... AND limits, NOT none. kInvalidInput as above, without blocks, or when the years are
/// reversed.
[[nodiscard]] Result<Node> BuildQuery(const std::vector<ConceptBlock>& all, const SearchLimits& limits = {});

}  // namespace litmill::search
