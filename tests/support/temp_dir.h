// SPDX-License-Identifier: Apache-2.0
// A folder of the test's own that is gone afterwards.
#pragma once

#include <string>

namespace litmill::testing {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// Writes a small file of a test; fails the test when it cannot.
void WriteTestFile(const std::string& path, const std::string& bytes);
[[nodiscard]] std::string ReadTestFile(const std::string& path);

}  // namespace litmill::testing
