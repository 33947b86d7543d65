// SPDX-License-Identifier: Apache-2.0
// What Crossref's JSON and its XML say alike: the publisher's history of a work, citations in parts.
#pragma once

#include <string>
#include <vector>

#include "core/record.h"

namespace litmill::parse {

/// "received", "revised", "accepted" and "first_online" with any wording of a date; copyright and conflict of interest.
/// Other assertions are left out.
void AddCrossrefAssertion(Record& record, const std::string& name, const std::string& value);

struct CrossrefCitation {
  std::string author;
  std::vector<std::string> titles;  ///< Empty ones count as absent.
  std::string year, volume, issue, first_page;
};

/// "Doe. On salts. J Salts. 2001;5(2):17".
[[nodiscard]] std::string CrossrefCitationText(const CrossrefCitation& citation);

}  // namespace litmill::parse
