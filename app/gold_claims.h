// SPDX-License-Identifier: Apache-2.0
// What a tagged record claims, as the strings in which labelled sets write it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::app {

/// Every claim at every grain, so that a label may say as much as it likes:
///   "condition:migraine", "condition:migraine@negated"  (of the tag and of each mention)
///   "dose:500", "dose:500 mg", "dose:500 mg/day", "dose:144 mg/day@elemental", "dose:400 mg magnesium" (a word of the
///   agent's label); a range by its ends ("dose:300-400 mg")
///   "duration:8 weeks", "duration:treatment 8 weeks", "duration:follow_up 7.8 years"
///   "stat:sample_size=325", "stat:studies=7", "stat:p_value=0.03", "stat:value=1.5" (any number that was read),
///   "stat:hazard_ratio", "stat:confidence_interval"
[[nodiscard]] std::set<std::string> ClaimsOf(const TaggedRecord& tagged, const RuleSet& rules);

/// The number of people that a record says took part: its first total, else the only number of those analysed.
[[nodiscard]] std::optional<double> TotalParticipants(const TaggedRecord& tagged);

/// The number that a phrase says, in digits ("1 234", "10,576") or English words ("Two hundred and forty-one").
[[nodiscard]] std::optional<double> NumberInWords(const std::string& phrase);

}  // namespace litmill::app
