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
  int tier = 0;  ///< Of merges: the smaller the stronger; the strongest join first.
  /// Its stable name. Merges: "pmid", "pmcid", "doi", "identifier", "title+authors+pages", "title+authors+place",
  /// "title+authors+volume", "title+authors+issue", "title+authors+journal", "title+authors+abstract",
  /// "title+authors+meeting", "title+authors+year", "title+place", "near-title+authors+pages",
  /// "near-title+authors+journal", "place+authors". Relations: "kind", "notice". For review also: what differs
  /// ("doi-differs", "other-journal", "other-place", "other-year", "other-kind", "other-authors",
  /// "some-authors", "no-authors", "abstracts-differ", "common-title", "near-title", "abstract").
  std::string_view rule;
  std::string_view why;  ///< For people; empty where the shared identifier says it.
};

[[nodiscard]] Judgement Judge(const RecordForm& a, const RecordForm& b, const Evidence& evidence);

/// Whether the two can not stand in one work, even when a third record is like both.
[[nodiscard]] bool AreOpposed(const RecordForm& a, const RecordForm& b, const Evidence& evidence);

/// Two works whatever else agrees: PMIDs that differ. Not even evidence is needed.
[[nodiscard]] bool HaveDifferentPmids(const RecordForm& a, const RecordForm& b);

}  // namespace litmill::store
