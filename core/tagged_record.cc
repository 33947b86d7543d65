// SPDX-License-Identifier: Apache-2.0
#include "core/tagged_record.h"

#include <array>

namespace litmill {

std::string_view EvidenceName(Evidence evidence) {
  switch (evidence) {
    case Evidence::kText:
      return "text";
    case Evidence::kMesh:
      return "mesh";
    case Evidence::kPublicationType:
      return "publication-type";
    case Evidence::kChemical:
      return "chemical";
    case Evidence::kKeyword:
      return "keyword";
  }
  return "text";
}

std::string_view SectionRoleName(SectionRole role) {
  constexpr std::array<std::string_view, kSectionRoleCount> kNames = {
      "title",       "background",  "objective", "methods", "results",
      "conclusions", "limitations", "keyword",   "index",   "other"};
  return kNames[static_cast<std::size_t>(role)];
}

std::string_view AssertionName(Assertion assertion) {
  constexpr std::array<std::string_view, 7> kNames = {"present",    "hedged",   "objective", "comparator",
                                                      "background", "excluded", "negated"};
  return kNames[static_cast<std::size_t>(assertion)];
}

std::string_view MovementName(Movement movement) {
  constexpr std::array<std::string_view, 4> kNames = {"increased", "decreased", "no-difference", "unclear"};
  return kNames[static_cast<std::size_t>(movement)];
}

std::string_view BenefitName(Benefit benefit) {
  constexpr std::array<std::string_view, 4> kNames = {"better", "worse", "none", "unknown"};
  return kNames[static_cast<std::size_t>(benefit)];
}

}  // namespace litmill
