// SPDX-License-Identifier: Apache-2.0
// litmill-bench-search: how fast the founding strategy is parsed, linted and decided on records. The records are
// synthetic: random words of the usual lengths, every third with words of the strategy in it.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "search/search.h"
#include "tests/search/founding_strategy.h"

namespace {

using litmill::Record;
using litmill::search::Matcher;
using litmill::search::SearchableRecord;

class RecordMaker {
 public:
  Record Next() {
    Record record;
    const bool topical = Pick(3) == 0;
    record.title.text = Text(12, topical);
    for (int i = 0; i < 4; ++i) record.abstract_sections.push_back({"METHODS", "", {Text(55, topical), ""}});
    for (int i = 0; i < 12; ++i) {
      litmill::MeshHeading heading;
      heading.name = "Heading " + Word();
      record.mesh_headings.push_back(heading);
    }
    for (int i = 0; i < 5; ++i) {
      litmill::Author author;
      author.last_name = Word();
      author.initials = "AB";
      author.affiliations = {{Text(15, false), {}}};
      record.authors.push_back(author);
    }
    litmill::RecordDate date;
    date.kind = "electronic";
    date.date = *litmill::DateFromIso("2015-03-04");
    record.dates = {date};
    return record;
  }

 private:
  std::size_t Pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(engine_); }
  std::string Word() {
    std::string word;
    for (std::size_t i = 3 + Pick(8); i > 0; --i) word.push_back(static_cast<char>('a' + Pick(26)));
    return word;
  }
  std::string Text(int words, bool topical) {
    static const std::vector<std::string> kTopical{"magnesium", "depression", "sleep",
                                                   "memory",    "migraine",   "low mood"};
    std::string text;
    for (int i = 0; i < words; ++i)
      text += (i == 0 ? "" : " ") + (topical && Pick(20) == 0 ? kTopical[Pick(6)] : Word());
    return text;
  }
  std::mt19937_64 engine_{1};
};

template <typename Body>
void Measure(std::string_view what, std::size_t count, const Body& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  fmt::print("{:<40} {:>12.0f} a second  ({} in {:.3f} s)\n", what, static_cast<double>(count) / seconds, count,
             seconds);
}

}  // namespace

int main() {
  constexpr std::size_t kRecords = 2'000;
  constexpr std::size_t kRounds = 100;
  std::vector<Record> records;
  RecordMaker maker;
  for (std::size_t i = 0; i < kRecords; ++i) records.push_back(maker.Next());
  Measure("strategies parsed", 1'000, [] {
    for (int i = 0; i < 1'000; ++i)
      if (!litmill::search::ParseQuery(litmill::search::testing::kFoundingStrategy)) std::abort();
  });
  Measure("strategies linted", 1'000, [] {
    for (int i = 0; i < 1'000; ++i)
      if (!litmill::search::Lint(litmill::search::testing::kFoundingStrategy).empty()) std::abort();
  });
  const auto query = litmill::search::ParseQuery(litmill::search::testing::kFoundingStrategy);
  const Matcher matcher(*query);
  std::vector<SearchableRecord> searchable;
  Measure("records made searchable", kRecords, [&] {
    for (const Record& record : records) searchable.emplace_back(record);
  });
  std::size_t matched = 0;
  Measure("decisions, strategy and record", kRecords * kRounds, [&] {
    for (std::size_t round = 0; round < kRounds; ++round)
      for (const SearchableRecord& record : searchable) matched += matcher.Matches(record) ? 1U : 0U;
  });
  fmt::print("{} of {} records match\n", matched / kRounds, kRecords);
}
