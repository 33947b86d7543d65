// SPDX-License-Identifier: Apache-2.0
// The law of dependencies (docs/decisions/0001), read off the includes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace litmill {
namespace {

const std::map<std::string, std::set<std::string>> kStages{
    {"core", {"core"}},
    {"search", {"core", "search"}},
    {"fetch", {"core", "fetch"}},
    {"parse", {"core", "parse"}},
    {"tag", {"core", "tag"}},
    {"store", {"core", "store"}},
    {"report", {"core", "store", "report"}},
    {"app", {"core", "search", "fetch", "parse", "tag", "store", "report", "app"}},
};

// The beginning of an include of an outside library, and the folders that may have it.
const std::map<std::string, std::set<std::string>> kLibraries{
    {"curl/", {"fetch"}},   {"sqlite3.h", {"store", "fetch"}},
    {"zlib.h", {"fetch"}},  {"pugixml.hpp", {"parse"}},
    {"isa-l", {"parse"}},   {"igzip_lib.h", {"parse"}},
    {"re2/", {"tag"}},      {"utf8proc.h", {"core", "tag"}},
    {"openssl/", {"core"}}, {"yaml-cpp/", {"app"}},
    {"CLI/", {"app"}},      {"nlohmann/", {"fetch", "parse", "report", "app"}},
    {"iconv.h", {"parse"}},
};

// What no stage may use, and why: std::regex is not linear, std::system is a shell, locale-dependent functions read
// "1,5" as a number somewhere.
const std::set<std::string> kBanned{"<regex>",       "std::system(",  "std::rand(", "std::stod(",
                                    "std::tolower(", "std::isalpha(", "strtok("};

TEST(Layering, EachFolderIncludesOnlyWhatItMay) {
  int files = 0;
  for (const auto& [stage, allowed] : kStages) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LITMILL_SOURCE_DIR) / stage)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      ++files;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        if (line.starts_with("#include \"")) {
          const std::string folder = line.substr(10, line.find('/') - 10);
          EXPECT_TRUE(allowed.count(folder) != 0) << entry.path() << ": " << line;
        }
        for (const auto& [library, homes] : kLibraries) {
          if (line.starts_with("#include <" + library)) {
            EXPECT_TRUE(homes.count(stage) != 0) << entry.path() << ": " << line;
          }
        }
        for (const std::string& banned : kBanned)
          EXPECT_EQ(line.find(banned), std::string::npos) << entry.path() << ": " << line;
      }
    }
  }
  EXPECT_GT(files, 80) << "the test looks in the wrong place";
}

}  // namespace
}  // namespace litmill
