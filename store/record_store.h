// SPDX-License-Identifier: Apache-2.0
// What happens when a record or a deletion arrives: new, newer, the same, or older than what is stored; and the work
// and full text that follow from it.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/record.h"
#include "core/result.h"
#include "core/tagged_record.h"
#include "store/corpus.h"

struct sqlite3;

namespace litmill::store {

class MembershipWriter;
class TagWriter;

/// Works inside the transaction of its caller. The connection and the writers must outlive it.
class RecordStore {
 public:
  RecordStore(sqlite3* db, TagWriter& tags, MembershipWriter& membership);
  ~RecordStore();
  RecordStore(const RecordStore&) = delete;
  RecordStore& operator=(const RecordStore&) = delete;

  [[nodiscard]] Result<PutOutcome> PutRecord(const Record& record, const TaggedRecord& tags, const RecordOrigin& origin,
                                             const Membership* membership);
  [[nodiscard]] Result<PutOutcome> PutDeletion(std::string_view source, std::string_view source_id, int version,
                                               const RecordOrigin& origin);
  [[nodiscard]] Result<void> ReplaceTags(std::int64_t record_id, const TaggedRecord& tags);
  /// To be called before a commit: rows of new records, and tags, wait in memory until then.
  [[nodiscard]] Result<void> Flush();
  /// To be called after a rollback: what was remembered may not exist.
  void Forget();
  /// How many works were put into or taken out of the full-text index since the opening.
  [[nodiscard]] std::uint64_t full_text_changes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace litmill::store
