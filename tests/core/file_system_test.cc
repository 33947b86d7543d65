// SPDX-License-Identifier: Apache-2.0
#include "core/file_system.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill {
namespace {

using testing::IsError;
using testing::IsOk;

TEST(WriteAtomically, ReplacesTheWholeFileAndLeavesNothingElse) {
  const testing::TempDir dir;
  RealFileSystem files;
  ASSERT_THAT(files.WriteAtomically(dir.File("a"), "old and long"), IsOk());
  ASSERT_THAT(files.WriteAtomically(dir.File("a"), "new"), IsOk());
  EXPECT_EQ(testing::ReadTestFile(dir.File("a")), "new");
  EXPECT_EQ(*files.List(dir.path()), std::vector<std::string>{"a"});
}

TEST(WriteAtomically, FailsWithThePathAndTheReason) {
  RealFileSystem files;
  const auto result = files.WriteAtomically("/proc/no-such-folder/a", "x");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("/proc/no-such-folder/a"), std::string::npos);
}

TEST(Create, ShowsTheFileWholeOrNotAtAll) {
  const testing::TempDir dir;
  RealFileSystem files;
  testing::WriteTestFile(dir.File("a"), "old");
  {
    auto file = files.Create(dir.File("a"));
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT((*file)->Write("half"), IsOk());
    EXPECT_EQ(testing::ReadTestFile(dir.File("a")), "old");
  }
  EXPECT_EQ(*files.List(dir.path()), std::vector<std::string>{"a"}) << "an abandoned file leaves nothing";
  auto file = files.Create(dir.File("a"));
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT((*file)->Write("ne"), IsOk());
  ASSERT_THAT((*file)->Write("w"), IsOk());
  ASSERT_THAT((*file)->Commit(), IsOk());
  EXPECT_EQ(testing::ReadTestFile(dir.File("a")), "new");
  EXPECT_EQ(*files.List(dir.path()), std::vector<std::string>{"a"});
}

TEST(Create, WritesThroughALinkAndToADevice) {
  const testing::TempDir dir;
  RealFileSystem files;
  testing::WriteTestFile(dir.File("a"), "old");
  std::filesystem::create_symlink("a", dir.File("link"));
  ASSERT_THAT(files.WriteAtomically(dir.File("link"), "new"), IsOk());
  EXPECT_TRUE(std::filesystem::is_symlink(dir.File("link")));
  EXPECT_EQ(testing::ReadTestFile(dir.File("a")), "new");
  ASSERT_THAT(files.WriteAtomically("/dev/null", "x"), IsOk());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_THAT(files.WriteAtomically("/dev/full", "x"), IsError(ErrorCode::kIo));
}

TEST(Open, TellsAbsentFromUnreadable) {
  const testing::TempDir dir;
  RealFileSystem files;
  EXPECT_THAT(files.Open(dir.File("none")), IsError(ErrorCode::kNotFound));
  EXPECT_THAT(files.Open(dir.path()), IsError(ErrorCode::kIo));
}

TEST(ReadWholeFile, KeepsToItsBound) {
  const testing::TempDir dir;
  RealFileSystem files;
  testing::WriteTestFile(dir.File("a"), std::string(100, 'x'));
  EXPECT_EQ(ReadWholeFile(files, dir.File("a"), 100)->size(), 100U);
  EXPECT_THAT(ReadWholeFile(files, dir.File("a"), 99), IsError(ErrorCode::kInvalidInput));
}

}  // namespace
}  // namespace litmill
