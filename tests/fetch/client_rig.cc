// SPDX-License-Identifier: Apache-2.0
#include "tests/fetch/client_rig.h"

#include <filesystem>

#include <sqlite3.h>

namespace litmill::fetch::testing {

std::vector<std::string> ClientRig::Verdicts() const {
  std::vector<std::string> verdicts;
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(archive_path().c_str(), &database), SQLITE_OK);
  const auto collect = [](void* target, int, char** values, char**) {
    static_cast<std::vector<std::string>*>(target)->emplace_back(values[0]);
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, "SELECT verdict FROM provenance ORDER BY document_id", collect, &verdicts, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  return verdicts;
}

std::string ClientRig::EverythingKept() const {
  std::string all = log.AllText();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    if (entry.is_regular_file()) all += litmill::testing::ReadTestFile(entry.path().string());
  return all;
}

}  // namespace litmill::fetch::testing
