// SPDX-License-Identifier: Apache-2.0
// The stand-ins of the Web of Science APIs, Starter and Expanded.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply SearchWebOfScienceStarter(WorksRegistry* registry, const Request& request);
[[nodiscard]] Reply SearchWebOfScienceExpanded(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
