// SPDX-License-Identifier: Apache-2.0
#include "tests/app/json_schema.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

namespace litmill::testing {
namespace {

using nlohmann::json;

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void Check(const json& schema, const json& value, const std::string& at, std::vector<std::string>& errors) const {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) errors.push_back(at + ": nothing may be here");
      return;
    }
    for (const auto& [keyword, rule] : schema.items()) {
      if (CheckAny(keyword, rule, value, at, errors) || CheckObject(keyword, rule, schema, value, at, errors) ||
          CheckList(keyword, rule, value, at, errors) || CheckScalar(keyword, rule, value, at, errors) ||
          CheckCombined(keyword, rule, schema, value, at, errors))
        continue;
      errors.push_back(at + ": the schema has the unknown keyword " + keyword);
    }
  }

 private:
  using Errors = std::vector<std::string>;

  [[nodiscard]] bool IsValid(const json& schema, const json& value) const {
    Errors errors;
    Check(schema, value, "", errors);
    return errors.empty();
  }

  bool CheckAny(const std::string& keyword, const json& rule, const json& value, const std::string& at,
                Errors& errors) const {
    static const std::set<std::string> kAnnotations{"$schema", "title", "description", "$defs"};
    if (kAnnotations.count(keyword) != 0) return true;
    if (keyword == "$ref") {
      Check(root_.at(json::json_pointer(rule.get<std::string>().substr(1))), value, at, errors);
    } else if (keyword == "type") {
      const json types = rule.is_array() ? rule : json::array({rule});
      const bool known = std::any_of(types.begin(), types.end(), [&](const json& t) { return HasType(value, t); });
      if (!known) errors.push_back(at + ": is no " + types.dump());
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end()) errors.push_back(at + ": is not of " + rule.dump());
    } else if (keyword == "const") {
      if (value != rule) errors.push_back(at + ": is not " + rule.dump());
    } else {
      return false;
    }
    return true;
  }

  static bool HasType(const json& value, const json& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "number" && value.is_number()) ||
           (type == "integer" && value.is_number() && std::floor(value.get<double>()) == value.get<double>()) ||
           (type == "boolean" && value.is_boolean());
  }

  bool CheckObject(const std::string& keyword, const json& rule, const json& schema, const json& value,
                   const std::string& at, Errors& errors) const {
    static const std::set<std::string> kKeywords{"required",      "properties",    "additionalProperties",
                                                 "propertyNames", "minProperties", "dependentRequired"};
    if (kKeywords.count(keyword) == 0) return false;
    if (!value.is_object()) return true;
    if (keyword == "required") Need(rule, value, at, errors);
    if (keyword == "minProperties" && value.size() < rule.get<std::size_t>()) errors.push_back(at + ": has too few");
    if (keyword == "dependentRequired")
      for (const auto& [key, others] : rule.items())
        if (value.contains(key)) Need(others, value, at, errors);
    for (const auto& [key, item] : value.items()) {
      const bool is_listed = schema.contains("properties") && schema["properties"].contains(key);
      if (keyword == "properties" && is_listed) Check(rule[key], item, at + "/" + key, errors);
      if (keyword == "additionalProperties" && !is_listed) Check(rule, item, at + "/" + key, errors);
      if (keyword == "propertyNames") Check(rule, json(key), at + "/" + key, errors);
    }
    return true;
  }

  static void Need(const json& keys, const json& value, const std::string& at, Errors& errors) {
    for (const json& key : keys)
      if (!value.contains(key.get<std::string>())) errors.push_back(at + ": lacks " + key.dump());
  }

  bool CheckList(const std::string& keyword, const json& rule, const json& value, const std::string& at,
                 Errors& errors) const {
    if (keyword != "items" && keyword != "minItems" && keyword != "uniqueItems") return false;
    if (!value.is_array()) return true;
    if (keyword == "minItems" && value.size() < rule.get<std::size_t>()) errors.push_back(at + ": is too short");
    if (keyword == "uniqueItems" && rule.get<bool>() &&
        std::set<json>(value.begin(), value.end()).size() != value.size())
      errors.push_back(at + ": holds something twice");
    for (std::size_t i = 0; keyword == "items" && i < value.size(); ++i)
      Check(rule, value[i], at + "/" + std::to_string(i), errors);
    return true;
  }

  static bool CheckScalar(const std::string& keyword, const json& rule, const json& value, const std::string& at,
                          Errors& errors) {
    if (keyword == "pattern") {
      if (value.is_string() && !RE2::PartialMatch(value.get<std::string>(), RE2(rule.get<std::string>())))
        errors.push_back(at + ": does not match " + rule.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule) errors.push_back(at + ": is too small");
    } else if (keyword == "multipleOf") {
      if (value.is_number() && std::fmod(value.get<double>(), rule.get<double>()) != 0)
        errors.push_back(at + ": is no multiple of " + rule.dump());
    } else if (keyword == "maximum") {
      if (value.is_number() && value > rule) errors.push_back(at + ": is too large");
    } else {
      return false;
    }
    return true;
  }

  bool CheckCombined(const std::string& keyword, const json& rule, const json& schema, const json& value,
                     const std::string& at, Errors& errors) const {
    if (keyword == "anyOf") {
      if (std::none_of(rule.begin(), rule.end(), [&](const json& s) { return IsValid(s, value); }))
        errors.push_back(at + ": fits none of what may be here");
    } else if (keyword == "not") {
      if (IsValid(rule, value)) errors.push_back(at + ": is what must not be here");
    } else if (keyword == "if") {
      const char* branch = IsValid(rule, value) ? "then" : "else";
      if (schema.contains(branch)) Check(schema[branch], value, at, errors);
    } else {
      return keyword == "then" || keyword == "else";
    }
    return true;
  }

  const json& root_;
};

json Scalar(const YAML::Node& node) {
  if (node.Tag() == "!") return node.Scalar();  // in quotation marks
  bool flag = false;
  double number = 0;
  if (node.Scalar() == "null" || node.Scalar() == "~") return nullptr;
  if (YAML::convert<double>::decode(node, number)) return number;
  if ((node.Scalar() == "true" || node.Scalar() == "false") && YAML::convert<bool>::decode(node, flag)) return flag;
  return node.Scalar();
}

json Convert(const YAML::Node& node) {
  if (node.IsScalar()) return Scalar(node);
  json value = node.IsMap() ? json::object() : node.IsSequence() ? json::array() : json();
  if (node.IsMap())
    for (const auto& entry : node) value[entry.first.Scalar()] = Convert(entry.second);
  if (node.IsSequence())
    for (const auto& item : node) value.push_back(Convert(item));
  return value;
}

}  // namespace

std::vector<std::string> SchemaErrors(const json& schema, const json& value) {
  std::vector<std::string> errors;
  Validator(schema).Check(schema, value, "", errors);
  return errors;
}

json YamlAsJson(const std::string& yaml) { return Convert(YAML::Load(yaml)); }

}  // namespace litmill::testing
