// SPDX-License-Identifier: Apache-2.0
// docs/schema.md, made from a corpus file's own schema and the comments in it.
#pragma once

#include <string>

#include "core/result.h"

struct sqlite3;

namespace litmill::store {

/// Markdown: every table and view with its columns, keys and indexes. kInternal when one has no description.
[[nodiscard]] Result<std::string> DescribeSchema(sqlite3* db);

}  // namespace litmill::store
