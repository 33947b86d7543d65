// SPDX-License-Identifier: Apache-2.0
// Every table, BibTeX, EndNote XML and Excel file of the folder of real data: as many records as an independent count
// of their beginnings says, no errors, and the fields that such a file must have.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "core/unicode.h"
#include "table_test_support.h"
#include "tests/support/real_data.h"

namespace litmill::parse {
namespace {

using testing::Import;
using testing::Imported;

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// Line ends outside of quotation marks, blank rows and what stands above the header left out.
std::size_t CountRows(const std::string& text) {
  std::size_t rows = 0;
  bool in_quotes = false;
  bool has_content = false;
  bool is_header_passed = false;
  std::string line;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (c == '"') in_quotes = !in_quotes;
    if ((c == '\n' || c == '\r') && !in_quotes) {
      if (has_content && is_header_passed) ++rows;
      const std::string lower = AsciiLower(line);
      if (lower.find("title") != std::string::npos || lower.find("\tti\t") != std::string::npos)
        is_header_passed = true;
      has_content = false;
      line.clear();
      continue;
    }
    if (line.size() < 4000) line += c;
    if (std::string_view(" ,;\t\"").find(c) == std::string_view::npos) has_content = true;
  }
  return rows;
}

std::size_t CountOf(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

std::size_t CountEntries(const std::string& text) {
  std::size_t count = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with('@') && line.find('{') != std::string::npos) ++count;
  return count;
}

double Share(const Imported& imported, bool (*has)(const Record&)) {
  const auto with = std::count_if(imported.records.begin(), imported.records.end(),
                                  [has](const ParsedRecord& p) { return has(p.record); });
  return static_cast<double>(with) / static_cast<double>(std::max<std::size_t>(imported.records.size(), 1));
}

void ExpectSound(const std::string& path, const Imported& imported, std::size_t expected) {
  SCOPED_TRACE(path);
  EXPECT_EQ(imported.records.size() + imported.errors.size(), expected);
  for (const Problem& error : imported.errors) ADD_FAILURE() << error.code << ": " << error.message;
  EXPECT_GE(Share(imported, [](const Record& r) { return !r.title.text.empty(); }), 0.99);
  EXPECT_GE(Share(imported, [](const Record& r) { return !r.authors.empty(); }), 0.4);
  EXPECT_GE(Share(imported,
                  [](const Record& r) {
                    const PartialDate* const date = r.PublicationDate();
                    return date != nullptr && date->Year().has_value();
                  }),
            0.8);
  // Records of trial registers have no journal.
  EXPECT_GE(Share(imported, [](const Record& r) { return !r.journal.title.empty() || r.book.has_value(); }), 0.6);
  for (const ParsedRecord& parsed : imported.records) {
    EXPECT_EQ(FindInvalidUtf8(parsed.record.title.text), std::string::npos);
    EXPECT_FALSE(parsed.record.source_id.empty());
  }
}

TEST(RealTables, ImportWithBalancedCounts) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  std::size_t files = 0;
  for (const char* const part : {"cochrane", "embase-csv", "pubmed-csv", "scopus-csv", "wos-tab"})
    for (const std::string& path : litmill::testing::FilesBelow(folder + "/" + part)) {
      if (path.ends_with("citation-export.txt")) continue;  // Tagged lines, no table.
      const std::string text = Contents(path);
      ExpectSound(path, Import(text), CountRows(text));
      ++files;
    }
  EXPECT_GT(files, 30U);
}

TEST(RealTables, ComeFromTheDatabaseThatTheySay) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  const std::map<std::string, std::string> sources = {{"cochrane", "cochrane"},
                                                      {"embase-csv", "embase"},
                                                      {"pubmed-csv", "pubmed"},
                                                      {"wos-tab", "wos"},
                                                      {"scopus-bib", "scopus"}};
  for (const auto& [part, source] : sources)
    for (const std::string& path : litmill::testing::FilesBelow(folder + "/" + part)) {
      if (path.ends_with("citation-export.txt")) continue;
      for (const ParsedRecord& parsed : Import(Contents(path)).records) ASSERT_EQ(parsed.record.source, source) << path;
    }
}

TEST(RealBibtex, ImportsWithBalancedCounts) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  for (const char* const part : {"scopus-bib", "wos-bib"})
    for (const std::string& path : litmill::testing::FilesBelow(folder + "/" + part)) {
      const std::string text = Contents(path);
      ExpectSound(path, Import(text), CountEntries(text));
    }
}

TEST(RealEndnoteXml, ImportsWithBalancedCounts) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  for (const std::string& path : litmill::testing::FilesBelow(folder + "/endnote-xml")) {
    const std::string text = Contents(path);
    ExpectSound(path, Import(text), CountOf(text, "<record>"));
  }
}

TEST(RealWorkbooks, Import) {
  const std::string folder = litmill::testing::RealDataFolder();
  LITMILL_NEEDS(folder);
  // Rows of the sheets, as a spreadsheet program shows them.
  const std::map<std::string, std::size_t> rows = {{"data_pubmed.xlsx", 299},
                                                   {"Datasets_XLSX__baseline_embase.xlsx", 10}};
  std::size_t known = 0;
  for (const std::string& path : litmill::testing::FilesBelow(folder + "/xlsx")) {
    const Imported imported = Import(Contents(path));
    const auto expected = rows.find(path.substr(path.rfind('/') + 1));
    ExpectSound(path, imported,
                expected == rows.end() ? imported.records.size() + imported.errors.size() : expected->second);
    known += expected == rows.end() ? 0U : 1U;
  }
  EXPECT_EQ(known, rows.size());
}

}  // namespace
}  // namespace litmill::parse
