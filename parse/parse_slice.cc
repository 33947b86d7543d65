// SPDX-License-Identifier: Apache-2.0
// One slice to its Items: repair the bytes, parse them in place, read them by kind, report what was odd.
#include <fmt/format.h>

#include <pugixml.hpp>

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "core/identifiers.h"
#include "parse/article.h"
#include "parse/book.h"
#include "parse/parse.h"
#include "parse/record_context.h"
#include "parse/slice_bytes.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// parse_embed_pcdata makes an element's text up to its first child the element's value: half the nodes.
// parse_ws_pcdata keeps the blank in "<i>in</i> <b>vivo</b>", which parse_default would drop. Elsewhere it would keep
// the indentation.
unsigned ParseFlags(const Slice& slice) {
  constexpr unsigned kFlags = pugi::parse_default | pugi::parse_embed_pcdata;
  return slice.has_inline_markup ? kFlags | pugi::parse_ws_pcdata : kFlags;
}

std::string NameOf(const std::string& pmid) {
  return pmid.empty() ? std::string("a record without a readable PMID") : "PMID " + pmid;
}

Problem MakeError(std::string code, const std::string& pmid, std::string message, const Position& position) {
  return {Severity::kError, std::move(code), pmid, std::move(message), position};
}

std::string Place(const Position& p) { return fmt::format("line {}, byte {}", p.line, p.offset_bytes); }

Problem NoPmid(const Position& position) {
  return MakeError(
      "no-pmid", {},
      fmt::format("the record at {} has no PMID (or one that is no number), so it cannot be stored", Place(position)),
      position);
}

Problem TooDeep(const std::string& pmid, const Limits& limits, const Position& position) {
  return MakeError("too-deep", pmid,
                   fmt::format("{}: elements are nested deeper than {}", NameOf(pmid), limits.max_depth), position);
}

Deletion ReadDeletion(RecordContext& context, pugi::xml_node element, const Position& position) {
  Deletion deletion;
  deletion.position = position;
  if (const auto pmid = ParsePmid(TextOf(context, element))) deletion.source_id = fmt::format_int(*pmid).str();
  const std::string_view version = AttributeOf(element, "Version");
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  if (number > 0) deletion.version = number;
  return deletion;
}

std::vector<Item> ReadDeletions(RecordContext& context, pugi::xml_node root, const Position& position) {
  std::vector<Item> items;
  ForEachElement(context, root, [&](pugi::xml_node child, Element name) {
    if (name != Element::kPMID) {  // MedlineID, of before 2004, names nothing that could be deleted here.
      items.emplace_back(MakeError(
          "bad-deletion", {}, fmt::format("DeleteCitation at {} holds <{}>, not a PMID", Place(position), child.name()),
          position));
      return;
    }
    Deletion deletion = ReadDeletion(context, child, position);
    if (deletion.source_id.empty())
      items.emplace_back(MakeError("bad-deletion", {},
                                   fmt::format("DeleteCitation at {} holds a PMID that is no number", Place(position)),
                                   position));
    else
      items.emplace_back(std::move(deletion));
  });
  return items;
}

// Fills `item`, a ParsedRecord, where it will stay: it is large.
void ReadRecord(RecordContext& context, pugi::xml_node root, const Slice& slice, const Limits& limits, Item& item) {
  auto& parsed = std::get<ParsedRecord>(item);
  parsed.position = slice.position;
  if (slice.kind == SliceKind::kBook)
    ReadBookRecord(context, root, parsed.record);
  else
    ReadArticleRecord(context, root, parsed.record);
  if (context.too_deep())
    item = TooDeep(parsed.record.source_id, limits, slice.position);
  else if (parsed.record.source_id.empty())
    item = NoPmid(slice.position);
  else
    parsed.warnings = context.TakeWarnings(parsed.record.source_id);
}

Problem Damaged(const Slice& slice) {
  const std::string pmid = GuessPmid(slice.bytes);
  return MakeError(slice.damage_code.empty() ? "cut-record" : slice.damage_code, pmid,
                   fmt::format("{} at {}: {}", NameOf(pmid), Place(slice.position), slice.damage), slice.position);
}

}  // namespace

std::vector<Item> ParseSlice(Slice&& slice, const Limits& limits) {
  std::vector<Item> items;
  if (!slice.damage.empty()) {
    items.emplace_back(Damaged(slice));
    return items;
  }
  RecordContext context(limits, slice.position);
  RepairBytes(context, slice.bytes);
  const std::string pmid = GuessPmid(std::string_view(slice.bytes).substr(0, 4096));  // Before the bytes are used up.
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer_inplace(slice.bytes.data(), slice.bytes.size(), ParseFlags(slice), pugi::encoding_utf8);
  if (!result) {
    items.emplace_back(MakeError("not-well-formed", pmid,
                                 fmt::format("{} at {} is not well-formed XML: {} ({} bytes into the record)",
                                             NameOf(pmid), Place(slice.position), result.description(), result.offset),
                                 slice.position));
    return items;
  }
  const pugi::xml_node root = document.document_element();
  if (slice.kind == SliceKind::kDeletions) {
    items = ReadDeletions(context, root, slice.position);
    if (context.too_deep()) items = {Item(TooDeep({}, limits, slice.position))};
  } else {
    ReadRecord(context, root, slice, limits, items.emplace_back(std::in_place_type<ParsedRecord>));
  }
  return items;
}

}  // namespace litmill::parse
