// SPDX-License-Identifier: Apache-2.0
// The grammar of BibTeX: entries with their fields, values still in TeX. Debian's one C library for it (btparse) keeps
// global state, prints to stderr and gives a damaged entry's successors up, so the grammar is read here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace litmill::parse {

struct BibEntry {
  std::string type;  ///< In lower case: "article"; empty = text outside of entries, in `text`.
  std::string key;
  std::vector<std::pair<std::string, std::string>> fields;  ///< Name in lower case; value without its delimiters.
  std::string text;
  std::uint64_t line = 1;
  std::uint64_t offset_bytes = 0;
  std::size_t size_bytes = 0;
  bool has_no_end = false;   ///< Its closing brace is missing.
  bool is_repaired = false;  ///< Its braces do not balance: the fields were told apart by their lines.

  /// The first field of `name`, or empty.
  [[nodiscard]] std::string_view Field(std::string_view name) const;
};

/// Reads entry after entry. @string macros are replaced, @comment and @preamble passed over. An entry whose braces do
/// not balance ends where a line begins the next one.
class BibtexReader {
 public:
  explicit BibtexReader(std::string_view text) : text_(text) {}

  /// False at the end. Text outside of entries comes as an entry without a type, but not lines that begin with '%'.
  [[nodiscard]] bool Next(BibEntry& entry);

 private:
  [[nodiscard]] bool AtEntry(std::size_t at) const;
  void PassSpace();
  void MoveTo(std::size_t at);
  [[nodiscard]] std::string_view Word();
  void ReadEntry(BibEntry& entry, char close);
  [[nodiscard]] bool ReadField(BibEntry& entry, char close);
  [[nodiscard]] bool ReadValue(std::string& value);
  [[nodiscard]] bool ReadDelimited(char open, std::string& value);
  void RepairByLines(BibEntry& entry, std::size_t begin);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::unordered_map<std::string, std::string> macros_;
};

}  // namespace litmill::parse
