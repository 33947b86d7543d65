// SPDX-License-Identifier: Apache-2.0
// One budget of requests for a service, shared by all threads and processes on this host.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace litmill::fetch {

/// Hands out the right to send one request, spaced so that the rate holds by construction: the file lock is held from
/// waiting until the moment of sending is stamped, so no two requests of this host can be closer than the interval. A
/// killed holder frees the lock. The state is one small file for a service (`name`, e.g. its host and port) in
/// `folder`; all processes must use the same folder. Thread-safe.
class RateBudget {
 public:
  /// `interval_ms`: least distance of two requests (370 for NCBI without a key: 1/3 s exactly still trips its limiter;
  /// 110 with one). kIo when the folder or file cannot be used: litmill then refuses to go on rather than be impolite.
  [[nodiscard]] static Result<std::unique_ptr<RateBudget>> Open(const std::string& folder, const std::string& name,
                                                                std::int64_t interval_ms, const Clock& clock,
                                                                Sleeper& sleeper);
  ~RateBudget();

  /// Waits for the next slot and takes it. kInterrupted when asked to stop.
  [[nodiscard]] Result<void> Acquire();
  /// Nobody on this host sends before `wait_ms` from now (a 429's Retry-After).
  [[nodiscard]] Result<void> Pause(std::int64_t wait_ms);
  /// The service names the least distance of two requests itself. It holds for this process from now on where it is
  /// longer than our own; the last word counts.
  void ObeyService(std::int64_t interval_ms);

 private:
  struct Impl;
  explicit RateBudget(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// $LITMILL_STATE_DIR, else a folder below the system's temporary folder that all users of the host share. Created when
/// missing.
[[nodiscard]] Result<std::string> SharedStateFolder();

}  // namespace litmill::fetch
