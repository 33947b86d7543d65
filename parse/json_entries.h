// SPDX-License-Identifier: Apache-2.0
// The frame around every reader of JSON records: one entry of an answer in, one Item out; one bad entry costs one Item.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "parse/json_reader.h"
#include "parse/parse.h"

namespace litmill::parse {

/// How a service's entries are named for people, and what an entry that cannot be stored lacks.
struct EntryKind {
  std::string_view noun;          ///< "work", "result", ...
  std::string_view missing_code;  ///< "no-doi" or "no-id".
  std::string_view missing;       ///< "has no DOI (or one that is none)".
};

/// Fills the record from the entry; false when the entry has no identity.
using EntryReader = std::function<bool(const Json& entry, JsonRecord& json, Record& record)>;

/// Entry `ordinal` (from 1) of an answer.
[[nodiscard]] Item ReadEntry(const Json& entry, std::uint64_t ordinal, const EntryKind& kind,
                             const EntryReader& reader);

/// Every element of `list` (an array); an object counts as a list of one.
[[nodiscard]] std::vector<Item> ReadEntries(const Json& list, const EntryKind& kind, const EntryReader& reader);

}  // namespace litmill::parse
