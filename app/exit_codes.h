// SPDX-License-Identifier: Apache-2.0
// What the process tells its caller. Stable for ever; documented in docs/guide.md.
#pragma once

#include "core/result.h"

namespace litmill::app {

enum ExitCode : int {
  kExitOk = 0,             ///< Complete and balanced.
  kExitInternal = 1,       ///< A bug in litmill.
  kExitUsage = 2,          ///< Command line, configuration or rule file is wrong.
  kExitPartial = 3,        ///< Consistent, but some records failed; they are listed.
  kExitSource = 4,         ///< A source was unreachable or refused.
  kExitIntegrity = 5,      ///< A completeness or integrity check failed, or a file is damaged.
  kExitAttention = 6,      ///< --strict: a search warning or a new retraction wants a person.
  kExitLocked = 75,        ///< Another run holds the lock.
  kExitInterrupted = 130,  ///< Stopped by the user; the next run goes on from here.
};

/// The exit code that an error at the top of a command means.
[[nodiscard]] inline ExitCode ExitCodeFor(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidInput:
    case ErrorCode::kNotFound:
    case ErrorCode::kConfig:
      return kExitUsage;
    case ErrorCode::kThrottled:
    case ErrorCode::kTransientRemote:
    case ErrorCode::kPermanentRemote:
    case ErrorCode::kSessionLost:
      return kExitSource;
    case ErrorCode::kCorruptInput:
    case ErrorCode::kTooNew:
    case ErrorCode::kIo:
    case ErrorCode::kIntegrity:
      return kExitIntegrity;
    case ErrorCode::kBusy:
      return kExitLocked;
    case ErrorCode::kInterrupted:
      return kExitInterrupted;
    case ErrorCode::kInternal:
      return kExitInternal;
  }
  return kExitInternal;
}

}  // namespace litmill::app
