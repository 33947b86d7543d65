// SPDX-License-Identifier: Apache-2.0
#include "parse/looks_like.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/unicode.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kQuotedBytes = 60;

// The first `size` bytes of `text` on one line, printable, and never half a character.
std::string Quote(std::string_view text, std::size_t size) {
  std::string out = ReplaceInvalidUtf8(text.substr(0, size));
  while (!out.empty() && out.ends_with("\xEF\xBF\xBD")) out.resize(out.size() - 3);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return std::string(TrimAscii(out));
}

}  // namespace

std::string LooksLike(std::string_view head) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kStarts = {{
      {"{", "JSON"},
      {"[", "JSON"},
      {"<!doctype html", "an HTML page"},
      {"<html", "an HTML page"},
      {"%pdf", "a PDF file"},
      {"pk\x03\x04", "a ZIP or spreadsheet file"},
      {"sqlite format 3", "an SQLite database"},
      {"pmid-", "MEDLINE/nbib text"},
      {"ty  -", "RIS"},
      {"fn ", "a Web of Science export"},
      {"@article", "BibTeX"},
      {"rdx", "an R data file"},
      {"x\n", "an R data file"},
      {"a\n", "an R data file"},
      {"bzh", "a bzip2 file"},
      {"\x28\xb5\x2f\xfd", "a Zstandard file"},
  }};
  const std::string_view text = TrimAscii(head);
  if (text.empty()) return "an empty file";
  const std::string lower = AsciiLower(text.substr(0, 256));
  for (const auto& [start, name] : kStarts)
    if (lower.starts_with(start)) return std::string(name);
  if (lower.find("<html") != std::string::npos) return "an HTML page";
  if (lower.find('\0') != std::string::npos) return "a binary file";
  return fmt::format("text that starts with \"{}\"", Quote(text, kQuotedBytes));
}

std::string ServiceError(std::string_view head) {
  for (const std::string_view tag : {"<ERROR>", "<error>"}) {
    const std::size_t at = head.find(tag);
    if (at == std::string_view::npos) continue;
    const std::string_view text = head.substr(at + tag.size());
    return Quote(text.substr(0, text.find('<')), 300);
  }
  return {};
}

}  // namespace litmill::parse
