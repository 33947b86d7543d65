// SPDX-License-Identifier: Apache-2.0
// What the tagger says of one record, for a person or a program: the text with every mention, the look-alikes that were
// refused, numbers, findings and tags.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/record.h"
#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::app {

/// Holds references: all three arguments must outlive it.
class Explanation {
 public:
  Explanation(const RuleSet& rules, const Record& record, const TaggedRecord& tagged)
      : rules_(rules), flat_(rules.FlattenedRules()), record_(record), tagged_(tagged) {}

  /// Mentions are marked in the text: in colour, or in [[ ]].
  [[nodiscard]] std::string AsText(bool colour) const;
  [[nodiscard]] nlohmann::ordered_json AsJson() const;

 private:
  struct FieldText;

  [[nodiscard]] std::vector<FieldText> Fields() const;
  [[nodiscard]] std::string FieldsAsText(bool colour) const;
  [[nodiscard]] std::string IndexAsText() const;
  [[nodiscard]] std::string QuantitiesAsText() const;
  [[nodiscard]] std::string FindingsAsText() const;
  [[nodiscard]] std::string TagsAsText() const;
  [[nodiscard]] nlohmann::ordered_json QuantitiesAsJson() const;
  [[nodiscard]] nlohmann::ordered_json FindingsAsJson() const;
  [[nodiscard]] nlohmann::ordered_json TagsAsJson() const;

  /// "facet:id"; empty for kNoConcept.
  [[nodiscard]] std::string NameOf(std::uint32_t index) const;
  [[nodiscard]] std::string RuleName(std::uint32_t index) const { return index == kNoRule ? "" : flat_[index]->name; }
  [[nodiscard]] std::string_view TextOf(const std::string& field, std::int32_t position) const;
  /// The stored text of a place; empty where the record has no such field.
  [[nodiscard]] std::string Words(const std::string& field, std::int32_t position, std::uint32_t start,
                                  std::uint32_t end) const;

  const RuleSet& rules_;
  std::vector<const Rule*> flat_;
  const Record& record_;
  const TaggedRecord& tagged_;
};

}  // namespace litmill::app
