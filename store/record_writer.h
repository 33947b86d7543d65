// SPDX-License-Identifier: Apache-2.0
// A Record's rows in the tables below source_records.
#pragma once

#include <cstdint>
#include <memory>

#include "core/record.h"
#include "core/result.h"

struct sqlite3;

namespace litmill::store {

/// Writes and removes the child rows of a record. Rows gather in memory and reach
/// the database with Flush. The connection must outlive it.
class RecordWriter {
 public:
  explicit RecordWriter(sqlite3* db);
  ~RecordWriter();
  RecordWriter(const RecordWriter&) = delete;
  RecordWriter& operator=(const RecordWriter&) = delete;

  /// Adds all child rows of a record that has none.
  void InsertParts(std::int64_t record_id, const Record& record);
  [[nodiscard]] Result<void> Flush();
  /// Memory that waiting rows take.
  [[nodiscard]] std::size_t waiting_bytes() const;
  /// Removes all child rows (after a Flush); mentions and deletions are not theirs.
  [[nodiscard]] Result<void> DeleteParts(std::int64_t record_id);
  /// The row for this description of a journal, added when new; 0 when the record names no journal.
  [[nodiscard]] Result<std::int64_t> JournalId(const Journal& journal);
  /// To be called after a rollback: waiting rows and remembered ids are void.
  void Forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace litmill::store
