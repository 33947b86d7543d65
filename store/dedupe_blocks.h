// SPDX-License-Identifier: Apache-2.0
// Which pairs of records are worth comparing: those that share an identifier, a title or its beginning or end, author
// and page, or an abstract. Every block is bounded, so that the cost grows nearly with the number of records.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "store/dedupe_form.h"

namespace litmill::store {

using RecordPair = std::pair<std::uint32_t, std::uint32_t>;

/// `order`: the records in canonical order. Pairs name places in it, the smaller first; sorted, each once.
[[nodiscard]] std::vector<RecordPair> FindCandidates(const std::vector<RecordForm>& forms,
                                                     const std::vector<std::uint32_t>& order);

}  // namespace litmill::store
