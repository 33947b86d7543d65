// SPDX-License-Identifier: Apache-2.0
#include "parse/tagged_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/unicode.h"
#include "parse/json_reader.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// A publication has some thousand fields at most (its authors and references); a file that claims more is none of ours,
// and what is searched for repeats must stay small.
constexpr std::size_t kMaxFields = 200'000;
constexpr std::size_t kMaxLines = 1'000'000;

constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";  // U+2028
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// U+2028 and U+2029 are what some programs make of a line end inside a value.
std::string Folded(std::string text) {
  if (text.find("\xE2\x80") != std::string::npos)
    for (const std::string_view separator : {kLineSeparator, kParagraphSeparator})
      for (std::size_t at = 0; (at = text.find(separator, at)) != std::string::npos;) text.replace(at, 3, "  \n");
  return FoldSpace(text);
}

class RecordsReader {
 public:
  RecordsReader(TaggedFormat& format, ExportSink& sink) : format_(format), sink_(sink) {}

  void Read(std::string_view text) {
    LineReader reader(text);
    TextLine line;
    while (goes_on_ && reader.Next(line)) ReadLine(line);
    if (goes_on_) Close();
    if (goes_on_) ReportStray();
  }

 private:
  void ReadLine(const TextLine& line) {
    const LineReading reading = format_.Read(line, open_ ? &*open_ : nullptr);
    if (reading.begins_record) {
      Close();
      if (goes_on_) ReportStray();
      open_.emplace();
      open_->line = line.number;
      open_->offset_bytes = line.offset_bytes;
      lines_ = 0;
      is_too_large_ = false;
    }
    if (open_ && !open_->has_end &&
        line.offset_bytes + line.text.size() - open_->offset_bytes > sink_.limits().max_record_bytes) {
      is_too_large_ = true;
      open_->fields.clear();
    }
    Take(line, reading);
    if (open_) open_->after_blank = reading.meaning == LineMeaning::kBlank;
  }

  void Take(const TextLine& line, const LineReading& reading) {
    switch (reading.meaning) {
      case LineMeaning::kBlank:
      case LineMeaning::kFurniture:
        return;
      case LineMeaning::kField:
        if (!open_) return NoteStray(line);
        if (open_->fields.size() >= kMaxFields) is_too_large_ = true;
        if (is_too_large_) return;
        open_->fields.push_back({reading.tag, {reading.value}, line.number});
        return;
      case LineMeaning::kContinuation:
        if (is_too_large_ && open_ && !open_->has_end) return;
        if (!open_ || open_->has_end || open_->fields.empty()) return NoteStray(line);
        if (++lines_ > kMaxLines) is_too_large_ = true;
        open_->fields.back().lines.push_back(reading.value);
        return;
      case LineMeaning::kEnd:
        if (!open_ || open_->has_end) return NoteStray(line);
        open_->has_end = true;
        return;
      case LineMeaning::kStray:
        if (open_ && open_->has_end) Close();
        NoteStray(line);
    }
  }

  void Close() {
    if (!open_) return;
    const TaggedRecord record = *std::exchange(open_, std::nullopt);
    const Position position = sink_.At(record.line, record.offset_bytes);
    if (is_too_large_) {
      is_too_large_ = false;
      goes_on_ = sink_.Report(Severity::kError, "record-too-large",
                              fmt::format("the record that begins on line {} is larger than the limit of {} bytes or "
                                          "{} fields; it is left out",
                                          record.line, sink_.limits().max_record_bytes, kMaxFields),
                              position);
      return;
    }
    ExportRecord out(sink_.limits(), position);
    format_.Fill(record, out);
    if (format_.HasEndMarks() && !record.has_end)
      out.context.Warn("no-end", "the record has no end mark; what stood before the next record was taken");
    goes_on_ = sink_.Take(std::move(out));
  }

  void NoteStray(const TextLine& line) {
    if (stray_lines_++ == 0) {
      stray_ = line;
      last_stray_ = line.number;
    }
    last_stray_ = line.number;
  }

  void ReportStray() {
    if (stray_lines_ == 0) return;
    Position position;
    position.line = stray_.number;
    position.offset_bytes = stray_.offset_bytes;
    goes_on_ = sink_.Report(Severity::kWarning, "unexpected-content",
                            fmt::format("{} line{} between the records (line {}{}) belong to none of them: \"{}\"",
                                        stray_lines_, stray_lines_ == 1 ? "" : "s", stray_.number,
                                        last_stray_ == stray_.number ? "" : fmt::format(" to {}", last_stray_),
                                        Excerpt(std::string(stray_.text))),
                            position);
    stray_lines_ = 0;
  }

  TaggedFormat& format_;
  ExportSink& sink_;
  std::optional<TaggedRecord> open_;
  std::size_t lines_ = 0;
  bool is_too_large_ = false;
  bool goes_on_ = true;
  TextLine stray_;
  std::uint64_t stray_lines_ = 0, last_stray_ = 0;
};

}  // namespace

bool LineReader::Next(TextLine& line) {
  if (at_ >= text_.size()) return false;
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  line = {text_.substr(at_, end - at_), ++number_, at_};
  at_ = end;
  if (at_ < text_.size()) at_ += text_.substr(at_, 2) == "\r\n" ? std::size_t{2} : std::size_t{1};
  return true;
}

bool IsBlankLine(std::string_view line) {
  while (!line.empty()) {
    if (line.front() == ' ' || line.front() == '\t' || line.front() == '\f' || line.front() == '\v') {
      line.remove_prefix(1);
    } else if (line.starts_with(kByteOrderMark) || line.starts_with(kLineSeparator) ||
               line.starts_with(kParagraphSeparator)) {
      line.remove_prefix(3);
    } else {
      return false;
    }
  }
  return true;
}

std::string_view WithoutByteOrderMarks(std::string_view line) {
  while (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  return line;
}

bool TaggedField::IsBlank() const { return std::all_of(lines.begin(), lines.end(), IsBlankLine); }

std::string TaggedField::Raw() const {
  std::string text;
  for (const std::string_view part : lines) {
    if (!text.empty()) text += '\n';
    text += part;
  }
  return text;
}

std::string TaggedField::Value() const { return Folded(Raw()); }

std::vector<std::string> TaggedField::Lines() const {
  std::vector<std::string> out;
  for (const std::string_view part : lines)
    if (std::string text = Folded(std::string(part)); !text.empty()) out.push_back(std::move(text));
  return out;
}

bool TaggedRecord::Has(std::string_view tag) const {
  return std::any_of(fields.begin(), fields.end(), [tag](const TaggedField& f) { return f.tag == tag; });
}

std::string TaggedRecord::First(std::string_view tag) const {
  for (const TaggedField& field : fields)
    if (field.tag == tag)
      if (std::string value = field.Value(); !value.empty()) return value;
  return {};
}

void ReadTaggedRecords(std::string_view text, TaggedFormat& format, ExportSink& sink) {
  RecordsReader(format, sink).Read(text);
}

}  // namespace litmill::parse
