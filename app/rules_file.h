// SPDX-License-Identifier: Apache-2.0
// Reads rule files (docs/rules.md describes them) into a RuleSet.
#pragma once

#include <string>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"
#include "core/rule_set.h"

namespace litmill::app {

/// Reads every path: a file, or a folder whose *.yaml and *.yml files are read, its folders too. Neither the order of
/// the paths nor the names of the files change the result's hash. Patterns are checked later, by the tagger. kConfig
/// with file:line:column for anything wrong in a file; kNotFound or kIo for a path.
[[nodiscard]] Result<RuleSet> LoadRules(FileSystem& files, const std::vector<std::string>& paths);

}  // namespace litmill::app
