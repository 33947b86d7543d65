// SPDX-License-Identifier: Apache-2.0
// Tables, workbooks, BibTeX, EndNote XML and CSL-JSON from a hostile file: every record has its identity
// and sound text, every problem says something, and what was handed out is what was counted.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "core/unicode.h"
#include "parse/export_file.h"

namespace {

using litmill::parse::Item;
using litmill::parse::ParsedRecord;
using litmill::parse::Problem;

void CheckText(const std::string& text) {
  if (litmill::FindInvalidUtf8(text) != std::string::npos || text.find('\0') != std::string::npos) std::abort();
}

void Check(const ParsedRecord& parsed) {
  const litmill::Record& record = parsed.record;
  if (record.source.empty() || record.source_id.empty()) std::abort();
  for (const std::string* text : {&record.source, &record.source_id, &record.title.text, &record.title.markup,
                                  &record.journal.title, &record.pages, &record.copyright})
    CheckText(*text);
  for (const litmill::Author& author : record.authors) CheckText(author.last_name + author.fore_name + author.initials);
  for (const litmill::AbstractSection& section : record.abstract_sections) CheckText(section.label + section.body.text);
  for (const litmill::Keyword& keyword : record.keywords) CheckText(keyword.text.text);
  for (const litmill::OtherName& other : record.other_names) CheckText(other.source + other.value);
  for (const Problem& warning : parsed.warnings) CheckText(warning.message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(static_cast<const char*>(static_cast<const void*>(data)), size);
  std::uint64_t records = 0;
  const auto take = [&records](Item item) -> litmill::Result<void> {
    if (const auto* const problem = std::get_if<Problem>(&item)) {
      if (problem->code.empty() || problem->message.empty()) std::abort();
      CheckText(problem->message);
    } else {
      Check(std::get<ParsedRecord>(item));
      ++records;
    }
    return {};
  };
  const auto report = litmill::parse::ReadExport(bytes, {}, take);
  if (report && report->records != records) std::abort();
  return 0;
}
