// SPDX-License-Identifier: Apache-2.0
// Dates in the wordings of export files.
#pragma once

#include <string_view>

#include "core/partial_date.h"

namespace litmill::parse {

/// "2019", "2019/03//", "2019/03/15/Spring", "2019-03-15", "2019 Mar 15", "15 March 2019", "MAR 15 2019", "March 2019",
/// "1-Dec-25" (a spreadsheet's; 50 to 99 are of the last century), "20190315", and whatever DateFromMedlineDate reads.
/// `raw` is `text`; what cannot be read has precision kNone.
[[nodiscard]] PartialDate DateFromExport(std::string_view text);

}  // namespace litmill::parse
