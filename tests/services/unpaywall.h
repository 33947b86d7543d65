// SPDX-License-Identifier: Apache-2.0
// The stand-in of Unpaywall.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply AnswerUnpaywall(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
