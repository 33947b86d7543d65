// SPDX-License-Identifier: Apache-2.0
#include "tag/match_starts.h"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <utility>

namespace litmill::tag {
namespace {

/// The automaton reads so many characters (fewer when there are too many patterns); all that is possible then is
/// proposed.
constexpr std::size_t kDepth = 12;
constexpr std::size_t kMaxStates = 30'000;
/// Of the 262,144 beginnings of three symbols; a pattern with more is left out.
constexpr std::size_t kMaxBeginnings = 8000;
/// More symbols than this in one place rule little out: their repetition is not followed.
constexpr int kWide = 12;
constexpr std::size_t kMaxWideRounds = 3;
/// More than these become a loop.
constexpr std::size_t kMaxOptionalRounds = 3;
/// Of one pattern: nested repetitions multiply. A pattern with more is left out.
constexpr std::size_t kMaxSteps = 20'000;

/// A place in a pattern, laid out by Thompson's construction.
struct Step {
  enum class Kind : std::uint8_t { kReads, kForks, kEnds };
  Kind kind = Kind::kEnds;
  std::uint32_t pattern = 0;
  std::uint32_t next = 0;
  std::uint32_t other = 0;  ///< kForks goes on to both without reading.
  Symbols symbols = 0;      ///< kReads goes on to `next` behind one of these.
};
using Steps = std::vector<std::uint32_t>;

/// Where all patterns' matches can be after the same characters.
struct State {
  Steps steps;     ///< That read a character, ascending.
  Steps proposed;  ///< Patterns, ascending: their matches may be complete, or are not followed further.
  friend auto operator<=>(const State&, const State&) = default;
};

/// Symbols on which a state goes on to the same steps.
struct Branch {
  Symbols symbols = 0;
  Steps next;
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t LastCodePointStart(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && IsContinuation(text[start])) --start;
  return start;
}

/// By symbol: it can end the character that is a word edge.
constexpr std::array<bool, kSymbolCount> kMayBeEdge = [] {
  std::array<bool, kSymbolCount> edges{};
  for (unsigned symbol = 0; symbol < kSymbolCount; ++symbol)
    edges[symbol] = symbol == kContinuation || (kEdgeSymbols & SymbolBit(symbol)) != 0;
  return edges;
}();

}  // namespace

class MatchStartsBuilder {
 public:
  explicit MatchStartsBuilder(MatchStarts& result) : result_(result) {}

  void Build(const std::vector<NumberedPattern>& patterns) {
    Steps starts;
    for (const NumberedPattern& pattern : patterns) {
      if (pattern.number >= proposed_in_.size()) proposed_in_.resize(pattern.number + 1, 0);
      const std::size_t before = steps_.size();
      const std::optional<Shape> shape = ReadShape(pattern.source);
      if (shape) {
        const std::uint32_t start = LayOut(*shape, pattern.number);
        if (!TooLarge() && CountBeginnings(StateAt({start}, kDepth), 0) <= kMaxBeginnings) {
          starts.push_back(start);
          continue;
        }
      }
      steps_.resize(before);
      result_.left_out_.push_back(pattern.number);
    }
    const State start = StateAt(starts, kDepth);
    for (std::size_t depth = kDepth; !MakeStates(start, depth); --depth) {
    }
    Fill();
  }

 private:
  // Patterns are laid out from their end to their start.

  std::uint32_t Add(Step::Kind kind, std::uint32_t next = 0, std::uint32_t other = 0, Symbols symbols = 0) {
    steps_.push_back({kind, number_, next, other, symbols});
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }

  [[nodiscard]] bool TooLarge() const { return steps_.size() - first_ > kMaxSteps; }

  std::uint32_t LayOut(const Shape& shape, std::uint32_t number) {
    number_ = number;
    first_ = steps_.size();
    end_ = Add(Step::Kind::kEnds);
    return Before(Add(Step::Kind::kReads, end_, 0, kEdgeSymbols), shape);
  }

  /// The start of the steps of `shape` with `after` behind it.
  std::uint32_t Before(std::uint32_t after, const Shape& shape) {
    if (TooLarge()) return end_;
    switch (shape.kind) {
      case Shape::Kind::kSymbol:
        return Add(Step::Kind::kReads, after, 0, shape.symbols);
      case Shape::Kind::kSequence:
        for (auto part = shape.parts.rbegin(); part != shape.parts.rend(); ++part) after = Before(after, *part);
        return after;
      case Shape::Kind::kAlternatives: {
        std::uint32_t start = Before(after, shape.parts.front());
        for (std::size_t i = 1; i < shape.parts.size(); ++i)
          start = Add(Step::Kind::kForks, start, Before(after, shape.parts[i]));
        return start;
      }
      case Shape::Kind::kRepeated:
        return BeforeRepeated(after, shape);
    }
    return end_;
  }

  std::uint32_t BeforeRepeated(std::uint32_t after, const Shape& shape) {
    const Shape& part = shape.parts.front();
    const bool wide = part.kind == Shape::Kind::kSymbol && std::popcount(part.symbols) > kWide;
    if (wide && shape.most > kMaxWideRounds) {
      const std::uint32_t start = Before(end_, part);
      return shape.least > 0 ? start : Add(Step::Kind::kForks, start, after);
    }
    // More rounds than characters are read make no difference.
    const std::size_t least = std::min(shape.least, kDepth);
    std::uint32_t start = after;
    if (shape.most - shape.least > kMaxOptionalRounds) {
      start = Add(Step::Kind::kForks, 0, after);
      const std::uint32_t round = Before(start, part);
      steps_[start].next = round;
    } else {
      for (std::size_t round = shape.least; round < shape.most; ++round)
        start = Add(Step::Kind::kForks, Before(start, part), after);
    }
    for (std::size_t round = 0; round < least; ++round) start = Before(start, part);
    return start;
  }

  /// These steps and all that are reached from them without reading. `left` more characters will be read: at 0 all
  /// their patterns are proposed.
  State StateAt(const Steps& steps, std::size_t left) {
    ++epoch_;
    seen_in_.resize(steps_.size(), 0);
    State state;
    todo_ = steps;
    while (!todo_.empty()) {
      const std::uint32_t at = todo_.back();
      todo_.pop_back();
      if (seen_in_[at] == epoch_) continue;
      seen_in_[at] = epoch_;
      const Step& step = steps_[at];
      if (step.kind == Step::Kind::kForks) {
        todo_.push_back(step.next);
        todo_.push_back(step.other);
      } else if (step.kind == Step::Kind::kReads && left > 0) {
        state.steps.push_back(at);
      } else if (proposed_in_[step.pattern] != epoch_) {
        proposed_in_[step.pattern] = epoch_;
        state.proposed.push_back(step.pattern);
      }
    }
    // What is proposed need not be followed: RE2 finds the longest match.
    const auto is_proposed = [&](std::uint32_t at) { return proposed_in_[steps_[at].pattern] == epoch_; };
    state.steps.erase(std::remove_if(state.steps.begin(), state.steps.end(), is_proposed), state.steps.end());
    std::sort(state.steps.begin(), state.steps.end());
    std::sort(state.proposed.begin(), state.proposed.end());
    return state;
  }

  [[nodiscard]] std::vector<Branch> Branches(const Steps& steps) const {
    std::vector<Branch> branches;
    for (const std::uint32_t at : steps) {
      const Step& step = steps_[at];
      Symbols rest = step.symbols;
      for (std::size_t i = 0, n = branches.size(); i < n && rest != 0; ++i) {
        const Symbols common = branches[i].symbols & rest;
        if (common == 0) continue;
        if (common != branches[i].symbols) {
          Branch apart{branches[i].symbols & ~common, branches[i].next};
          branches[i].symbols = common;
          branches.push_back(std::move(apart));
        }
        branches[i].next.push_back(step.next);
        rest &= ~common;
      }
      if (rest != 0) branches.push_back({rest, {step.next}});
    }
    return branches;
  }

  /// How many beginnings of three symbols a pattern's matches have.
  std::size_t CountBeginnings(const State& state, std::size_t depth) {
    if (!state.proposed.empty() || depth == 3) return std::size_t{1} << (6 * (3 - depth));
    std::size_t count = 0;
    for (const Branch& branch : Branches(state.steps))
      count += static_cast<std::size_t>(std::popcount(branch.symbols)) *
               CountBeginnings(StateAt(branch.next, kDepth), depth + 1);
    return count;
  }

  struct Transition {
    std::uint32_t from = 0, to = 0;
    Symbols symbols = 0;
  };

  /// All states, level by level, and their transitions. Only states that have read equally many characters are made
  /// one: no path is longer than `depth`. False when there are too many states.
  bool MakeStates(const State& start, std::size_t depth) {
    states_ = {start};
    transitions_.clear();
    std::uint32_t at = 0;
    for (std::size_t left = depth; at < states_.size(); --left) {
      std::map<State, std::uint32_t> next_level;
      for (const std::size_t level_end = states_.size(); at < level_end; ++at) {
        for (const Branch& branch : Branches(states_[at].steps)) {
          const auto [entry, is_new] =
              next_level.emplace(StateAt(branch.next, left - 1), static_cast<std::uint32_t>(states_.size()));
          if (is_new) states_.push_back(entry->first);
          transitions_.push_back({at, entry->second, branch.symbols});
        }
        if (states_.size() > kMaxStates) return false;
      }
    }
    return true;
  }

  /// The tables. States that read come first: only they need a row.
  void Fill() {
    std::vector<std::uint16_t> index(states_.size());
    std::uint16_t next = 1;
    result_.proposals_.resize(1);
    for (const bool reads : {true, false}) {
      for (std::size_t i = 0; i < states_.size(); ++i) {
        const bool does_read = i == 0 || !states_[i].steps.empty();  // the start has a row even without patterns
        if (does_read != reads) continue;
        index[i] = next++;
        const Steps& proposed = states_[i].proposed;
        result_.proposals_.push_back(
            {static_cast<std::uint32_t>(result_.proposed_.size()), static_cast<std::uint32_t>(proposed.size())});
        result_.proposed_.insert(result_.proposed_.end(), proposed.begin(), proposed.end());
      }
      if (reads) result_.rows_.resize(next);
    }
    for (const Transition& transition : transitions_) {
      std::uint16_t to = index[transition.to];
      if (!states_[transition.to].proposed.empty()) to |= MatchStarts::kProposes;
      for (Symbols rest = transition.symbols; rest != 0; rest &= rest - 1)
        result_.rows_[index[transition.from]].next[static_cast<std::size_t>(std::countr_zero(rest))] = to;
    }
    // The other bytes of a character change nothing.
    for (std::size_t state = MatchStarts::kStart; state < result_.rows_.size(); ++state)
      result_.rows_[state].next[kContinuation] = static_cast<std::uint16_t>(state);
  }

  MatchStarts& result_;
  std::vector<Step> steps_;
  std::uint32_t number_ = 0;  ///< Of the pattern being laid out,
  std::uint32_t end_ = 0;     ///< its last step,
  std::size_t first_ = 0;     ///< and where its steps begin.

  std::vector<State> states_;
  std::vector<Transition> transitions_;

  std::uint32_t epoch_ = 0;
  std::vector<std::uint32_t> seen_in_;      ///< By step, the last epoch.
  std::vector<std::uint32_t> proposed_in_;  ///< By pattern, the last epoch.
  Steps todo_;
};

MatchStarts::MatchStarts(const std::vector<NumberedPattern>& patterns) { MatchStartsBuilder(*this).Build(patterns); }

std::size_t MatchStarts::FindWordStarts(std::string_view text, Scratch& scratch) const {
  // Without branches: where words begin cannot be foretold.
  std::array<bool, kSymbolCount> begins{};
  for (std::size_t symbol = 0; symbol < kSymbolCount; ++symbol)
    begins[symbol] = symbol != kContinuation && rows_[kStart].next[symbol] != kNoState;
  scratch.symbols.resize(text.size() + 1);
  if (scratch.walks.size() <= text.size()) scratch.walks.resize(text.size() + 1);
  std::uint8_t* const symbols = scratch.symbols.data();
  Scratch::Walk* walk = scratch.walks.data();
  bool edge = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::uint8_t symbol = kSymbolOfByte[static_cast<unsigned char>(text[at])];
    symbols[at] = symbol;
    *walk = {static_cast<std::uint32_t>(at), kStart};
    walk += static_cast<std::ptrdiff_t>(edge & begins[symbol]);
    edge = kMayBeEdge[symbol];
  }
  symbols[text.size()] = kNoSymbol;
  return static_cast<std::size_t>(walk - scratch.walks.data());
}

void MatchStarts::Find(std::string_view text, Scratch& scratch, std::vector<PossibleMatch>& found) const {
  found.clear();
  std::size_t count = FindWordStarts(text, scratch);
  // All walks take a step at a time, together: each alone would wait for memory and mispredict its end.
  Scratch::Walk* const walks = scratch.walks.data();
  for (std::size_t step = 0; count > 0; ++step) {
    const std::uint8_t* const symbols = scratch.symbols.data() + step;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t start = walks[i].start;
      std::uint16_t next = rows_[walks[i].state].next[symbols[start]];
      if ((next & kProposes) != 0) {
        next &= static_cast<std::uint16_t>(~kProposes);
        Propose(next, text, start, found);
        if (next >= rows_.size()) next = kNoState;
      }
      walks[kept] = {start, next};
      kept += static_cast<std::size_t>(next != kNoState);
    }
    count = kept;
  }
}

void MatchStarts::Propose(std::uint16_t state, std::string_view text, std::size_t start,
                          std::vector<PossibleMatch>& found) const {
  const auto edge = static_cast<std::uint32_t>(LastCodePointStart(text, start));
  const Proposals& proposals = proposals_[state];
  for (std::uint32_t i = 0; i < proposals.count; ++i) found.push_back({proposed_[proposals.first + i], edge});
}

}  // namespace litmill::tag
