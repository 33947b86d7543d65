// SPDX-License-Identifier: Apache-2.0
// HTML's character references, the ones that publishers use.
#pragma once

#include <string>
#include <string_view>

namespace litmill::parse {

/// `text` with "&amp;", "&#x2009;", "&alpha;" ... as characters, also where they were escaped twice ("&amp;lt;").
/// What is no known reference stays as it is.
[[nodiscard]] std::string DecodeReferences(std::string_view text);

}  // namespace litmill::parse
