// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

namespace litmill {

std::string_view ErrorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidInput:
      return "invalid-input";
    case ErrorCode::kNotFound:
      return "not-found";
    case ErrorCode::kCorruptInput:
      return "corrupt-input";
    case ErrorCode::kThrottled:
      return "throttled";
    case ErrorCode::kTransientRemote:
      return "transient-remote";
    case ErrorCode::kPermanentRemote:
      return "permanent-remote";
    case ErrorCode::kSessionLost:
      return "session-lost";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kBusy:
      return "busy";
    case ErrorCode::kConfig:
      return "config";
    case ErrorCode::kTooNew:
      return "too-new";
    case ErrorCode::kInterrupted:
      return "interrupted";
    case ErrorCode::kIntegrity:
      return "integrity";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace litmill
