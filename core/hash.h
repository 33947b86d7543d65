// SPDX-License-Identifier: Apache-2.0
// SHA-256, in the form that `sha256sum` prints.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace litmill {

/// Hashes bytes as they come. Not thread-safe; one per stream.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(std::string_view bytes);
  /// Adds a field so that ("ab","c") and ("a","bc") differ: its length, then its bytes.
  void UpdateField(std::string_view field);
  /// 64 lower-case hex digits. The object must not be used afterwards.
  [[nodiscard]] std::string HexDigest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string Sha256Hex(std::string_view bytes);

}  // namespace litmill
