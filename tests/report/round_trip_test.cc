// SPDX-License-Identifier: Apache-2.0
// What litmill exports it imports again without loss.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "parse/export_file.h"
#include "tests/report/works.h"

namespace litmill::testing {
namespace {

using report::ExportFormat;

struct Case {
  const char* name;
  ExportFormat format;
  const char* read_as;
};

class RoundTripOfExports : public ::testing::TestWithParam<Case> {};

/// The records of a file, and what was said about it.
struct ReadBack {
  std::string format, problems;
  std::vector<Record> records;
};

ReadBack Read(const std::string& file) {
  ReadBack back;
  const auto report = parse::ReadExport(file, {}, [&](parse::Item item) -> Result<void> {
    if (auto* parsed = std::get_if<parse::ParsedRecord>(&item))
      back.records.push_back(std::move(parsed->record));
    else if (const auto* problem = std::get_if<parse::Problem>(&item))
      back.problems += problem->code + ": " + problem->message + "\n";
    return {};
  });
  back.format = report ? report->format : report.error().message;
  return back;
}

TEST_P(RoundTripOfExports, LosesNothingThatTheFormatCarries) {
  std::mt19937_64 random(20'261'122);
  for (int file = 0; file < 40; ++file) {
    std::vector<store::WorkRecord> works;
    for (int work = 0; work < 25; ++work)
      works.push_back(ArbitraryWork(random, std::to_string(1000 * file + work + 1), Texts::kSound));
    const std::string written = Written(GetParam().format, works);
    const ReadBack back = Read(written);
    ASSERT_EQ(back.format, GetParam().read_as);
    ASSERT_EQ(back.problems, "");
    ASSERT_EQ(back.records.size(), works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
      ASSERT_EQ(CarriedFields(back.records[i]), CarriedFields(works[i].record))
          << Written(GetParam().format, std::vector<store::WorkRecord>{works[i]});
      ASSERT_EQ(back.records[i].source + " " + back.records[i].source_id,
                works[i].record.source + " " + works[i].record.source_id);
    }
  }
}

TEST_P(RoundTripOfExports, OfHostileTextKeepsTheNumberOfRecords) {
  std::mt19937_64 random(7);
  for (int file = 0; file < 10; ++file) {
    std::vector<store::WorkRecord> works;
    for (int work = 0; work < 25; ++work)
      works.push_back(ArbitraryWork(random, std::to_string(1000 * file + work + 1), Texts::kHostile));
    const ReadBack back = Read(Written(GetParam().format, works));
    ASSERT_EQ(back.records.size(), works.size()) << back.problems << back.format;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTripOfExports,
                         ::testing::Values(Case{"ris", ExportFormat::kRis, "ris"},
                                           Case{"nbib", ExportFormat::kNbib, "medline"},
                                           Case{"bibtex", ExportFormat::kBibtex, "bibtex"},
                                           Case{"csl_json", ExportFormat::kCslJson, "csl-json"},
                                           Case{"csv", ExportFormat::kCsv, "litmill-csv"}),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace litmill::testing
