// SPDX-License-Identifier: Apache-2.0
// Processor time and peak memory of de-duplication on synthetic records (own writing): litmill-bench-dedupe [SIZE...]
// Each size runs in a process of its own, so that its peak memory is its own. What making the records takes is not
// counted.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "store/dedupe.h"

namespace {

using litmill::store::DedupeAuthor;
using litmill::store::DedupeRecord;

constexpr const char* kDesigns[] = {"a randomized trial",      "a cohort study",      "a systematic review",
                                    "a case report",           "a pilot study",       "a cross-sectional survey",
                                    "an open-label extension", "a registry analysis", "a meta-analysis"};
constexpr const char* kLinks[] = {"in patients with", "and the risk of",    "for the treatment of",
                                  "as a marker of",   "before surgery for", "after"};
constexpr const char* kHubs[] = {"Editorial", "Introduction",      "Reply", "Book review", "Correspondence",
                                 "Рецензия",  "Editor's comments", "News"};

/// Works and the records that databases have of them. The same seed gives the same records on every machine.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < 2500; ++i) words_.push_back(Word(2 + i % 3));
    for (int i = 0; i < 3000; ++i) names_.push_back(Capital(Word(2 + i % 2)));
    for (int i = 0; i < 400; ++i) {
      const std::string a = Capital(Word(3)), b = Capital(Word(3));
      journals_.emplace_back("Journal of " + a + " and " + b, "J " + a.substr(0, 4) + " " + b.substr(0, 4));
    }
  }

  /// A new work, or another database's record of an earlier one; `work` says which.
  DedupeRecord Next(std::size_t* work) {
    if (!recent_.empty() && Below(100) < 45) {
      const auto& [earlier, record] = recent_[Below(recent_.size())];
      *work = earlier;
      return Noisy(record);
    }
    *work = works_++;
    DedupeRecord record = NewWork();
    if (recent_.size() < 4000)
      recent_.emplace_back(*work, record);
    else
      recent_[Below(recent_.size())] = {*work, record};
    return Noisy(record);
  }

 private:
  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
  /// Some words are common and many are rare.
  const std::string& CommonWord() { return words_[Below(1 + Below(words_.size()))]; }

  std::string Word(int syllables) {
    static constexpr const char* kStarts[] = {"b", "c", "d", "f", "g",  "h",  "l",  "m",  "n", "p",
                                              "r", "s", "t", "v", "st", "tr", "ph", "gl", "cr"};
    static constexpr const char* kEnds[] = {"a",  "e",  "i",  "o",  "u",  "an", "en",
                                            "in", "on", "al", "er", "os", "um", "is"};
    std::string word;
    for (int i = 0; i < syllables; ++i) word += std::string(kStarts[Below(19)]) + kEnds[Below(14)];
    return word;
  }
  static std::string Capital(std::string word) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }

  DedupeRecord NewWork() {
    DedupeRecord record;
    const bool is_hub = Below(50) == 0;
    if (is_hub) {
      record.title = kHubs[Below(8)];
    } else {
      record.title = Capital(CommonWord());
      for (std::size_t i = 0, n = 2 + Below(4); i < n; ++i) record.title += " " + CommonWord();
      record.title += std::string(" ") + kLinks[Below(6)];
      for (std::size_t i = 0, n = 1 + Below(4); i < n; ++i) record.title += " " + CommonWord();
      if (Below(2) == 0) record.title += std::string(": ") + kDesigns[Below(9)];
      for (std::size_t i = 0, n = 120 + Below(140); i < n; ++i)
        record.abstract_text += (i == 0 ? "" : " ") + CommonWord();
    }
    for (std::size_t i = 0, n = 1 + Below(9); i < n; ++i)
      record.authors.push_back({names_[Below(names_.size())], Capital(Word(2)), ""});
    record.year_print = static_cast<int>(2000 + Below(25));
    const auto& [name, abbreviation] = journals_[Below(journals_.size())];
    record.journals = {name, abbreviation};
    record.volume = std::to_string(record.year_print - 1970);
    record.issue = std::to_string(1 + Below(12));
    const std::size_t page = 1 + Below(2000);
    record.pages = fmt::format("{}-{}", page, page + 2 + Below(12));
    record.identifiers = {{"doi", fmt::format("10.9999/synthetic.{}", works_)}};
    return record;
  }

  /// As another database writes it.
  DedupeRecord Noisy(DedupeRecord record) {
    static constexpr const char* kSources[] = {"scopus", "embase", "wos", "cochrane"};
    record.source = kSources[Below(4)];
    record.source_id = std::to_string(records_++);
    if (Below(3) == 0) record.identifiers.clear();
    if (Below(3) == 0) record.journals.erase(record.journals.begin());
    if (Below(3) == 0)
      for (DedupeAuthor& author : record.authors) author.given.resize(1);
    if (Below(12) == 0 && record.title.size() > 20) record.title.erase(6 + Below(10), 1);
    if (Below(4) == 0 && record.title.back() != '.') record.title += ".";
    if (Below(8) == 0) record.abstract_text.resize(record.abstract_text.size() / 2);
    if (Below(8) == 0) record.abstract_text.clear();
    if (Below(8) == 0) record.pages = record.pages.substr(0, record.pages.find('-'));
    if (Below(10) == 0) record.issue.clear();
    return record;
  }

  std::mt19937 random_;
  std::vector<std::string> words_, names_;
  std::vector<std::pair<std::string, std::string>> journals_;
  std::vector<std::pair<std::size_t, DedupeRecord>> recent_;
  std::size_t works_ = 0, records_ = 0;
};

/// Processor time of this process: other work on the machine does not count.
double Seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Prints one line: size, seconds, what was found.
void Measure(std::size_t size) {
  Generator generator(20);
  litmill::store::Deduplicator deduplicator;
  std::vector<std::size_t> work_of(size);
  // A hundred at a time: a system call for each record would cost more than the record.
  std::vector<DedupeRecord> batch;
  double adding = 0;
  for (std::size_t i = 0; i < size; ++i) {
    batch.push_back(generator.Next(&work_of[i]));
    if (batch.size() < 100 && i + 1 < size) continue;
    const double start = Seconds();
    for (const DedupeRecord& record : batch) deduplicator.Add(record);
    adding += Seconds() - start;
    batch.clear();
  }
  const double start = Seconds();
  const litmill::store::DedupeResult result = deduplicator.Find();
  const double finding = Seconds() - start;
  std::map<std::size_t, std::size_t> true_work;
  std::size_t works = 0, false_merges = 0, reviews = 0;
  for (std::size_t i = 0; i < size; ++i) {
    works += result.representative[i] == i ? 1U : 0U;
    const auto [known, is_new] = true_work.emplace(result.representative[i], work_of[i]);
    if (!is_new && known->second != work_of[i]) ++false_merges;
  }
  for (const auto& decision : result.decisions)
    reviews += decision.verdict == litmill::store::DedupeVerdict::kReview ? 1U : 0U;
  std::size_t true_works = 0;
  for (const std::size_t work : work_of) true_works = std::max(true_works, work + 1);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:>9} {:>9.2f} {:>9.2f} {:>9.2f} {:>10.1f} {:>13} {:>9} {:>9} {:>13} {:>9}\n", size, adding, finding,
             adding + finding, (adding + finding) * 1e6 / static_cast<double>(size), usage.ru_maxrss / 1024, true_works,
             works, false_merges, reviews);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10000, 20000, 40000, 80000};
  fmt::print("{:>9} {:>9} {:>9} {:>9} {:>10} {:>13} {:>9} {:>9} {:>13} {:>9}\n", "records", "add s", "find s",
             "total s", "us/record", "peak RSS MiB", "works", "found", "false merges", "review");
  for (const std::size_t size : sizes) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      Measure(size);
      std::fflush(stdout);
      _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) return 1;
  }
  return 0;
}
