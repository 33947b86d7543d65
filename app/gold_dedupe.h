// SPDX-License-Identifier: Apache-2.0
// Labelled sets for de-duplication, in the layouts in which they are published, and how a result is scored.
//   - records_pre_merged.csv with merged_record_ids.csv (a component a line, identifiers parted by semicolons);
//   - labelled_test_set.csv with "unique" and "duplicate"; its components from a merged_record_ids.csv beside it or in
//     a sister folder, where one fits, else from the labels;
//   - *.xml: EndNote libraries in which the caption of a record says "Duplicate" (app/gold_endnote.h);
//   - test_cases.json: pairs with the expected answer;
//   - other *.json: arrays of records, without labels unless their name says that there are no duplicates.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/file_system.h"
#include "store/dedupe.h"

namespace litmill::app {

/// Records that are de-duplicated together.
struct GoldPart {
  std::vector<store::DedupeRecord> records;
  std::vector<std::size_t> component;  ///< By record; empty when only `is_unique` is known.
  std::vector<bool> is_unique;         ///< By record; empty when components are known.
  /// Some libraries mark the repeats of a record, others every record that has a repeat, and none says which: it is
  /// what fits the works that were found.
  bool may_mark_whole_groups = false;
};

struct GoldSet {
  std::string name;
  std::vector<GoldPart> parts;
  bool is_labelled = true;
};

/// The sets in `path`: a folder of one set, a folder of such folders, or one file.
[[nodiscard]] Result<std::vector<GoldSet>> ReadGoldSets(FileSystem& files, const std::string& path);

struct DedupeScore {
  std::size_t records = 0, components = 0;  ///< Components of two records or more.
  std::size_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
  std::size_t false_merges = 0;          ///< Works that hold records of two components or more.
  std::size_t reviews = 0;               ///< Pairs for a person to look at,
  std::size_t true_reviews = 0;          ///< and of these such as are duplicates.
  std::vector<std::string> errors;       ///< Missed and falsely merged, for people.
  std::vector<std::string> review_list;  ///< What a person would be asked.

  [[nodiscard]] double Sensitivity() const;
  /// Records that stand in a work of another.
  [[nodiscard]] std::size_t MergedAway() const { return true_positives + false_positives; }
  [[nodiscard]] double Specificity() const;
  void Add(const DedupeScore& other);
};

/// De-duplicates and scores: of each work the first record of the input is kept. A component of n records of which k
/// are kept counts n - k true positives and k - 1 false negatives; with k = 0 a false positive.
[[nodiscard]] DedupeScore ScoreDedupe(const GoldSet& set);

/// "Last, First and ...", "A. Last; ...", "Last A. B.Last C.": names as such sets have them.
[[nodiscard]] std::vector<store::DedupeAuthor> SplitAuthors(const std::string& text);

}  // namespace litmill::app
