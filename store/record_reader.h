// SPDX-License-Identifier: Apache-2.0
// A Record read back from the tables, whole.
#pragma once

#include <cstdint>
#include <memory>

#include "core/record.h"
#include "core/result.h"

struct sqlite3;

namespace litmill::store {

/// Prepared once, used for every record. The connection must outlive it.
class RecordReader {
 public:
  explicit RecordReader(sqlite3* db);
  ~RecordReader();
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;

  /// Every field as it was put. kNotFound when there is no such record, or nothing but its deletion is known.
  [[nodiscard]] Result<Record> Read(std::int64_t record_id);
  /// Only what a work takes over: titles, abstract, languages, dates, journal, pages, identifiers, publication types,
  /// relations, and a book's own title.
  [[nodiscard]] Result<Record> ReadForWork(std::int64_t record_id);

 private:
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace litmill::store
