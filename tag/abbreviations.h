// SPDX-License-Identifier: Apache-2.0
// Abbreviations that a record defines itself: "Alzheimer's disease (AD)". After Schwartz and Hearst, "A simple
// algorithm for identifying abbreviation definitions in biomedical text", 2003.
#pragma once

#include <cstdint>
#include <vector>

#include "tag/joined_text.h"
#include "tag/normalise.h"

namespace litmill::tag {

struct AbbreviationDefinition {
  ByteSpan short_form;  ///< In JoinedText::buffer.
  ByteSpan long_form;
};

/// All definitions of the record, by the place of the short form.
void FindAbbreviationDefinitions(const JoinedText& text, std::vector<AbbreviationDefinition>& definitions);

}  // namespace litmill::tag
