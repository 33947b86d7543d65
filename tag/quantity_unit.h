// SPDX-License-Identifier: Apache-2.0
// Units of amount and how often an amount is taken, as they are written behind a number.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace litmill::tag {

/// "mg", "500-mg", "milligrams"; `unit` is empty when none stands at `at`.
struct AmountUnit {
  std::string_view unit;  ///< "mg", "g", "mcg", "mmol", "mEq", "IU", "mL", "units"
  std::size_t end = 0;
};
[[nodiscard]] AmountUnit ReadAmountUnit(std::string_view text, std::size_t at);

/// What follows the unit. `per`: "day", "2/day" (the amount twice a day), "kg", "kg/day", "hour", "week", "single"...;
/// empty = not said.
struct Rate {
  std::string per;
  bool is_concentration = false;  ///< "/L", "per 100 g"
  std::size_t end = 0;
};
[[nodiscard]] Rate ReadRate(std::string_view text, std::size_t at);

/// "daily", "twice a day", "each morning", "every 8 h" at `at`; empty `per` when none starts there.
[[nodiscard]] Rate ReadSchedule(std::string_view text, std::size_t at);

}  // namespace litmill::tag
