// SPDX-License-Identifier: Apache-2.0
// Languages as PubMed's [la] takes them: by English name or by MEDLINE's three letters.
#pragma once

#include <string>
#include <string_view>

namespace litmill::search {

/// The three letters of a language given by name or by three letters, in lower case ("English" and "eng" give "eng");
/// what is not known comes back in lower case.
[[nodiscard]] std::string LanguageCode(std::string_view language);

/// Its English name in lower case ("english"), or what was given, in lower case.
[[nodiscard]] std::string LanguageName(std::string_view language);

}  // namespace litmill::search
