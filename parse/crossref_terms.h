// SPDX-License-Identifier: Apache-2.0
// Crossref's vocabulary: the fields of a work, and its types with the publication types that they stand for.
#pragma once

#include <string_view>
#include <vector>

namespace litmill::parse {

/// Every field of a work, those that are read and those that are left out on purpose: counts and dates of the service
/// that change without the work (indexed, score, is-referenced-by-count ...), links to full text, member numbers.
/// Sorted.
[[nodiscard]] const std::vector<std::string_view>& CrossrefFields();

struct CrossrefType {
  std::string_view crossref;  ///< "journal-article", or CSL's name for it.
  std::string_view name, ui;  ///< Of the publication type, as PubMed has them where it has one.
  bool is_book;
};

/// Null for a type that is not known.
[[nodiscard]] const CrossrefType* CrossrefTypeNamed(std::string_view crossref);

}  // namespace litmill::parse
