// SPDX-License-Identifier: Apache-2.0
// How much single words and signs speak for the parts of an abstract that has no headings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tag/word_beginnings.h"

namespace litmill::tag {

/// Background, objective, methods, results, conclusions: the roles that can be inferred, in this order.
inline constexpr std::size_t kInferredRoleCount = 5;
using RoleWeights = std::array<std::int16_t, kInferredRoleCount>;

enum class Sign : std::uint8_t {
  kPValue,
  kPercent,
  kPlusMinus,
  kToInfinitive,  ///< The sentence starts with "To ...".
  kWe,            ///< The sentence starts with "We ".
  kNoNumber,
  kManyNumbers,  ///< Three or more.
  kFirst,
  kLast,
  kFirstFifth,  ///< Of the abstract; the other fifths follow.
};
inline constexpr std::size_t kSignCount = 14;

[[nodiscard]] std::size_t WordCount();
/// What dismisses nearly all words before they are looked up.
[[nodiscard]] const WordBeginnings& SectionWordBeginnings();
[[nodiscard]] std::optional<std::size_t> FindSectionWord(std::string_view lower);
[[nodiscard]] const RoleWeights& WeightsOfWord(std::size_t word);
[[nodiscard]] const RoleWeights& WeightsOfSign(Sign sign);
[[nodiscard]] const RoleWeights& StepsFrom(std::size_t role);

}  // namespace litmill::tag
