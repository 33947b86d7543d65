// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include <fmt/format.h>

#include <filesystem>

#include "store/migrations.h"
#include "store/waiting_rows.h"

namespace litmill::store {
namespace {

/// In order of version; the last one's is kSchemaVersion.
const Migration kMigrations[] = {{1, {kTables1, kRecordTables1, kTagTables1, kViews1, kEvidenceViews1}}};
static_assert(std::size(kMigrations) == kSchemaVersion);

struct FileState {
  bool empty = false;
  int version = 0;
};

/// What the file says of itself; kCorruptInput when it is no corpus, kTooNew when a later litmill wrote it.
Result<FileState> Inspect(Database& db, const std::string& path) {
  LITMILL_TRY(const std::int64_t application_id, db.QueryInt("PRAGMA application_id"));
  LITMILL_TRY(const std::int64_t version, db.QueryInt("PRAGMA user_version"));
  LITMILL_TRY(const std::int64_t objects, db.QueryInt("SELECT count(*) FROM sqlite_schema"));
  if (application_id == 0 && version == 0 && objects == 0) return FileState{true, 0};
  if (application_id != kApplicationId)
    return Fail(
        ErrorCode::kCorruptInput,
        fmt::format("{}: is an SQLite database of another program, no litmill corpus; give another file name", path));
  if (version > kSchemaVersion)
    return Fail(
        ErrorCode::kTooNew,
        fmt::format(
            "{}: has schema version {}, this litmill knows up to {}; the file was left as it is. Update litmill", path,
            version, kSchemaVersion));
  return FileState{false, static_cast<int>(version)};
}

Result<void> Migrate(Database& db, int from) {
  Transaction transaction(db);
  LITMILL_CHECK(transaction.Begin());
  for (const Migration& migration : kMigrations) {
    if (migration.version <= from) continue;
    for (const char* sql : migration.parts) LITMILL_CHECK(db.Exec(sql));
  }
  LITMILL_CHECK(db.Exec(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kSchemaVersion).c_str()));
  return transaction.Commit();
}

/// A file that must not be written is recognised before it is opened for writing: a mere WAL clean-up would change its
/// bytes.
Result<void> RefuseBeforeWriting(const std::string& path, const OpenOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  Database probe;
  LITMILL_CHECK(probe.Open(path, Database::Mode::kReadOnly, options.vfs));
  const Result<FileState> state = Inspect(probe, path);
  if (!state && (state.error().code == ErrorCode::kTooNew || state.error().code == ErrorCode::kCorruptInput))
    return Fail(state.error());
  return {};  // anything else (a journal to roll back) shows again when opening for writing
}

}  // namespace

Result<void> OpenCorpusFile(Database& db, const std::string& path, const OpenOptions& options) {
  std::error_code ignored;
  if ((options.read_only || !options.create) && !std::filesystem::exists(path, ignored))
    return Fail(ErrorCode::kNotFound,
                fmt::format("{}: there is no such corpus; `litmill run` or `litmill import` makes one", path));
  if (options.read_only) {
    LITMILL_CHECK(db.Open(path, Database::Mode::kReadOnly, options.vfs));
    LITMILL_TRY(const FileState state, Inspect(db, path));
    if (state.empty) return Fail(ErrorCode::kCorruptInput, fmt::format("{}: is empty, no litmill corpus", path));
    if (state.version < kSchemaVersion)
      return Fail(
          ErrorCode::kInvalidInput,
          fmt::format("{}: has the older schema version {}; `litmill run` or `litmill import` brings it forward", path,
                      state.version));
    return db.Exec("PRAGMA foreign_keys = ON; PRAGMA query_only = ON; PRAGMA cache_size = -32000");
  }
  LITMILL_CHECK(RefuseBeforeWriting(path, options));
  LITMILL_CHECK(db.Open(path, options.create ? Database::Mode::kCreate : Database::Mode::kReadWrite, options.vfs));
  // Must come before the first write; on an existing file they change nothing.
  LITMILL_CHECK(db.Exec("PRAGMA page_size = 8192; PRAGMA auto_vacuum = NONE"));
  LITMILL_TRY(const FileState state, Inspect(db, path));
  // WAL with synchronous = NORMAL: a commit survives the death of the process (the system has the bytes); a power cut
  // may take the latest commits, never leave half of one, and the next run repeats them from the raw archive. FULL
  // would sync at each batch for nothing more.
  LITMILL_TRY(const std::string journal_mode, db.QueryText("PRAGMA journal_mode = WAL"));
  if (journal_mode != "wal" && journal_mode != "memory")  // a database in memory has none
    return Fail(ErrorCode::kIo,
                fmt::format("{}: the folder does not allow write-ahead logging (journal mode {})", path, journal_mode));
  // A page that is spilled in the middle of a transaction is written and read again; batches are small enough to stay.
  // Foreign keys are declared and indexed for whoever reads the file, and checked by Validate. Having SQLite look up
  // the parent of every row again while records are written, right after this program put it there, costs nearly half
  // of the writer's CPU (measured: 5.8 s against 3.2 s for 1.6 million rows), so this connection does without.
  LITMILL_CHECK(db.Exec(
      "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -32000; "
      "PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000"));
  if (state.version < kSchemaVersion) LITMILL_CHECK(Migrate(db, state.version));
  return RegisterWaitingRows(db.handle());
}

Result<void> LeaveOneFile(Database& db) {
  LITMILL_TRY(const std::int64_t busy, db.QueryInt("PRAGMA wal_checkpoint(TRUNCATE)"));
  if (busy != 0) return {};
  Result<std::string> mode = db.QueryText("PRAGMA journal_mode = DELETE");
  if (!mode && mode.error().code != ErrorCode::kBusy) return Fail(mode.error());
  return {};
}

}  // namespace litmill::store
