// SPDX-License-Identifier: Apache-2.0
// Read-only SQL for people.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"

namespace litmill::store {

class Corpus;

/// monostate = NULL. Blobs come as text of hex digits.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct RowSink {
  std::function<void(const std::vector<std::string>& columns)> on_columns;
  std::function<bool(const std::vector<Value>& row)> on_row;  ///< false = enough.
};

/// Runs one statement that only reads (checked by SQLite's authorizer as well as by a read-only handle). kInvalidInput
/// with SQLite's message and the place for bad SQL, for a statement that would write, and for more than one statement.
[[nodiscard]] Result<void> Query(const Corpus& corpus, std::string_view sql, const RowSink& sink);

}  // namespace litmill::store
