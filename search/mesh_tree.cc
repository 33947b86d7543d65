// SPDX-License-Identifier: Apache-2.0
#include "search/mesh_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/delimited.h"
#include "core/hash.h"
#include "search/fold.h"

namespace litmill::search {
namespace {

/// "C10.228.140.546": a capital letter and a number, then numbers between dots.
bool IsTreeNumber(std::string_view text) {
  if (text.size() < 2 || text[0] < 'A' || text[0] > 'Z') return false;
  if (text.back() == '.' || text.find("..") != std::string_view::npos || text[1] == '.') return false;
  return std::all_of(text.begin() + 1, text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

Result<MeshTree> MeshTree::Parse(std::string_view text) {
  MeshTree tree;
  tree.sha256_ = Sha256Hex(text);
  for (const TableRow& row : ReadTable(text, ';')) {
    if (row.cells.size() != 2 || row.cells[0].empty() || !IsTreeNumber(row.cells[1]))
      return Fail(
          ErrorCode::kInvalidInput,
          fmt::format("line {}: expected \"descriptor;tree number\", as \"Magnesium;D01.268.552.437\"", row.line));
    std::string key = FoldKey(row.cells[0]);
    tree.numbers_of_[key].push_back(row.cells[1]);
    tree.heading_at_[row.cells[1]] = std::move(key);
  }
  return tree;
}

std::vector<std::string> MeshTree::WithAncestors(std::string_view heading) const {
  std::string key = FoldKey(heading);
  std::set<std::string> found{key};
  const auto numbers = numbers_of_.find(key);
  if (numbers != numbers_of_.end()) {
    for (const std::string& number : numbers->second) {
      for (std::size_t dot = number.rfind('.'); dot != std::string::npos && dot > 0; dot = number.rfind('.', dot - 1)) {
        const auto above = heading_at_.find(number.substr(0, dot));
        if (above != heading_at_.end()) found.insert(above->second);
      }
    }
  }
  return {found.begin(), found.end()};
}

bool MeshTree::Has(std::string_view heading) const { return numbers_of_.count(FoldKey(heading)) != 0; }

}  // namespace litmill::search
