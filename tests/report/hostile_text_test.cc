// SPDX-License-Identifier: Apache-2.0
// Text from outside cannot break a format. Each file is read by a checker that knows the strict grammar of its format
// and nothing of litmill: it must find as many records as works were written, and in each only tags that may be there.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

#include "core/unicode.h"
#include "tests/report/works.h"

namespace litmill::testing {
namespace {

using report::ExportFormat;

constexpr std::size_t kFiles = 40;
constexpr std::size_t kWorks = 25;

/// No control characters but the line ends of the format, and well-formed UTF-8.
bool IsClean(const std::string& text) {
  if (FindInvalidUtf8(text) != std::string::npos) return false;
  for (const char line_separator : {'\xA8', '\xA9'})
    if (text.find(std::string("\xE2\x80") + line_separator) != std::string::npos) return false;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r') || c == 0x7F) return false;
  return true;
}

std::vector<std::string> Lines(const std::string& text, const std::string& line_end) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  for (std::size_t end = 0; (end = text.find(line_end, at)) != std::string::npos; at = end + line_end.size())
    lines.push_back(text.substr(at, end - at));
  if (at < text.size()) lines.push_back(text.substr(at) + "\r\x01");  // No line of any format.
  return lines;
}

/// Records of a RIS file, or -1 with what is wrong.
int CountRis(const std::string& text, std::string& why) {
  const std::set<std::string> kTags = {"AU", "A2", "A4", "TI", "PY", "DA", "T2", "J2", "VL", "IS",
                                       "SP", "EP", "SN", "AB", "KW", "LA", "M3", "AD", "DO", "UR",
                                       "C1", "C2", "DB", "AN", "N1", "C8", "PB", "CY", "ET"};
  enum class Place { kBefore, kInside, kAfter } place = Place::kBefore;
  int records = 0;
  for (const std::string& line : Lines(text, "\r\n")) {
    why = line;
    if (line.find_first_of("\r\n") != std::string::npos) return -1;
    if (place == Place::kBefore) {
      if (line != "TY  - JOUR" && line != "TY  - CHAP" && line != "TY  - BOOK") return -1;
      place = Place::kInside;
    } else if (place == Place::kAfter) {
      if (!line.empty()) return -1;
      place = Place::kBefore;
    } else if (line == "ER  - ") {
      place = Place::kAfter;
      ++records;
    } else if (line.size() < 7 || line.compare(2, 4, "  - ") != 0 || kTags.count(line.substr(0, 2)) == 0) {
      return -1;
    }
  }
  return place == Place::kBefore ? records : -1;
}

int CountNbib(const std::string& text, std::string& why) {
  int records = 0;
  bool inside = false;
  bool can_continue = false;
  for (const std::string& line : Lines(text, "\n")) {
    why = line;
    if (line.find('\r') != std::string::npos || (line.ends_with(' ') && line != "PMID- ")) return -1;
    if (line.empty()) {
      if (!inside) return -1;
      inside = false;
    } else if (line.starts_with("      ")) {
      if (!inside || !can_continue || line.size() < 7 || line[6] == ' ') return -1;
    } else {
      const std::size_t letters = line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      if (letters < 2 || letters > 4 || line.size() < 6 || line[4] != '-' || line[5] != ' ') return -1;
      if (line.substr(letters, 4 - letters).find_first_not_of(' ') != std::string::npos) return -1;
      if (line.starts_with("PMID- ") == inside) return -1;  // First, and nowhere else.
      if (!inside) ++records;
      inside = true;
      can_continue = !line.starts_with("PMID");
    }
  }
  return inside ? -1 : records;
}

/// BibTeX by its own rules: a value ends where its braces are balanced, whatever stands before a brace.
int CountBibtex(const std::string& text, std::string& why) {
  int records = 0;
  std::set<std::string> keys;
  std::size_t at = 0;
  const auto expect = [&](const std::string& literal) {
    if (text.compare(at, literal.size(), literal) != 0) return false;
    at += literal.size();
    return true;
  };
  while (at < text.size()) {
    why = text.substr(at, 300);
    if (!expect("@article{") && !expect("@book{") && !expect("@incollection{")) return -1;
    const std::size_t comma = text.find(",\n", at);
    const std::string key = text.substr(at, comma - at);
    if (key.empty() || key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) return -1;
    if (!keys.insert(key).second) return -1;
    at = comma + 2;
    while (!expect("}\n\n")) {
      why = text.substr(at, 300);
      if (!expect("  ")) return -1;
      const std::size_t name_end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at);
      if (name_end == at) return -1;
      const bool month = text.compare(at, 5, "month") == 0;
      at = name_end;
      if (!expect(" = ")) return -1;
      if (month) {
        at += 3;
      } else {
        int depth = 0;
        do {
          if (at >= text.size() || text[at] == '\n') return -1;
          if (text[at] == '{') ++depth;
          if (text[at] == '}') --depth;
          ++at;
        } while (depth > 0);
      }
      if (!expect(",\n")) return -1;
    }
    ++records;
  }
  return records;
}

/// Rows of an RFC 4180 table behind its head, each with as many cells as that, one line each, none a formula.
int CountTable(const std::string& text, std::string& why) {
  std::size_t columns = 0;
  int rows = -1;
  for (const std::string& line : Lines(text, "\r\n")) {
    why = line;
    std::vector<std::string> cells(1);
    for (std::size_t i = 0; i < line.size();) {
      if (line[i] == '"') {
        if (!cells.back().empty()) return -1;
        for (++i; i < line.size() && (line[i] != '"' || (i + 1 < line.size() && line[i + 1] == '"')); ++i) {
          if (line[i] == '"') ++i;
          cells.back() += line[i];
        }
        if (i >= line.size()) return -1;
        ++i;
        if (i < line.size() && line[i] != ',') return -1;
      } else if (line[i] == ',') {
        cells.emplace_back();
        ++i;
      } else {
        if (line[i] == '\r' || line[i] == '\n' || line[i] == ';') return -1;
        cells.back() += line[i++];
      }
    }
    if (rows == -1) columns = cells.size();
    if (cells.size() != columns) return -1;
    for (const std::string& cell : cells)
      if (!cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos) return -1;
    ++rows;
  }
  return rows;
}

int CountCslJson(const std::string& text, std::string& why) {
  const auto items = nlohmann::json::parse(text, nullptr, false);
  if (!items.is_array()) return -1;
  std::set<std::string> ids;
  for (const auto& item : items) {
    why = item.dump();
    if (!ids.insert(item.at("id").get<std::string>()).second) return -1;
    if (!item.at("custom").at("litmill").get<std::string>().starts_with("litmill:1&source=")) return -1;
  }
  return static_cast<int>(items.size());
}

int CountJsonLines(const std::string& text, std::string& why) {
  int records = 0;
  for (const std::string& line : Lines(text, "\n")) {
    why = line;
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object() || !object.contains("source_id")) return -1;
    ++records;
  }
  return records;
}

struct Case {
  const char* name;
  ExportFormat format;
  int (*count)(const std::string& text, std::string& why);
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class HostileText : public ::testing::TestWithParam<Case> {};

TEST_P(HostileText, BreaksNoRecord) {
  std::mt19937_64 random(4711);
  for (std::size_t file = 0; file < kFiles; ++file) {
    std::vector<store::WorkRecord> works;
    for (std::size_t i = 0; i < kWorks; ++i)
      works.push_back(ArbitraryWork(random, std::to_string(file * kWorks + i + 1), Texts::kHostile));
    const std::string text = Written(GetParam().format, works);
    std::string why;
    ASSERT_EQ(GetParam().count(text, why), static_cast<int>(kWorks)) << "file " << file << ": " << why;
    ASSERT_TRUE(IsClean(text)) << "file " << file;
  }
}

TEST_P(HostileText, CheckerNoticesAnInjectedRecord) {
  std::mt19937_64 random(1);
  const std::vector<store::WorkRecord> works = {ArbitraryWork(random, "1", Texts::kSound)};
  const std::string text = Written(GetParam().format, works);
  std::string why;
  ASSERT_EQ(GetParam().count(text, why), 1) << why;
  for (const char* const injected : {"\r\nER  - \r\n\r\nTY  - JOUR\r\n", "\n\nPMID- 1\n", "},\n}\n\n@article{x,\n",
                                     "\r\n=1,\"", "\"}\n{\"source_id\": \"", "}"}) {
    int noticed = 0;
    for (std::size_t at = 1; at < text.size(); at += 7) {
      std::string broken = text;
      broken.insert(at, injected);
      if (GetParam().count(broken, why) != 1) ++noticed;
    }
    if (noticed > 0) return;
  }
  FAIL() << "nothing is noticed: the checker is no checker";
}

INSTANTIATE_TEST_SUITE_P(All, HostileText,
                         ::testing::Values(Case{"Ris", ExportFormat::kRis, CountRis},
                                           Case{"Nbib", ExportFormat::kNbib, CountNbib},
                                           Case{"Bibtex", ExportFormat::kBibtex, CountBibtex},
                                           Case{"CslJson", ExportFormat::kCslJson, CountCslJson},
                                           Case{"Csv", ExportFormat::kCsv, CountTable},
                                           Case{"Asreview", ExportFormat::kAsreview, CountTable},
                                           Case{"Jsonl", ExportFormat::kJsonl, CountJsonLines}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace litmill::testing
