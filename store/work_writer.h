// SPDX-License-Identifier: Apache-2.0
// A work made of its source records: columns, where each comes from, and full text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/result.h"

struct sqlite3;

namespace litmill::store {

/// Title and abstract of a work as the full-text index holds them.
using IndexedText = std::optional<std::pair<std::string, std::string>>;

/// Reads the tables: what waits to be written (store/waiting_rows.h) must have been. The connection must outlive it.
///
/// The fields of a work come from its records in this order: not deleted, most preferred database (store/names.h),
/// identifier. A field that a record lacks comes from the next one that has it. Year and date come from one record,
/// and so do volume, issue and pages: a volume of one and pages of another would be a citation that nobody printed. A
/// whole abstract goes before one that its database cut. A work is retracted when one of its records says so.
class WorkWriter {
 public:
  explicit WorkWriter(sqlite3* db);
  ~WorkWriter();
  WorkWriter(const WorkWriter&) = delete;
  WorkWriter& operator=(const WorkWriter&) = delete;

  /// Whether the work has more than one record.
  [[nodiscard]] Result<bool> IsShared(std::int64_t work_id);
  /// Writes the work's row and work_field_sources, from its records as they are now. Not its tags, not the index.
  [[nodiscard]] Result<void> Derive(std::int64_t work_id);
  /// Writes the work's tags from the mentions of its records; they bear the latest rule set of these.
  [[nodiscard]] Result<void> DeriveTags(std::int64_t work_id);
  /// Removes a work that has no record left, with its tags.
  [[nodiscard]] Result<void> Remove(std::int64_t work_id);

  /// What the index should hold of the work, by the tables as they are now.
  [[nodiscard]] Result<IndexedText> ReadIndexedText(std::int64_t work_id);
  /// The index forgets `before` and takes what the tables say now.
  [[nodiscard]] Result<void> Reindex(std::int64_t work_id, const IndexedText& before);
  /// How many works were put into or taken out of the index.
  [[nodiscard]] std::uint64_t full_text_changes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace litmill::store
