// SPDX-License-Identifier: Apache-2.0
// PubMed's filters by name.
#pragma once

#include <string_view>

namespace litmill::search {

/// True for a filter that PubMed takes without a tag: "hasabstract", "hasretractionin", "indexingmethod_automated", ...
[[nodiscard]] bool IsBareFilter(std::string_view text);

/// True for a filter, by its folded name (search/fold.h), that a record answers by itself: those above and the subsets
/// by status (medline, inprocess, publisher, pubmednotmedline, oldmedline, all, pubmed books).
[[nodiscard]] bool IsRecordFilter(std::string_view folded);

}  // namespace litmill::search
