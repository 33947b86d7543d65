// SPDX-License-Identifier: Apache-2.0
// The stand-in of DataCite's works by DOI.
#pragma once

#include "tests/services/works.h"

namespace litmill::services {

[[nodiscard]] Reply AnswerDataCite(WorksRegistry* registry, const Request& request);

}  // namespace litmill::services
