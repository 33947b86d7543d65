// SPDX-License-Identifier: Apache-2.0
// RIS is one grammar and many dialects: who wrote a record, what database it comes from, and which of its fields hold
// an accession number or a PMID there.
#pragma once

#include <string>
#include <string_view>

#include "parse/tagged_lines.h"

namespace litmill::parse {

enum class RisDialect { kOther, kScopus, kEmbase, kOvid, kWos, kEbsco, kProquest, kCochrane };

struct RisOrigin {
  RisDialect dialect = RisDialect::kOther;
  std::string database;   ///< As the record names it; empty = it does not say.
  std::string accession;  ///< From the field that holds it in this dialect.
  std::string_view accession_tag;
  std::string pmid;  ///< The same for the PMID; digits.
  std::string_view pmid_tag;
};

/// `database` is what the lines before the record say ("Database: PsycINFO"); may be empty.
[[nodiscard]] RisOrigin RisOriginOf(const TaggedRecord& record, std::string_view database);

}  // namespace litmill::parse
