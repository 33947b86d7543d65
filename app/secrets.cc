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

std::vector<std::string> Secrets::Keys() const {
  return ncbi_api_key.empty() ? std::vector<std::string>{} : std::vector<std::string>{ncbi_api_key};
}

Result<Secrets> ReadSecrets(FileSystem& files) {
  Secrets secrets;
  LITMILL_TRY(secrets.ncbi_api_key, ReadOne(files, "NCBI_API_KEY"));
  if (!secrets.ncbi_api_key.empty() && secrets.ncbi_api_key.size() < kLeastKeySize)
    return Fail(ErrorCode::kConfig,
                fmt::format("NCBI_API_KEY: shorter than {} characters, so it is no key", kLeastKeySize));
  LITMILL_TRY(secrets.email, ReadOne(files, "LITMILL_EMAIL"));
  return secrets;
}

}  // namespace litmill::app
