// SPDX-License-Identifier: Apache-2.0
// When the rules change, the stored records are tagged again from the corpus itself; nothing is fetched.
#pragma once

#include <cstdint>

#include "app/console.h"
#include "core/result.h"
#include "store/corpus.h"
#include "tag/tag.h"

namespace litmill::app {

/// Makes `tagger`'s rules the corpus' rules and tags every record again whose tags other rules made; returns how many.
/// Killed in between, the next call goes on with the rest.
[[nodiscard]] Result<std::uint64_t> TagAgainWhatOtherRulesTagged(store::Corpus& corpus, const tag::Tagger& tagger,
                                                                 Console& console);

}  // namespace litmill::app
