// SPDX-License-Identifier: Apache-2.0
#include "tag/abbreviations.h"

namespace litmill::tag {

void FindAbbreviationDefinitions(const JoinedText& /*text*/, std::vector<AbbreviationDefinition>& definitions) {
  definitions.clear();
}

}  // namespace litmill::tag
