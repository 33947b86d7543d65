// SPDX-License-Identifier: Apache-2.0
// A second evaluator, written plainly and apart from the stage: no index, no compilation, every text read again for
// every clause. What the stage's matcher says must be what this one says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/record.h"
#include "search/tree.h"

namespace litmill::search::testing {

/// Heading to the headings directly above it, all in lower case; the naive form of a MeSH tree.
using Parents = std::map<std::string, std::vector<std::string>>;

/// Covers the fields that random strategies and records of these tests have; aborts on others.
bool NaiveMatches(const Node& node, const Record& record, const Parents& parents);

}  // namespace litmill::search::testing
