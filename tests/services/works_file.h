// SPDX-License-Identifier: Apache-2.0
// Works from a file of JSON lines: one object a work, its members named as those of RegisteredWork.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tests/services/works.h"

namespace litmill::services {

/// kInvalidInput names the line that is no work.
[[nodiscard]] Result<std::vector<RegisteredWork>> ReadWorks(std::string_view text);

}  // namespace litmill::services
