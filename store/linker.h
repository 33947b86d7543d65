// SPDX-License-Identifier: Apache-2.0
// Which source records are the same publication, by their identifiers alone. No database here, only the rule.
//
// Two records of different databases belong together when they share a PMID, else a PMCID, else a DOI, else one
// database's own identifier ("scopus" in a record of another database). They never do when
//   - they are of the same database: two PMIDs are two works;
//   - both have a PMID and these differ; or both have a DOI, these differ and no PMID agrees;
//   - one is a retraction notice, an erratum or an expression of concern and the other is not, and no PMID agrees;
//   - the PMCID or DOI that they share stands in two records of one database, or beside two different PMIDs: errata and
//     conference abstracts have the DOI of something else. Then another identifier must decide.
// Identifiers of cited and of related works never link.
//
// The strongest evidence joins first: PMID with DOI, PMID, PMCID, DOI, own identifiers; among equals by value, then by
// database (in the order of preference, store/names.h) and identifier there. Evidence that would put two records into
// one work that contradict each other, directly or through the records that are joined already, is left aside: so the
// weakest links of a contradictory set are the ones that are dropped. Nothing depends on the order of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace litmill::store {

/// What linking needs to know of a source record.
struct LinkableRecord {
  std::string source, source_id;
  /// (scheme, value) in normal form, valid ones only. The record's own identifier in its database need not be among
  /// them.
  std::vector<std::pair<std::string, std::string>> identifiers;
  bool is_notice = false;   ///< A retraction notice, erratum or expression of concern.
  bool is_deleted = false;  ///< Deleted at its source: it links with nothing.
};

/// Records are named by their index in the input.
struct WorkLink {
  std::size_t record = 0, other = 0;
  std::string rule, value;
};

/// An identifier that stands in records which cannot be one publication. `records` in the order of preference.
struct LinkConflict {
  std::string scheme, value;
  std::vector<std::size_t> records;
};

struct LinkedRecords {
  /// By record: the record that represents its work, the most preferred of it.
  std::vector<std::size_t> representative;
  /// Each work of n records has n - 1 links.
  std::vector<WorkLink> links;
  std::vector<LinkConflict> conflicts;
};

[[nodiscard]] LinkedRecords LinkRecords(const std::vector<LinkableRecord>& records);

}  // namespace litmill::store
