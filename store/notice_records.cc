// SPDX-License-Identifier: Apache-2.0
#include "store/notice_records.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace litmill::store {
namespace {

constexpr std::string_view kTypes[] = {"Published Erratum", "Retraction of Publication", "Retraction Notice",
                                       "Expression of Concern"};
constexpr std::string_view kRelations[] = {"ErratumFor", "RetractionOf", "PartialRetractionOf",
                                           "ExpressionOfConcernFor"};

template <std::size_t N>
bool Holds(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

template <std::size_t N>
std::string SqlList(const std::string_view (&names)[N]) {
  return fmt::format("('{}')", fmt::join(names, "', '"));
}

}  // namespace

bool IsNotice(const Record& record) {
  return std::any_of(record.publication_types.begin(), record.publication_types.end(),
                     [](const PublicationType& type) { return Holds(kTypes, type.name); }) ||
         std::any_of(record.related.begin(), record.related.end(),
                     [](const RelatedRecord& related) { return Holds(kRelations, related.ref_type); });
}

const std::string& NoticesSql() {
  static const std::string kSql = fmt::format(
      "SELECT record_id FROM publication_types WHERE name IN {} UNION SELECT record_id FROM related_records WHERE "
      "ref_type IN {} ORDER BY record_id",
      SqlList(kTypes), SqlList(kRelations));
  return kSql;
}

std::string IsNoticeSql(const std::string& record_id) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM publication_types AS t WHERE t.record_id = {0} AND t.name IN {1}) OR EXISTS (SELECT 1 "
      "FROM related_records AS x WHERE x.record_id = {0} AND x.ref_type IN {2})",
      record_id, SqlList(kTypes), SqlList(kRelations));
}

}  // namespace litmill::store
