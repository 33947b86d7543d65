// SPDX-License-Identifier: Apache-2.0
// Comma-separated values as exports of databases have them: RFC 4180, and what people's programs make of it.
// (core/delimited.h is for the small tables that people write by hand.)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace litmill {

struct CsvRow {
  std::size_t line = 0;          ///< Where the row begins, from 1.
  std::size_t offset_bytes = 0;  ///< Where the row begins.
  std::vector<std::string> cells;
  bool has_open_quote = false;  ///< Its last quotation mark was never closed: the row was read to the end of its line.
};

/// Reads row after row. Rows end at LF, CR LF or CR; blank lines are passed over. A cell in double quotes may hold
/// separators and line ends, and "" is one quotation mark; a quotation mark inside a quoted cell that neither ends it
/// nor is doubled is kept as a letter. A quoted cell that never ends costs its own line, not the rest of the file;
/// after a hundred of these, quotation marks are letters.
class CsvReader {
 public:
  /// `text` is UTF-8 without a byte order mark, and must outlive the reader. Without `has_quotes` a quotation mark is a
  /// letter like any other (tab-delimited exports).
  CsvReader(std::string_view text, char separator, bool has_quotes = true)
      : text_(text), separator_(separator), has_quotes_(has_quotes) {}

  /// False at the end of the text.
  [[nodiscard]] bool Next(CsvRow& row);

 private:
  bool ReadRow(CsvRow& row, bool has_quotes);
  bool ReadQuotedCell(std::string& cell);
  void ReadBareCell(std::string& cell);
  [[nodiscard]] bool AtLineEnd() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void PassLineEnd();

  std::string_view text_;
  char separator_;
  bool has_quotes_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t open_quotes_ = 0;
};

/// The separator that `head` (some first lines) uses: the one of comma, semicolon and tab that stands most often
/// outside quotes in its first line.
[[nodiscard]] char SniffSeparator(std::string_view head);

}  // namespace litmill
