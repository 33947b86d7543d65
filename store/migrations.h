// SPDX-License-Identifier: Apache-2.0
// The schema as a numbered list of steps forward. A released step is never changed; a change of the schema is a new
// step at the end.
#pragma once

#include <cstdint>
#include <vector>

namespace litmill::store {

struct Migration {
  int version;  ///< `user_version` afterwards.
  /// SQL in order: tables, then views. The comments stay in the file's own schema and make docs/schema.md.
  std::vector<const char*> parts;
};

/// "lmil": tells a corpus from any other SQLite file (PRAGMA application_id; `file` prints it).
inline constexpr std::int64_t kApplicationId = 0x6C6D696C;

extern const char* const kTables1;
extern const char* const kRecordTables1;
extern const char* const kTagTables1;
extern const char* const kViews1;
extern const char* const kEvidenceViews1;
inline constexpr int kSchemaVersion = 1;

}  // namespace litmill::store
