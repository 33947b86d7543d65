// SPDX-License-Identifier: Apache-2.0
// The JSON Schema of rule files: docs/rules.schema.json, built into the program.
#pragma once

#include <string_view>

namespace litmill::app {

[[nodiscard]] std::string_view RulesSchema();

}  // namespace litmill::app
