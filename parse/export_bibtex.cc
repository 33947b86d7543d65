// SPDX-License-Identifier: Apache-2.0
#include "parse/export_bibtex.h"

#include <fmt/format.h>

#include <string>
#include <unordered_map>
#include <utility>

#include "core/unicode.h"
#include "parse/bibtex_reader.h"
#include "parse/bibtex_record.h"
#include "parse/json_reader.h"

namespace litmill::parse {
namespace {

// Entries that others may be parts of, by their keys; empty where no entry names another.
std::unordered_map<std::string, BibEntry> Parents(std::string_view text) {
  std::unordered_map<std::string, BibEntry> parents;
  if (text.find("crossref") == std::string_view::npos && text.find("Crossref") == std::string_view::npos)
    return parents;
  BibtexReader reader(text);
  for (BibEntry entry; reader.Next(entry);)
    if (entry.type == "proceedings" || entry.type == "book" || entry.type == "collection" || entry.type == "mvbook")
      parents.emplace(AsciiLower(entry.key), std::move(entry));
  return parents;
}

bool TakeText(const BibEntry& outside, bool is_first, ExportSink& sink) {
  // Scopus writes its name and the date above the entries.
  return sink.Report(Severity::kWarning, is_first ? "preamble" : "unexpected-content",
                     fmt::format("line {}: text outside of entries, which BibTeX takes for a comment: \"{}\"",
                                 outside.line, Excerpt(outside.text)),
                     {outside.offset_bytes, outside.line, 0});
}

bool TakeEntry(const BibEntry& entry, const BibEntry* parent, ExportSink& sink) {
  const Position position = sink.At(entry.line, entry.offset_bytes);
  if (entry.size_bytes > sink.limits().max_record_bytes)
    return sink.Report(
        Severity::kError, "record-too-large",
        fmt::format("entry \"{}\" is larger than {} bytes", Excerpt(entry.key), sink.limits().max_record_bytes),
        position);
  if (entry.is_repaired && entry.Field("title").empty())
    return sink.Report(
        Severity::kError, "bad-record",
        fmt::format("the braces or quotation marks of entry \"{}\" do not balance, and its fields cannot "
                    "be told apart",
                    Excerpt(entry.key)),
        position);
  ExportRecord out(sink.limits(), position);
  if (entry.has_no_end || entry.is_repaired)
    out.context.Warn("no-end", entry.is_repaired
                                   ? "the braces of the entry do not balance: its fields were told apart by their lines"
                                   : "the entry's closing brace is missing");
  ReadBibEntry(entry, parent, out);
  return sink.Take(std::move(out));
}

}  // namespace

bool RecognisesBibtex(std::string_view head) {
  BibtexReader reader(head);
  for (BibEntry entry; reader.Next(entry);) {
    if (entry.type.empty()) {
      // Little stands above the first entry.
      if (entry.size_bytes > 0 || entry.text.size() > 4096) return false;
      continue;
    }
    return !entry.fields.empty() || entry.has_no_end || entry.is_repaired;
  }
  return false;
}

void ReadBibtex(std::string_view text, ExportSink& sink) {
  const std::unordered_map<std::string, BibEntry> parents = Parents(text);
  BibtexReader reader(text);
  bool is_first = true;
  for (BibEntry entry; reader.Next(entry);) {
    if (entry.type.empty()) {
      if (!TakeText(entry, is_first, sink)) return;
      continue;
    }
    is_first = false;
    const auto parent = parents.find(AsciiLower(TrimAscii(entry.Field("crossref"))));
    if (!TakeEntry(entry, parent == parents.end() ? nullptr : &parent->second, sink)) return;
  }
}

}  // namespace litmill::parse
