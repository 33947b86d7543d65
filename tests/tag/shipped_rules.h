// SPDX-License-Identifier: Apache-2.0
// The rule files of the project, compiled once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tag/tag.h"

namespace litmill::tag::testing {

/// The tagger of all files in rules/; null (and a test failure) when they are broken.
[[nodiscard]] const Tagger* ShippedTagger();

/// A tagger with the rules of these files and folders; null, and a failed test, when they are not sound.
[[nodiscard]] std::unique_ptr<Tagger> TaggerOf(const std::vector<std::string>& paths);

}  // namespace litmill::tag::testing
