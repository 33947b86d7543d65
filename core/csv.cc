// SPDX-License-Identifier: Apache-2.0
#include "core/csv.h"

#include <algorithm>
#include <array>

namespace litmill {
namespace {

/// Each costs a look at the rest of the text.
constexpr std::size_t kMostOpenQuotes = 100;

}  // namespace

void CsvReader::PassLineEnd() {
  if (at_ >= text_.size()) return;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

bool CsvReader::Next(CsvRow& row) {
  while (at_ < text_.size() && AtLineEnd()) PassLineEnd();
  if (at_ >= text_.size()) return false;
  row.line = line_;
  row.offset_bytes = at_;
  row.has_open_quote = false;
  if (ReadRow(row, has_quotes_)) return true;
  at_ = row.offset_bytes;
  line_ = row.line;
  row.has_open_quote = true;
  if (++open_quotes_ == kMostOpenQuotes) has_quotes_ = false;
  (void)ReadRow(row, false);
  return true;
}

/// False when a quoted cell has no end.
bool CsvReader::ReadRow(CsvRow& row, bool has_quotes) {
  row.cells.clear();
  for (;;) {
    std::string& cell = row.cells.emplace_back();
    if (has_quotes && at_ < text_.size() && text_[at_] == '"') {
      if (!ReadQuotedCell(cell)) return false;
    } else {
      ReadBareCell(cell);
    }
    if (AtLineEnd()) break;
    ++at_;  // the separator
  }
  PassLineEnd();
  return true;
}

void CsvReader::ReadBareCell(std::string& cell) {
  const std::size_t begin = at_;
  while (!AtLineEnd() && text_[at_] != separator_) ++at_;
  cell.append(text_.substr(begin, at_ - begin));
}

bool CsvReader::ReadQuotedCell(std::string& cell) {
  ++at_;
  for (;;) {
    const std::size_t quote = std::min(text_.find('"', at_), text_.size());
    const std::string_view part = text_.substr(at_, quote - at_);
    for (std::size_t i = 0; i < part.size(); ++i)
      if (part[i] == '\n' || (part[i] == '\r' && !(i + 1 < part.size() && part[i + 1] == '\n'))) ++line_;
    cell.append(part);
    if (quote == text_.size()) return false;
    at_ = quote + 1;
    if (AtLineEnd() || text_[at_] == separator_) return true;
    cell += '"';
    if (text_[at_] == '"') ++at_;  // doubled
  }
}

char SniffSeparator(std::string_view head) {
  constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool in_quotes = false;
  for (const char c : head.substr(0, head.find_first_of("\r\n"))) {
    if (c == '"') in_quotes = !in_quotes;
    for (std::size_t s = 0; s < kSeparators.size(); ++s) counts[s] += !in_quotes && c == kSeparators[s] ? 1U : 0U;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace litmill
