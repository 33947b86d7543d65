// SPDX-License-Identifier: Apache-2.0
// The MeSH tree from a file that the user provides, for explosion: a heading finds what stands below it.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace litmill::search {

/// Headings and their tree numbers. Headings are compared by FoldKey (search/fold.h).
class MeshTree {
 public:
  /// Reads lines "descriptor;tree number" (NLM's mtrees file), or the two separated by a tab. Blank lines and lines
  /// that begin with '#' are passed over. kInvalidInput names the line that is neither.
  [[nodiscard]] static Result<MeshTree> Parse(std::string_view text);

  /// The folded headings that a search for finds a record indexed with `heading`: itself and all above it, sorted. A
  /// heading that the tree does not have gives itself alone.
  [[nodiscard]] std::vector<std::string> WithAncestors(std::string_view heading) const;

  [[nodiscard]] bool Has(std::string_view heading) const;
  [[nodiscard]] std::size_t size() const { return numbers_of_.size(); }
  /// Of the text that it was read from.
  [[nodiscard]] const std::string& sha256() const { return sha256_; }

 private:
  std::map<std::string, std::vector<std::string>> numbers_of_;  ///< Folded heading to its tree numbers.
  std::map<std::string, std::string> heading_at_;               ///< Tree number to folded heading.
  std::string sha256_;
};

}  // namespace litmill::search
