// SPDX-License-Identifier: Apache-2.0
// Reading the control parts of a service's JSON answer without trusting its shape.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace litmill::fetch {

using Json = nlohmann::json;

/// The document; is_discarded() when `body` is not one whole JSON value in UTF-8.
[[nodiscard]] inline Json ParseJsonAnswer(std::string_view body) {
  return Json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
}

/// The document, but of the members at nesting `depth` (1: of the outermost object; arrays count) only those of `keys`:
/// a page of records is many megabytes, and fetch needs their identifiers alone.
[[nodiscard]] inline Json ParseJsonKeeping(std::string_view body, int depth,
                                           std::initializer_list<std::string_view> keys) {
  const Json::parser_callback_t keep = [&](int at, Json::parse_event_t event, Json& parsed) {
    return event != Json::parse_event_t::key || at != depth ||
           std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return parsed == key; });
  };
  return Json::parse(body.begin(), body.end(), keep, /*allow_exceptions=*/false);
}

/// The member `key`, or null when there is none or `object` is no object.
[[nodiscard]] inline const Json* FindMember(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

/// The member as text: a string as it is, a whole number in digits, true and false by name; else empty.
[[nodiscard]] inline std::string MemberText(const Json& object, const char* key) {
  const Json* value = FindMember(object, key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number_unsigned()) return std::to_string(value->get<std::uint64_t>());
  if (value->is_boolean()) return value->get<bool>() ? "true" : "false";
  return {};
}

[[nodiscard]] inline std::optional<std::uint64_t> MemberCount(const Json& object, const char* key) {
  const Json* value = FindMember(object, key);
  if (value == nullptr || !value->is_number_unsigned()) return std::nullopt;
  return value->get<std::uint64_t>();
}

}  // namespace litmill::fetch
