// SPDX-License-Identifier: Apache-2.0
// What became of each identifier of the lists that a run was given, for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "store/corpus.h"

namespace litmill::app {

/// An end that a person may want to look at again: all but "stored" and "repeated".
[[nodiscard]] bool LedToNothing(store::RequestedState state);

/// Every identifier led to a record; true when there is no list.
[[nodiscard]] bool AllFound(const store::RunTotals& totals);

/// The sums as a table, then the first of those that led to nothing, a line each.
[[nodiscard]] std::string IdentifierTable(const store::RunTotals& totals,
                                          const std::vector<store::RequestedIdentifier>& ends);

/// Adds "identifiers", the sums, and "missing", all that led to nothing.
void AddIdentifiers(const store::RunTotals& totals, const std::vector<store::RequestedIdentifier>& ends,
                    nlohmann::ordered_json& json);

}  // namespace litmill::app
