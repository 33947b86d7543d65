// SPDX-License-Identifier: Apache-2.0
// Opening what is there: nothing, a corpus, a newer one, another program's file, rubbish; and what is left behind.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "store/migrations.h"
#include "store/schema.h"
#include "tests/store/samples.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::testing {
namespace {

using store::Corpus;
using store::OpenOptions;

std::string MakeCorpus(const TempDir& dir) {
  const std::string path = dir.File("c.db");
  const auto corpus = OpenCorpus(path);
  Put(*corpus, FullRecord("1"));
  EXPECT_THAT(corpus->Close(), IsOk());
  return path;
}

void ChangeWithSqlite(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

TEST(Open, AMissingFileIsOnlyMadeWhenAskedTo) {
  const TempDir dir;
  EXPECT_THAT(Corpus::Open(dir.File("c.db"), {true, true, ""}), IsError(ErrorCode::kNotFound));
  EXPECT_THAT(Corpus::Open(dir.File("c.db"), {false, false, ""}), IsError(ErrorCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(dir.File("c.db")));
  EXPECT_THAT(Corpus::Open(dir.File("c.db")), IsOk());
}

TEST(Open, AMissingFolderIsAnIoErrorThatNamesTheFile) {
  const TempDir dir;
  const auto corpus = Corpus::Open(dir.File("none/c.db"));
  ASSERT_THAT(corpus, IsError(ErrorCode::kIo));
  EXPECT_THAT(corpus.error().message, ::testing::HasSubstr("none/c.db"));
}

TEST(Open, ANewCorpusSaysWhatItIs) {
  const TempDir dir;
  const auto corpus = OpenCorpus(MakeCorpus(dir));
  EXPECT_EQ(Ask(*corpus, "PRAGMA application_id"), std::to_string(store::kApplicationId));
  EXPECT_EQ(Ask(*corpus, "PRAGMA user_version"), std::to_string(store::kSchemaVersion));
  EXPECT_EQ(FailedChecks(*corpus), "");
}

TEST(Open, ANewerSchemaIsRefusedAndLeftByteForByte) {
  const TempDir dir;
  const std::string path = MakeCorpus(dir);
  ChangeWithSqlite(path, "PRAGMA user_version = 999; PRAGMA journal_mode = WAL; CREATE TABLE later (x)");
  const std::string before = ReadTestFile(path);
  for (const bool read_only : {false, true}) {
    const auto corpus = Corpus::Open(path, {read_only, true, ""});
    ASSERT_THAT(corpus, IsError(ErrorCode::kTooNew));
    EXPECT_THAT(corpus.error().message, ::testing::HasSubstr("999"));
    EXPECT_EQ(ReadTestFile(path), before);
  }
}

TEST(Open, AnotherProgramsDatabaseIsLeftByteForByte) {
  const TempDir dir;
  const std::string path = dir.File("other.db");
  ChangeWithSqlite(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const std::string before = ReadTestFile(path);
  const auto corpus = Corpus::Open(path);
  ASSERT_THAT(corpus, IsError(ErrorCode::kCorruptInput));
  EXPECT_THAT(corpus.error().message, ::testing::HasSubstr("other.db"));
  EXPECT_EQ(ReadTestFile(path), before);
}

TEST(Open, AFileThatIsNoDatabaseIsLeftAlone) {
  const TempDir dir;
  const std::string text(5000, 'x');
  WriteTestFile(dir.File("c.db"), text);
  EXPECT_THAT(Corpus::Open(dir.File("c.db")), IsError(ErrorCode::kCorruptInput));
  EXPECT_EQ(ReadTestFile(dir.File("c.db")), text);
}

TEST(Open, AnEmptyFileBecomesACorpusButCannotBeRead) {
  const TempDir dir;
  WriteTestFile(dir.File("c.db"), "");
  EXPECT_THAT(Corpus::Open(dir.File("c.db"), {true, false, ""}), IsError(ErrorCode::kCorruptInput));
  EXPECT_THAT(Corpus::Open(dir.File("c.db")), IsOk());
}

TEST(Open, ATruncatedFileSaysSoAndNeverCrashes) {
  const TempDir dir;
  const std::string whole = ReadTestFile(MakeCorpus(dir));
  const std::string path = dir.File("cut.db");
  int refused = 0, found_damaged = 0;
  for (std::size_t size = whole.size() - 1; size > 0; size -= std::min<std::size_t>(size, size > 9000 ? 4999 : 97)) {
    WriteTestFile(path, whole.substr(0, size));
    std::filesystem::remove(path + "-wal");
    std::filesystem::remove(path + "-shm");
    const auto corpus = Corpus::Open(path, {true, false, ""});
    if (!corpus) {
      EXPECT_THAT(corpus, IsError(ErrorCode::kCorruptInput)) << size;
      ++refused;
      continue;
    }
    EXPECT_NE(FailedChecks(**corpus), "")
        << "a file cut to " << size << " of " << whole.size() << " bytes passes as whole";
    ++found_damaged;
  }
  EXPECT_GT(refused + found_damaged, 50);
}

TEST(Open, FlippedBytesAreNoticedOrHarmlessAndNeverCrash) {
  const TempDir dir;
  const std::string whole = ReadTestFile(MakeCorpus(dir));
  const std::string path = dir.File("flipped.db");
  int noticed = 0;
  for (std::size_t at = 100; at < whole.size(); at += 5003) {
    std::string bytes = whole;
    for (std::size_t i = at; i < std::min(at + 64, bytes.size()); ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
    WriteTestFile(path, bytes);
    const auto corpus = Corpus::Open(path, {true, false, ""});
    if (!corpus || !FailedChecks(**corpus).empty()) ++noticed;
  }
  EXPECT_GT(noticed, 5);
}

TEST(Open, AReadOnlyFolderIsAClearIoError) {
  if (geteuid() == 0)
    GTEST_SKIP() << "SKIPPED: root writes everywhere; WritingThroughAReadOnlyCorpusIsRefused covers the same error";
  const TempDir dir;
  ASSERT_EQ(chmod(dir.path().c_str(), 0555), 0);
  EXPECT_THAT(Corpus::Open(dir.File("c.db")), IsError(ErrorCode::kIo));
  chmod(dir.path().c_str(), 0755);
}

TEST(Open, WritingThroughAReadOnlyCorpusIsRefused) {
  const TempDir dir;
  const auto corpus = OpenCorpus(MakeCorpus(dir), {true, false, ""});
  EXPECT_THAT(corpus->BeginRun({0, "u", "run", "0", "c", "r", "t", "", ""}), IsError(ErrorCode::kIo));
}

TEST(Open, ASecondWriterIsToldThatItIsBusy) {
  const TempDir dir;
  const std::string path = MakeCorpus(dir);
  const auto first = OpenCorpus(path);
  const auto second = OpenCorpus(path);
  ASSERT_THAT(first->BeginBatch(), IsOk());
  sqlite3_busy_timeout(second->handle(), 1);
  EXPECT_THAT(second->BeginBatch(), IsError(ErrorCode::kBusy));
  first->RollbackBatch();
  EXPECT_THAT(second->BeginBatch(), IsOk());
}

TEST(Close, LeavesOneCleanFile) {
  const TempDir dir;
  const std::string path = MakeCorpus(dir);
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path + "-shm"));
  const std::string bytes = ReadTestFile(path);
  EXPECT_EQ(bytes[18], 1) << "journal mode in the file's header: 1 = no WAL";
}

TEST(Close, NothingWrittenNothingChanged) {
  const TempDir dir;
  const std::string path = MakeCorpus(dir);
  const std::string before = ReadTestFile(path).substr(100);
  ASSERT_THAT(OpenCorpus(path)->Close(), IsOk());
  EXPECT_EQ(ReadTestFile(path).substr(100), before);
}

TEST(Close, AReaderDoesNotMakeItFail) {
  const TempDir dir;
  const std::string path = MakeCorpus(dir);
  const auto writer = OpenCorpus(path);
  Put(*writer, SmallRecord("2", "x"));
  const auto reader = OpenCorpus(path, {true, false, ""});
  sqlite3_stmt* open_read = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(reader->handle(), "SELECT * FROM works", -1, &open_read, nullptr), SQLITE_OK);
  ASSERT_EQ(sqlite3_step(open_read), SQLITE_ROW);
  sqlite3_busy_timeout(writer->handle(), 1);
  EXPECT_THAT(writer->Close(), IsOk());
  sqlite3_finalize(open_read);
  EXPECT_EQ(Ask(*reader, "SELECT count(*) FROM works"), "2");
}

}  // namespace
}  // namespace litmill::testing
