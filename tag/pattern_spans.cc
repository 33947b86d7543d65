// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern_spans.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace litmill::tag {

void PatternSpans::Start(const CompiledRules& rules, std::string_view text) {
  rules_ = &rules;
  text_ = text;
  walker_.Find(*rules.steps, text, found_);
  possible_ = rules.steps->left_out();
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (i == 0 || found_[i - 1].pattern != found_[i].pattern) possible_.push_back(found_[i].pattern);
  is_filled_.assign(rules.patterns.size(), 0);
  if (spans_.size() < rules.patterns.size()) spans_.resize(rules.patterns.size());
}

std::size_t PatternSpans::FirstFound(std::uint32_t pattern, std::uint32_t start) const {
  const auto first =
      std::lower_bound(found_.begin(), found_.end(), std::make_pair(pattern, start),
                       [](const FoundMatch& match, const std::pair<std::uint32_t, std::uint32_t>& place) {
                         return std::tie(match.pattern, match.start) < std::tie(place.first, place.second);
                       });
  return static_cast<std::size_t>(first - found_.begin());
}

const std::vector<ByteSpan>& PatternSpans::Of(std::uint32_t pattern) {
  std::vector<ByteSpan>& spans = spans_[pattern];
  if (is_filled_[pattern] != 0) return spans;
  is_filled_[pattern] = 1;
  spans.clear();
  const EdgedPattern& expression = *rules_->patterns[pattern];
  if (rules_->is_left_out[pattern] != 0) {
    expression.FindAll(text_, spans);
    return spans;
  }
  const bool is_decided = rules_->steps->Decides(pattern);
  std::uint32_t from = 0;
  for (std::size_t i = FirstFound(pattern, 0); i < found_.size() && found_[i].pattern == pattern; ++i) {
    const FoundMatch& match = found_[i];
    if (match.start < from) continue;  // inside the match before
    std::optional<ByteSpan> span = ByteSpan{match.start, match.end};
    if (!is_decided) span = expression.MatchAt(text_, match.start);
    if (!span) continue;
    spans.push_back(*span);
    from = span->end;
  }
  return spans;
}

bool PatternSpans::AnyWithin(std::uint32_t pattern, ByteSpan where) const {
  const EdgedPattern& expression = *rules_->patterns[pattern];
  if (rules_->is_left_out[pattern] != 0) return expression.MatchesWithin(text_, where);
  const bool is_decided = rules_->steps->Decides(pattern);
  for (std::size_t i = FirstFound(pattern, where.start); i < found_.size(); ++i) {
    const FoundMatch& match = found_[i];
    if (match.pattern != pattern || match.start >= where.end) return false;
    if (!is_decided) return expression.MatchesWithin(text_, {match.start, where.end});
    if (match.shortest_end <= where.end) return true;
  }
  return false;
}

}  // namespace litmill::tag
