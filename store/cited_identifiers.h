// SPDX-License-Identifier: Apache-2.0
// Which identifiers of a cited work stand beside its citation, in the columns doi, pmcid and pmid of record_references,
// and which need a row of their own in reference_identifiers. Nine in ten are plain: one of these schemes, sound, spelt
// in the normal form. Nothing is stored twice and the order of the source comes back.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace litmill::store {

/// In the order of the columns.
inline constexpr std::array<const char*, 3> kCitedSchemes = {"doi", "pmcid", "pmid"};

struct CitedIdentifiers {
  std::array<std::string_view, 3> columns;  ///< By kCitedSchemes; empty = none. Views into the identifiers.
  std::vector<std::size_t> rows;            ///< Places of the others, ascending.
};

void SplitCited(const std::vector<Identifier>& identifiers, CitedIdentifiers& split);

/// The way back: what the columns hold, ...
[[nodiscard]] std::vector<Identifier> FromColumns(const std::array<std::string_view, 3>& columns);
/// ... and then each row, in ascending order of place.
void InsertRow(std::vector<Identifier>& identifiers, std::size_t place, Identifier row);

}  // namespace litmill::store
