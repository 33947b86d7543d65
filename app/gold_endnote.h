// SPDX-License-Identifier: Apache-2.0
// A labelled set as an EndNote library: the caption of a record says that it is a duplicate.
#pragma once

#include <string>
#include <string_view>

#include "app/gold_dedupe.h"
#include "core/result.h"

namespace litmill::app {

/// The records as litmill imports them. A caption or label "Duplicate" (in any letter case) marks a record that repeats
/// another one, or that is repeated too; the rest are unique. Which one it repeats is not said, so the set has no
/// components. Without any such mark the set is not labelled. kCorruptInput names a record that cannot be read: a set
/// is scored as a whole.
[[nodiscard]] Result<GoldSet> ReadEndnoteSet(std::string_view bytes, const std::string& name);

}  // namespace litmill::app
