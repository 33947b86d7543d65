// SPDX-License-Identifier: Apache-2.0
// The stand-in of Europe PMC's search.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply AnswerEuropePmc(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
