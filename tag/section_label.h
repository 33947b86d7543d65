// SPDX-License-Identifier: Apache-2.0
// What a section is there for, from the words of its label: "Patients/methods", "MAIN OUTCOME MEASURE", "Background and
// aims".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/tagged_record.h"

namespace litmill::tag {

/// The role of a section with that label, or nothing when no word of it tells. Of several parts the latest in the order
/// of an abstract counts, as in NLM's own categories: "methods and results" are results.
[[nodiscard]] std::optional<SectionRole> RoleOfLabel(std::string_view label);

/// A label inside the text, at the start of a sentence: "METHODS: We ...", "Objective. ", "BackgroundThe ...".
struct InlineLabel {
  SectionRole role = SectionRole::kOther;
  std::size_t size = 0;  ///< Bytes of the label, with the mark behind it.
};
[[nodiscard]] std::optional<InlineLabel> InlineLabelAt(std::string_view sentence);

}  // namespace litmill::tag
