// SPDX-License-Identifier: Apache-2.0
#include "tag/findings.h"

namespace litmill::tag {

void FindFindings(const CompiledRules& /*rules*/, Analysis& /*analysis*/, TaggedRecord& /*result*/) {}

}  // namespace litmill::tag
