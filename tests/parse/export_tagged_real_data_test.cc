// SPDX-License-Identifier: Apache-2.0
// Real exports, which are not part of the project: every record that a plain scan of the file finds comes out, and the
// files hold what they are known to hold.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "tests/parse/tagged_test_support.h"
#include "tests/support/real_data.h"

namespace litmill::testing {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Lines that begin like this, whatever ends lines; byte order marks and blanks before them do not count.
std::size_t LinesBeginning(const std::string& text, std::initializer_list<std::string_view> starts) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    while (text.compare(at, 3, "\xEF\xBB\xBF") == 0) at += 3;
    for (const std::string_view start : starts)
      if (text.compare(at, start.size(), start) == 0) {
        ++count;
        break;
      }
    at = text.find_first_of("\r\n", at);
    if (at == std::string::npos) break;
    ++at;
  }
  return count;
}

struct Sum {
  std::size_t files = 0, records = 0, errors = 0, titles = 0, authors = 0, years = 0, journals = 0, dois = 0,
              abstracts = 0, pmids = 0;
};

void Add(const ReadBack& back, Sum& sum) {
  ++sum.files;
  sum.records += back.report.records;
  sum.errors += back.report.errors;
  for (const parse::ParsedRecord& parsed : back.records) {
    const Record& r = parsed.record;
    sum.titles += !r.title.text.empty();
    sum.authors += !r.authors.empty();
    sum.years += r.PublicationDate() != nullptr && r.PublicationDate()->Year().has_value();
    sum.journals += !r.journal.title.empty() || r.book.has_value();
    sum.dois += r.FindIdentifier("doi") != nullptr;
    sum.abstracts += !r.abstract_sections.empty();
    sum.pmids += r.FindIdentifier("pmid") != nullptr;
  }
}

void Print(const char* name, const Sum& s) {
  std::printf(
      "%s: %zu files, %zu records, %zu errors; titles %zu, authors %zu, years %zu, journals %zu, DOIs %zu, "
      "abstracts %zu, PMIDs %zu\n",
      name, s.files, s.records, s.errors, s.titles, s.authors, s.years, s.journals, s.dois, s.abstracts, s.pmids);
}

TEST(TaggedRealData, EveryNbibRecord) {
  LITMILL_NEEDS(RealDataFolder());
  Sum sum;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/nbib")) {
    const std::string text = ReadAll(path);
    const ReadBack back = ReadText(text);
    EXPECT_EQ(back.report.format, "medline") << path;
    EXPECT_EQ(back.report.records, LinesBeginning(text, {"PMID-", "PMID -"})) << path;
    EXPECT_EQ(back.report.errors, 0U) << path;
    for (const parse::ParsedRecord& record : back.records) EXPECT_EQ(record.record.source, "pubmed") << path;
    Add(back, sum);
  }
  Print("nbib", sum);
  ASSERT_GT(sum.records, 1000U);
  EXPECT_EQ(sum.pmids, sum.records);
  EXPECT_GT(sum.titles * 1000, sum.records * 995);
  EXPECT_GT(sum.years * 1000, sum.records * 995);
  EXPECT_GT(sum.journals * 1000, sum.records * 995);
}

TEST(TaggedRealData, EveryRisRecord) {
  LITMILL_NEEDS(RealDataFolder());
  Sum sum;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/ris")) {
    const std::string text = ReadAll(path);
    const ReadBack back = ReadText(text);
    if (back.report.format == "wos-text") continue;  // One is named .ris.
    EXPECT_EQ(back.report.format, "ris") << path << " " << back.failure;
    EXPECT_EQ(back.report.records + back.report.errors, LinesBeginning(text, {"TY  -"})) << path;
    for (const parse::Problem& problem : back.problems) {
      EXPECT_TRUE(problem.severity == parse::Severity::kWarning || problem.code == "empty-record")
          << path << " " << problem.message;
      EXPECT_NE(problem.code, "unexpected-content") << path << " " << problem.message;
    }
    Add(back, sum);
  }
  Print("ris", sum);
  ASSERT_GT(sum.records, 1000U);
  EXPECT_GT(sum.titles * 100, sum.records * 98);
  EXPECT_GT(sum.authors * 100, sum.records * 97);
  EXPECT_GT(sum.years * 100, sum.records * 95);
}

TEST(TaggedRealData, EveryWebOfScienceRecord) {
  LITMILL_NEEDS(RealDataFolder());
  Sum sum;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/wos-plain")) {
    const std::string text = ReadAll(path);
    const ReadBack back = ReadText(text);
    EXPECT_EQ(back.report.format, "wos-text") << path << " " << back.failure;
    EXPECT_EQ(back.report.records, LinesBeginning(text, {"PT "})) << path;
    EXPECT_EQ(back.report.errors, 0U) << path;
    EXPECT_EQ(back.Count("unexpected-content"), 0U) << path;
    for (const parse::ParsedRecord& record : back.records) {
      EXPECT_EQ(record.record.source, "wos") << path;
      EXPECT_FALSE(record.record.source_id.starts_with("sha256:")) << path << " " << record.record.title.text;
    }
    Add(back, sum);
  }
  Print("wos-text", sum);
  ASSERT_GT(sum.records, 1000U);
  EXPECT_EQ(sum.titles, sum.records);
  EXPECT_GT(sum.years * 100, sum.records * 99);
}

TEST(TaggedRealData, EveryReferAndCochraneRecord) {
  LITMILL_NEEDS(RealDataFolder());
  Sum refer, cochrane;
  for (const std::string& path : FilesBelow(RealDataFolder() + "/endnote-refer")) {
    const std::string text = ReadAll(path);
    const ReadBack back = ReadText(text);
    EXPECT_EQ(back.report.format, "refer") << path;
    EXPECT_EQ(back.report.records, LinesBeginning(text, {"%T "})) << path;
    EXPECT_EQ(back.report.errors, 0U) << path;
    Add(back, refer);
  }
  for (const std::string& path : FilesBelow(RealDataFolder() + "/cochrane")) {
    if (!path.ends_with(".txt")) continue;
    const std::string text = ReadAll(path);
    const ReadBack back = ReadText(text);
    EXPECT_EQ(back.report.format, "cochrane-text") << path;
    EXPECT_EQ(back.report.records, LinesBeginning(text, {"Record #"})) << path;
    EXPECT_EQ(back.report.errors, 0U) << path;
    EXPECT_TRUE(back.report.unmapped.empty()) << path;
    Add(back, cochrane);
  }
  Print("refer", refer);
  Print("cochrane-text", cochrane);
  EXPECT_GE(refer.records, 10U);
  EXPECT_GE(cochrane.records, 100U);
}

// The numbers of single files, seen by eye.
TEST(TaggedRealData, KnownFiles) {
  LITMILL_NEEDS(RealDataFolder());
  struct Known {
    std::string_view path, source;
    std::size_t records;
  };
  const Known known[] = {
      {"ris/BruceChen034020+EstrogenImmunomodulationSystematicReview/scopus.ris", "scopus", 707},
      {"ris/BruceChen034020+EstrogenImmunomodulationSystematicReview/savedrecs_Web_of_Science_.ris", "wos", 167},
      {"ris/eduardstan+telemonitoring-wearable-devices-review/data_raw_embase_usability_100_records.ris", "embase",
       100},
      {"ris/MaxenceOuafik+MSM-Syndemic-Scoping-Review/Files_electronic_search_cochrane.ris", "cochrane", 15},
      {"nbib/neilfws+PubMed/retractions_data_retractions.medline", "pubmed", 1621},
      {"wos-plain/wanghuan8786+food-regulations/savedrecs_2_.txt", "wos", 1000},
      {"cochrane/andrewjt71+cochrane-application/citation-export.txt", "cochrane", 271},
  };
  for (const Known& file : known) {
    const ReadBack back = ReadText(ReadAll(RealDataFolder() + "/" + std::string(file.path)));
    EXPECT_EQ(back.records.size(), file.records) << file.path;
    for (const parse::ParsedRecord& record : back.records) EXPECT_EQ(record.record.source, file.source) << file.path;
  }
}

}  // namespace
}  // namespace litmill::testing
