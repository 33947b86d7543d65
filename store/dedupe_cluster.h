// SPDX-License-Identifier: Apache-2.0
// From pairs that were judged to works: the strongest evidence joins first, and nothing joins that contradicts.
#pragma once

#include <cstdint>
#include <vector>

#include "store/dedupe_blocks.h"
#include "store/dedupe_rules.h"

namespace litmill::store {

/// A pair that was decided. Records by their place in the canonical order, the smaller first.
struct JudgedPair {
  std::uint32_t record = 0, other = 0;
  Judgement judgement;
  bool by_person = false;
};

struct Clusters {
  std::vector<std::uint32_t> representative;  ///< By place: the first place of its work.
  std::vector<JudgedPair> joined;             ///< In the order in which they joined; n - 1 for a work of n records.
  std::vector<JudgedPair> held_apart;         ///< Merges that would have put together what contradicts.
};

/// `judged` in any order: its merges are used, with those of persons (`by_person`) first. A refusal by a person is a
/// pair that never stands in one work. `forms` and `order` as in FindCandidates.
[[nodiscard]] Clusters FormClusters(const std::vector<RecordForm>& forms, const std::vector<std::uint32_t>& order,
                                    const std::vector<JudgedPair>& judged);

}  // namespace litmill::store
