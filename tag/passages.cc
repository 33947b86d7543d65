// SPDX-License-Identifier: Apache-2.0
#include "tag/passages.h"

#include <algorithm>

#include "tag/section_label.h"
#include "tag/sentences.h"

namespace litmill::tag {
namespace {

std::string_view TextOf(const JoinedText& text, const Sentence& sentence) {
  return std::string_view(text.buffer).substr(sentence.start, sentence.end - sentence.start);
}

}  // namespace

void Passages::Fill(const JoinedText& text, const Record& record) {
  sentences_.clear();
  known_.clear();
  std::size_t unknown = 0;  // the first sentence of the fields in hand, whose roles only their text can tell
  for (std::uint32_t f = 0; f < text.fields.size(); ++f) {
    const Field& field = text.fields[f];
    const auto role = RoleOfField(record, field);
    if (role && unknown < sentences_.size()) InferRoles(text, unknown, sentences_.size());
    const std::size_t first = sentences_.size();
    FindSentenceStarts(text, field, starts_);
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      const std::uint32_t end = i + 1 < starts_.size() ? starts_[i + 1] : field.end;
      sentences_.push_back({starts_[i], end, f, role.value_or(SectionRole::kOther), false});
    }
    known_.resize(sentences_.size(), role ? 1 : 0);
    if (role)
      unknown = sentences_.size();
    else
      ReadInlineLabels(text, first, sentences_.size());
  }
  if (unknown < sentences_.size()) InferRoles(text, unknown, sentences_.size());
}

/// A label holds until the next one. What stands before the first is left to inference.
void Passages::ReadInlineLabels(const JoinedText& text, std::size_t first, std::size_t last) {
  bool labelled = false;
  SectionRole role = SectionRole::kOther;
  for (std::size_t i = first; i < last; ++i) {
    if (const auto label = InlineLabelAt(TextOf(text, sentences_[i]))) {
      labelled = true;
      role = label->role;
    }
    if (!labelled) continue;
    sentences_[i].role = role;
    known_[i] = 1;
  }
}

void Passages::InferRoles(const JoinedText& text, std::size_t first, std::size_t last) {
  places_.clear();
  for (std::size_t i = first; i < last; ++i) places_.push_back({sentences_[i].start, sentences_[i].end});
  inference_.Infer(text, places_, roles_);
  for (std::size_t i = first; i < last; ++i)
    if (known_[i] == 0) {
      sentences_[i].role = roles_[i - first];
      sentences_[i].is_inferred = true;
    }
}

std::size_t Passages::IndexAt(std::uint32_t at) const {
  const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), at,
                                      [](std::uint32_t value, const Sentence& s) { return value < s.start; });
  return after == sentences_.begin() ? 0 : static_cast<std::size_t>(after - sentences_.begin()) - 1;
}

}  // namespace litmill::tag
