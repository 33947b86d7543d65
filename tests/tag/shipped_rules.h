// SPDX-License-Identifier: Apache-2.0
// The rule files of the project, compiled once.
#pragma once

#include "tag/tag.h"

namespace litmill::tag::testing {

/// The tagger of all files in rules/; null (and a test failure) when they are broken.
[[nodiscard]] const Tagger* ShippedTagger();

}  // namespace litmill::tag::testing
