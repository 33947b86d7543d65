// SPDX-License-Identifier: Apache-2.0
// Exports of tagged lines from a hostile hand: whatever the bytes are, each reader ends, its counts are those of the
// items it gave, and every record has its identity and sound text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "core/unicode.h"
#include "parse/export_cochrane_text.h"
#include "parse/export_file.h"
#include "parse/export_medline.h"
#include "parse/export_ovid_tagged.h"
#include "parse/export_refer.h"
#include "parse/export_ris.h"
#include "parse/export_wos_text.h"

namespace {

using namespace litmill::parse;

void CheckText(const std::string& text) {
  if (litmill::FindInvalidUtf8(text) != std::string::npos) std::abort();
}

struct Counter {
  std::uint64_t records = 0, errors = 0;

  litmill::Result<void> operator()(const Item& item) {
    if (const auto* problem = std::get_if<Problem>(&item)) {
      if (problem->code.empty() || problem->message.empty()) std::abort();
      errors += problem->severity == Severity::kError;
      return {};
    }
    const auto& parsed = std::get<ParsedRecord>(item);
    ++records;
    if (parsed.record.source.empty() || parsed.record.source_id.empty()) std::abort();
    CheckText(parsed.record.source_id);
    CheckText(parsed.record.title.text);
    for (const litmill::Author& author : parsed.record.authors) CheckText(author.last_name);
    for (const litmill::AbstractSection& section : parsed.record.abstract_sections) CheckText(section.body.text);
    return {};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(static_cast<const char*>(static_cast<const void*>(data)), size);
  ExportOptions options;
  options.limits.max_record_bytes = 1U << 16U;
  // By its own format, if it shows one.
  Counter counter;
  const ItemSink sink = [&counter](const Item& item) { return counter(item); };
  const auto report = ReadExport(bytes, options, sink);
  if (report && (report->records != counter.records || report->errors != counter.errors)) std::abort();
  // And by every reader, as if it had been mistaken for another. They are given UTF-8.
  const std::string text = litmill::ReplaceInvalidUtf8(bytes);
  for (const auto read : {ReadMedline, ReadRis, ReadWosText, ReadOvidTagged, ReadCochraneText, ReadRefer}) {
    Counter count;
    const ItemSink to_count = [&count](const Item& item) { return count(item); };
    ExportSink export_sink("fuzz", options, to_count);
    read(text, export_sink);
    const auto sum = export_sink.Finish();
    if (!sum || sum->records != count.records || sum->errors != count.errors) std::abort();
  }
  return 0;
}
