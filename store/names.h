// SPDX-License-Identifier: Apache-2.0
// Enumerations of core/ by the names under which the corpus stores them.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/partial_date.h"
#include "core/record.h"

namespace litmill::store {

[[nodiscard]] std::string_view RoleName(PersonRole role);
[[nodiscard]] PersonRole RoleFromName(std::string_view name);
[[nodiscard]] std::string_view RecordTypeName(RecordType type);
[[nodiscard]] RecordType RecordTypeFromName(std::string_view name);
[[nodiscard]] DatePrecision DatePrecisionFromName(std::string_view name);

/// Place of a database in the order in which the fields of a work are taken from its records: 0 is the most preferred.
/// Databases that litmill does not know come last.
[[nodiscard]] std::size_t SourceRank(std::string_view source);

}  // namespace litmill::store
