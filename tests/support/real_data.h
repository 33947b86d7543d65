// SPDX-License-Identifier: Apache-2.0
// The folders of real data and labelled sets, which are not part of the project.
#pragma once

#include <string>
#include <vector>

namespace litmill::testing {

/// $LITMILL_REAL_DATA or $LITMILL_GOLD; empty when not set.
[[nodiscard]] std::string RealDataFolder();
[[nodiscard]] std::string GoldFolder();

/// Every regular file below `folder`, sorted.
[[nodiscard]] std::vector<std::string> FilesBelow(const std::string& folder);

}  // namespace litmill::testing

/// First line of a test on real data: skips, saying why, where the folder is not there.
#define LITMILL_NEEDS(folder) \
  if ((folder).empty())       \
  GTEST_SKIP() << "SKIPPED LOUDLY: set LITMILL_REAL_DATA / LITMILL_GOLD to the folders of real data"
