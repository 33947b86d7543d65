// SPDX-License-Identifier: Apache-2.0
// Which of two reports of the same record is the newer one: a total order, so the corpus does not depend on the order
// of arrival.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace litmill::store {

/// How far PubMed's processing of a citation has come; a higher rank is the more finished record.
/// MEDLINE 4, PubMed-not-MEDLINE and OLDMEDLINE 3, In-Process and In-Data-Review 2, Publisher 1, anything else 0.
[[nodiscard]] int StatusRank(std::string_view status);

/// What orders two reports of one record, the strongest criterion first. The content hash makes the order total: equal
/// revisions have equal content.
struct Revision {
  bool is_native = true;     ///< The source's own form of the record; an export says less.
  int version = 0;           ///< PMID version.
  std::string revised_on;    ///< ISO date of last revision; empty (unknown) is the oldest.
  std::string retrieved_at;  ///< UTC time of retrieval; empty (a file) is the oldest.
  int status_rank = 0;
  std::string content_sha256;
  friend auto operator<=>(const Revision&, const Revision&) = default;
  friend bool operator==(const Revision&, const Revision&) = default;
};

/// A report that a record was deleted at its source.
struct Deletion {
  int version = 0;          ///< The PMID version it names; it covers this version and older ones.
  std::string reported_at;  ///< UTC time of retrieval; empty when unknown (a file).
};

/// A deletion covers the record of `version` unless a report of the record is known to be later: `last_seen_at` is the
/// latest retrieval of any report of it, superseded ones included. Both sets only grow, so the answer does not depend
/// on the order of arrival.
[[nodiscard]] bool IsDeleted(int version, std::string_view last_seen_at, const std::vector<Deletion>& deletions);

}  // namespace litmill::store
