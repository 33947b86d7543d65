// SPDX-License-Identifier: Apache-2.0
#include "app/gold_documents.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/gold_text.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

/// A text whose annotators counted code points, where we count bytes.
class CountedText {
 public:
  CountedText() = default;
  explicit CountedText(std::string text) : text_(std::move(text)) {
    for (std::size_t at = 0; at < text_.size(); at += DecodeUtf8(text_, at).size) bytes_.push_back(at);
    bytes_.push_back(text_.size());
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::optional<std::size_t> ByteAt(std::size_t code_points) const {
    if (code_points >= bytes_.size()) return std::nullopt;
    return bytes_[code_points];
  }

 private:
  std::string text_;
  std::vector<std::size_t> bytes_;  ///< By code point where it starts, and the end.
};

std::optional<std::size_t> Number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Sets start, end and text; false when the offsets are none, or not in the text.
bool Place(const CountedText& text, std::string_view start, std::string_view end, GoldSpan& span) {
  const auto from = Number(start);
  const auto to = Number(end);
  if (!from || !to || *from > *to) return false;
  const auto first = text.ByteAt(*from);
  const auto last = text.ByteAt(*to);
  if (!first || !last) return false;
  span.start = *first;
  span.end = *last;
  span.text = text.text().substr(*first, *last - *first);
  return true;
}

/// Blanks at the end of a title are counted by its annotators, the return of a line end is not.
std::string_view WithoutReturn(std::string_view line) {
  return !line.empty() && line.back() == '\r' ? line.substr(0, line.size() - 1) : line;
}

/// "12345|t|..." -> "12345" and 't'.
std::optional<std::pair<std::string, char>> PubTatorHead(std::string_view line) {
  const std::size_t bar = line.find('|');
  if (bar == std::string_view::npos || bar == 0 || bar > 24 || bar + 2 >= line.size() || line[bar + 2] != '|')
    return std::nullopt;
  const char kind = line[bar + 1];
  if ((kind != 't' && kind != 'a') || line.substr(0, bar).find_first_of(" \t") != std::string_view::npos)
    return std::nullopt;
  return std::make_pair(std::string(line.substr(0, bar)), kind);
}

/// "MESH:D003866|D000275+C535" -> the UIs.
std::vector<std::string> Identifiers(std::string_view column) {
  std::vector<std::string> ids;
  std::string id;
  const auto add = [&] {
    std::string ui(TrimAscii(id));
    if (ui.rfind("MESH:", 0) == 0) ui.erase(0, 5);
    if (!ui.empty() && ui != "-1" && ui != "-") ids.push_back(std::move(ui));
    id.clear();
  };
  for (const char c : column) {
    if (c == '|' || c == '+' || c == ',' || c == ';')
      add();
    else
      id += c;
  }
  add();
  return ids;
}

/// The document's text as its annotators counted it.
std::string TextOf(const Record& record) {
  return record.title.text + " " +
         (record.abstract_sections.empty() ? std::string() : record.abstract_sections[0].body.text);
}

/// A heading in capitals at the start of a paragraph ("METHODS AND RESULTS : "): its length with the colon and what
/// blank follows, and the heading itself.
std::pair<std::size_t, std::string> Heading(std::string_view paragraph) {
  constexpr std::size_t kLongest = 60;
  const std::size_t colon = paragraph.substr(0, kLongest).find(':');
  if (colon == std::string_view::npos) return {0, ""};
  const std::string_view heading = TrimAscii(paragraph.substr(0, colon));
  bool has_letter = false;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z')
      has_letter = true;
    else if (c != ' ' && c != '/' && c != '&' && c != ',' && c != '-')
      return {0, ""};
  }
  if (!has_letter) return {0, ""};
  std::size_t after = colon + 1;
  while (after < paragraph.size() && paragraph[after] == ' ') ++after;
  return {after, std::string(heading)};
}

void AddParagraph(std::string_view text, std::size_t start, std::size_t end, GoldDocument& document) {
  while (end > start && (text[end - 1] == '\n' || text[end - 1] == ' ' || text[end - 1] == '\r')) --end;
  if (end == start) return;
  Record& record = document.record;
  const bool is_title =
      start == 0 && end < text.size() && text.substr(start, end - start).find('\n') == std::string::npos;
  const auto [after, label] =
      is_title ? std::make_pair(std::size_t{0}, std::string()) : Heading(text.substr(start, end - start));
  std::string body(text.substr(start + after, end - start - after));
  // A line end is a space in a record, of the same length.
  for (char& c : body)
    if (c == '\n' || c == '\r') c = ' ';
  if (is_title) {
    document.pieces.push_back({"title", 0, start});
    record.title.text = std::move(body);
    return;
  }
  document.pieces.push_back({"abstract", static_cast<std::int32_t>(record.abstract_sections.size()), start + after});
  record.abstract_sections.push_back({label, "", {std::move(body), ""}});
}

void ReadBratLine(std::string_view line, const CountedText& text, const std::string& where, GoldDocument& document,
                  std::vector<std::string>& problems) {
  if (line[0] != 'T') return;  // Relations, events, attributes, notes.
  const std::vector<std::string_view> columns = SplitText(line, '\t');
  const std::vector<std::string_view> place = columns.size() < 2 ? columns : SplitText(columns[1], ' ');
  GoldSpan span;
  // A span in several parts ("Outcome 3 9;14 20") reaches from its first part to its last.
  if (columns.size() < 2 || place.size() < 3 || !Place(text, place[1], place.back(), span)) {
    problems.push_back(fmt::format("{}: no annotation of this text", where));
    return;
  }
  span.type = place[0];
  document.spans.push_back(std::move(span));
}

}  // namespace

std::size_t GoldDocument::PlaceOf(std::string_view field, std::int32_t position, std::size_t at) const {
  for (const GoldPiece& piece : pieces)
    if (piece.field == field && piece.position == position) return piece.start + at;
  return std::string::npos;
}

bool LooksLikePubTator(std::string_view text) {
  text = TrimAscii(text.substr(0, 4096));
  const auto head = PubTatorHead(text.substr(0, text.find('\n')));
  return head && head->second == 't';
}

void ReadPubTator(std::string_view text, const std::string& file, GoldDocuments& out) {
  GoldDocument* document = nullptr;
  CountedText whole;
  std::size_t number = 0;
  for (const std::string_view raw : SplitText(text, '\n')) {
    ++number;
    const std::string_view line = WithoutReturn(raw);
    if (TrimAscii(line).empty()) continue;
    const auto complain = [&](std::string_view what) {
      out.problems.push_back(fmt::format("{}:{}: {}", file, number, what));
    };
    if (const auto head = PubTatorHead(line)) {
      const std::string body(line.substr(head->first.size() + 3));
      if (head->second == 't') {
        document = &out.documents.emplace_back();
        document->id = head->first;
        document->record.source_id = head->first;
        document->record.title.text = body;
        document->pieces.push_back({"title", 0, 0});
      } else if (document == nullptr || document->id != head->first) {
        complain("an abstract without a title");
        continue;
      } else {
        document->pieces.push_back({"abstract", 0, document->record.title.text.size() + 1});
        document->record.abstract_sections.push_back({"", "", {body, ""}});
      }
      whole = CountedText(TextOf(document->record));
      continue;
    }
    const std::vector<std::string_view> columns = SplitText(line, '\t');
    if (columns.size() == 4) continue;  // A relation.
    GoldSpan span;
    if (columns.size() < 5 || document == nullptr || columns[0] != document->id ||
        !Place(whole, columns[1], columns[2], span)) {
      complain("no annotation of the document before it");
      continue;
    }
    span.text = columns[3];
    span.type = columns[4];
    if (columns.size() > 5) span.ids = Identifiers(columns[5]);
    document->spans.push_back(std::move(span));
  }
}

void ReadBrat(std::string_view text, std::string_view annotations, const std::string& id, const std::string& file,
              GoldDocuments& out) {
  GoldDocument& document = out.documents.emplace_back();
  document.id = id;
  document.record.source_id = id;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t gap = std::min(text.find("\n\n", start), text.find("\n\r\n", start));
    const std::size_t end = std::min(gap, text.size());
    AddParagraph(text, start, end, document);
    start = end;
    while (start < text.size() && (text[start] == '\n' || text[start] == '\r')) ++start;
  }
  const CountedText counted{std::string(text)};
  std::size_t number = 0;
  for (const std::string_view raw : SplitText(annotations, '\n')) {
    ++number;
    const std::string_view line = WithoutReturn(raw);
    if (!line.empty()) ReadBratLine(line, counted, fmt::format("{}:{}", file, number), document, out.problems);
  }
}

}  // namespace litmill::app
