// SPDX-License-Identifier: Apache-2.0
// The pairs of records that a person should decide, as a table to be filled in and given back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/record_pairs.h"

namespace litmill::app {

/// CSV with a header, UTF-8, CR LF. The person writes "duplicate" or "different" into the first column, and what they
/// like into "note". Text from outside never begins a spreadsheet formula.
[[nodiscard]] std::string WriteReviewTable(const std::vector<store::ReviewPair>& pairs);

/// The decisions in such a table (or any with the columns decision, source, source_id, other_source, other_source_id;
/// commas, semicolons or tabs, in any order). Rows without a decision are passed over. kInvalidInput names the line of
/// what cannot be read.
[[nodiscard]] Result<std::vector<store::PersonsDecision>> ReadReviewTable(std::string_view text,
                                                                          const std::string& decided_at);

}  // namespace litmill::app
