// SPDX-License-Identifier: Apache-2.0
#include "parse/json_entries.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "parse/record_context.h"

namespace litmill::parse {

Item ReadEntry(const Json& entry, std::uint64_t ordinal, const EntryKind& kind, const EntryReader& reader) {
  const Limits limits;
  Position position;
  position.ordinal = ordinal;
  const auto problem = [&](std::string_view code, std::string message) {
    return Problem{Severity::kError, std::string(code), {}, std::move(message), position};
  };
  if (!entry.is_object())
    return problem("bad-record", fmt::format("{} {} of the answer is no object", kind.noun, ordinal));
  RecordContext context(limits, position);
  JsonRecord json(context);
  Record record;
  if (!reader(entry, json, record))
    return problem(kind.missing_code,
                   fmt::format("{} {} of the answer {}, so it cannot be stored", kind.noun, ordinal, kind.missing));
  if (context.too_deep())
    return problem("too-deep",
                   fmt::format("{}: its markup is nested deeper than {}", record.source_id, limits.max_depth));
  return json.Finish(std::move(record), position);
}

std::vector<Item> ReadEntries(const Json& list, const EntryKind& kind, const EntryReader& reader) {
  std::vector<Item> items;
  if (!list.is_array()) {
    items.push_back(ReadEntry(list, 1, kind, reader));
    return items;
  }
  items.reserve(list.size());
  std::uint64_t ordinal = 0;
  for (const Json& entry : list) items.push_back(ReadEntry(entry, ++ordinal, kind, reader));
  return items;
}

}  // namespace litmill::parse
