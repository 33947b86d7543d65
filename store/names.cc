// SPDX-License-Identifier: Apache-2.0
#include "store/names.h"

#include <algorithm>
#include <iterator>

namespace litmill::store {
namespace {

// Curated records first, then those that publishers deposit, then those that are gathered by machine.
constexpr std::string_view kPreferredSources[] = {"pubmed",   "medline",  "europepmc", "embase", "scopus",
                                                  "wos",      "cochrane", "psycinfo",  "cinahl", "crossref",
                                                  "datacite", "openalex", "unpaywall"};

}  // namespace

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

std::size_t SourceRank(std::string_view source) {
  const auto found = std::find(std::begin(kPreferredSources), std::end(kPreferredSources), source);
  return static_cast<std::size_t>(found - std::begin(kPreferredSources));
}

}  // namespace litmill::store
