// SPDX-License-Identifier: Apache-2.0
// ParseSlice on any bytes: exactly one item, all text valid UTF-8 without NUL, white space folded, the same answer
// twice.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/unicode.h"
#include "parse/parse.h"

namespace {

using namespace litmill;         // NOLINT(google-build-using-namespace): a program of one file.
using namespace litmill::parse;  // NOLINT(google-build-using-namespace)

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireText(std::string_view text) {
  Require(FindInvalidUtf8(text) == std::string_view::npos);
  Require(text.find('\0') == std::string_view::npos);
}

void RequireFolded(std::string_view text) {
  RequireText(text);
  Require(text.find_first_of("\t\r\n") == std::string_view::npos);
  Require(text.find("  ") == std::string_view::npos);
  Require(text.empty() || (text.front() != ' ' && text.back() != ' '));
}

void RequireFolded(const MarkedText& text) {
  RequireFolded(text.text);
  RequireText(text.markup);
}

void CheckRecord(const ParsedRecord& parsed) {
  const Record& r = parsed.record;
  Require(!r.source_id.empty());
  Require(r.version >= 1);
  RequireFolded(r.title);
  RequireFolded(r.vernacular_title);
  for (const AbstractSection& s : r.abstract_sections) {
    RequireFolded(s.label);
    RequireFolded(s.body);
  }
  for (const OtherAbstract& other : r.other_abstracts)
    for (const AbstractSection& s : other.sections) RequireFolded(s.body);
  for (const Author& a : r.authors) {
    RequireFolded(a.last_name);
    RequireFolded(a.fore_name);
    RequireFolded(a.collective_name);
    for (const Affiliation& f : a.affiliations) RequireFolded(f.text);
  }
  for (const Identifier& id : r.identifiers) {
    RequireFolded(id.value);
    Require(!id.valid || !id.value.empty());
  }
  for (const Reference& reference : r.references) RequireFolded(reference.citation);
  for (const Keyword& k : r.keywords) RequireFolded(k.text);
  for (const RecordDate& d : r.dates) RequireText(d.date.raw);
  for (const OtherName& n : r.other_names) RequireText(n.value);
  for (const Problem& w : parsed.warnings) {
    Require(w.severity == Severity::kWarning);
    RequireText(w.message);
  }
}

std::vector<Item> Parse(std::string_view bytes, SliceKind kind) {
  Slice slice;
  slice.kind = kind;
  slice.bytes = std::string(bytes);
  Limits limits;
  limits.max_depth = 32;
  return ParseSlice(std::move(slice), limits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const SliceKind kind : {SliceKind::kArticle, SliceKind::kBook, SliceKind::kDeletions}) {
    const std::vector<Item> items = Parse(bytes, kind);
    const std::vector<Item> again = Parse(bytes, kind);
    Require(items.size() == again.size());
    Require(kind == SliceKind::kDeletions || items.size() == 1);
    for (std::size_t i = 0; i < items.size(); ++i) {
      Require(items[i].index() == again[i].index());
      if (const auto* record = std::get_if<ParsedRecord>(&items[i])) {
        CheckRecord(*record);
        Require(record->record.title == std::get<ParsedRecord>(again[i]).record.title);
      } else if (const auto* problem = std::get_if<Problem>(&items[i])) {
        Require(problem->severity == Severity::kError);
        RequireText(problem->message);
      }
    }
  }
  return 0;
}
