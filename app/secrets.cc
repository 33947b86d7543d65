// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.h"

#include <cstdlib>

#include <fmt/format.h>

#include "core/unicode.h"

namespace litmill::app {
namespace {

constexpr std::size_t kLeastKeySize = 8;  // NCBI's have 36

Result<std::string> ReadOne(FileSystem& files, const std::string& variable) {
  std::string value;
  std::string from = variable;
  if (const char* text = std::getenv(variable.c_str())) {
    value = std::string(TrimAscii(text));
  } else if (const char* path = std::getenv((variable + "_FILE").c_str())) {
    from = variable + "_FILE";
    auto bytes = ReadWholeFile(files, path, 4096);
    if (!bytes) return Fail(ErrorCode::kConfig, fmt::format("{}: {}", from, bytes.error().message));
    value = std::string(TrimAscii(*bytes));
  }
  if (value.find_first_of(" \t\r\n") != std::string::npos)
    return Fail(ErrorCode::kConfig, fmt::format("{}: the value has white space inside; it must be one word", from));
  return value;
}

}  // namespace

const std::vector<std::string>& KeyVariables() {
  static const std::vector<std::string> variables{"NCBI_API_KEY",    "SCOPUS_API_KEY",   "SCOPUS_INSTTOKEN",
                                                  "EMBASE_API_KEY",  "EMBASE_INSTTOKEN", "WOS_API_KEY",
                                                  "OPENALEX_API_KEY"};
  return variables;
}

std::string Secrets::Key(std::string_view variable) const {
  const auto found = keys.find(std::string(variable));
  return found == keys.end() ? std::string() : found->second;
}

std::vector<std::string> Secrets::Keys() const {
  std::vector<std::string> values;
  for (const auto& [variable, key] : keys) values.push_back(key);
  return values;
}

Result<Secrets> ReadSecrets(FileSystem& files) {
  Secrets secrets;
  for (const std::string& variable : KeyVariables()) {
    LITMILL_TRY(const std::string key, ReadOne(files, variable));
    if (key.empty()) continue;
    if (key.size() < kLeastKeySize)
      return Fail(ErrorCode::kConfig,
                  fmt::format("{}: shorter than {} characters, so it is no key", variable, kLeastKeySize));
    secrets.keys[variable] = key;
  }
  LITMILL_TRY(secrets.email, ReadOne(files, "LITMILL_EMAIL"));
  return secrets;
}

}  // namespace litmill::app
