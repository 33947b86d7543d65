// SPDX-License-Identifier: Apache-2.0
// The words of counting: whom a number counts, and what was done with them. All words are in lower case.
#pragma once

#include <string_view>

#include "tag/quantity_count.h"

namespace litmill::tag {

[[nodiscard]] bool CountsPeople(std::string_view lower);   ///< "patients", "women", "eyes".
[[nodiscard]] bool CountsStudies(std::string_view lower);  ///< "trials", "articles".
/// After one of these the number counts or measures something else, or a new clause begins.
[[nodiscard]] bool EndsNoun(std::string_view lower);
/// Of a word in any form: "randomised", "randomization"; kNone when it says nothing of people counted.
[[nodiscard]] CountVerb VerbOf(std::string_view lower);

}  // namespace litmill::tag
