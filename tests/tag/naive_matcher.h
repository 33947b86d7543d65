// SPDX-License-Identifier: Apache-2.0
// An oracle for the tagger: slow, simple, one pattern at a time, without a Set, masks, gates or overlaps.
#pragma once

#include <set>
#include <string>

#include "core/record.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::tag::testing {

/// "concept field position start end" of text mentions.
[[nodiscard]] std::set<std::string> MentionKeys(const TaggedRecord& tagged);
/// What each include rule finds alone in title, abstract and keywords.
[[nodiscard]] std::set<std::string> NaiveMentionKeys(const RuleSet& rules, const Record& record);

}  // namespace litmill::tag::testing
