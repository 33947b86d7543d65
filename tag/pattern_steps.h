// SPDX-License-Identifier: Apache-2.0
// Many patterns laid out as one network of steps: what a match reads, character by character (Thompson's construction).
// tag/match_walker.h walks it.
//
// A match begins behind a word edge and ends with the character that is the other edge; both are part of the layout
// only at the end. A pattern whose shape is exact is decided here. The others are allowed more than they match, and RE2
// has to look at each place: patterns that mind case, that hold characters beyond ASCII, and gaps such as
// "[^.;]{0,60}", which stand here as gaps of any length: counted, they would multiply the states.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/pattern_shape.h"

namespace litmill::tag {

struct NumberedPattern {
  std::uint32_t number = 0;  ///< As the caller counts.
  std::string_view source;   ///< RE2 accepts it.
  bool case_sensitive = false;
  /// Asked about only where something else matches, as masks and gates are: its gaps are not worth following.
  bool on_demand = false;
};

/// A place in a pattern.
struct Step {
  enum class Kind : std::uint8_t { kReads, kForks, kEnds };
  Kind kind = Kind::kEnds;
  std::uint32_t pattern = 0;
  std::uint32_t next = 0;
  std::uint32_t other = 0;  ///< kForks goes on to both without reading.
  Symbols symbols = 0;      ///< kReads goes on to `next` behind one of these.
};

/// Immutable, safe to share between threads.
class PatternSteps {
 public:
  explicit PatternSteps(const std::vector<NumberedPattern>& patterns);

  /// Never the same for two objects of a process.
  [[nodiscard]] std::uint64_t id() const { return id_; }
  [[nodiscard]] const Step& step(std::uint32_t at) const { return steps_[at]; }
  [[nodiscard]] std::size_t step_count() const { return steps_.size(); }
  /// Where the patterns begin.
  [[nodiscard]] const std::vector<std::uint32_t>& starts() const { return starts_; }
  /// One more than the highest number of a pattern.
  [[nodiscard]] std::size_t pattern_count() const { return decides_.size(); }
  /// Whether a way through the pattern's steps is a match. Otherwise RE2 decides.
  [[nodiscard]] bool Decides(std::uint32_t pattern) const { return decides_[pattern] != 0; }
  /// The numbers of patterns that are not here, because their matches can begin with nearly anything or nothing is
  /// known of them: each has to be searched on its own.
  [[nodiscard]] const std::vector<std::uint32_t>& left_out() const { return left_out_; }

 private:
  friend class PatternLayout;
  std::uint64_t id_ = 0;
  std::vector<Step> steps_;
  std::vector<std::uint32_t> starts_;
  std::vector<char> decides_;
  std::vector<std::uint32_t> left_out_;
};

}  // namespace litmill::tag
