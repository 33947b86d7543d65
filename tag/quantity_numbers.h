// SPDX-License-Identifier: Apache-2.0
// The numbers of a text, in digits and in words, found in one pass.
//
// Thousands may be parted by commas or spaces ("1,000", "102 648"), decimals by a stop, a comma or a middle dot
// ("0.05", "12,3", "0·04", ".05", and "0. 05" with a stray space). Digits that are part of a name ("B6", "MgSO4") are
// no number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tag/text_runs.h"

namespace litmill::tag {

struct Number {
  std::uint32_t start = 0;  ///< Without its sign.
  std::uint32_t end = 0;
  double value = 0;         ///< Without its sign.
  bool is_word = false;     ///< "forty-one"
  bool is_whole = true;     ///< Written without decimals.
  bool has_minus = false;   ///< A dash stands before it that is neither a hyphen nor the dash of a range.
  bool in_name = false;     ///< Hangs on a word by a hyphen: "DASS-42", "omega-3".
  bool is_claimed = false;  ///< Its meaning is known; no other reading may take it.
};

/// Replaces `numbers` by those of `text`, in order.
void FindNumbers(std::string_view text, std::vector<Number>& numbers);
/// The same where the runs of `text` are known.
void FindNumbers(std::string_view text, const TextRuns& runs, std::vector<Number>& numbers);

}  // namespace litmill::tag
