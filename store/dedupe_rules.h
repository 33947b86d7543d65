// SPDX-License-Identifier: Apache-2.0
// The rules: from what agrees and differs between two records to a verdict on the pair.
#pragma once

#include <string>
#include <string_view>

#include "store/dedupe_evidence.h"

namespace litmill::store {

struct Judgement {
  bool is_decided = false;  ///< false: two records that have nothing to do with each other.
  DedupeVerdict verdict = DedupeVerdict::kReview;
  DedupeRelation relation = DedupeRelation::kNone;
  int tier = 0;           ///< Of merges: the smaller the stronger; the strongest join first.
  std::string_view rule;  ///< Its stable name.
  std::string_view why;   ///< For people; empty where the shared identifier says it.
};

[[nodiscard]] Judgement Judge(const RecordForm& a, const RecordForm& b, const Evidence& evidence);

/// Whether the two can not stand in one work, even when a third record is like both.
[[nodiscard]] bool AreOpposed(const RecordForm& a, const RecordForm& b, const Evidence& evidence);

/// Two works whatever else agrees: PMIDs that differ. Not even evidence is needed.
[[nodiscard]] bool HaveDifferentPmids(const RecordForm& a, const RecordForm& b);

}  // namespace litmill::store
