// SPDX-License-Identifier: Apache-2.0
#include "tag/pattern_steps.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <set>
#include <utility>

namespace litmill::tag {
namespace {

/// More symbols than this in one place rule little out.
constexpr int kWide = 12;
/// A pattern that can begin with so many of these is left out: it would be followed from every word.
constexpr int kWideBeginning = 3;
/// More rounds than these become a loop: of one wide character, and of anything else.
constexpr std::size_t kMaxWideRounds = 8;
constexpr std::size_t kMaxRounds = 40;
/// Of one pattern: nested repetitions multiply. A pattern with more is left out.
constexpr std::size_t kMaxSteps = 20'000;

bool IsWide(Symbols symbols) { return std::popcount(symbols) > kWide; }

}  // namespace

/// Patterns are laid out from their end to their start.
class PatternLayout {
 public:
  explicit PatternLayout(PatternSteps& result) : steps_(result.steps_) {}

  /// The pattern's first step; nothing when it has to be left out, with its steps taken away again.
  std::optional<std::uint32_t> Add(const Shape& shape, const NumberedPattern& pattern) {
    number_ = pattern.number;
    follows_gaps_ = !pattern.on_demand;
    first_ = steps_.size();
    is_exact_ = true;
    end_ = AddStep(Step::Kind::kEnds);
    const std::uint32_t start = Before(AddStep(Step::Kind::kReads, end_, 0, kEdgeSymbols), shape);
    if (!TooLarge() && !BeginsWide(start)) return start;
    steps_.resize(first_);
    return std::nullopt;
  }

  /// Whether the last pattern's steps allow no more than its shape does.
  [[nodiscard]] bool is_exact() const { return is_exact_; }

 private:
  std::uint32_t AddStep(Step::Kind kind, std::uint32_t next = 0, std::uint32_t other = 0, Symbols symbols = 0) {
    steps_.push_back({kind, number_, next, other, symbols});
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }

  [[nodiscard]] bool TooLarge() const { return steps_.size() - first_ > kMaxSteps; }

  /// The start of the steps of `shape` with `after` behind it.
  std::uint32_t Before(std::uint32_t after, const Shape& shape) {
    if (TooLarge()) return end_;
    switch (shape.kind) {
      case Shape::Kind::kSymbol:
        return AddStep(Step::Kind::kReads, after, 0, shape.symbols);
      case Shape::Kind::kSequence:
        for (auto part = shape.parts.rbegin(); part != shape.parts.rend(); ++part) after = Before(after, *part);
        return after;
      case Shape::Kind::kAlternatives: {
        std::uint32_t start = Before(after, shape.parts.front());
        for (std::size_t i = 1; i < shape.parts.size(); ++i) {
          const std::uint32_t other = Before(after, shape.parts[i]);
          start = AddStep(Step::Kind::kForks, start, other);
        }
        return start;
      }
      case Shape::Kind::kRepeated:
        return BeforeRepeated(after, shape);
    }
    return end_;
  }

  std::uint32_t BeforeRepeated(std::uint32_t after, const Shape& shape) {
    const Shape& part = shape.parts.front();
    const bool wide = part.kind == Shape::Kind::kSymbol && IsWide(part.symbols);
    const std::size_t max_rounds = wide ? kMaxWideRounds : kMaxRounds;
    std::uint32_t start = after;
    // From word to word: "[^.;]{0,40}" but not "\\w*", which soon ends.
    const bool is_gap = wide && (part.symbols & SymbolBit(kSymbolOfByte[' '])) != 0 && shape.most > max_rounds;
    if (is_gap && !follows_gaps_) {
      is_exact_ = false;
      const std::uint32_t gap = Before(end_, part);
      return shape.least > 0 ? gap : AddStep(Step::Kind::kForks, gap, after);
    }
    if (shape.most > max_rounds) {
      is_exact_ = is_exact_ && shape.most == Shape::kUnlimited;
      start = AddStep(Step::Kind::kForks, 0, after);
      const std::uint32_t round = Before(start, part);
      steps_[start].next = round;
    } else {
      for (std::size_t round = shape.least; round < shape.most; ++round) {
        const std::uint32_t longer = Before(start, part);
        start = AddStep(Step::Kind::kForks, longer, after);
      }
    }
    const std::size_t least = std::min(shape.least, max_rounds);
    is_exact_ = is_exact_ && least == shape.least;
    for (std::size_t round = 0; round < least; ++round) start = Before(start, part);
    return start;
  }

  /// Whether a way from this step reads kWideBeginning wide characters before any other.
  [[nodiscard]] bool BeginsWide(std::uint32_t start) const {
    std::set<std::pair<std::uint32_t, int>> seen;  // a step and the wide characters before it
    std::vector<std::pair<std::uint32_t, int>> todo = {{start, 0}};
    while (!todo.empty()) {
      const auto [at, wide] = todo.back();
      todo.pop_back();
      if (wide == kWideBeginning) return true;
      if (!seen.emplace(at, wide).second) continue;
      const Step& step = steps_[at];
      if (step.kind == Step::Kind::kForks) {
        todo.emplace_back(step.next, wide);
        todo.emplace_back(step.other, wide);
      } else if (step.kind == Step::Kind::kReads && IsWide(step.symbols)) {
        todo.emplace_back(step.next, wide + 1);
      }
    }
    return false;
  }

  std::vector<Step>& steps_;
  std::uint32_t number_ = 0;  ///< Of the pattern being laid out,
  std::uint32_t end_ = 0;     ///< its last step,
  std::size_t first_ = 0;     ///< where its steps begin,
  bool follows_gaps_ = true;  ///< and whether it goes on behind them.
  bool is_exact_ = true;
};

PatternSteps::PatternSteps(const std::vector<NumberedPattern>& patterns) {
  static std::atomic<std::uint64_t> next_id{1};
  id_ = next_id.fetch_add(1);
  PatternLayout layout(*this);
  for (const NumberedPattern& pattern : patterns) {
    if (pattern.number >= decides_.size()) decides_.resize(pattern.number + 1, 0);
    const std::optional<PatternShape> shape = ReadShape(pattern.source, pattern.case_sensitive);
    const std::optional<std::uint32_t> start = shape ? layout.Add(shape->shape, pattern) : std::nullopt;
    if (start) {
      starts_.push_back(*start);
      decides_[pattern.number] = shape->is_exact && layout.is_exact() ? 1 : 0;
    } else {
      left_out_.push_back(pattern.number);
    }
  }
}

}  // namespace litmill::tag
