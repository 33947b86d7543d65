// SPDX-License-Identifier: Apache-2.0
// Opening a corpus file: is it one, is it ours, how old is it, and bringing it forward.
#pragma once

#include <string>

#include "core/result.h"
#include "store/corpus.h"
#include "store/sqlite.h"

namespace litmill::store {

/// Opens `path` into `db` as `options` say and leaves it ready for use: schema current, WAL (when writing).
/// kNotFound, kIo, kBusy, kCorruptInput (damaged or another program's file), kTooNew (the file is left exactly as it
/// is).
[[nodiscard]] Result<void> OpenCorpusFile(Database& db, const std::string& path, const OpenOptions& options);

/// Leaves one file behind that any client can open: WAL written back and switched off. Other readers may keep that from
/// happening now; then the next Close does it.
[[nodiscard]] Result<void> LeaveOneFile(Database& db);

}  // namespace litmill::store
