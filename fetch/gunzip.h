// SPDX-License-Identifier: Apache-2.0
// Unpacking a gzip body as it arrives, within a bound, and knowing whether it came whole (libcurl's own decoder takes a
// cut stream for a complete one).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace litmill::fetch {

/// One gzip stream (of one or more members). Not thread-safe.
class GunzipStream {
 public:
  enum class Status { kOk, kDamaged, kTooLarge };
  GunzipStream();
  ~GunzipStream();
  GunzipStream(const GunzipStream&) = delete;
  GunzipStream& operator=(const GunzipStream&) = delete;

  /// Appends what `packed` unpacks to, until `out` would be longer than `max_bytes`.
  [[nodiscard]] Status Feed(std::string_view packed, std::string& out, std::size_t max_bytes);
  /// Every member so far came to its end, checksum and all.
  [[nodiscard]] bool complete() const { return at_member_end_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  bool at_member_end_ = false;
};

}  // namespace litmill::fetch
