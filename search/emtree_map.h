// SPDX-License-Identifier: Apache-2.0
// The user's own table from MeSH headings to Emtree terms. litmill never guesses one: a heading that is not in the
// table is not searched in Embase, and a warning says so.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace litmill::search {

struct EmtreeTerm {
  std::string term;     ///< As Emtree writes it, in lower case ("migraine").
  bool explode = true;  ///< false: never exploded, whatever the strategy says.
  friend bool operator==(const EmtreeTerm&, const EmtreeTerm&) = default;
};

/// Several rows for one heading mean any of their terms. A row with "-" for the term says that there is none on
/// purpose.
class EmtreeMap {
 public:
  /// Reads a table of two or three columns: MeSH heading, Emtree term, and "exp" or "noexp" (default exp). Columns are
  /// separated by tabs, or by commas where a line has no tab (then values may stand in double quotes). Blank lines and
  /// lines that begin with '#' are passed over, and so is a first line "mesh ... emtree". kInvalidInput names the line.
  [[nodiscard]] static Result<EmtreeMap> Parse(std::string_view text);

  void Add(std::string_view heading, EmtreeTerm term);

  /// The terms of `heading` (letter case does not matter), or null when the table has no such heading. An empty list =
  /// none on purpose. The pointer lives as long as the map is not changed.
  [[nodiscard]] const std::vector<EmtreeTerm>* Find(std::string_view heading) const;

  [[nodiscard]] std::size_t size() const { return terms_.size(); }

 private:
  std::map<std::string, std::vector<EmtreeTerm>> terms_;  ///< By heading in lower case.
};

}  // namespace litmill::search
