// SPDX-License-Identifier: Apache-2.0
// Languages as the services name them to ISO 639-2/B, the codes PubMed uses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace litmill::parse {

/// "en", "en-US", "eng", "English" -> "eng"; "de", "deu" -> "ger". Nothing when the language is not known here.
[[nodiscard]] std::optional<std::string> LanguageCode(std::string_view language);

}  // namespace litmill::parse
