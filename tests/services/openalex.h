// SPDX-License-Identifier: Apache-2.0
// The stand-in of OpenAlex's works.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply AnswerOpenAlex(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
