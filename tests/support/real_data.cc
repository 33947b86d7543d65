// SPDX-License-Identifier: Apache-2.0
#include "tests/support/real_data.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace litmill::testing {
namespace {

std::string Folder(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string RealDataFolder() { return Folder("LITMILL_REAL_DATA"); }
std::string GoldFolder() { return Folder("LITMILL_GOLD"); }

std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace litmill::testing
