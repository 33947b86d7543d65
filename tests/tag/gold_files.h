// SPDX-License-Identifier: Apache-2.0
// Reading the lines of labelled sets.
#pragma once

#include <string>
#include <vector>

namespace litmill::tag::testing {

inline std::vector<std::string> Split(const std::string& line, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t next = line.find(separator, at);
    parts.push_back(line.substr(at, next == std::string::npos ? next : next - at));
    if (next == std::string::npos) return parts;
    at = next + separator.size();
  }
}

inline std::string Trimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  return text;
}

}  // namespace litmill::tag::testing
