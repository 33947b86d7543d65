// SPDX-License-Identifier: Apache-2.0
// A pattern (the first line) and a text: whatever the reader of shapes calls exact RE2 accepts, and the walks through
// its steps find what RE2 finds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "core/unicode.h"
#include "tag/match_walker.h"
#include "tag/normalise.h"

namespace {

using litmill::tag::FoundMatch;
using litmill::tag::MatchWalker;
using litmill::tag::PatternSteps;

void Demand(bool holds) {
  if (!holds) std::abort();
}

/// Where a match begins at `start`, its longest end; nothing where there is none.
std::optional<std::size_t> Re2End(const RE2& edged, std::string_view text, std::size_t start) {
  std::size_t edge = start - 1;
  while (edge > 0 && (static_cast<unsigned char>(text[edge]) & 0xC0U) == 0x80U) --edge;
  re2::StringPiece match;
  const re2::StringPiece whole(text.data(), text.size());
  if (!edged.Match(whole, edge, text.size(), RE2::ANCHOR_START, &match, 1)) return std::nullopt;
  std::size_t end = edge + match.size() - 1;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return end;
}

void CompareWithRe2(const std::string& pattern, const PatternSteps& steps, std::string_view text) {
  RE2::Options options;
  options.set_longest_match(true);
  options.set_log_errors(false);
  const RE2 edged("[^\\pL\\pN](?i:" + pattern + ")[^\\pL\\pN]", options);
  if (!edged.ok()) return;  // too large for RE2
  MatchWalker walker;
  std::vector<FoundMatch> found;
  walker.Find(steps, text, found);
  auto next = found.begin();
  for (std::size_t start = 1; start < text.size(); ++start) {
    if ((static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) continue;
    const std::optional<std::size_t> end = Re2End(edged, text, start);
    const bool is_found = next != found.end() && next->start == start;
    Demand(is_found == end.has_value());
    if (is_found) Demand((next++)->end == *end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes are characters
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string pattern(input.substr(0, line));
  if (pattern.size() > 60 || litmill::FindInvalidUtf8(pattern) != std::string_view::npos) return 0;
  const std::optional<litmill::tag::PatternShape> shape = litmill::tag::ReadShape(pattern, false);
  if (!shape || !shape->is_exact) return 0;
  const RE2 alone(pattern, RE2::Quiet);
  Demand(alone.ok() || alone.error_code() == RE2::ErrorPatternTooLarge);
  if (!alone.ok()) return 0;
  Demand(shape->matches_empty == RE2::FullMatch("", alone));
  const PatternSteps steps({{0, pattern, false, false}});
  if (shape->matches_empty || !steps.left_out().empty() || !steps.Decides(0)) return 0;
  const std::string text = litmill::tag::Normalise(input.substr(line)).text;
  if (text.size() < 300) CompareWithRe2(pattern, steps, " " + text + " ");
  return 0;
}
