// SPDX-License-Identifier: Apache-2.0
// Enumerations of core/ by the names under which the corpus stores them.
#pragma once

#include <string_view>

#include "core/partial_date.h"
#include "core/record.h"

namespace litmill::store {

[[nodiscard]] std::string_view RoleName(PersonRole role);
[[nodiscard]] PersonRole RoleFromName(std::string_view name);
[[nodiscard]] std::string_view RecordTypeName(RecordType type);
[[nodiscard]] RecordType RecordTypeFromName(std::string_view name);
[[nodiscard]] DatePrecision DatePrecisionFromName(std::string_view name);

}  // namespace litmill::store
