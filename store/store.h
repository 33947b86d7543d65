// SPDX-License-Identifier: Apache-2.0
// The store stage: records and tags into the corpus, a SQLite file that any client can open. Read this first.
//
// In: Records with their tags and where they came from. Out: corpus.db (docs/schema.md).
//
//   Corpus     store/corpus.h    opening, runs, writing in batches, reading back what the pipeline needs
//   Digest     store/digest.h    the hash of the logical content
//   Validate   store/validate.h  every promise about the file, checked
//   ExportIds  store/export_ids.h  the identifiers that another corpus can be rebuilt from
//   ForEachWorkRecord  store/work_record.h  each work merged of its records, for export
//   Query      store/query.h     read-only SQL for people
//
// One Corpus object writes, in one process (the run lock is the app's business). What stands between BeginBatch and
// CommitBatch is there as a whole or not at all, also after a crash.
//
// A record is written over an older one only when its revision is newer (store/revision.h): a total order, so the
// corpus does not depend on the order of arrival. A deletion is recorded on the source record and takes the work out of
// the views; nothing is removed.
//
// A work is one publication. Its records, one of each database at most, are found by their identifiers
// (store/dedupe.h, Corpus::LinkWorks); until then each record is a work of its own.
//
// What can go wrong: kIo (disk full, read-only folder), kBusy (another writer), kCorruptInput (damaged or foreign
// file), kTooNew (newer schema: never opened for writing), kInvalidInput (a person's SQL), kIntegrity (a promise does
// not hold).
#pragma once

#include "store/corpus.h"       // IWYU pragma: export
#include "store/digest.h"       // IWYU pragma: export
#include "store/export_ids.h"   // IWYU pragma: export
#include "store/query.h"        // IWYU pragma: export
#include "store/validate.h"     // IWYU pragma: export
#include "store/work_record.h"  // IWYU pragma: export
