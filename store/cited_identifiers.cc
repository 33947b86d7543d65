// SPDX-License-Identifier: Apache-2.0
#include "store/cited_identifiers.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace litmill::store {
namespace {

/// Where PubMed gives the identifiers of a reference; anything else is not plain.
constexpr const char* kOrigin = "ArticleIdList";

/// The column that can say all of the identifier, or the number of columns.
std::size_t ColumnOf(const Identifier& i) {
  if (!i.valid || i.value.empty() || i.raw != i.value || i.origin != kOrigin) return kCitedSchemes.size();
  return static_cast<std::size_t>(
      std::distance(kCitedSchemes.begin(), std::find(kCitedSchemes.begin(), kCitedSchemes.end(), i.scheme)));
}

}  // namespace

void SplitCited(const std::vector<Identifier>& identifiers, CitedIdentifiers& split) {
  split.columns = {};
  split.rows.clear();
  std::size_t next = 0;  // columns are read back from left to right
  for (std::size_t place = 0; place < identifiers.size(); ++place) {
    const std::size_t column = ColumnOf(identifiers[place]);
    if (column < next || column == kCitedSchemes.size()) {
      split.rows.push_back(place);
    } else {
      split.columns[column] = identifiers[place].value;
      next = column + 1;
    }
  }
}

std::vector<Identifier> FromColumns(const std::array<std::string_view, 3>& columns) {
  std::vector<Identifier> identifiers;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const std::string value(columns[column]);
    if (!value.empty()) identifiers.push_back({kCitedSchemes[column], value, value, kOrigin, true});
  }
  return identifiers;
}

void InsertRow(std::vector<Identifier>& identifiers, std::size_t place, Identifier row) {
  const std::size_t at = std::min(place, identifiers.size());
  identifiers.insert(identifiers.begin() + static_cast<std::ptrdiff_t>(at), std::move(row));
}

}  // namespace litmill::store
