// SPDX-License-Identifier: Apache-2.0
// Matchers for Result: EXPECT_THAT(F(), IsOk()), EXPECT_THAT(F(), IsError(ErrorCode::kIo)).
#pragma once

#include <gmock/gmock.h>

#include "core/result.h"

namespace litmill::testing {

MATCHER(IsOk, "is a value") {
  if (!arg) *result_listener << "error " << std::string(ErrorCodeName(arg.error().code)) << ": " << arg.error().message;
  return arg.has_value();
}

MATCHER_P(IsError, code, "is the error " + std::string(ErrorCodeName(code))) {
  if (!arg) *result_listener << std::string(ErrorCodeName(arg.error().code)) << ": " << arg.error().message;
  return !arg && arg.error().code == code;
}

}  // namespace litmill::testing
