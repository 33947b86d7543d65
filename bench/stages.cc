// SPDX-License-Identifier: Apache-2.0
// Runs the stages before the store on one file, on one thread, and prints what it did: decompress + cut, + parse, +
// tag. bench/run.py times it from outside, as a whole process.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/session.h"
#include "parse/parse.h"

namespace litmill {
namespace {

struct Work {
  std::uint64_t slices = 0, records = 0, problems = 0, mentions = 0, tags = 0;
};

Result<Work> Measure(const std::string& path, std::string_view until, const std::vector<std::string>& rules) {
  RealFileSystem files;
  std::unique_ptr<tag::Tagger> tagger;
  if (until == "tag") {
    LITMILL_TRY(tagger, app::CompileRules(files, rules));
  }
  Work work;
  parse::DocumentReader reader(
      {},
      [&](parse::Slice slice) -> Result<void> {
        ++work.slices;
        if (until == "cut") return {};
        for (const parse::Item& item : parse::ParseSlice(std::move(slice))) {
          const auto* parsed = std::get_if<parse::ParsedRecord>(&item);
          if (parsed == nullptr) continue;
          ++work.records;
          if (tagger == nullptr) continue;
          LITMILL_TRY(const TaggedRecord tagged, tagger->TagRecord(parsed->record));
          work.mentions += tagged.mentions.size();
          work.tags += tagged.tags.size();
        }
        return {};
      },
      [&](const parse::Problem&) { ++work.problems; });
  LITMILL_TRY(const auto file, files.Open(path));
  std::string buffer(1U << 18U, '\0');
  for (;;) {
    LITMILL_TRY(const std::size_t got, file->Read(buffer.data(), buffer.size()));
    if (got == 0) break;
    LITMILL_CHECK(reader.Feed(std::string_view(buffer).substr(0, got)));
  }
  LITMILL_CHECK(reader.Finish());
  return work;
}

}  // namespace
}  // namespace litmill

int main(int argc, char** argv) {
  const std::string until = argc > 1 ? argv[1] : "";
  if (argc < 3 || (until != "cut" && until != "parse" && until != "tag")) {
    fmt::print(stderr, "usage: litmill-bench-stages cut|parse|tag FILE [RULES...]\n");
    return 2;
  }
  const auto work = litmill::Measure(argv[2], until, std::vector<std::string>(argv + 3, argv + argc));
  if (!work) {
    fmt::print(stderr, "{}\n", work.error().message);
    return 1;
  }
  fmt::print("slices {} records {} problems {} mentions {} tags {}\n", work->slices, work->records, work->problems,
             work->mentions, work->tags);
  return 0;
}
