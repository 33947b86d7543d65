// SPDX-License-Identifier: Apache-2.0
// What a document that is no PubMed XML looks like instead, for the error message.
#pragma once

#include <string>
#include <string_view>

namespace litmill::parse {

/// `head`: the document's first bytes, unpacked. "an HTML page", "JSON", "MEDLINE/nbib text", ..., or its first
/// characters.
[[nodiscard]] std::string LooksLike(std::string_view head);

/// The text of the first <ERROR> or <error> in `head`, "" when there is none: how NCBI says what went wrong.
[[nodiscard]] std::string ServiceError(std::string_view head);

}  // namespace litmill::parse
