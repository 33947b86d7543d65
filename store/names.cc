// SPDX-License-Identifier: Apache-2.0
#include "store/names.h"

namespace litmill::store {

std::string_view RoleName(PersonRole role) {
  switch (role) {
    case PersonRole::kAuthor:
      return "author";
    case PersonRole::kEditor:
      return "editor";
    case PersonRole::kInvestigator:
      return "investigator";
  }
  return "author";
}

PersonRole RoleFromName(std::string_view name) {
  if (name == "editor") return PersonRole::kEditor;
  return name == "investigator" ? PersonRole::kInvestigator : PersonRole::kAuthor;
}

std::string_view RecordTypeName(RecordType type) { return type == RecordType::kBook ? "book" : "article"; }

RecordType RecordTypeFromName(std::string_view name) {
  return name == "book" ? RecordType::kBook : RecordType::kArticle;
}

DatePrecision DatePrecisionFromName(std::string_view name) {
  if (name == "year") return DatePrecision::kYear;
  if (name == "month") return DatePrecision::kMonth;
  return name == "day" ? DatePrecision::kDay : DatePrecision::kNone;
}

}  // namespace litmill::store
