// SPDX-License-Identifier: Apache-2.0
#include "fetch/raw_archive.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <optional>
#include <utility>

#include "core/hash.h"
#include "core/unicode.h"
#include "fetch/sqlar_blob.h"
#include "fetch/sqlite_handle.h"

namespace litmill::fetch {
namespace {

constexpr std::int64_t kApplicationId =
    0x4C4D7261;  // "LMra", so that `file` and we can tell it from any other database
constexpr std::int64_t kFormatVersion = 1;
constexpr int kRegularFileMode = 0100644;

// `sqlar` is word for word the table of the SQLite Archive format; what is ours stands beside it.
constexpr const char* kSchema = R"sql(
CREATE TABLE sqlar(
  name TEXT PRIMARY KEY,
  mode INT,
  mtime INT,
  sz INT,
  data BLOB
);
CREATE TABLE provenance(
  document_id  INTEGER PRIMARY KEY,
  name         TEXT NOT NULL REFERENCES sqlar(name),
  source       TEXT NOT NULL,
  kind         TEXT NOT NULL,
  request      TEXT NOT NULL,
  retrieved_at TEXT NOT NULL,
  http_status  INTEGER NOT NULL,
  media_type   TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  size_bytes   INTEGER NOT NULL,
  run          TEXT NOT NULL,
  verdict      TEXT NOT NULL CHECK (verdict IN ('ok', 'throttled', 'transient', 'permanent', 'session-lost'))
) STRICT;
CREATE INDEX provenance_by_request ON provenance(source, kind, request);
CREATE INDEX provenance_by_sha256 ON provenance(sha256);
CREATE INDEX provenance_by_name ON provenance(name);
)sql";

#define LITMILL_PROVENANCE_COLUMNS \
  "document_id, name, source, kind, request, retrieved_at, http_status, media_type, sha256, size_bytes, run, verdict"

Provenance ReadRow(const SqliteStatement& row) {
  Provenance p;
  p.document_id = row.Int(0);
  p.name = row.Text(1);
  p.source = row.Text(2);
  p.kind = row.Text(3);
  p.request = row.Text(4);
  p.retrieved_at = row.Text(5);
  p.http_status = static_cast<int>(row.Int(6));
  p.media_type = row.Text(7);
  p.sha256 = row.Text(8);
  p.size_bytes = static_cast<std::uint64_t>(row.Int(9));
  p.run = row.Text(10);
  p.verdict = row.Text(11);
  return p;
}

/// Seconds since 1970 of "2026-11-21T22:00:40Z"; nothing for any other form.
std::optional<std::int64_t> UnixSeconds(std::string_view utc) {
  if (utc.size() != 20 || utc[4] != '-' || utc[7] != '-' || utc[10] != 'T' || utc[13] != ':' || utc[16] != ':' ||
      utc[19] != 'Z')
    return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(utc.data() + at, utc.data() + at + size, value);
    if (error != std::errc() || end != utc.data() + at + size || value < 0) return std::nullopt;
    return value;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2), hour = number(11, 2),
             minute = number(14, 2), second = number(17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch();
  return std::chrono::seconds(days).count() + *hour * 3600 + *minute * 60 + *second;
}

/// Part of a name inside the archive, so nothing that could climb out of a folder.
bool IsPlainWord(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// The file extension for a media type. What the service says never becomes part of a name itself.
std::string_view ExtensionOf(std::string_view media_type) {
  const std::string type = AsciiLower(TrimAscii(media_type.substr(0, media_type.find(';'))));
  if (type == "application/json") return "json";
  if (type == "text/xml" || type == "application/xml") return "xml";
  if (type == "text/html" || type == "application/xhtml+xml") return "html";
  if (type == "text/plain") return "txt";
  return "bin";
}

/// Checks that an existing database is an archive of ours, or makes a new one of an empty one.
Result<void> CheckOrCreate(SqliteDatabase& database) {
  LITMILL_TRY(const std::int64_t application, database.QueryInt("PRAGMA application_id"));
  LITMILL_TRY(const std::int64_t version, database.QueryInt("PRAGMA user_version"));
  LITMILL_TRY(const std::int64_t tables, database.QueryInt("SELECT count(*) FROM sqlite_schema"));
  if (application == 0 && version == 0 && tables == 0) {
    if (database.IsReadOnly())
      return Fail(ErrorCode::kIo,
                  fmt::format("{}: the raw archive is empty and cannot be written; check the rights", database.path()));
    LITMILL_CHECK(database.Execute(kSchema));
    LITMILL_CHECK(database.Execute(fmt::format("PRAGMA application_id = {}", kApplicationId).c_str()));
    return database.Execute(fmt::format("PRAGMA user_version = {}", kFormatVersion).c_str());
  }
  if (application != kApplicationId)
    return Fail(ErrorCode::kCorruptInput,
                fmt::format("{} is a database, but no raw archive of litmill; it was left as it is. Name another file",
                            database.path()));
  if (version > kFormatVersion)
    return Fail(ErrorCode::kTooNew,
                fmt::format("{} was written by a newer litmill (format {}, this one knows {}); it was left as it is",
                            database.path(), version, kFormatVersion));
  for (const char* query : {"SELECT name, mode, mtime, sz, data FROM sqlar LIMIT 1",
                            "SELECT " LITMILL_PROVENANCE_COLUMNS " FROM provenance LIMIT 1"}) {
    const Result<std::int64_t> readable = database.QueryInt(query);
    if (!readable)
      return Fail(
          ErrorCode::kCorruptInput,
          fmt::format("{}: the raw archive is damaged ({}); it was left as it is. Restore a copy or move it away",
                      database.path(), readable.error().message));
  }
  return {};
}

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(SqliteDatabase& database) : database_(database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) (void)database_.Execute("ROLLBACK");
  }
  [[nodiscard]] Result<void> Begin() {
    LITMILL_CHECK(database_.Execute("BEGIN IMMEDIATE"));
    open_ = true;
    return {};
  }
  [[nodiscard]] Result<void> Commit() {
    LITMILL_CHECK(database_.Execute("COMMIT"));
    open_ = false;
    return {};
  }

 private:
  SqliteDatabase& database_;
  bool open_ = false;
};

}  // namespace

struct RawArchive::Impl {
  explicit Impl(SqliteDatabase opened) : database(std::move(opened)) {}
  ~Impl() {
    // One clean file: the log folded in, no -wal or -shm beside it. Another process that has it open keeps its log,
    // which is fine.
    sqlite3_busy_timeout(database.get(), 200);
    if (database.IsReadOnly()) return;
    (void)database.QueryInt("PRAGMA wal_checkpoint(TRUNCATE)");
    (void)database.QueryInt("PRAGMA journal_mode = DELETE");
  }

  mutable std::mutex mutex;
  mutable SqliteDatabase database;

  [[nodiscard]] Result<std::string> ReadLocked(const Provenance& document) const;
  [[nodiscard]] Result<std::string> FindSameBytes(const std::string& sha256, std::string_view bytes);
  [[nodiscard]] Result<std::string> FreeName(const Provenance& how);
  [[nodiscard]] Result<std::vector<Provenance>> Page(std::string_view source, std::string_view kind, std::int64_t after,
                                                     bool all) const;
};

Result<std::string> RawArchive::Impl::ReadLocked(const Provenance& document) const {
  const auto context = [&] {
    return fmt::format("{}: document {} ({})", database.path(), document.document_id, document.name);
  };
  LITMILL_TRY(SqliteStatement row, SqliteStatement::Prepare(database, "SELECT data, sz FROM sqlar WHERE name = ?1"));
  row.BindText(1, document.name);
  LITMILL_TRY(const bool found, row.Step());
  if (!found) return Fail(ErrorCode::kNotFound, context() + " is not in the raw archive");
  Result<std::string> bytes = UnpackSqlarBlob(row.Blob(0), row.Int(1));
  if (!bytes) return Fail(bytes.error().With(context()));
  if (bytes->size() != document.size_bytes || Sha256Hex(*bytes) != document.sha256)
    return Fail(ErrorCode::kCorruptInput,
                context() + ": the bytes are not those that were stored (SHA-256 differs); fetch it again");
  return bytes;
}

/// The name under which exactly these bytes are kept already, or an empty one. A damaged copy does not count: then they
/// are stored anew.
Result<std::string> RawArchive::Impl::FindSameBytes(const std::string& sha256, std::string_view bytes) {
  LITMILL_TRY(SqliteStatement row,
              SqliteStatement::Prepare(database,
                                       "SELECT DISTINCT p.name, s.data, s.sz FROM provenance AS p JOIN sqlar AS s "
                                       "ON s.name = p.name WHERE p.sha256 = ?1"));
  row.BindText(1, sha256);
  for (;;) {
    LITMILL_TRY(const bool found, row.Step());
    if (!found) return std::string();
    const Result<std::string> kept = UnpackSqlarBlob(row.Blob(1), row.Int(2));
    if (kept && *kept == bytes) return std::string(row.Text(0));
  }
}

Result<std::string> RawArchive::Impl::FreeName(const Provenance& how) {
  for (int copy = 1;; ++copy) {
    std::string name = fmt::format("{}/{}/{}/{}{}.{}", how.source, how.kind, how.retrieved_at.substr(0, 10), how.sha256,
                                   copy == 1 ? std::string() : fmt::format("-{}", copy), ExtensionOf(how.media_type));
    LITMILL_TRY(SqliteStatement row, SqliteStatement::Prepare(database, "SELECT 1 FROM sqlar WHERE name = ?1"));
    row.BindText(1, name);
    LITMILL_TRY(const bool taken, row.Step());
    if (!taken) return name;
  }
}

/// The next rows after document `after`, in order of arrival; `all` ignores source, kind and verdict.
Result<std::vector<Provenance>> RawArchive::Impl::Page(std::string_view source, std::string_view kind,
                                                       std::int64_t after, bool all) const {
  LITMILL_TRY(SqliteStatement row,
              SqliteStatement::Prepare(
                  database, "SELECT " LITMILL_PROVENANCE_COLUMNS " FROM provenance WHERE document_id > ?1 AND "
                            "(?2 OR (source = ?3 AND kind = ?4 AND verdict = 'ok')) ORDER BY document_id LIMIT 256"));
  row.BindInt(1, after);
  row.BindInt(2, all ? 1 : 0);
  row.BindText(3, source);
  row.BindText(4, kind);
  std::vector<Provenance> page;
  for (;;) {
    LITMILL_TRY(const bool found, row.Step());
    if (!found) return page;
    page.push_back(ReadRow(row));
  }
}

RawArchive::RawArchive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RawArchive::~RawArchive() = default;

Result<std::unique_ptr<RawArchive>> RawArchive::Open(const std::string& path) {
  LITMILL_TRY(SqliteDatabase database, SqliteDatabase::Open(path));
  if (database.IsReadOnly()) {
    LITMILL_CHECK(CheckOrCreate(database));
    return std::unique_ptr<RawArchive>(new RawArchive(std::make_unique<Impl>(std::move(database))));
  }
  LITMILL_CHECK(database.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF"));
  {
    // Under the write lock, so that two processes cannot both create it. A foreign file is only read: a rollback writes
    // nothing.
    Transaction transaction(database);
    LITMILL_CHECK(transaction.Begin());
    LITMILL_CHECK(CheckOrCreate(database));
    LITMILL_CHECK(transaction.Commit());
  }
  LITMILL_CHECK(database.Execute("PRAGMA journal_mode = WAL"));
  return std::unique_ptr<RawArchive>(new RawArchive(std::make_unique<Impl>(std::move(database))));
}

Result<Provenance> RawArchive::Add(Provenance how, std::string_view bytes) {
  const std::optional<std::int64_t> mtime = UnixSeconds(how.retrieved_at);
  if (!IsPlainWord(how.source) || !IsPlainWord(how.kind) || !mtime)
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("raw archive: source \"{}\", kind \"{}\" or time \"{}\" has not the agreed form",
                            how.source, how.kind, how.retrieved_at));
  how.sha256 = Sha256Hex(bytes);
  how.size_bytes = bytes.size();
  LITMILL_TRY(const std::string packed, PackSqlarBlob(bytes));

  const std::lock_guard lock(impl_->mutex);
  SqliteDatabase& database = impl_->database;
  if (database.IsReadOnly())
    return Fail(ErrorCode::kIo,
                fmt::format("{}: the raw archive cannot be written; check the rights of the file and of its folder",
                            database.path()));
  Transaction transaction(database);
  LITMILL_CHECK(transaction.Begin());
  LITMILL_TRY(how.name, impl_->FindSameBytes(how.sha256, bytes));
  if (how.name.empty()) {
    LITMILL_TRY(how.name, impl_->FreeName(how));
    LITMILL_TRY(SqliteStatement file,
                SqliteStatement::Prepare(database,
                                         "INSERT INTO sqlar(name, mode, mtime, sz, data) VALUES (?1, ?2, ?3, ?4, ?5)"));
    file.BindText(1, how.name);
    file.BindInt(2, kRegularFileMode);
    file.BindInt(3, *mtime);
    file.BindInt(4, static_cast<std::int64_t>(bytes.size()));
    file.BindBlob(5, packed);
    LITMILL_CHECK(file.Step());
  }
  LITMILL_TRY(SqliteStatement row,
              SqliteStatement::Prepare(database,
                                       "INSERT INTO provenance(name, source, kind, request, retrieved_at, http_status, "
                                       "media_type, sha256, size_bytes, run, verdict) "
                                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
  row.BindText(1, how.name);
  row.BindText(2, how.source);
  row.BindText(3, how.kind);
  row.BindText(4, how.request);
  row.BindText(5, how.retrieved_at);
  row.BindInt(6, how.http_status);
  row.BindText(7, how.media_type);
  row.BindText(8, how.sha256);
  row.BindInt(9, static_cast<std::int64_t>(how.size_bytes));
  row.BindText(10, how.run);
  row.BindText(11, how.verdict);
  LITMILL_CHECK(row.Step());
  how.document_id = sqlite3_last_insert_rowid(database.get());
  LITMILL_CHECK(transaction.Commit());
  return how;
}

Result<std::string> RawArchive::Read(const Provenance& document) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->ReadLocked(document);
}

Result<void> RawArchive::ForEach(std::string_view source, std::string_view kind,
                                 const std::function<Result<void>(const Provenance&)>& visit) const {
  std::int64_t last = 0;
  for (;;) {
    std::vector<Provenance> page;
    {
      const std::lock_guard lock(impl_->mutex);  // not held during the visits: they read documents
      LITMILL_TRY(page, impl_->Page(source, kind, last, false));
    }
    if (page.empty()) return {};
    for (const Provenance& document : page) LITMILL_CHECK(visit(document));
    last = page.back().document_id;
  }
}

Result<Provenance> RawArchive::FindLatest(std::string_view source, std::string_view kind, std::string_view request,
                                          std::string_view run) const {
  const std::lock_guard lock(impl_->mutex);
  LITMILL_TRY(
      SqliteStatement row,
      SqliteStatement::Prepare(impl_->database, "SELECT " LITMILL_PROVENANCE_COLUMNS
                                                " FROM provenance WHERE source = ?1 AND kind = ?2 AND request = ?3 "
                                                "AND verdict = 'ok' AND (?4 = '' OR run = ?4) "
                                                "ORDER BY document_id DESC LIMIT 1"));
  row.BindText(1, source);
  row.BindText(2, kind);
  row.BindText(3, request);
  row.BindText(4, run);
  LITMILL_TRY(const bool found, row.Step());
  if (!found)
    return Fail(ErrorCode::kNotFound, fmt::format("{}: no usable answer to this request is in the raw archive: {}",
                                                  impl_->database.path(), request.substr(0, 500)));
  return ReadRow(row);
}

Result<std::vector<std::string>> RawArchive::Verify() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<std::string> faults;
  SqliteDatabase& database = impl_->database;
  LITMILL_TRY(SqliteStatement check, SqliteStatement::Prepare(database, "PRAGMA quick_check"));
  for (;;) {
    Result<bool> found = check.Step();
    if (!found) faults.push_back(found.error().message);
    if (!found || !*found) break;
    if (check.Text(0) != "ok") faults.push_back(fmt::format("{}: {}", database.path(), check.Text(0)));
  }
  for (std::int64_t last = 0;;) {
    LITMILL_TRY(const std::vector<Provenance> page, impl_->Page("", "", last, true));
    if (page.empty()) break;
    for (const Provenance& document : page)
      if (const Result<std::string> bytes = impl_->ReadLocked(document); !bytes)
        faults.push_back(bytes.error().message);
    last = page.back().document_id;
  }
  LITMILL_TRY(SqliteStatement orphan,
              SqliteStatement::Prepare(
                  database, "SELECT name FROM sqlar WHERE name NOT IN (SELECT name FROM provenance) ORDER BY name"));
  for (;;) {
    LITMILL_TRY(const bool found, orphan.Step());
    if (!found) return faults;
    faults.push_back(fmt::format("{}: {} has no provenance", database.path(), orphan.Text(0)));
  }
}

}  // namespace litmill::fetch
