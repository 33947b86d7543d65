// SPDX-License-Identifier: Apache-2.0
// A place in the joined text where an include rule matched.
#pragma once

#include <cstdint>

#include "core/tagged_record.h"

namespace litmill::tag {

struct Candidate {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint32_t rule = 0;
  std::uint32_t concept_index = 0;
  Assertion assertion = Assertion::kPresent;  ///< Set by tag/assertion.h.
};

}  // namespace litmill::tag
