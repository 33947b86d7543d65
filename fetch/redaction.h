// SPDX-License-Identifier: Apache-2.0
// Taking secrets out of text that is about to be kept or shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill::fetch {

/// Replaces every occurrence of each secret, plain or percent-encoded, in any letter case, by "***". Secrets shorter
/// than four bytes are left alone: replacing "1" everywhere would destroy the text and hide nothing. Immutable, so
/// thread-safe.
class Redactor {
 public:
  explicit Redactor(const std::vector<std::string>& secrets);
  [[nodiscard]] std::string Redact(std::string text) const;

 private:
  std::vector<std::string> needles_;  ///< Lower case, longest first, so that a secret inside another leaves no rest.
};

}  // namespace litmill::fetch
