// SPDX-License-Identifier: Apache-2.0
// What the sentences of a record are there for: from NLM's category of the section, else the publisher's label, else
// labels inside the text, else the words of the sentences and their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/joined_text.h"

namespace litmill::tag {

/// The role of a whole field; nothing when only its text can tell.
[[nodiscard]] std::optional<SectionRole> RoleOfField(const Record& record, const Field& field);

/// Gives roles to the sentences of an abstract without headings, in order. Of four or more sentences each gets the role
/// that makes the best whole (words, numbers, place, and that results follow methods); of fewer only those that tell of
/// themselves, and never background.
class RoleInference {
 public:
  /// `sentences` are places in the buffer of `text`, ascending.
  void Infer(const JoinedText& text, const std::vector<ByteSpan>& sentences, std::vector<SectionRole>& roles);

 private:
  struct Scores {
    int by_role[5] = {0, 0, 0, 0, 0};  ///< Background, objective, methods, results, conclusions.
  };
  /// `runs` are those of the sentence: their places in `buffer`.
  [[nodiscard]] Scores ScoreOf(std::string_view buffer, ByteSpan sentence, std::span<const std::uint32_t> runs);
  void InferFew(std::vector<SectionRole>& roles) const;
  void InferWhole(std::vector<SectionRole>& roles);

  std::vector<Scores> scores_;
  std::vector<std::size_t> seen_;  ///< By word: the sentence in which it was counted last.
  std::size_t stamp_ = 0;
  std::vector<unsigned char> came_from_;  ///< By sentence and role: the best role of the sentence before.
};

}  // namespace litmill::tag
