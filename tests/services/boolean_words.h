// SPDX-License-Identifier: Apache-2.0
// The Boolean search syntax of Scopus, embase.com, Web of Science, Europe PMC and Cochrane, read as one tolerant
// language and asked of a registered work.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "tests/services/works.h"

namespace litmill::services {

/// A query that was read. Immutable. Simplified: every word and phrase is looked for in title and abstract, whatever
/// its field; NEAR, NEXT, W and PRE are AND; years, DOIs and PMIDs count; all other limits (language, document type,
/// source) hold for every work.
class BooleanWords {
 public:
  /// Nothing for a query that makes no sense: brackets or quotes that do not match, an operator without operands, words
  /// missing altogether.
  [[nodiscard]] static std::optional<BooleanWords> Read(std::string_view query);
  [[nodiscard]] bool Matches(const RegisteredWork& work) const;

  struct Node;

 private:
  explicit BooleanWords(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

/// The same for one work; a query that cannot be read matches nothing.
[[nodiscard]] bool MatchesWords(std::string_view query, const RegisteredWork& work);

}  // namespace litmill::services
