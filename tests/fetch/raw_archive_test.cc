// SPDX-License-Identifier: Apache-2.0
#include "fetch/raw_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/hash.h"
#include "fetch/sqlar_blob.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using litmill::testing::ReadTestFile;
using litmill::testing::TempDir;
using litmill::testing::WriteTestFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Provenance How(std::string request = "efetch.fcgi?id=1", std::string verdict = "ok") {
  Provenance how;
  how.source = "pubmed";
  how.kind = "efetch";
  how.request = std::move(request);
  how.retrieved_at = "2026-11-21T22:00:40Z";
  how.http_status = 200;
  how.media_type = "text/xml; charset=UTF-8";
  how.run = "run-1";
  how.verdict = std::move(verdict);
  return how;
}

std::unique_ptr<RawArchive> OpenOk(const std::string& path) {
  auto archive = RawArchive::Open(path);
  EXPECT_THAT(archive, IsOk());
  return std::move(*archive);
}

void Sql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

/// Output of a shell command on synthetic, quoted paths.
std::string Output(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "cannot run";
  char buffer[4096];
  for (std::size_t size = 0; (size = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, size);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text;
}

TEST(RawArchive, GivesBackExactlyWhatWasAdded) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  std::vector<std::string> bodies = {"", "x", std::string(100'000, 'a'), std::string("\0\xFF\x80 bytes", 9)};
  std::string noise;
  for (unsigned i = 0, x = 1; i < 5'000; ++i) noise += static_cast<char>((x = x * 1664525U + 1013904223U) >> 24U);
  bodies.push_back(noise);
  std::vector<Provenance> kept;
  {
    const auto archive = OpenOk(path);
    for (const std::string& body : bodies) {
      auto added = archive->Add(How(), body);
      ASSERT_THAT(added, IsOk());
      EXPECT_EQ(added->sha256, Sha256Hex(body));
      EXPECT_EQ(added->size_bytes, body.size());
      EXPECT_EQ(added->name, "pubmed/efetch/2026-11-21/" + added->sha256 + ".xml");
      kept.push_back(*added);
    }
  }
  const auto archive = OpenOk(path);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const auto body = archive->Read(kept[i]);
    ASSERT_THAT(body, IsOk());
    EXPECT_EQ(*body, bodies[i]);
    EXPECT_EQ(kept[i].document_id, static_cast<std::int64_t>(i) + 1);
  }
  const auto faults = archive->Verify();
  ASSERT_THAT(faults, IsOk());
  EXPECT_THAT(*faults, SizeIs(0));
}

TEST(RawArchive, ClosesToOneFile) {
  TempDir folder;
  { ASSERT_THAT(OpenOk(folder.File("raw.sqlar"))->Add(How(), "x"), IsOk()); }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, ElementsAre("raw.sqlar"));
  const std::string bytes = ReadTestFile(folder.File("raw.sqlar"));
  EXPECT_EQ(bytes[18], 1) << "no write-ahead log needed to read it";
}

TEST(RawArchive, IsAStandardSqliteArchive) {
  if (std::system("command -v sqlite3 >/dev/null") != 0)
    GTEST_SKIP() << "SKIPPED LOUDLY: the sqlite3 program is not installed";
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  const std::string body(10'000, 'b');
  Provenance kept;
  {
    auto added = OpenOk(path)->Add(How(), body);
    ASSERT_THAT(added, IsOk());
    kept = *added;
  }
  EXPECT_EQ(Output("sqlite3 '" + path + "' -A --list"), kept.name + "\n");
  EXPECT_THAT(Output("sqlite3 '" + path + "' -A --list --verbose"), HasSubstr("2026-11-21 22:00:40"));
  (void)Output("cd '" + folder.path() + "' && sqlite3 raw.sqlar -A --extract");
  EXPECT_EQ(ReadTestFile(folder.File(kept.name)), body);
}

TEST(RawArchive, EqualBytesAreKeptOnceWithTwoProvenances) {
  TempDir folder;
  const auto archive = OpenOk(folder.File("raw.sqlar"));
  const auto first = archive->Add(How("a"), "same");
  Provenance later = How("b");
  later.retrieved_at = "2027-01-01T00:00:00Z";
  const auto second = archive->Add(later, "same");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->name, second->name);
  EXPECT_NE(first->document_id, second->document_id);
  EXPECT_THAT(archive->Read(*second), IsOk());
}

TEST(RawArchive, GoodBytesAreStoredAnewBesideADamagedCopy) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  { ASSERT_THAT(OpenOk(path)->Add(How(), "same bytes"), IsOk()); }
  Sql(path, "UPDATE sqlar SET data = CAST('sane bytes' AS BLOB)");
  const auto archive = OpenOk(path);
  const auto again = archive->Add(How(), "same bytes");
  ASSERT_THAT(again, IsOk());
  EXPECT_THAT(again->name, HasSubstr("-2.xml"));
  const auto body = archive->Read(*again);
  ASSERT_THAT(body, IsOk());
  EXPECT_EQ(*body, "same bytes");
}

TEST(RawArchive, ForEachVisitsUsableDocumentsInOrderAndMayReadThem) {
  TempDir folder;
  const auto archive = OpenOk(folder.File("raw.sqlar"));
  Provenance other = How("o");
  other.kind = "esearch";
  std::vector<std::string> expected;
  for (int i = 0; i < 600; ++i) {  // more than one page
    ASSERT_THAT(archive->Add(How(std::to_string(i), i % 3 == 0 ? "transient" : "ok"), std::to_string(i)), IsOk());
    if (i % 3 != 0) expected.push_back(std::to_string(i));
    if (i == 300) {
      ASSERT_THAT(archive->Add(other, "other kind"), IsOk());
    }
  }
  std::vector<std::string> seen;
  EXPECT_THAT(archive->ForEach("pubmed", "efetch",
                               [&](const Provenance& document) -> Result<void> {
                                 LITMILL_TRY(seen.emplace_back(), archive->Read(document));
                                 return {};
                               }),
              IsOk());
  EXPECT_EQ(seen, expected);
  int visits = 0;
  EXPECT_THAT(archive->ForEach("pubmed", "efetch",
                               [&](const Provenance&) -> Result<void> {
                                 if (++visits == 3) return Fail(ErrorCode::kInterrupted, "enough");
                                 return {};
                               }),
              IsError(ErrorCode::kInterrupted));
  EXPECT_EQ(visits, 3);
}

TEST(RawArchive, FindLatestIsTheLastUsableAnswerToExactlyThatRequest) {
  TempDir folder;
  const auto archive = OpenOk(folder.File("raw.sqlar"));
  for (const char* body : {"first", "second"}) ASSERT_THAT(archive->Add(How("r"), body), IsOk());
  ASSERT_THAT(archive->Add(How("r", "transient"), "third"), IsOk());
  ASSERT_THAT(archive->Add(How("r2"), "fourth"), IsOk());
  const auto found = archive->FindLatest("pubmed", "efetch", "r");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->sha256, Sha256Hex("second"));
  EXPECT_THAT(archive->FindLatest("pubmed", "efetch", "r%"), IsError(ErrorCode::kNotFound));
  EXPECT_THAT(archive->FindLatest("pubmed", "esearch", "r"), IsError(ErrorCode::kNotFound));
}

TEST(RawArchive, DamageIsFoundOnReadAndByVerify) {
  const struct {
    const char* name;
    const char* sql;
    ErrorCode code;
  } cases[] = {
      {"flipped", "UPDATE sqlar SET data = CAST(replace(CAST(data AS TEXT), 'o', 'p') AS BLOB)",
       ErrorCode::kCorruptInput},
      {"longer", "UPDATE sqlar SET sz = sz + 1", ErrorCode::kCorruptInput},
      {"shorter", "UPDATE sqlar SET sz = 1", ErrorCode::kCorruptInput},
      {"negative", "UPDATE sqlar SET sz = -1", ErrorCode::kCorruptInput},
      {"huge", "UPDATE sqlar SET sz = 900000000000", ErrorCode::kCorruptInput},
      {"gone", "PRAGMA foreign_keys = OFF; DELETE FROM sqlar", ErrorCode::kNotFound},
      {"null", "UPDATE sqlar SET data = NULL", ErrorCode::kCorruptInput},
  };
  for (const auto& c : cases) {
    TempDir folder;
    const std::string path = folder.File("raw.sqlar");
    Provenance kept;
    {
      auto added = OpenOk(path)->Add(How(), "foo");
      ASSERT_THAT(added, IsOk());
      kept = *added;
    }
    Sql(path, c.sql);
    const auto archive = OpenOk(path);
    const auto body = archive->Read(kept);
    EXPECT_THAT(body, IsError(c.code)) << c.name;
    EXPECT_THAT(body.error().message, HasSubstr(kept.name)) << c.name;
    const auto faults = archive->Verify();
    ASSERT_THAT(faults, IsOk());
    EXPECT_THAT(*faults, SizeIs(1)) << c.name;
  }
}

TEST(RawArchive, VerifyNamesBytesWithoutProvenance) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  { OpenOk(path); }
  Sql(path, "INSERT INTO sqlar VALUES ('stray.xml', 33188, 0, 1, 'x')");
  const auto faults = OpenOk(path)->Verify();
  ASSERT_THAT(faults, IsOk());
  ASSERT_THAT(*faults, SizeIs(1));
  EXPECT_THAT(faults->front(), HasSubstr("stray.xml"));
}

TEST(RawArchive, FilesThatAreNotOursAreRefusedAndLeftAlone) {
  TempDir folder;
  { OpenOk(folder.File("good")); }
  const std::string good = ReadTestFile(folder.File("good"));
  WriteTestFile(folder.File("text"),
                "This is a letter to my grandmother, long enough to look like something. " + std::string(500, '.'));
  WriteTestFile(folder.File("cut"), good.substr(0, good.size() / 2));
  WriteTestFile(folder.File("short"), good.substr(0, 60));
  Sql(folder.File("foreign"), "CREATE TABLE works(id INTEGER)");
  Sql(folder.File("foreign-id"), "PRAGMA application_id = 7");
  WriteTestFile(folder.File("newer"), good);
  Sql(folder.File("newer"), "PRAGMA user_version = 2");
  WriteTestFile(folder.File("gutted"), good);
  Sql(folder.File("gutted"), "DROP TABLE provenance");
  const struct {
    const char* name;
    ErrorCode code;
  } cases[] = {
      {"text", ErrorCode::kCorruptInput},       {"cut", ErrorCode::kCorruptInput}, {"short", ErrorCode::kCorruptInput},
      {"foreign", ErrorCode::kCorruptInput},    {"newer", ErrorCode::kTooNew},     {"gutted", ErrorCode::kCorruptInput},
      {"foreign-id", ErrorCode::kCorruptInput}, {"missing/raw", ErrorCode::kIo}};
  for (const auto& c : cases) {
    const std::string path = folder.File(c.name);
    const std::string before = std::filesystem::exists(path) ? ReadTestFile(path) : "";
    const auto archive = RawArchive::Open(path);
    EXPECT_THAT(archive, IsError(c.code)) << c.name;
    EXPECT_THAT(archive.error().message, HasSubstr(path)) << c.name;
    EXPECT_EQ(std::filesystem::exists(path) ? ReadTestFile(path) : "", before) << c.name;
  }
}

TEST(RawArchive, TwoFromOneFileCanBothWrite) {
  TempDir folder;
  const auto first = OpenOk(folder.File("raw.sqlar"));
  const auto second = OpenOk(folder.File("raw.sqlar"));
  for (int i = 0; i < 20; ++i) ASSERT_THAT((i % 2 == 0 ? first : second)->Add(How(), std::to_string(i)), IsOk());
  const auto faults = first->Verify();
  ASSERT_THAT(faults, IsOk());
  EXPECT_THAT(*faults, SizeIs(0));
}

TEST(RawArchive, ThreadsMayShareOne) {
  TempDir folder;
  const auto archive = OpenOk(folder.File("raw.sqlar"));
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const std::string body = std::to_string(t) + "/" + std::to_string(i);
        const auto added = archive->Add(How(), body);
        if (!added) continue;
        const auto read = archive->Read(*added);
        if (read && *read == body) ++good;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good.load(), 100);
}

TEST(RawArchive, WhatAddReturnedSurvivesAKill) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto archive = RawArchive::Open(path);
    if (!archive) _exit(1);
    for (int i = 0; i < 1'000'000; ++i) {
      if (!(*archive)->Add(How(), "body " + std::to_string(i))) _exit(2);
      if (write(told[1], "x", 1) != 1) _exit(3);
    }
    _exit(4);
  }
  close(told[1]);
  std::uint64_t acknowledged = 0;
  char byte = 0;
  while (acknowledged < 57 && read(told[0], &byte, 1) == 1) ++acknowledged;
  ASSERT_EQ(kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  while (read(told[0], &byte, 1) == 1) ++acknowledged;
  close(told[0]);
  const auto archive = OpenOk(path);
  std::uint64_t found = 0;
  ASSERT_THAT(archive->ForEach("pubmed", "efetch",
                               [&](const Provenance& document) -> Result<void> {
                                 LITMILL_TRY(const std::string body, archive->Read(document));
                                 EXPECT_EQ(body, "body " + std::to_string(found));
                                 ++found;
                                 return {};
                               }),
              IsOk());
  EXPECT_GE(found, acknowledged);
  EXPECT_LE(found, acknowledged + 1);
}

TEST(RawArchive, AFullDiskIsAnErrorThatNamesTheFileAndLosesNothing) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(10);
    auto archive = RawArchive::Open(path);
    if (!archive) _exit(11);
    std::string noise;
    for (unsigned i = 0, x = 7; i < 20'000; ++i) noise += static_cast<char>((x = x * 1664525U + 1013904223U) >> 24U);
    for (int i = 0; i < 100; ++i) {
      const auto added = (*archive)->Add(How(), noise + std::to_string(i));
      if (added) continue;
      if (added.error().code != ErrorCode::kIo || added.error().message.find(path) == std::string::npos) _exit(12);
      archive->reset();
      _exit(i > 0 ? 0 : 13);
    }
    _exit(14);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const auto archive = OpenOk(path);
  const auto faults = archive->Verify();
  ASSERT_THAT(faults, IsOk());
  EXPECT_THAT(*faults, SizeIs(0));
}

TEST(RawArchive, AReadOnlyArchiveCanBeReadAndRefusesToBeWritten) {
  TempDir folder;
  const std::string path = folder.File("raw.sqlar");
  { ASSERT_THAT(OpenOk(path)->Add(How(), "x"), IsOk()); }
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  if (geteuid() == 0) {  // root may write everything: drop the right in a child
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    std::filesystem::permissions(path, std::filesystem::perms(0444));
  }
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(10);
    auto archive = RawArchive::Open(path);
    if (!archive) _exit(11);
    const auto found = (*archive)->FindLatest("pubmed", "efetch", "efetch.fcgi?id=1");
    if (!found || !(*archive)->Read(*found)) _exit(12);
    const auto added = (*archive)->Add(How(), "y");
    if (added || added.error().code != ErrorCode::kIo || added.error().message.find(path) == std::string::npos)
      _exit(13);
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(RawArchive, WhatWouldMakeABadNameIsRefused) {
  TempDir folder;
  const auto archive = OpenOk(folder.File("raw.sqlar"));
  for (const char* source : {"", "..", "a/b", "PubMed", "a b"}) {
    Provenance how = How();
    how.source = source;
    EXPECT_THAT(archive->Add(how, "x"), IsError(ErrorCode::kInvalidInput)) << source;
  }
  for (const char* time : {"", "2026-11-21", "2026-13-21T22:00:40Z", "../../../../../../x", "2026-11-21T22:00:40+"}) {
    Provenance how = How();
    how.retrieved_at = time;
    EXPECT_THAT(archive->Add(how, "x"), IsError(ErrorCode::kInvalidInput)) << time;
  }
  Provenance how = How();
  how.media_type = "../../etc/passwd";
  const auto added = archive->Add(how, "x");
  ASSERT_THAT(added, IsOk());
  EXPECT_THAT(added->name, HasSubstr(".bin"));
}

TEST(SqlarBlob, IsSmallerExactlyWhenCompressed) {
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string(5'000, 'z'), std::string("incompressible 7f3a9c")}) {
    const auto packed = PackSqlarBlob(bytes);
    ASSERT_THAT(packed, IsOk());
    EXPECT_LE(packed->size(), bytes.size());
    const auto back = UnpackSqlarBlob(*packed, static_cast<std::int64_t>(bytes.size()));
    ASSERT_THAT(back, IsOk());
    EXPECT_EQ(*back, bytes);
  }
}

TEST(SqlarBlob, EveryTruncationOfACompressedBlobIsFound) {
  const std::string bytes(3'000, 'q');
  const auto packed = PackSqlarBlob(bytes);
  ASSERT_THAT(packed, IsOk());
  for (std::size_t size = 0; size < packed->size(); ++size)
    EXPECT_THAT(UnpackSqlarBlob(std::string_view(*packed).substr(0, size), 3'000), IsError(ErrorCode::kCorruptInput))
        << size;
}

}  // namespace
}  // namespace litmill::fetch
