// SPDX-License-Identifier: Apache-2.0
// Every promise about a corpus file, checked.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace litmill::store {

class Corpus;

struct Check {
  std::string name;  ///< "integrity", "foreign-keys", "full-text-index", "spans-reread", "runs-balance",
                     ///< "one-work-per-record", ...
  bool passed = false;
  std::string detail;  ///< What was counted, or the first violations.
};

/// Runs all checks; a violated promise is a failed Check, not an Error.
[[nodiscard]] Result<std::vector<Check>> Validate(const Corpus& corpus);

}  // namespace litmill::store
