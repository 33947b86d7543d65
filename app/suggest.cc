// SPDX-License-Identifier: Apache-2.0
#include "app/suggest.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::size_t kLongestWord = 100;  // the cost is the product of the lengths; no key is longer

/// Optimal string alignment distance.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string Suggest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord) return "";
  const std::string wanted = AsciiLower(word);
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string suggestion;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const std::size_t distance = EditDistance(wanted, AsciiLower(candidate));
    if (distance < best) {
      best = distance;
      suggestion = candidate;
    }
  }
  return suggestion;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string suggestion = Suggest(word, candidates);
  return suggestion.empty() ? "" : "; did you mean \"" + suggestion + "\"?";
}

}  // namespace litmill::app
