// SPDX-License-Identifier: Apache-2.0
// Small helpers for the formats of labelled sets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litmill::app {

/// The parts of `text` between the separators; always at least one. They point into `text`.
[[nodiscard]] inline std::vector<std::string_view> SplitText(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t next = text.find(separator, at);
    parts.push_back(text.substr(at, next == std::string_view::npos ? next : next - at));
    if (next == std::string_view::npos) return parts;
    at = next + 1;
  }
}

}  // namespace litmill::app
