// SPDX-License-Identifier: Apache-2.0
#include "parse/export_ris.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "core/unicode.h"
#include "parse/ris_record.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {
namespace {

/// "TY  - JOUR" as RIS has it, or with one space as some write.
enum class Style { kTwoSpaces, kOneSpace };

struct TagAndValue {
  std::string_view tag, value;
};

/// Tags of more than two letters that occur.
bool IsLongTag(std::string_view tag) {
  static constexpr std::array<std::string_view, 5> kLong = {"PMID", "PMCID", "DOI", "ISSN", "ISBN"};
  return std::find(kLong.begin(), kLong.end(), tag) != kLong.end();
}

/// Columns are strict: "AU - MD9" inside an abstract is no author.
TagAndValue TagIn(std::string_view line, Style style) {
  std::size_t size = 0;
  while (size < line.size() && size < 6 && IsUpperOrDigit(line[size])) ++size;
  if (size < 2 || !IsUpper(line.front()) || (size > 2 && !IsLongTag(line.substr(0, size)))) return {};
  const std::string_view tag = line.substr(0, size), rest = line.substr(size);
  const std::size_t spaces = rest.starts_with("  -") ? 2 : rest.starts_with(" -") && style == Style::kOneSpace ? 1 : 0;
  if (spaces == 0) return {};
  const std::string_view value = rest.substr(spaces + 1);
  const bool is_apart = value.empty() || value.front() == ' ' || value.front() == '\t';
  if (!is_apart && !IsRisTag(tag)) return {};
  if (spaces == 1 && !IsRisTag(tag)) return {};
  return {tag, value};
}

/// "TY - JOUR": nothing else looks like this.
bool IsTypeWithOneSpace(std::string_view line) {
  if (!line.starts_with("TY -")) return false;
  const std::string_view type = TrimAscii(line.substr(4));
  return type.size() >= 3 && type.size() <= 8 && std::all_of(type.begin(), type.end(), IsUpper);
}

/// "12.", "<12. >", "Record #1 of 2": numbers that programs put before a record.
bool IsRecordNumber(std::string_view line) {
  line = TrimAscii(line);
  if (line.starts_with("Record #")) return true;
  if (line.starts_with('<') && line.ends_with('>')) line = TrimAscii(line.substr(1, line.size() - 2));
  const std::string_view digits = LeadingDigits(line);
  return !digits.empty() && (digits.size() == line.size() || line.substr(digits.size()) == ".");
}

class RisFormat : public TaggedFormat {
 public:
  LineReading Read(const TextLine& line, const TaggedRecord* open) override {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) return {LineMeaning::kBlank, false, {}, {}};
    if (IsTypeWithOneSpace(text)) {
      style_ = Style::kOneSpace;
      return {LineMeaning::kField, true, "TY", text.substr(4)};
    }
    const TagAndValue field = TagIn(text, style_);
    if (field.tag == "TY") {
      style_ = Style::kTwoSpaces;
      return {LineMeaning::kField, true, field.tag, field.value};
    }
    if (open == nullptr || open->has_end) return Between(line, open);
    if (field.tag == "ER" && IsBlankLine(field.value)) return {LineMeaning::kEnd, false, {}, {}};
    // "ER  - " with text behind is a line of an abstract.
    if (!field.tag.empty() && field.tag != "ER") return {LineMeaning::kField, false, field.tag, field.value};
    return {LineMeaning::kContinuation, false, {}, text};
  }

  void Fill(const TaggedRecord& record, ExportRecord& out) override {
    const auto after = headers_.upper_bound(record.line);
    FillFromRis(record, after == headers_.begin() ? std::string_view() : std::prev(after)->second, out);
  }

  bool HasEndMarks() const override { return true; }

 private:
  LineReading Between(const TextLine& line, const TaggedRecord* open) {
    const std::string_view text = TrimAscii(line.text);
    if (open != nullptr && text.starts_with("Link to the ")) return {LineMeaning::kField, false, "OVID", text};
    if (text.starts_with("Database: ")) headers_[line.number] = std::string(TrimAscii(text.substr(10)));
    const bool is_furniture = IsRecordNumber(text) || text == "EF" || text.starts_with("Database: ") ||
                              text.starts_with("Provider: ") || text.starts_with("Content: ");
    return {is_furniture ? LineMeaning::kFurniture : LineMeaning::kStray, false, {}, {}};
  }

  Style style_ = Style::kTwoSpaces;
  std::map<std::uint64_t, std::string> headers_;  ///< By line: "Database: ..." holds for the records behind it.
};

}  // namespace

bool RecognisesRis(std::string_view head) {
  LineReader reader(head);
  TextLine line;
  for (bool is_first = true; reader.Next(line);) {
    const std::string_view text = WithoutByteOrderMarks(line.text);
    if (IsBlankLine(text)) continue;
    if (IsTypeWithOneSpace(text) || TagIn(text, Style::kTwoSpaces).tag == "TY") return true;
    // Other formats may hold such a line somewhere; they show themselves at once.
    const bool is_number = IsRecordNumber(text);
    if (is_first && !is_number && (std::string_view("{[@<\"%").find(text.front()) != std::string_view::npos))
      return false;
    is_first = false;
  }
  return false;
}

void ReadRis(std::string_view text, ExportSink& sink) {
  RisFormat format;
  ReadTaggedRecords(text, format, sink);
}

}  // namespace litmill::parse
