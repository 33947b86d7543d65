// SPDX-License-Identifier: Apache-2.0
// litmill export as a user meets it.
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/cli/cli_rig.h"

namespace litmill {
namespace {

using ::testing::AllOf;
using testing::CliResult;
using testing::CliRig;
using ::testing::HasSubstr;
using testing::ReadTestFile;
using testing::WriteTestFile;

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// Imports the bundled records: no service is asked.
void Fill(CliRig& rig) {
  std::vector<std::string> arguments = {"import"};
  for (const std::string& file : CliRig::SampleFiles()) arguments.push_back(file);
  ASSERT_EQ(rig.Run(arguments).exit_code, 0);
}

TEST(Export, WritesEveryWorkOnceInEveryFormatAndCounts) {
  CliRig rig;
  Fill(rig);
  const std::string works = rig.Ask("SELECT count(*) FROM works WHERE is_deleted = 0");
  const std::string retracted = rig.Ask("SELECT count(*) FROM works WHERE is_retracted AND NOT is_deleted");
  ASSERT_NE(retracted, "0");
  const std::size_t n = std::stoul(works);
  for (const auto& [format, mark] : std::vector<std::pair<std::string, std::string>>{{"ris", "ER  - \r\n"},
                                                                                     {"nbib", "PMID- "},
                                                                                     {"bibtex", ",\n}\n"},
                                                                                     {"csl-json", "\n{\"id\":"},
                                                                                     {"csv", "\"litmill:1&source="},
                                                                                     {"jsonl", "\n"}}) {
    const CliResult result = rig.Run({"export", "--format", format, "-o", "out"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("out: " + works + " works; retracted " + retracted));
    EXPECT_EQ(Count(ReadTestFile(rig.File("out")), mark), n) << format;
    EXPECT_EQ(rig.Run({"export", "--format", format}).out, ReadTestFile(rig.File("out"))) << format;
  }
  const std::string asreview = rig.Run({"export", "--format", "asreview"}).out;
  EXPECT_EQ(Count(asreview, "\r\n"), n + 1);
  const auto items = nlohmann::json::parse(rig.Run({"export", "--format", "csl-json"}).out);
  EXPECT_EQ(static_cast<std::size_t>(
                std::count_if(items.begin(), items.end(), [](const auto& i) { return i.contains("status"); })),
            std::stoul(retracted));
}

TEST(Export, OfTheSameRecordsIsTheSameWhateverTheOrderOfArrival) {
  CliRig rig;
  Fill(rig);
  std::vector<std::string> backwards = {"import", "--db", "backwards.db"};
  std::vector<std::string> files = CliRig::SampleFiles();
  backwards.insert(backwards.end(), files.rbegin(), files.rend());
  ASSERT_EQ(rig.Run(backwards).exit_code, 0);
  for (const char* const format : {"ris", "nbib", "bibtex", "csl-json", "csv", "jsonl", "asreview"})
    EXPECT_EQ(rig.Run({"export", "--format", format}).out,
              rig.Run({"export", "--db", "backwards.db", "--format", format}).out)
        << format;
}

TEST(Export, HelpShowsAnExampleOfEachFormat) {
  CliRig rig;
  const std::string help = rig.Run({"export", "--help"}).out;
  for (const char* const format : {"ris", "nbib", "bibtex", "csl-json", "csv", "jsonl", "asreview", "ids"})
    EXPECT_THAT(help, HasSubstr(std::string("litmill export --format ") + format + " -o "));
}

TEST(Export, WrongUseIsExitCodeTwo) {
  CliRig rig;
  EXPECT_EQ(rig.Run({"export"}).exit_code, 2);
  EXPECT_EQ(rig.Run({"export", "--format", "endnote"}).exit_code, 2);
  const CliResult absent = rig.Run({"export", "--format", "ris", "-o", "out.ris"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_THAT(absent.err, HasSubstr("there is no corpus at"));
  EXPECT_FALSE(std::filesystem::exists(rig.File("out.ris")));
}

TEST(Export, ThatFailsLeavesTheOldFileAndSaysWhy) {
  CliRig rig;
  Fill(rig);
  const CliResult full = rig.Run({"export", "--format", "ris", "-o", "/dev/full"});
  EXPECT_EQ(full.exit_code, 5);
  EXPECT_THAT(full.err, AllOf(HasSubstr("/dev/full"), HasSubstr("space")));
  EXPECT_EQ(rig.Run({"export", "--format", "ris", "-o", "no-such-folder/out.ris"}).exit_code, 2);
  WriteTestFile(rig.File("broken.db"), "no database");
  WriteTestFile(rig.File("out.ris"), "old");
  EXPECT_EQ(rig.Run({"export", "--db", "broken.db", "--format", "ris", "-o", "out.ris"}).exit_code, 5);
  EXPECT_EQ(ReadTestFile(rig.File("out.ris")), "old");
}

TEST(Export, KilledAtAnyMomentLeavesTheOldFileOrTheNewOne) {
  CliRig rig;
  Fill(rig);
  const std::string whole = rig.Run({"export", "--format", "jsonl"}).out;
  int old = 0;
  for (int i = 0; i < 12; ++i) {
    WriteTestFile(rig.File("out"), "old");
    const pid_t process = rig.Start({"export", "--format", "jsonl", "-o", "out"});
    ::usleep(static_cast<useconds_t>(i * 4000));
    ::kill(process, SIGKILL);
    (void)rig.Wait(process);
    const std::string left = ReadTestFile(rig.File("out"));
    EXPECT_TRUE(left == "old" || left == whole) << left.size() << " of " << whole.size();
    if (left == "old") ++old;
  }
  EXPECT_GT(old, 0) << "the export was never killed before its end";
}

}  // namespace
}  // namespace litmill
