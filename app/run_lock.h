// SPDX-License-Identifier: Apache-2.0
// One writing command at a time for a corpus. The lock names its holder.
#pragma once

#include <memory>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace litmill::app {

/// Held from Acquire until the object or the process is gone: the system frees it even after SIGKILL, so there are no
/// stale locks.
class RunLock {
 public:
  /// Locks `<corpus>.lock`. kBusy names the holder (process, host, command, since when); kIo when the file cannot be
  /// made.
  [[nodiscard]] static Result<std::unique_ptr<RunLock>> Acquire(const std::string& corpus_path,
                                                                const std::string& command, const Clock& clock);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  RunLock(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  int fd_;
  std::string path_;
};

}  // namespace litmill::app
