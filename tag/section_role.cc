// SPDX-License-Identifier: Apache-2.0
#include "tag/section_role.h"

#include <string_view>
#include <utility>

namespace litmill::tag {
namespace {

constexpr std::pair<std::string_view, SectionRole> kCategories[] = {
    {"BACKGROUND", SectionRole::kBackground},   {"OBJECTIVE", SectionRole::kObjective},
    {"METHODS", SectionRole::kMethods},         {"RESULTS", SectionRole::kResults},
    {"CONCLUSIONS", SectionRole::kConclusions},
};

}  // namespace

SectionRole RoleOfField(const Record& record, const Field& field) {
  if (field.kind == FieldKind::kTitle) return SectionRole::kTitle;
  if (field.kind == FieldKind::kKeyword) return SectionRole::kKeyword;
  if (field.kind == FieldKind::kAbstract)
    for (const auto& [category, role] : kCategories)
      if (record.abstract_sections[static_cast<std::size_t>(field.position)].nlm_category == category) return role;
  return SectionRole::kOther;
}

}  // namespace litmill::tag
