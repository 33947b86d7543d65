// SPDX-License-Identifier: Apache-2.0
#include "search/filters.h"

#include <algorithm>
#include <array>

#include "search/fold.h"

namespace litmill::search {
namespace {

// Folded names; search/record_indexer.cc says which record has which.
constexpr std::array<std::string_view, 12> kBare{"hasabstract",
                                                 "hasretractionin",
                                                 "haserratumin",
                                                 "hasexpressionofconcernin",
                                                 "hasupdatein",
                                                 "hascois",
                                                 "haskeyword",
                                                 "haskeywords",
                                                 "hasdatabanklist",
                                                 "indexingmethod automated",
                                                 "indexingmethod curated",
                                                 "pubstatusaheadofprint"};
constexpr std::array<std::string_view, 7> kSubsets{"all",        "medline",      "inprocess",       "publisher",
                                                   "oldmedline", "pubmed books", "pubmednotmedline"};

template <typename Names>
bool Has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool IsBareFilter(std::string_view text) { return Has(kBare, FoldKey(text)); }
bool IsRecordFilter(std::string_view folded) { return Has(kBare, folded) || Has(kSubsets, folded); }

}  // namespace litmill::search
