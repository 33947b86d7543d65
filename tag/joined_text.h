// SPDX-License-Identifier: Apache-2.0
// All texts of a record that are tagged, normalised and joined into one buffer that is searched once.
//
// Between two fields stands " \xFF ": the spaces are word edges, and no pattern can match the byte FF (it is never part
// of UTF-8), so no match runs from one field into the next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/normalise.h"
#include "tag/text_runs.h"

namespace litmill::tag {

/// The order of fields is the order of mentions.
enum class FieldKind : std::uint8_t { kTitle, kAbstract, kOtherAbstract, kKeyword };
[[nodiscard]] std::string_view FieldName(FieldKind kind);

struct Field {
  FieldKind kind = FieldKind::kTitle;
  std::int32_t position =
      0;  ///< Section, keyword: its index in the record. Sections of other abstracts are counted through.
  std::string_view stored;
  std::uint32_t start = 0;  ///< In the buffer.
  std::uint32_t end = 0;
  std::size_t first_segment = 0;
  std::size_t segment_count = 0;
};

/// Reused from record to record so that tagging does not allocate.
struct JoinedText {
  std::string buffer;
  std::vector<Field> fields;
  std::vector<Segment> segments;
  TextRuns runs;  ///< Of the buffer.

  /// Title, main abstract (or, where there is none, English other abstracts) and keywords; never the vernacular title,
  /// which is in another language. The fields view the record's text, which must outlive their use.
  void Fill(const Record& record);
  /// The field that holds the buffer's byte `at`.
  [[nodiscard]] const Field& FieldAt(std::uint32_t at) const;
  /// The span of the field's stored text that the buffer's [start, end) came from.
  [[nodiscard]] ByteSpan Stored(const Field& field, std::uint32_t start, std::uint32_t end) const;

 private:
  void Add(FieldKind kind, std::int32_t position, std::string_view stored);
};

}  // namespace litmill::tag
