// SPDX-License-Identifier: Apache-2.0
#include "tag/passages.h"

#include <algorithm>
#include <string_view>

#include "tag/section_role.h"
#include "tag/sentences.h"

namespace litmill::tag {

void Passages::Fill(const JoinedText& text, const Record& record) {
  sentences_.clear();
  for (std::uint32_t f = 0; f < text.fields.size(); ++f) {
    const Field& field = text.fields[f];
    const SectionRole role = RoleOfField(record, field);
    FindSentenceStarts(std::string_view(text.buffer).substr(field.start, field.end - field.start), starts_);
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      const std::uint32_t end = i + 1 < starts_.size() ? field.start + starts_[i + 1] : field.end;
      sentences_.push_back({field.start + starts_[i], end, f, role});
    }
  }
}

std::size_t Passages::IndexAt(std::uint32_t at) const {
  const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), at,
                                      [](std::uint32_t value, const Sentence& s) { return value < s.start; });
  return after == sentences_.begin() ? 0 : static_cast<std::size_t>(after - sentences_.begin()) - 1;
}

}  // namespace litmill::tag
