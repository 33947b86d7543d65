// SPDX-License-Identifier: Apache-2.0
#include "search/emtree_map.h"

#include <fmt/format.h>

#include <utility>

#include "core/delimited.h"
#include "core/unicode.h"
#include "search/words.h"

namespace litmill::search {

Result<EmtreeMap> EmtreeMap::Parse(std::string_view text) {
  EmtreeMap map;
  bool first = true;
  for (TableRow& row : ReadTable(text, ',')) {
    const auto fail = [&](std::string_view what) {
      return Fail(ErrorCode::kInvalidInput,
                  fmt::format("line {}: {}; a line is: MeSH heading, tab, Emtree term, and perhaps tab, exp or noexp",
                              row.line, what));
    };
    if (row.cells.size() < 2 || row.cells.size() > 3) return fail(fmt::format("{} columns", row.cells.size()));
    const bool heading_line =
        AsciiLower(row.cells[0]).starts_with("mesh") && AsciiLower(row.cells[1]).starts_with("emtree");
    if (std::exchange(first, false) && heading_line) continue;
    if (row.cells[0].empty() || row.cells[1].empty()) return fail("an empty column");
    EmtreeTerm term{std::move(row.cells[1]), true};
    if (row.cells.size() == 3 && !row.cells[2].empty()) {
      const std::string kind = AsciiLower(row.cells[2]);
      if (kind != "exp" && kind != "noexp") return fail(fmt::format("\"{}\" in the third column", row.cells[2]));
      term.explode = kind == "exp";
    }
    map.Add(row.cells[0], std::move(term));
  }
  return map;
}

void EmtreeMap::Add(std::string_view heading, EmtreeTerm term) {
  std::vector<EmtreeTerm>& terms = terms_[AsciiLower(FoldWhitespace(heading))];
  if (term.term != "-") terms.push_back(std::move(term));
}

const std::vector<EmtreeTerm>* EmtreeMap::Find(std::string_view heading) const {
  const auto found = terms_.find(AsciiLower(FoldWhitespace(heading)));
  return found == terms_.end() ? nullptr : &found->second;
}

}  // namespace litmill::search
