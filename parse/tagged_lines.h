// SPDX-License-Identifier: Apache-2.0
// Line-tagged formats (nbib, RIS, Web of Science, Ovid, Cochrane, Refer): text to lines, lines to fields, fields to
// records. What a tag means is each format's own affair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/export_record.h"

namespace litmill::parse {

struct TextLine {
  std::string_view text;  ///< Without its end.
  std::uint64_t number = 0;
  std::uint64_t offset_bytes = 0;
};

/// Lines end at LF, CR LF or CR, mixed as they like.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  [[nodiscard]] bool Next(TextLine& line);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
};

/// Files that were put together have a mark before each of their parts.
[[nodiscard]] std::string_view WithoutByteOrderMarks(std::string_view line);

/// Nothing but spaces, tabs, byte order marks and line separators (U+2028, U+2029).
[[nodiscard]] bool IsBlankLine(std::string_view line);

/// A field's lines as they came; its tag stands on the first of them.
struct TaggedField {
  std::string_view tag;
  std::vector<std::string_view> lines;
  std::uint64_t line = 0;

  /// All its lines are.
  [[nodiscard]] bool IsBlank() const;
  /// All lines as one text, white space folded.
  [[nodiscard]] std::string Value() const;
  /// Each line that is not blank, folded.
  [[nodiscard]] std::vector<std::string> Lines() const;
  /// As it came, lines joined by "\n".
  [[nodiscard]] std::string Raw() const;
};

struct TaggedRecord {
  std::uint64_t line = 1;
  std::uint64_t offset_bytes = 0;
  std::vector<TaggedField> fields;
  bool has_end = false;      ///< The format's end mark was seen.
  bool after_blank = false;  ///< The line before the current one is blank.

  [[nodiscard]] bool Has(std::string_view tag) const;
  /// The first field of `tag` as one text; empty when there is none.
  [[nodiscard]] std::string First(std::string_view tag) const;
};

enum class LineMeaning {
  kBlank,
  kField,         ///< A tag and the first line of its value.
  kContinuation,  ///< More of the field before.
  kEnd,           ///< The record's end mark.
  kFurniture,     ///< What the format puts between records; says nothing.
  kStray,         ///< Does not belong here: reported.
};

struct LineReading {
  LineMeaning meaning = LineMeaning::kStray;
  bool begins_record = false;  ///< The line before it was the last of the record before.
  std::string_view tag, value;
};

/// What a format brings: its grammar, and its way from fields to a Record.
class TaggedFormat {
 public:
  TaggedFormat() = default;
  TaggedFormat(const TaggedFormat&) = delete;
  TaggedFormat& operator=(const TaggedFormat&) = delete;
  virtual ~TaggedFormat() = default;

  /// What `line` is. `open` is the record that it may belong to (also behind its end mark), or null.
  [[nodiscard]] virtual LineReading Read(const TextLine& line, const TaggedRecord* open) = 0;
  /// Fills `out` from a complete record.
  virtual void Fill(const TaggedRecord& record, ExportRecord& out) = 0;
  /// Whether a record without an end mark deserves the warning "no-end".
  [[nodiscard]] virtual bool HasEndMarks() const { return false; }
};

/// Reads all records of `text` and gives them to `sink`, until it says stop.
void ReadTaggedRecords(std::string_view text, TaggedFormat& format, ExportSink& sink);

/// A tag and what it does; a format's table of these is searched with FindRule.
template <typename Reader>
struct FieldRule {
  std::string_view tag;
  void (*read)(Reader& reader, const TaggedField& field);
};

template <typename Reader, std::size_t kSize>
[[nodiscard]] const FieldRule<Reader>* FindRule(const FieldRule<Reader> (&rules)[kSize], std::string_view tag) {
  for (const FieldRule<Reader>& rule : rules)
    if (rule.tag == tag) return &rule;
  return nullptr;
}

/// Gives each field that is not blank to its rule; what has none is kept as unmapped.
template <typename Reader, std::size_t kSize>
void ReadFields(const TaggedRecord& record, const FieldRule<Reader> (&rules)[kSize], Reader& reader,
                ExportRecord& out) {
  for (const TaggedField& field : record.fields) {
    if (field.IsBlank()) continue;
    if (const FieldRule<Reader>* const rule = FindRule(rules, field.tag))
      rule->read(reader, field);
    else
      out.AddUnmapped(field.tag, field.Raw());
  }
}

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpperOrDigit(char c) { return IsUpper(c) || IsDigit(c); }

}  // namespace litmill::parse
