// SPDX-License-Identifier: Apache-2.0
#include "tag/joined_text.h"

#include <algorithm>

namespace litmill::tag {
namespace {

constexpr std::string_view kSeparator = " \xFF ";
/// A field longer than this is no title, abstract or keyword; its rest is not searched, so that all offsets fit 32
/// bits.
constexpr std::size_t kMaxFieldBytes = std::size_t{64} << 20U;

std::string_view CutToLimit(std::string_view text) {
  if (text.size() <= kMaxFieldBytes) return text;
  std::size_t end = kMaxFieldBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string_view FieldName(FieldKind kind) {
  switch (kind) {
    case FieldKind::kTitle:
      return "title";
    case FieldKind::kAbstract:
      return "abstract";
    case FieldKind::kOtherAbstract:
      return "other-abstract";
    case FieldKind::kKeyword:
      return "keyword";
  }
  return "title";
}

void JoinedText::Add(FieldKind kind, std::int32_t position, std::string_view stored) {
  if (stored.empty()) return;
  Field field;
  field.kind = kind;
  field.position = position;
  field.stored = CutToLimit(stored);
  if (buffer.size() + 3 * field.stored.size() > 0xF0000000U) return;  // offsets are 32-bit; no real record comes near
  field.start = static_cast<std::uint32_t>(buffer.size());
  field.first_segment = segments.size();
  AppendNormalised(field.stored, buffer, segments);
  field.end = static_cast<std::uint32_t>(buffer.size());
  field.segment_count = segments.size() - field.first_segment;
  fields.push_back(field);
  buffer += kSeparator;
}

void JoinedText::Fill(const Record& record) {
  buffer.assign(kSeparator);
  fields.clear();
  segments.clear();
  Add(FieldKind::kTitle, 0, record.title.text);
  for (std::size_t i = 0; i < record.abstract_sections.size(); ++i)
    Add(FieldKind::kAbstract, static_cast<std::int32_t>(i), record.abstract_sections[i].body.text);
  const bool has_abstract = !fields.empty() && fields.back().kind == FieldKind::kAbstract;
  std::int32_t position = 0;
  for (const OtherAbstract& other : record.other_abstracts) {
    for (const AbstractSection& section : other.sections) {
      if (!has_abstract && other.language == "eng") Add(FieldKind::kOtherAbstract, position, section.body.text);
      ++position;
    }
  }
  for (std::size_t i = 0; i < record.keywords.size(); ++i)
    Add(FieldKind::kKeyword, static_cast<std::int32_t>(i), record.keywords[i].text.text);
  runs.Fill(buffer);
}

const Field& JoinedText::FieldAt(std::uint32_t at) const {
  const auto after = std::upper_bound(fields.begin(), fields.end(), at,
                                      [](std::uint32_t value, const Field& f) { return value < f.start; });
  return after == fields.begin() ? fields.front() : *(after - 1);
}

ByteSpan JoinedText::Stored(const Field& field, std::uint32_t start, std::uint32_t end) const {
  return ToStored(segments.data() + field.first_segment, field.segment_count, start, end);
}

}  // namespace litmill::tag
