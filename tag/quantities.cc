// SPDX-License-Identifier: Apache-2.0
#include "tag/quantities.h"

namespace litmill::tag {

void FindQuantities(const CompiledRules& /*rules*/, const Analysis& /*analysis*/,
                    std::vector<Quantity>& /*quantities*/) {}

}  // namespace litmill::tag
