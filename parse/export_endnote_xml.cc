// SPDX-License-Identifier: Apache-2.0
#include "parse/export_endnote_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <string>

#include "core/unicode.h"
#include "parse/endnote_record.h"
#include "parse/json_reader.h"

namespace litmill::parse {
namespace {

constexpr std::string_view kEnd = "</record>";

// The next "<record>" or "<record ...>", not "<records>"; npos when there is none.
std::size_t NextRecord(std::string_view text, std::size_t at) {
  constexpr std::string_view kStart = "<record";
  for (at = text.find(kStart, at); at != std::string_view::npos; at = text.find(kStart, at + 1)) {
    const std::string_view behind = text.substr(at + kStart.size(), 1);
    if (behind == ">" || behind == " " || behind == "\n" || behind == "\r" || behind == "\t") return at;
  }
  return at;
}

// Counts lines up to places that only grow.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::uint64_t At(std::size_t offset) {
    for (; at_ < offset; ++at_)
      if (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_ + 1, 1) != "\n")) ++line_;
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

// What stands between records besides the tags that hold them all.
std::string StrayText(std::string_view between) {
  std::string text;
  while (!between.empty()) {
    const std::size_t open = std::min(between.find('<'), between.size());
    text += between.substr(0, open);
    const std::size_t close = between.find('>', open);
    const std::string_view tag = between.substr(open, close == std::string_view::npos ? close : close - open + 1);
    constexpr std::string_view kHolders[] = {"<xml", "</xml", "<records", "</records", "<?", "<!"};
    const bool is_holder = std::any_of(std::begin(kHolders), std::end(kHolders),
                                       [tag](std::string_view holder) { return tag.starts_with(holder); });
    if (!is_holder) text += tag;
    between.remove_prefix(std::min(open + tag.size(), between.size()));
    if (close == std::string_view::npos) break;
  }
  return std::string(TrimAscii(text));
}

bool TakeRecord(std::string_view slice, bool has_end, const Position& position, ExportSink& sink) {
  const auto fail = [&](std::string_view code, std::string message) {
    return sink.Report(Severity::kError, code, std::move(message), position);
  };
  if (slice.size() > sink.limits().max_record_bytes)
    return fail("record-too-large", fmt::format("the record is larger than {} bytes", sink.limits().max_record_bytes));
  if (!has_end) return fail("bad-record", "the record has no end tag: it is cut off");
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      slice.data(), slice.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed) return fail("bad-record", fmt::format("the record is no sound XML ({})", parsed.description()));
  ExportRecord out(sink.limits(), position);
  ReadEndnoteRecord(document.document_element(), out);
  return sink.Take(std::move(out));
}

}  // namespace

bool RecognisesEndnoteXml(std::string_view head) {
  return head.find("<records>") != std::string_view::npos && NextRecord(head, 0) != std::string_view::npos &&
         (head.find("<ref-type") != std::string_view::npos || head.find("<source-app") != std::string_view::npos ||
          head.find("<contributors>") != std::string_view::npos || head.find("<titles>") != std::string_view::npos);
}

void ReadEndnoteXml(std::string_view text, ExportSink& sink) {
  LineCounter lines(text);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = std::min(NextRecord(text, at), text.size());
    if (const std::string stray = StrayText(text.substr(at, begin - at)); !stray.empty())
      if (!sink.Report(Severity::kError, "unexpected-content",
                       fmt::format("line {}: what stands between the records was not read: \"{}\"", lines.At(at),
                                   Excerpt(stray)),
                       {at, lines.At(at), 0}))
        return;
    if (begin == text.size()) return;
    const std::size_t next = std::min(NextRecord(text, begin + 1), text.size());
    const std::size_t close = text.substr(0, next).find(kEnd, begin);
    const bool has_end = close != std::string_view::npos;
    at = has_end ? close + kEnd.size() : next;
    if (!TakeRecord(text.substr(begin, at - begin), has_end, sink.At(lines.At(begin), begin), sink)) return;
  }
}

}  // namespace litmill::parse
