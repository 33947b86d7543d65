// SPDX-License-Identifier: Apache-2.0
// A record's text as sentences, each with what it is there for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/joined_text.h"
#include "tag/section_role.h"

namespace litmill::tag {

struct Sentence {
  std::uint32_t start = 0;  ///< In the buffer of the JoinedText.
  std::uint32_t end = 0;    ///< Where the next sentence of the field starts, or the field's end.
  std::uint32_t field = 0;  ///< Into JoinedText::fields.
  SectionRole role = SectionRole::kOther;
  bool is_inferred = false;  ///< No label says the role: it is guessed from the sentence and its place.
};

/// Reused from record to record.
class Passages {
 public:
  void Fill(const JoinedText& text, const Record& record);
  [[nodiscard]] const std::vector<Sentence>& sentences() const { return sentences_; }
  /// The sentence that holds the buffer's byte `at`; `at` lies in a field.
  [[nodiscard]] const Sentence& At(std::uint32_t at) const { return sentences_[IndexAt(at)]; }
  [[nodiscard]] std::size_t IndexAt(std::uint32_t at) const;

 private:
  void ReadInlineLabels(const JoinedText& text, std::size_t first, std::size_t last);
  void InferRoles(const JoinedText& text, std::size_t first, std::size_t last);

  std::vector<Sentence> sentences_;  ///< In order of their starts.
  std::vector<std::uint32_t> starts_;
  std::vector<char> known_;  ///< By sentence: its role needs no inference.
  RoleInference inference_;
  std::vector<ByteSpan> places_;
  std::vector<SectionRole> roles_;
};

}  // namespace litmill::tag
