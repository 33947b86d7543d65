// SPDX-License-Identifier: Apache-2.0
#include "tests/tag/brat.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include "tests/support/real_data.h"

namespace litmill::tag::testing {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Byte offset of each character, and of the end.
std::vector<std::size_t> CharacterStarts(const std::string& text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) starts.push_back(i);
  starts.push_back(text.size());
  return starts;
}

/// "T3<tab>Outcome 12 20;25 30<tab>words": from the first part's start to the last part's end.
std::vector<BratSpan> ReadSpans(const std::string& path, const std::string& text) {
  const std::vector<std::size_t> starts = CharacterStarts(text);
  const auto byte_of = [&starts](unsigned long character) {
    return starts[std::min<std::size_t>(character, starts.size() - 1)];
  };
  std::vector<BratSpan> spans;
  std::istringstream file(ReadText(path));
  std::string line;
  while (std::getline(file, line)) {
    const std::size_t first_tab = line.find('\t');
    const std::size_t second_tab = line.find('\t', first_tab + 1);
    if (line.empty() || line[0] != 'T' || second_tab == std::string::npos) continue;
    const std::string place = line.substr(first_tab + 1, second_tab - first_tab - 1);
    const std::size_t space = place.find(' ');
    BratSpan span;
    span.kind = place.substr(0, space);
    span.start = byte_of(std::strtoul(place.c_str() + space, nullptr, 10));
    span.end = byte_of(std::strtoul(place.c_str() + place.rfind(' '), nullptr, 10));
    span.text = line.substr(second_tab + 1);
    spans.push_back(std::move(span));
  }
  return spans;
}

/// The length of "RESULTS : " at the start of the line; 0 when it has no label.
std::size_t LabelLength(const std::string& line) {
  const std::size_t colon = line.find(" : ");
  if (colon == std::string::npos || colon > 80) return 0;
  const bool has_lower = std::any_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                                     [](char c) { return c >= 'a' && c <= 'z'; });
  return has_lower ? 0 : colon + 3;
}

std::string CategoryOf(const std::string& label) {
  constexpr std::array<std::pair<const char*, const char*>, 8> kCategories = {{{"RESULT", "RESULTS"},
                                                                               {"FINDING", "RESULTS"},
                                                                               {"CONCLUSION", "CONCLUSIONS"},
                                                                               {"INTERPRETATION", "CONCLUSIONS"},
                                                                               {"DISCUSSION", "CONCLUSIONS"},
                                                                               {"METHOD", "METHODS"},
                                                                               {"OBJECTIVE", "OBJECTIVE"},
                                                                               {"BACKGROUND", "BACKGROUND"}}};
  for (const auto& [word, category] : kCategories)
    if (label.find(word) != std::string::npos) return category;
  return "UNASSIGNED";
}

void FillRecord(BratDocument& document) {
  std::size_t start = 0;
  while (start < document.text.size()) {
    const std::size_t end = std::min(document.text.find('\n', start), document.text.size());
    const std::string line = document.text.substr(start, end - start);
    auto& sections = document.record.abstract_sections;
    const std::size_t label = LabelLength(line);
    if (start == 0) {
      document.record.title.text = line;
    } else if (!line.empty() && (label != 0 || sections.empty())) {
      AbstractSection section;
      if (label != 0) {
        section.label = line.substr(0, label - 3);
        section.nlm_category = CategoryOf(section.label);
      }
      section.body.text = line.substr(label);
      sections.push_back(std::move(section));
      document.section_starts.push_back(start + label);
    } else if (!sections.empty()) {
      sections.back().body.text += "\n" + line;
    }
    start = end + 1;
  }
}

}  // namespace

std::size_t BratDocument::StartOf(const Mention& mention) const {
  if (mention.field != "abstract") return mention.start;
  return section_starts[static_cast<std::size_t>(mention.position)] + mention.start;
}

std::vector<BratDocument> ReadBratFolder(const std::string& folder) {
  std::vector<BratDocument> documents;
  for (const std::string& path : litmill::testing::FilesBelow(folder)) {
    if (path.size() < 4 || path.compare(path.size() - 4, 4, ".txt") != 0) continue;
    BratDocument document;
    document.name = path.substr(path.rfind('/') + 1);
    document.text = ReadText(path);
    document.spans = ReadSpans(path.substr(0, path.size() - 3) + "ann", document.text);
    FillRecord(document);
    documents.push_back(std::move(document));
  }
  return documents;
}

}  // namespace litmill::tag::testing
