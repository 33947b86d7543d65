// SPDX-License-Identifier: Apache-2.0
// A Record's rows in the tables below source_records.
#pragma once

#include <cstdint>
#include <memory>

#include "core/record.h"
#include "core/result.h"

struct sqlite3;

namespace litmill::store {

/// Writes and removes the child rows of a record. Prepared once, used for every record. The connection must outlive it.
class RecordWriter {
 public:
  explicit RecordWriter(sqlite3* db);
  ~RecordWriter();
  RecordWriter(const RecordWriter&) = delete;
  RecordWriter& operator=(const RecordWriter&) = delete;

  /// Inserts all child rows. The source_records row must be there.
  [[nodiscard]] Result<void> InsertParts(std::int64_t record_id, const Record& record);
  /// Removes them again; mentions and deletions are not theirs.
  [[nodiscard]] Result<void> DeleteParts(std::int64_t record_id);
  /// The row for this description of a journal, added when new; 0 when the record names no journal.
  [[nodiscard]] Result<std::int64_t> JournalId(const Journal& journal);
  /// To be called after a rollback: ids remembered since may not exist.
  void Forget();

 private:
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace litmill::store
