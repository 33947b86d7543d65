// SPDX-License-Identifier: Apache-2.0
// MeSH subheadings: the two letters and the full name of each.
#pragma once

#include <string>
#include <string_view>

namespace litmill::search {

/// The full name in lower case of a subheading given by name or by its two letters in any case ("dt" and "Drug Therapy"
/// give "drug therapy"); what is no known subheading comes back in lower case.
[[nodiscard]] std::string SubheadingName(std::string_view subheading);

/// The two letters in lower case ("dt"), or empty when it is no known subheading.
[[nodiscard]] std::string_view SubheadingCode(std::string_view subheading);

}  // namespace litmill::search
