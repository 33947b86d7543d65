// SPDX-License-Identifier: Apache-2.0
// A whole document in memory: both steps of the stage, one after the other.
#include <iterator>
#include <utility>

#include "parse/parse.h"

namespace litmill::parse {

Result<std::vector<Item>> ParseDocument(std::string_view bytes, const Limits& limits) {
  std::vector<Item> items;
  DocumentReader reader(
      limits,
      [&](Slice slice) -> Result<void> {
        std::vector<Item> parsed = ParseSlice(std::move(slice), limits);
        items.insert(items.end(), std::make_move_iterator(parsed.begin()), std::make_move_iterator(parsed.end()));
        return {};
      },
      [&](Problem problem) { items.emplace_back(std::move(problem)); });
  LITMILL_CHECK(reader.Feed(bytes));
  LITMILL_CHECK(reader.Finish());
  return items;
}

}  // namespace litmill::parse
