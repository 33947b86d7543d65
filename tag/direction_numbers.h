// SPDX-License-Identifier: Apache-2.0
// What the numbers of a report say: p-values, intervals with or without the null, and which of two values is larger.
#pragma once

#include <cstdint>
#include <vector>

#include "tag/finding_words.h"

namespace litmill::tag {

enum class NumberUse : std::uint8_t {
  kOther,       ///< A value, as far as one can see.
  kPValue,      ///< `flag`: +1 significant, -1 not.
  kInterval,    ///< The lower end of an interval; `flag`: +1 without the null, -1 with it. `sign`: which side of it.
  kRatio,       ///< An odds, hazard or risk ratio; `sign`: +1 above 1, -1 below.
  kDifference,  ///< A mean difference or coefficient; `sign` is its own.
  kSpread,      ///< A standard deviation, a range, the second half of something already read.
  kNoise,       ///< A number of people, a year, a level of confidence, a time, a label.
};

struct NumberRole {
  std::uint32_t word = 0;  ///< Into SpanWords::words().
  NumberUse use = NumberUse::kOther;
  int flag = 0;
  int sign = 0;
  double value = 0;  ///< Of kOther: the value; a fraction counts as its quotient in per cent.
};

/// Every number of the span, in order.
void ReadNumbers(const std::vector<Word>& words, std::vector<NumberRole>& roles);

}  // namespace litmill::tag
