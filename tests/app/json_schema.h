// SPDX-License-Identifier: Apache-2.0
// A small validator for the keywords of JSON Schema 2020-12 that docs/rules.schema.json uses. A keyword that it does
// not know is a failure: no part of a schema is passed over in silence.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace litmill::testing {

/// What is wrong with `value` ("/concepts/gout: ..."); empty = it is valid.
[[nodiscard]] std::vector<std::string> SchemaErrors(const nlohmann::json& schema, const nlohmann::json& value);

/// YAML as JSON by the core schema: unquoted numbers, booleans and null are no strings.
[[nodiscard]] nlohmann::json YamlAsJson(const std::string& yaml);

}  // namespace litmill::testing
