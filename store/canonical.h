// SPDX-License-Identifier: Apache-2.0
// One byte string for each different Record: what its content hash is made of.
#pragma once

#include <string>

#include "core/record.h"

namespace litmill::store {

/// Appends every field of `record` in a fixed order, each with its length, so that different records give different
/// bytes.
void AppendCanonical(const Record& record, std::string& out);

/// SHA-256 over the canonical bytes. `scratch` is memory to be used again.
[[nodiscard]] std::string ContentHash(const Record& record, std::string& scratch);

}  // namespace litmill::store
