// SPDX-License-Identifier: Apache-2.0
// The stand-in of Elsevier's Embase API.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply SearchEmbase(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
