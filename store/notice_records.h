// SPDX-License-Identifier: Apache-2.0
// Which records are notices: only what is about a fault of another publication. A comment is a publication of its own.
#pragma once

#include <string>

#include "core/record.h"

namespace litmill::store {

/// A retraction notice, erratum or expression of concern, by its publication types or its relations.
[[nodiscard]] bool IsNotice(const Record& record);

/// The same of the corpus: record_id of every notice, ascending, each once.
[[nodiscard]] const std::string& NoticesSql();

/// The same of one record, as a condition; `record_id` is an expression in SQL.
[[nodiscard]] std::string IsNoticeSql(const std::string& record_id);

}  // namespace litmill::store
