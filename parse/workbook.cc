// SPDX-License-Identifier: Apache-2.0
#include "parse/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <pugixml.hpp>
#include <unordered_map>
#include <utility>

#include "core/unicode.h"
#include "parse/zip_archive.h"

namespace litmill::parse {
namespace {

constexpr std::size_t kMaxUnpackedBytes = 256U << 20U;
constexpr std::size_t kMaxColumns = 16384;  // Excel's own limit.
constexpr std::size_t kMaxCells = 20U << 20U;

// Names count without their namespace prefix: some programs write "x:row".
std::string_view LocalName(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(pugi::xml_node parent, std::string_view name) {
  for (const pugi::xml_node child : parent.children())
    if (LocalName(child) == name) return child;
  return {};
}

Result<void> Load(ZipArchive& archive, const std::string& name, pugi::xml_document& document) {
  LITMILL_TRY(const std::string content, archive.Read(name));
  if (content.empty()) return {};
  const pugi::xml_parse_result parsed =
      document.load_buffer(content.data(), content.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return Fail(ErrorCode::kCorruptInput, fmt::format("{} is no sound XML: {}", name, parsed.description()));
  return {};
}

// "_x000D_" stands for a character that XML cannot hold.
std::string Unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    unsigned value = 0;
    if (rest.size() >= 7 && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_' &&
        std::from_chars(rest.data() + 2, rest.data() + 6, value, 16).ptr == rest.data() + 6) {
      const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
      if (value >= 0x20 && value != 0x7F && !is_surrogate)
        AppendUtf8(out, value);
      else
        out += value == '\n' || value == '\r' || value == '\t' ? static_cast<char>(value) : ' ';
      at += 7;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// The text of <si> or <is>: its <t>, or those of its runs; not those of phonetic guides.
std::string TextOfRuns(pugi::xml_node holder) {
  std::string text;
  for (const pugi::xml_node child : holder.children()) {
    if (LocalName(child) == "t") text += child.text().get();
    if (LocalName(child) == "r") text += Child(child, "t").text().get();
  }
  return Unescaped(text);
}

bool IsDateFormat(int id, const std::string& code) {
  if ((id >= 14 && id <= 17) || id == 22) return true;
  // A code that shows years, or days of months: letters outside quotes and brackets decide.
  bool in_quotes = false;
  bool in_brackets = false;
  bool has_year = false;
  bool has_day_and_month = false;
  const std::string lower = AsciiLower(code);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = lower[i];
    if (c == '"') in_quotes = !in_quotes;
    if (c == '[') in_brackets = true;
    if (c == ']') in_brackets = false;
    if (in_quotes || in_brackets) continue;
    if (c == '\\') ++i;
    has_year = has_year || c == 'y';
    has_day_and_month = has_day_and_month || (c == 'd' && lower.find('m') != std::string::npos);
  }
  return has_year || has_day_and_month;
}

// Whether a cell of style i shows a date.
std::vector<bool> DateStyles(const pugi::xml_document& styles) {
  const pugi::xml_node sheet = styles.document_element();
  std::unordered_map<int, std::string> codes;
  for (const pugi::xml_node format : Child(sheet, "numFmts").children())
    codes[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
  std::vector<bool> dates;
  for (const pugi::xml_node style : Child(sheet, "cellXfs").children()) {
    const int id = style.attribute("numFmtId").as_int();
    const auto code = codes.find(id);
    dates.push_back(IsDateFormat(id, code == codes.end() ? std::string() : code->second));
  }
  return dates;
}

// "BC12" -> 54, from 0; npos when it is no reference.
std::size_t ColumnOf(std::string_view reference) {
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at)
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A') + 1;
  return at == 0 || column > kMaxColumns ? std::string_view::npos : column - 1;
}

// "2025", "3.5"; a whole number has no decimals, however the file writes it ("9.78E+12").
std::string PlainNumber(std::string_view text, bool is_date, bool since_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::string(text);
  if (is_date)
    if (std::string date = DateOfSerial(value, since_1904); !date.empty()) return date;
  if (std::trunc(value) == value && std::abs(value) < 1e15) return std::to_string(static_cast<std::int64_t>(value));
  return std::string(text);
}

class SheetReader {
 public:
  SheetReader(const std::vector<std::string>& strings, const std::vector<bool>& dates, bool since_1904)
      : strings_(strings), dates_(dates), since_1904_(since_1904) {}

  void Read(pugi::xml_node worksheet, Sheet& sheet) {
    std::size_t number = 0;
    for (const pugi::xml_node node : Child(worksheet, "sheetData").children()) {
      if (LocalName(node) != "row") continue;
      const std::size_t said = node.attribute("r").as_uint();
      number = said > number ? said : number + 1;
      CsvRow row;
      row.line = number;
      for (const pugi::xml_node cell : node.children()) {
        if (LocalName(cell) != "c") continue;
        std::string text = Text(cell);
        if (text.empty() && *cell.attribute("r").value() != '\0') continue;
        const std::size_t column = ColumnOf(cell.attribute("r").value());
        const std::size_t at = column == std::string_view::npos ? row.cells.size() : column;
        cells_ += at >= row.cells.size() ? at + 1 - row.cells.size() : 0;
        if (cells_ > kMaxCells) {
          sheet.damage = "it has more cells than a table can have";
          return;
        }
        if (row.cells.size() <= at) row.cells.resize(at + 1);
        row.cells[at] = std::move(text);
      }
      sheet.rows.push_back(std::move(row));
    }
  }

 private:
  std::string Text(pugi::xml_node cell) {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return TextOfRuns(Child(cell, "is"));
    const char* const value = Child(cell, "v").text().get();
    if (type == "s") {
      std::size_t index = 0;
      const char* const end = value + std::strlen(value);
      const bool is_number = std::from_chars(value, end, index).ptr == end && end != value;
      return is_number && index < strings_.size() ? strings_[index] : std::string();
    }
    if (type == "e") return {};
    if (type == "b") return value[0] == '1' ? "true" : value[0] == '0' ? "false" : "";
    if (type == "str" || type == "d") return Unescaped(value);
    const std::size_t style = cell.attribute("s").as_uint();
    return PlainNumber(value, style < dates_.size() && dates_[style], since_1904_);
  }

  const std::vector<std::string>& strings_;
  const std::vector<bool>& dates_;
  bool since_1904_;
  std::size_t cells_ = 0;
};

// "/xl/worksheets/sheet1.xml" and "worksheets/sheet1.xml" are the same member.
std::string MemberOf(std::string_view target) {
  return target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
}

}  // namespace

bool LooksLikeWorkbook(std::string_view head) {
  return head.starts_with("PK\x03\x04") &&
         (head.find("xl/") != std::string_view::npos || head.find("[Content_Types].xml") != std::string_view::npos);
}

std::string DateOfSerial(double serial, bool since_1904) {
  if (!(serial >= 1) || serial > 2958465) return {};  // To the end of the year 9999.
  auto days = static_cast<std::int64_t>(std::floor(serial));
  const auto seconds = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * 86400));
  if (since_1904)
    days += 1462;
  else if (days < 61)
    ++days;  // Before the day that never was.
  // Days since 0000-03-01, by the civil calendar's 400-year cycle; 25569 is 1970-01-01.
  const std::int64_t z = days - 25569 + 719468;
  const std::int64_t era = z / 146097;
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (seconds > 0 && seconds < 86400) date += fmt::format(" {:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  return date;
}

Result<std::vector<Sheet>> ReadWorkbook(std::string_view bytes) {
  LITMILL_TRY(ZipArchive archive, ZipArchive::Open(bytes, kMaxUnpackedBytes));
  pugi::xml_document workbook;
  LITMILL_CHECK(Load(archive, "xl/workbook.xml", workbook));
  if (workbook.document_element().empty())
    return Fail(ErrorCode::kInvalidInput, "the zip archive holds no Excel workbook (no xl/workbook.xml)");
  pugi::xml_document relations;
  LITMILL_CHECK(Load(archive, "xl/_rels/workbook.xml.rels", relations));
  std::unordered_map<std::string, std::string> targets;
  for (const pugi::xml_node relation : relations.document_element().children())
    targets[relation.attribute("Id").value()] = relation.attribute("Target").value();
  pugi::xml_document shared;
  LITMILL_CHECK(Load(archive, "xl/sharedStrings.xml", shared));
  std::vector<std::string> strings;
  for (const pugi::xml_node string : shared.document_element().children())
    if (LocalName(string) == "si") strings.push_back(TextOfRuns(string));
  shared.reset();
  pugi::xml_document styles;
  LITMILL_CHECK(Load(archive, "xl/styles.xml", styles));
  const std::vector<bool> dates = DateStyles(styles);
  const pugi::xml_node properties = Child(workbook.document_element(), "workbookPr");
  const bool since_1904 = properties.attribute("date1904").as_bool();

  std::vector<Sheet> sheets;
  for (const pugi::xml_node entry : Child(workbook.document_element(), "sheets").children()) {
    Sheet sheet;
    sheet.name = entry.attribute("name").value();
    std::string id = entry.attribute("r:id").value();
    for (const pugi::xml_attribute attribute : entry.attributes())
      if (std::string_view(attribute.name()).ends_with(":id")) id = attribute.value();
    const auto target = targets.find(id);
    const std::string member = target == targets.end() ? fmt::format("xl/worksheets/sheet{}.xml", sheets.size() + 1)
                                                       : MemberOf(target->second);
    pugi::xml_document worksheet;
    if (auto loaded = Load(archive, member, worksheet); !loaded)
      sheet.damage = loaded.error().message;
    else
      SheetReader(strings, dates, since_1904).Read(worksheet.document_element(), sheet);
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

}  // namespace litmill::parse
