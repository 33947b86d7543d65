// SPDX-License-Identifier: Apache-2.0
#include "tag/match_walker.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace litmill::tag {
namespace {

/// With more, all are forgotten and made again: what bounds the memory, whatever the texts.
constexpr std::size_t kMaxStates = 100'000;
/// What stands before the next states of a state.
constexpr std::size_t kHeader = 2;
/// Walks that go together. Each makes at most kLongestMatch states before these are counted again.
constexpr std::size_t kWalksTogether = 64;

/// The first symbol that a state can read, and how many there are from it on to the last one.
struct Columns {
  unsigned first = 0;
  unsigned count = 0;
  static Columns Of(std::uint32_t header) { return {header & 0xFFU, header >> 8U}; }
  [[nodiscard]] std::uint32_t Header() const { return first | count << 8U; }
  /// Of a state that reads on.
  [[nodiscard]] Symbols Mask() const { return (~Symbols{0} >> (kSymbolCount - count)) << first; }
};

/// By symbol: it can end the character that is a word edge.
constexpr std::array<bool, kSymbolCount> kMayBeEdge = [] {
  std::array<bool, kSymbolCount> edges{};
  for (unsigned symbol = 0; symbol < kSymbolCount; ++symbol) edges[symbol] = (kEdgeSymbols & SymbolBit(symbol)) != 0;
  return edges;
}();

}  // namespace

void MatchWalker::Find(const PatternSteps& steps, std::string_view text, std::vector<FoundMatch>& found) {
  if (steps_id_ != steps.id()) Forget(steps);
  steps_ = &steps;
  SymbolsOfText(text, symbols_);
  FindWordStarts();
  found.clear();
  for (std::size_t first = 0; first < walks_.size(); first += kWalksTogether) {
    if (keys_.size() > kMaxStates) Forget(steps);
    ends_.clear();
    WalkAll(first, std::min(first + kWalksTogether, walks_.size()));
    Gather(found);
  }
  std::sort(found.begin(), found.end(), [](const FoundMatch& a, const FoundMatch& b) {
    return std::tie(a.pattern, a.start) < std::tie(b.pattern, b.start);
  });
}

inline MatchWalker::StateId MatchWalker::After(StateId from, std::uint8_t symbol) {
  const std::uint32_t* const state = table_.data() + from;
  const Columns columns = Columns::Of(state[0]);
  const unsigned column = symbol - columns.first;
  // The other bytes of a character change nothing.
  if (column >= columns.count) return symbol == kContinuation ? from : kNoState;
  const StateId next = state[kHeader + column];
  return next != kNotMade ? next : MakeNext(from, symbol);
}

void MatchWalker::Forget(const PatternSteps& steps) {
  steps_ = &steps;
  steps_id_ = steps.id();
  ids_.clear();
  keys_.clear();
  table_.assign(kStart, 0);
  seen_in_.assign(steps.step_count(), 0);
  matched_in_.assign(steps.pattern_count(), 0);
  epoch_ = 0;
  static_cast<void>(StateOf(steps.starts()));
  for (std::uint8_t symbol = 0; symbol < kSymbolCount; ++symbol)
    begins_[symbol] = symbol != kContinuation && After(kStart, symbol) != kNoState;
}

void MatchWalker::FindWordStarts() {
  // Without branches: where words begin cannot be foretold.
  const std::size_t size = symbols_.size() - 1;
  walks_.resize(size + 1);
  Walk* walk = walks_.data();
  bool edge = false;
  for (std::size_t at = 0; at < size; ++at) {
    const std::uint8_t symbol = symbols_[at];
    *walk = {static_cast<std::uint32_t>(at), kStart};
    walk += static_cast<std::ptrdiff_t>(edge & begins_[symbol]);
    // The other bytes of a character leave it what it is.
    edge = symbol == kContinuation ? edge : kMayBeEdge[symbol];
  }
  walks_.resize(static_cast<std::size_t>(walk - walks_.data()));
}

void MatchWalker::WalkAll(std::size_t first, std::size_t last) {
  Walk* const walks = walks_.data();
  // All walks take a step at a time, together: each alone would wait for memory and mispredict its end.
  for (std::size_t step = 0; first < last && step + 1 < kLongestMatch; ++step) {
    const std::uint8_t* const symbols = symbols_.data() + step;
    Walk* kept = walks + first;
    for (const Walk *walk = kept, *const end = walks + last; walk != end; ++walk) {
      const std::uint32_t start = walk->start;
      StateId next = After(walk->state, symbols[start]);
      if ((next & kMatches) != 0) {
        next &= ~kMatches;
        Report(next, start, static_cast<std::uint32_t>(start + step));
      }
      __builtin_prefetch(table_.data() + next);  // it is there when this walk's turn comes again
      *kept = {start, next};
      kept += static_cast<std::ptrdiff_t>(next != kNoState);
    }
    last = static_cast<std::size_t>(kept - walks);
  }
}

MatchWalker::StateId MatchWalker::MakeNext(StateId from, std::uint8_t symbol) {
  const std::u32string& key = KeyOf(from);
  const Columns columns = Columns::Of(table_[from]);
  Symbols alike = columns.Mask();  // symbols on which the same steps go on
  reached_.clear();
  for (std::size_t i = 1 + key[0]; i < key.size(); ++i) {
    const Step& step = steps_->step(key[i]);
    const bool reads = (step.symbols & SymbolBit(symbol)) != 0;
    if (reads) reached_.push_back(step.next);
    alike &= reads ? step.symbols : ~step.symbols;
  }
  const StateId next = reached_.empty() ? kNoState : StateOf(reached_);
  for (; alike != 0; alike &= alike - 1)
    table_[from + kHeader + static_cast<unsigned>(std::countr_zero(alike)) - columns.first] = next;
  return next;
}

/// The state of being at any of these steps, made if there is none yet.
MatchWalker::StateId MatchWalker::StateOf(const std::vector<std::uint32_t>& reached) {
  ++epoch_;
  key_.assign(1, U'\0');
  reading_.clear();
  todo_ = reached;
  while (!todo_.empty()) {
    const std::uint32_t at = todo_.back();
    todo_.pop_back();
    if (seen_in_[at] == epoch_) continue;
    seen_in_[at] = epoch_;
    const Step& step = steps_->step(at);
    if (step.kind == Step::Kind::kForks) {
      todo_.push_back(step.next);
      todo_.push_back(step.other);
    } else if (step.kind == Step::Kind::kReads) {
      reading_.push_back(at);
    } else if (matched_in_[step.pattern] != epoch_) {
      matched_in_[step.pattern] = epoch_;
      key_.push_back(step.pattern);
    }
  }
  // Where RE2 decides it finds the longest match too: no need to follow the pattern.
  const auto is_settled = [this](char32_t at) {
    const std::uint32_t pattern = steps_->step(at).pattern;
    return matched_in_[pattern] == epoch_ && !steps_->Decides(pattern);
  };
  reading_.erase(std::remove_if(reading_.begin(), reading_.end(), is_settled), reading_.end());
  key_[0] = static_cast<char32_t>(key_.size() - 1);
  std::sort(key_.begin() + 1, key_.end());
  std::sort(reading_.begin(), reading_.end());
  key_ += reading_;

  const auto [entry, is_new] = ids_.emplace(key_, static_cast<StateId>(table_.size()));
  if (is_new) AddState(entry->first);
  return entry->second | (entry->first[0] != 0 ? kMatches : 0);
}

void MatchWalker::AddState(const std::u32string& key) {
  Symbols symbols = 0;
  for (std::size_t i = 1 + key[0]; i < key.size(); ++i) symbols |= steps_->step(key[i]).symbols;
  Columns columns;
  if (symbols != 0) {
    columns.first = static_cast<unsigned>(std::countr_zero(symbols));
    columns.count = static_cast<unsigned>(std::bit_width(symbols)) - columns.first;
  }
  table_.push_back(columns.Header());
  table_.push_back(static_cast<std::uint32_t>(keys_.size()));
  table_.resize(table_.size() + columns.count, kNotMade);
  if (key[0] != 0) table_.insert(table_.end(), key.begin(), key.begin() + 1 + static_cast<std::ptrdiff_t>(key[0]));
  keys_.push_back(&key);
}

void MatchWalker::Report(StateId state, std::uint32_t start, std::uint32_t end) {
  const std::uint32_t* const matches = table_.data() + state + kHeader + Columns::Of(table_[state]).count;
  for (std::size_t i = 1; i <= matches[0]; ++i) ends_.push_back({(std::uint64_t{matches[i]} << 32U) | start, end});
}

/// Of the ends that the same walk found for a pattern the first and the last count. They are gathered after every few
/// walks: a text that repeats what a pattern repeats has a thousand of them for each walk.
void MatchWalker::Gather(std::vector<FoundMatch>& found) {
  std::sort(ends_.begin(), ends_.end(),
            [](const End& a, const End& b) { return std::tie(a.place, a.end) < std::tie(b.place, b.end); });
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const End& end = ends_[i];
    if (i > 0 && ends_[i - 1].place == end.place) {
      found.back().end = end.end;
      continue;
    }
    found.push_back(
        {static_cast<std::uint32_t>(end.place >> 32U), static_cast<std::uint32_t>(end.place), end.end, end.end});
    if (!steps_->Decides(found.back().pattern)) found.back().shortest_end = found.back().end = 0;
  }
}

}  // namespace litmill::tag
