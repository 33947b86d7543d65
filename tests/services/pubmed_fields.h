// SPDX-License-Identifier: Apache-2.0
// PubMed's field tags, and the few branches of the MeSH tree the stand-in explodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/services/pubmed_records.h"

namespace litmill::services {

struct FieldTag {
  enum class Kind { kText, kList, kDate, kUid };
  std::string_view tag;  ///< Lower case, without spaces.
  Kind kind;
  TextField text;
  ListField list;
  DateField date;
  bool is_hierarchical;
  std::string_view full_name;  ///< As QueryTranslation writes it.
};

/// The field a tag like "TIAB" or "MeSH Terms" names; null when there is none.
[[nodiscard]] const FieldTag* FindFieldTag(std::string_view tag);
[[nodiscard]] const std::vector<FieldTag>& AllFieldTags();

/// Appends what stands below the (normalised) headings or publication types in the tree.
void AddNarrower(std::vector<std::string>* headings);
/// True for a heading of the table, whether any record has it or not.
[[nodiscard]] bool IsKnownHeading(std::string_view normalised);
/// "hasabstract" and the like, which need no tag.
[[nodiscard]] bool IsReadyMadeFilter(std::string_view normalised);

}  // namespace litmill::services
