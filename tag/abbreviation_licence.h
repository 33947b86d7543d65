// SPDX-License-Identifier: Apache-2.0
// Whether a short form stands for a concept in this record (core/rule_set.h, AbbreviationPolicy).
//
// A definition in the record decides first: "Alzheimer's disease (AD)" licenses AD in the whole record, title included;
// "atopic dermatitis (AD)" forbids it, whatever the policy. Without a definition a safe short form stands, a gated one
// stands when its gate was met, and one that must be defined needs the concept's MeSH identifier in the record.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"
#include "tag/abbreviations.h"
#include "tag/candidate.h"
#include "tag/compiled_rules.h"
#include "tag/joined_text.h"

namespace litmill::tag {

/// Reused from record to record.
class AbbreviationLicences {
 public:
  /// `candidates` (by concept, start) are those that masks and gates have left.
  void Start(const CompiledRules& rules, const Record& record, const JoinedText& text,
             const std::vector<Candidate>& candidates);
  /// Why the candidate, whose rule is an abbreviation, must not stand; empty when it may.
  [[nodiscard]] std::string Refusal(const Candidate& candidate);

 private:
  /// What the record's definitions say of a short form and a concept.
  struct Answer {
    bool defined_as_it = false;
    ByteSpan other{0, 0};  ///< The long form of a definition as something else; empty when there is none.
  };
  struct Spelled {
    ByteSpan span;
    std::uint32_t concept_index = 0;
    std::uint32_t reach = 0;  ///< The largest end among this and all before it of the concept.
  };

  [[nodiscard]] const Answer& AnswerFor(std::string_view short_form, std::uint32_t concept_index);
  /// Sets family_ to the concept and those that imply it, as far as they are spelled out in the record.
  void FillFamily(std::uint32_t concept_index);
  /// Whether the long form is, or holds, a match of the family in hand.
  [[nodiscard]] bool Spells(ByteSpan long_form) const;
  [[nodiscard]] bool Overlaps(ByteSpan long_form, std::uint32_t concept_index) const;
  /// Whether an index term of the record stands for the concept or one that implies it.
  [[nodiscard]] bool Indexed(std::uint32_t concept_index);
  void CollectIndexed();
  [[nodiscard]] bool IsOrNarrows(std::uint32_t narrow, std::uint32_t concept_index) const;
  [[nodiscard]] std::string_view Words(ByteSpan span) const;
  /// The short form without the "s" of a plural.
  [[nodiscard]] static std::string_view Singular(std::string_view short_form);

  const CompiledRules* rules_ = nullptr;
  const Record* record_ = nullptr;
  const JoinedText* text_ = nullptr;
  std::vector<AbbreviationDefinition> definitions_;  ///< By the text of the short form.
  std::vector<Spelled> spelled_;                     ///< Candidates that are no abbreviations, by concept, start.
  std::vector<std::uint32_t> family_;
  std::vector<std::uint32_t> indexed_;  ///< The concepts of the record's index terms; filled when first asked for.
  bool has_indexed_ = false;
  std::map<std::pair<std::string_view, std::uint32_t>, Answer> answers_;
};

}  // namespace litmill::tag
